// The reader of thinc's model files: what it takes out, and every way in which a file can contradict itself.
#include "language/thinc_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <string>

#include "support/msgpack_writer.h"
#include "support/test_model.h"

namespace casus {
namespace {

// Two nodes; "AAAA" is one float. Keys of arrays are binaries, as thinc writes them.
const std::string kSmall = R"({
  "nodes": [{"index": 0, "name": "chain", "dims": {"nO": 2, "nI": null}, "refs": {"out": 1, "none": null}},
            {"index": 1, "name": "linear", "dims": {"nO": 2, "nI": 1}, "refs": {}}],
  "attrs": [{"pad": "bin:\u0004"}, {}],
  "params": [{}, {"W": {"bin:nd": true, "bin:type": "<f4", "bin:kind": "bin:", "bin:shape": [2, 1], "bin:data": "bin:AAAABBBB"},
                   "b": null}],
  "shims": [[], []]})";

Result<ThincModel> decode(const std::string& json) { return decode_thinc_model(MsgpackWriter::from_json(json), "some/model"); }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

/// The error that `from` changed to `to` gives; its file is checked here.
std::string error_with(const std::string& from, const std::string& to) {
  const auto model = decode(replaced(kSmall, from, to));
  if (model) return "accepted";
  EXPECT_EQ(model.error().code, ErrorCode::kBadModel);
  EXPECT_EQ(model.error().file, "some/model");
  return model.error().message;
}

TEST(ThincModel, nodes_are_read_with_all_that_they_carry) {
  const auto model = decode(kSmall);
  ASSERT_TRUE(model) << model.error().to_string();
  ASSERT_EQ(model->nodes.size(), 2U);
  const ThincNode& root = model->nodes[0];
  EXPECT_EQ(root.name, "chain");
  EXPECT_EQ(root.dims.at("nO"), 2);
  EXPECT_EQ(root.dims.count("nI"), 0U);
  EXPECT_EQ(root.refs.at("out"), 1);
  EXPECT_EQ(root.refs.count("none"), 0U);
  EXPECT_EQ(root.attrs.at("pad"), "\x04");
  EXPECT_TRUE(root.params.empty());
  const Tensor& weights = model->nodes[1].params.at("W");
  EXPECT_EQ(weights.shape, (std::vector<uint32_t>{2, 1}));
  ASSERT_EQ(weights.data.size(), 2U);
  EXPECT_FLOAT_EQ(weights.data[0], std::bit_cast<float>(0x41414141));
  EXPECT_EQ(model->nodes[1].params.count("b"), 0U);
}

TEST(ThincModel, nodes_are_found_by_exact_name_in_order) {
  const auto model = decode(kSmall);
  ASSERT_TRUE(model);
  ASSERT_EQ(model->named("linear").size(), 1U);
  EXPECT_EQ(model->named("linear")[0], &model->nodes[1]);
  EXPECT_TRUE(model->named("lin").empty());
}

TEST(ThincModel, every_cut_off_file_is_refused) {
  const std::string whole = MsgpackWriter::from_json(kSmall);
  for (size_t length = 0; length < whole.size(); ++length) {
    const auto model = decode_thinc_model(std::string_view(whole).substr(0, length), "some/model");
    ASSERT_FALSE(model) << length;
    EXPECT_EQ(model.error().code, ErrorCode::kBadModel);
    EXPECT_EQ(model.error().file, "some/model");
  }
}

TEST(ThincModel, other_files_are_refused) {
  EXPECT_FALSE(decode("[]"));
  EXPECT_FALSE(decode("{}"));
  EXPECT_FALSE(decode(R"({"nodes": [], "attrs": [], "params": [], "shims": []})"));
  EXPECT_FALSE(decode(R"({"nodes": {}, "attrs": [], "params": [], "shims": []})"));
}

TEST(ThincModel, lists_of_different_length_are_refused) {
  EXPECT_NE(error_with(R"("attrs": [{"pad": "bin:\u0004"}, {}])", R"("attrs": [{}])").find("differ in length"), std::string::npos);
  EXPECT_NE(error_with(R"("shims": [[], []])", R"("shims": [[], [], []])").find("differ in length"), std::string::npos);
}

TEST(ThincModel, data_that_do_not_fit_the_shape_are_refused_with_node_and_parameter) {
  for (const char* data : {"bin:AAAABBB", "bin:AAAA", "bin:AAAABBBBCCCC", "bin:"}) {
    const std::string message = error_with("bin:AAAABBBB", data);
    EXPECT_NE(message.find("node 1 (linear), parameter W"), std::string::npos) << message;
  }
}

