// Transition networks, parser and entity recogniser over small networks with random weights: what must hold whatever the weights.
#include "language/transition_model.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "language/entities.h"
#include "language/parser.h"

namespace casus {
namespace {

constexpr uint32_t kWidth = 16;

Tensor random_tensor(std::vector<uint32_t> shape, std::mt19937& generator, float fill_nan_share = 0) {
  Tensor out{std::move(shape), {}};
  size_t count = 1;
  for (const uint32_t size : out.shape) count *= size;
  std::normal_distribution<float> distribution;
  std::uniform_real_distribution<float> share;
  for (size_t i = 0; i < count; ++i) {
    out.data.push_back(share(generator) < fill_nan_share ? std::numeric_limits<float>::quiet_NaN() : distribution(generator));
  }
  return out;
}

ThincNode node(std::string name, std::map<std::string, int64_t, std::less<>> dims, std::map<std::string, Tensor, std::less<>> params) {
  ThincNode out;
  out.name = std::move(name);
  out.dims = std::move(dims);
  out.params = std::move(params);
  return out;
}

/// A scoring network of `slots` slots and `classes` classes.
ThincModel network(uint32_t slots, uint32_t classes, uint32_t seed, float nan_share = 0) {
  std::mt19937 generator(seed);
  ThincModel model;
  model.nodes.push_back(node("parser_model", {}, {}));
  model.nodes.front().refs = {{"lower", 1}, {"upper", 2}};
  model.nodes.push_back(node("precomputable_affine", {{"nF", slots}, {"nO", kWidth}, {"nP", 2}, {"nI", kWidth}},
                             {{"W", random_tensor({slots, kWidth, 2, kWidth}, generator, nan_share)},
                              {"b", random_tensor({kWidth, 2}, generator)},
                              {"pad", random_tensor({1, slots, kWidth, 2}, generator)}}));
  model.nodes.push_back(node("linear", {{"nO", classes}, {"nI", kWidth}},
                             {{"W", random_tensor({classes, kWidth}, generator)}, {"b", random_tensor({classes}, generator)}}));
  model.nodes.push_back(node("linear", {{"nO", kWidth}, {"nI", kWidth}},
                             {{"W", random_tensor({kWidth, kWidth}, generator)}, {"b", random_tensor({kWidth}, generator)}}));
  return model;
}

/// The moves file: msgpack {"moves": JSON}.
std::string moves_file(const std::string& json) {
  std::string out = "\x81\xa5moves\xda";
  out += static_cast<char>(json.size() >> 8);
  out += static_cast<char>(json.size() & 0xFF);
  return out + json;
}

const char* const kParserMoves =
    R"({"0":{"":9},"1":{"":9},"2":{"det":7,"nsubj":8,"nsubj||ccomp":1},"3":{"dobj":5,"ccomp":5,"prep||dobj":2},"4":{"ROOT":3}})";
constexpr uint32_t kParserClasses = 9;
const char* const kEntityMoves =
    R"({"0":{},"1":{"ORG":5,"GPE":9},"2":{"ORG":5,"GPE":9},"3":{"ORG":5,"GPE":9},"4":{"":1,"ORG":5,"GPE":9},"5":{"":1,"ORG":2}})";
constexpr uint32_t kEntityClasses = 10;

AlignedFloats random_rows(size_t rows, const TransitionModel& model, uint32_t seed) {
  std::mt19937 generator(seed);
  std::normal_distribution<float> distribution;
  AlignedFloats x(rows * kWidth), reduced, out;
  for (float& value : x) value = distribution(generator);
  model.precompute(x.data(), rows, reduced, out);
  return out;
}

TEST(transition_model, classes_are_ordered_by_action_then_count_then_label_downwards) {
  const auto model = TransitionModel::build(network(8, kParserClasses, 1), "model", moves_file(kParserMoves), "moves", 8, 0, 0);
  ASSERT_TRUE(model.ok()) << model.error().to_string();
  std::vector<std::string> labels;
  for (const TransitionClass& each : model->classes()) labels.push_back(std::to_string(each.action) + each.label);
  EXPECT_EQ(labels, (std::vector<std::string>{"0", "1", "2nsubj", "2det", "2nsubj||ccomp", "3dobj", "3ccomp", "3prep||dobj", "4ROOT"}));
}

TEST(transition_model, labels_with_a_negative_count_come_last) {
  const auto model = TransitionModel::build(network(8, 5, 1), "model",
                                            moves_file(R"({"0":{"":9},"2":{"new":-1,"old":4},"3":{"new":-1,"old":4}})"), "moves", 8, 0, 0);
  ASSERT_TRUE(model.ok()) << model.error().to_string();
  EXPECT_EQ(model->classes()[1].label, "old");
  EXPECT_EQ(model->classes()[3].label, "new");
  EXPECT_EQ(model->classes()[4].label, "new");
}

TEST(transition_model, class_count_must_fit_the_network) {
  const auto model = TransitionModel::build(network(8, 12, 1), "the/model", moves_file(kParserMoves), "the/moves", 8, 0, 0);
  ASSERT_FALSE(model.ok());
  EXPECT_EQ(model.error().code, ErrorCode::kBadModel);
  EXPECT_EQ(model.error().file, "the/moves");
}

TEST(transition_model, wrong_networks_and_moves_are_refused) {
  const std::string good = moves_file(kParserMoves);
  const auto build = [&](const ThincModel& model, const std::string& moves) {
    return TransitionModel::build(model, "model", moves, "moves", 8, 0, 0);
  };
  EXPECT_FALSE(build(ThincModel{}, good).ok());
  EXPECT_FALSE(build(network(3, kParserClasses, 1), good).ok());
  ThincModel cut = network(8, kParserClasses, 1);
  cut.nodes[1].params.at("W").shape[3] = 7;
  EXPECT_FALSE(build(cut, good).ok());
  ThincModel no_reduce = network(8, kParserClasses, 1);
  no_reduce.nodes.pop_back();
  EXPECT_FALSE(build(no_reduce, good).ok());
  ThincModel bad_reference = network(8, kParserClasses, 1);
  bad_reference.nodes.front().refs["upper"] = 99;
  EXPECT_FALSE(build(bad_reference, good).ok());
  for (const char* json : {"", "[]", R"({"0":3})", R"({"x":{"":1}})", R"({"99":{"":1}})", R"({"0":{"":"many"}})"}) {
    EXPECT_FALSE(build(network(8, kParserClasses, 1), moves_file(json)).ok()) << json;
  }
  EXPECT_FALSE(build(network(8, kParserClasses, 1), good.substr(0, 20)).ok());
}

void expect_tree(const Tree& tree, const LabelTable& labels) {
  const size_t count = tree.heads.size();
  for (size_t i = 0; i < count; ++i) {
    ASSERT_LT(tree.heads[i], count);
    EXPECT_EQ(labels.name(tree.labels[i]).find("||"), std::string_view::npos);
    size_t at = i, steps = 0;
    while (tree.heads[at] != at && steps <= count) {
      at = tree.heads[at];
      ++steps;
    }
    ASSERT_LE(steps, count) << "heads run in a circle";
  }
}

void parse_random_texts(float nan_share) {
  for (uint32_t seed = 0; seed < 60; ++seed) {
    LabelTable labels;
    const auto parser =
        DependencyParser::build(network(8, kParserClasses, seed, nan_share), "model", moves_file(kParserMoves), "moves", labels);
    ASSERT_TRUE(parser.ok()) << parser.error().to_string();
    const auto buffers = DependencyParser::make_buffers();
    Tree tree;
    for (const size_t count : {0U, 1U, 2U, 3U, 9U, 60U}) {
      std::vector<uint8_t> is_space(count, 0);
      for (size_t i = 4; i < count; i += 7) is_space[i] = 1;
      (*parser)->parse(random_rows(count, (*parser)->network(), seed).data(), is_space, *buffers, tree);
      ASSERT_EQ(tree.heads.size(), count);
      expect_tree(tree, labels);
    }
  }
}

TEST(parser, any_weights_give_trees) { parse_random_texts(0); }
TEST(parser, weights_that_are_no_numbers_give_trees) { parse_random_texts(0.2F); }

TEST(parser, a_text_parses_alike_after_others) {
  LabelTable labels;
  const auto parser = DependencyParser::build(network(8, kParserClasses, 5), "model", moves_file(kParserMoves), "moves", labels);
  ASSERT_TRUE(parser.ok());
  const auto buffers = DependencyParser::make_buffers();
  Tree first, again;
  const AlignedFloats rows = random_rows(40, (*parser)->network(), 9), other = random_rows(25, (*parser)->network(), 10);
  const std::vector<uint8_t> is_space(40, 0);
  (*parser)->parse(rows.data(), is_space, *buffers, first);
  (*parser)->parse(other.data(), std::span(is_space).first(25), *buffers, again);
  (*parser)->parse(rows.data(), is_space, *buffers, again);
  EXPECT_EQ(first.heads, again.heads);
  EXPECT_EQ(first.labels, again.labels);
}

TEST(parser, unknown_actions_are_refused) {
  LabelTable labels;
  EXPECT_FALSE(DependencyParser::build(network(8, 2, 1), "model", moves_file(R"({"0":{"":9},"7":{"x":1}})"), "moves", labels).ok());
}

void find_in_random_texts(float nan_share) {
  for (uint32_t seed = 0; seed < 60; ++seed) {
    LabelTable labels;
    const auto recognizer =
        EntityRecognizer::build(network(3, kEntityClasses, seed, nan_share), "model", moves_file(kEntityMoves), "moves", labels);
    ASSERT_TRUE(recognizer.ok()) << recognizer.error().to_string();
    const size_t count = 60;
    std::vector<uint8_t> is_space(count, 0), starts(count, 0);
    for (size_t i = 4; i < count; i += 7) is_space[i] = 1;
    for (size_t i = 0; i < count; i += 11) starts[i] = 1;
    AlignedFloats scores;
    std::vector<Entity> entities;
    (*recognizer)->find(random_rows(count, (*recognizer)->network(), seed).data(), is_space, starts, scores, entities);
    uint32_t end = 0;
    for (const Entity& entity : entities) {
      ASSERT_LE(end, entity.begin);
      ASSERT_LT(entity.begin, entity.end);
      ASSERT_LE(entity.end, count);
      ASSERT_NE(entity.type, 0);
      EXPECT_EQ(is_space[entity.begin], 0);
      for (uint32_t i = entity.begin + 1; i < entity.end; ++i) EXPECT_EQ(starts[i], 0) << "an entity crosses a sentence start";
      end = entity.end;
    }
  }
}

TEST(entities, any_weights_give_ranges_inside_sentences) { find_in_random_texts(0); }
TEST(entities, weights_that_are_no_numbers_give_ranges_inside_sentences) { find_in_random_texts(0.2F); }

}  // namespace
}  // namespace casus