TEST(ThincModel, shapes_that_overflow_are_refused) {
  EXPECT_NE(error_with("[2, 1]", "[4294967295, 4294967295, 4294967295]").find("shape"), std::string::npos);
  EXPECT_NE(error_with("[2, 1]", "[4294967296, 0]").find("shape"), std::string::npos);
  EXPECT_NE(error_with("[2, 1]", "[2, -1]").find("shape"), std::string::npos);
  EXPECT_NE(error_with("[2, 1]", "[1,1,1,1,1,1,1,1,2]").find("shape"), std::string::npos);
  EXPECT_NE(error_with("[2, 1]", "\"2\"").find("shape"), std::string::npos);
}

TEST(ThincModel, an_array_without_dimensions_is_one_number) {
  const auto model = decode(replaced(replaced(kSmall, "[2, 1]", "[]"), "AAAABBBB", "AAAA"));
  ASSERT_TRUE(model) << model.error().to_string();
  EXPECT_EQ(model->nodes[1].params.at("W").data.size(), 1U);
}

TEST(ThincModel, an_array_with_a_zero_dimension_is_empty) {
  const auto model = decode(replaced(replaced(kSmall, "[2, 1]", "[0, 300]"), "AAAABBBB", ""));
  ASSERT_TRUE(model) << model.error().to_string();
  EXPECT_TRUE(model->nodes[1].params.at("W").data.empty());
}

TEST(ThincModel, other_number_types_are_refused) {
  for (const char* type : {"\"<f8\"", "\">f4\"", "\"<i4\"", "4", "null"})
    EXPECT_NE(error_with("\"<f4\"", type).find("<f4"), std::string::npos);
  EXPECT_NE(error_with("\"bin:kind\": \"bin:\"", "\"bin:kind\": \"bin:V\"").find("plain numbers"), std::string::npos);
  EXPECT_NE(error_with("\"bin:nd\": true", "\"bin:nd\": false").find("nd"), std::string::npos);
}

TEST(ThincModel, wrong_types_are_refused_everywhere) {
  EXPECT_NE(error_with("\"name\": \"chain\"", "\"name\": 5"), "accepted");
  EXPECT_NE(error_with("\"index\": 1", "\"index\": 2"), "accepted");
  EXPECT_NE(error_with("{\"nO\": 2, \"nI\": null}", "[]"), "accepted");
  EXPECT_NE(error_with("\"nO\": 2", "\"nO\": -2"), "accepted");
  EXPECT_NE(error_with("\"nO\": 2", "\"nO\": \"2\""), "accepted");
  EXPECT_NE(error_with("\"nO\": 2", "\"nO\": 4294967296"), "accepted");
  EXPECT_NE(error_with("\"out\": 1", "\"out\": 2"), "accepted");
  EXPECT_NE(error_with("{\"out\": 1", "{\"#7\": 1"), "accepted");
  EXPECT_NE(error_with("\"bin:\\u0004\"", "4"), "accepted");
  EXPECT_NE(error_with("[{}, {\"W\"", "[[], {\"W\""), "accepted");
  EXPECT_NE(error_with("\"b\": null", "\"b\": 4"), "accepted");
  EXPECT_NE(error_with("[[], []]", "[[], [1]]"), "accepted");
}

TEST(ThincModel, missing_files_are_told_from_broken_ones) {
  const auto missing = read_thinc_model("/no/such/folder/model");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
}

TEST(ThincModel, the_real_model_has_the_expected_layers) {
  const auto folder = test_model()->folder();
  const auto tok2vec = read_thinc_model(folder / "tok2vec" / "model");
  ASSERT_TRUE(tok2vec) << tok2vec.error().to_string();
  const auto tables = tok2vec->named("hashembed");
  ASSERT_EQ(tables.size(), 6U);
  EXPECT_EQ(tables[0]->params.at("E").shape, (std::vector<uint32_t>{5000, 96}));
  EXPECT_EQ(tok2vec->named("maxout").size(), 5U);
  EXPECT_EQ(tok2vec->named("layernorm").size(), 5U);
  for (const ThincNode& node : tok2vec->nodes) {
    for (const auto& [name, tensor] : node.params) {
      for (const float value : tensor.data) ASSERT_TRUE(std::isfinite(value)) << node.name << " " << name;
    }
  }
  const auto parser = read_thinc_model(folder / "parser" / "model");
  ASSERT_TRUE(parser) << parser.error().to_string();
  EXPECT_EQ(parser->nodes[0].refs.at("lower"), 2);
  EXPECT_EQ(parser->nodes[2].params.at("W").shape, (std::vector<uint32_t>{8, 64, 2, 64}));
}

TEST(ThincModel, a_real_file_cut_anywhere_is_refused) {
  std::ifstream stream(test_model()->folder() / "tagger" / "model", std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  ASSERT_TRUE(decode_thinc_model(whole, "tagger/model"));
  for (size_t length = 0; length < whole.size(); length += 97) {
    EXPECT_FALSE(decode_thinc_model(std::string_view(whole).substr(0, length), "tagger/model")) << length;
  }
}

}  // namespace
}  // namespace casus
