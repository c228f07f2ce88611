// A small judge of made-up weights against plain arithmetic in double precision, and files that are none.
#include "judge/judge.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>
#include <random>
#include <thread>

namespace casus {
namespace {

constexpr size_t kWidth = 64, kInner = 96, kHidden = 32, kRelated = 16, kBlocks = 2, kPlaces = 40;
constexpr std::string_view kVocabulary = "[UNK]\n[CLS]\n[SEP]\ntroops\ncrossed\nthe\nborder\nkenya\n##n\n.\n";

using Numbers = std::vector<double>;

/// The weights, by name, with what the arithmetic needs of them.
struct Weights {
  std::map<std::string, std::vector<float>> values{};
  std::map<std::string, std::vector<uint64_t>> shapes{};

  void add(const std::string& name, std::vector<uint64_t> shape, float mean, float spread) {
    size_t count = 1;
    for (const uint64_t side : shape) count *= side;
    std::mt19937 generator(static_cast<uint32_t>(std::hash<std::string>()(name)));
    std::vector<float> numbers(count);
    for (float& number : numbers) number = mean + spread * (static_cast<float>(generator() % 2001) / 1000.0F - 1.0F);
    values[name] = std::move(numbers);
    shapes[name] = std::move(shape);
  }
  void add_linear(const std::string& name, uint64_t outputs, uint64_t inputs) {
    add(name + ".weight", {outputs, inputs}, 0, 0.3F);
    add(name + ".bias", {outputs}, 0, 0.3F);
  }
  void add_norm(const std::string& name) {
    add(name + ".weight", {kWidth}, 1, 0.3F);
    add(name + ".bias", {kWidth}, 0, 0.3F);
  }

  [[nodiscard]] Numbers linear(const std::string& name, const Numbers& in) const {
    const auto& weight = values.at(name + ".weight");
    const auto& bias = values.at(name + ".bias");
    Numbers out(bias.size());
    for (size_t o = 0; o < out.size(); ++o) {
      out[o] = double{bias[o]};
      for (size_t i = 0; i < in.size(); ++i) out[o] += double{weight[o * in.size() + i]} * in[i];
    }
    return out;
  }
  [[nodiscard]] Numbers norm(const std::string& name, const Numbers& a, const Numbers& b) const {
    Numbers sum(a.size());
    double mean = 0, squares = 0;
    for (size_t i = 0; i < a.size(); ++i) mean += (sum[i] = a[i] + b[i]) / static_cast<double>(a.size());
    for (const double value : sum) squares += (value - mean) * (value - mean) / static_cast<double>(a.size());
    for (size_t i = 0; i < sum.size(); ++i)
      sum[i] = (sum[i] - mean) / std::sqrt(squares) * double{values.at(name + ".weight")[i]} + double{values.at(name + ".bias")[i]};
    return sum;
  }
};

Weights small_weights() {
  Weights weights;
  weights.add("words", {10, kWidth}, 0, 1);
  weights.add("places", {kPlaces, kWidth}, 0, 1);
  weights.add("kind", {kWidth}, 0, 1);
  weights.add_norm("norm");
  for (size_t i = 0; i < kBlocks; ++i) {
    const std::string block = "blocks." + std::to_string(i) + ".";
    weights.add_linear(block + "qkv", 3 * kWidth, kWidth);
    weights.add_linear(block + "output", kWidth, kWidth);
    weights.add_linear(block + "up", kInner, kWidth);
    weights.add_linear(block + "down", kWidth, kInner);
    weights.add_norm(block + "attention_norm");
    weights.add_norm(block + "norm");
  }
  for (const char* part : {"empty.trigger", "empty.source", "empty.target"}) weights.add(part, {kWidth}, 0, 1);
  for (const char* part : {"relate.trigger", "relate.source", "relate.target"}) weights.add_linear(part, kRelated, kWidth);
  weights.add_linear("join", kHidden, 4 * kWidth + 3 * kRelated);
  weights.add_linear("heads", 2 + 3 + 4 + 2 + 3, kHidden);
  return weights;
}

std::string file_of(const Weights& weights, const std::map<std::string, std::string>& metadata = {}) {
  TensorFileWriter writer;
  writer.set_metadata("format", std::string(Judge::kFormat));
  writer.set_metadata("types", "MOVE SPEAK YIELD");
  writer.set_metadata("modes", "MOVE: MOVE:march SPEAK: YIELD:");
  writer.set_metadata("statuses", "actual denied");
  for (const auto& [key, value] : metadata) writer.set_metadata(key, value);
  writer.add_text("vocabulary", kVocabulary);
  for (const auto& [name, values] : weights.values) writer.add_floats(name, weights.shapes.at(name), values);
  return writer.bytes();
}

/// What of a layer in 8 bits a test wants otherwise.
struct ByteFault {
  std::string layer{};
  std::string part{};  ///< "scale", "factor"
  float value = 0;
  bool is_missing = false;
};

/// The same judge with the blocks' layers in 8 bits.
std::string byte_file_of(const Weights& weights, const ByteFault& fault = {}) {
  TensorFileWriter writer;
  writer.set_metadata("format", std::string(Judge::kFormat));
  writer.set_metadata("types", "MOVE SPEAK YIELD");
  writer.set_metadata("modes", "MOVE: MOVE:march SPEAK: YIELD:");
  writer.set_metadata("statuses", "actual denied");
  writer.add_text("vocabulary", kVocabulary);
  for (const auto& [name, values] : weights.values) {
    const auto& shape = weights.shapes.at(name);
    if (!name.starts_with("blocks.") || shape.size() != 2) {
      writer.add_floats(name, shape, values);
      continue;
    }
    const std::string layer = name.substr(0, name.rfind('.'));
    std::vector<float> scales(shape[0]), factors(shape[1]);
    for (size_t i = 0; i < factors.size(); ++i) factors[i] = i % 3 == 0 ? 0.5F : 2.0F;
    std::vector<int8_t> bytes;
    for (size_t output = 0; output < shape[0]; ++output) {
      float greatest = 0;
      for (size_t i = 0; i < shape[1]; ++i) greatest = std::max(greatest, std::abs(values[output * shape[1] + i] / factors[i]));
      scales[output] = greatest / 127;
      for (size_t i = 0; i < shape[1]; ++i)
        bytes.push_back(static_cast<int8_t>(std::lrint(values[output * shape[1] + i] / factors[i] / scales[output])));
    }
    const auto add = [&](const char* part, std::vector<float>& numbers) {
      if (fault.layer == layer && fault.part == part) {
        if (fault.is_missing) return;
        numbers.back() = fault.value;
      }
      writer.add_floats(layer + "." + part, {numbers.size()}, numbers);
    };
    writer.add_bytes(name, shape, bytes);
    add("scale", scales);
    add("factor", factors);
  }
  return writer.bytes();
}

Result<std::shared_ptr<const Judge>> judge_of(std::string bytes) {
  auto file = TensorFile::of_bytes(std::move(bytes), "small.bin");
  if (!file) return std::move(file).error();
  return Judge::of_file(*std::move(file));
}

double gelu(double x) { return 0.5 * x * (1 + std::erf(x / std::sqrt(2.0))); }

/// One block of attention and feed-forward, by the book.
std::vector<Numbers> run_block(const Weights& weights, const std::string& block, const std::vector<Numbers>& states) {
  std::vector<Numbers> qkv, out;
  for (const Numbers& state : states) qkv.push_back(weights.linear(block + "qkv", state));
  for (size_t row = 0; row < states.size(); ++row) {
    Numbers mixed(kWidth);
    for (size_t head = 0; head < kWidth; head += kHeadWidth) {
      Numbers shares;
      double sum = 0;
      for (const Numbers& other : qkv) {
        double score = 0;
        for (size_t d = head; d < head + kHeadWidth; ++d) score += qkv[row][d] * other[kWidth + d];
        shares.push_back(std::exp(score / std::sqrt(static_cast<double>(kHeadWidth))));
        sum += shares.back();
      }
      for (size_t j = 0; j < qkv.size(); ++j) {
        for (size_t d = head; d < head + kHeadWidth; ++d) mixed[d] += shares[j] / sum * qkv[j][2 * kWidth + d];
      }
    }
    const Numbers attended = weights.norm(block + "attention_norm", states[row], weights.linear(block + "output", mixed));
    Numbers inner = weights.linear(block + "up", attended);
    for (double& value : inner) value = gelu(value);
    out.push_back(weights.norm(block + "norm", attended, weights.linear(block + "down", inner)));
  }
  return out;
}

Numbers mean_of(const std::vector<Numbers>& states, const std::vector<size_t>& rows) {
  Numbers mean(kWidth);
  for (const size_t row : rows) {
    for (size_t i = 0; i < kWidth; ++i) mean[i] += states[row][i] / static_cast<double>(rows.size());
  }
  return mean;
}

Numbers product(const Numbers& a, const Numbers& b) {
  Numbers out(a.size());
  for (size_t i = 0; i < out.size(); ++i) out[i] = a[i] * b[i];
  return out;
}

/// The logits for "Troops crossed the border." with trigger "crossed", source "Troops", no target.
Numbers expected_logits(const Weights& weights) {
  const std::vector<size_t> ids = {1, 3, 4, 5, 6, 9, 2};
  std::vector<Numbers> states;
  for (size_t row = 0; row < ids.size(); ++row) {
    Numbers word(kWidth), place(kWidth);
    for (size_t i = 0; i < kWidth; ++i) {
      word[i] = double{weights.values.at("words")[ids[row] * kWidth + i]};
      place[i] = double{weights.values.at("places")[row * kWidth + i]} + double{weights.values.at("kind")[i]};
    }
    states.push_back(weights.norm("norm", word, place));
  }
  for (size_t i = 0; i < kBlocks; ++i) states = run_block(weights, "blocks." + std::to_string(i) + ".", states);
  const auto& nobody = weights.values.at("empty.target");
  const Numbers trigger = mean_of(states, {2}), source = mean_of(states, {1}), target(nobody.begin(), nobody.end());
  Numbers pooled;
  const auto append = [&](const Numbers& more) { pooled.insert(pooled.end(), more.begin(), more.end()); };
  for (const Numbers& part : {trigger, source, target, mean_of(states, {0, 1, 2, 3, 4, 5, 6})}) append(part);
  const Numbers of_trigger = weights.linear("relate.trigger", trigger), of_source = weights.linear("relate.source", source),
                of_target = weights.linear("relate.target", target);
  append(product(of_trigger, of_source));
  append(product(of_trigger, of_target));
  append(product(of_source, of_target));
  Numbers joined = weights.linear("join", pooled);
  for (double& value : joined) value = gelu(value);
  return weights.linear("heads", joined);
}

const JudgeSentence kCrossing = {.text = "Troops crossed the border.",
                                 .questions = {{.trigger = {{7, 14}}, .source = {{0, 6}}}, {.trigger = {{7, 14}}, .target = {{15, 25}}}}};

TEST(judge, answers_as_plain_arithmetic_does) {
  const Weights weights = small_weights();
  const auto judge = judge_of(file_of(weights));
  ASSERT_TRUE(judge.ok()) << judge.error().to_string();
  const Verdict verdict = (*judge)->answer(std::span(&kCrossing, 1))[0][0];
  const Numbers logits = expected_logits(weights);
  const auto share = [&](size_t index, size_t begin, size_t end) {
    double sum = 0;
    for (size_t i = begin; i < end; ++i) sum += std::exp(logits[i]);
    return std::exp(logits[index]) / sum;
  };
  EXPECT_NEAR(verdict.event, share(1, 0, 2), 1e-4);
  for (size_t i = 0; i < 3; ++i) EXPECT_NEAR(verdict.types[i], share(2 + i, 2, 5), 1e-4);
  for (size_t i = 0; i < 4; ++i) EXPECT_NEAR(verdict.modes[i], share(5 + i, 5, 9), 1e-4);
  for (size_t i = 0; i < 2; ++i) EXPECT_NEAR(verdict.statuses[i], share(9 + i, 9, 11), 1e-4);
  for (size_t i = 0; i < 3; ++i) EXPECT_NEAR(verdict.directions[i], share(11 + i, 11, 14), 1e-4);
}

TEST(judge, in_8_bits_answers_nearly_so) {
  const Weights weights = small_weights();
  const auto exact = judge_of(file_of(weights)), judge = judge_of(byte_file_of(weights));
  ASSERT_TRUE(exact.ok());
  ASSERT_TRUE(judge.ok()) << judge.error().to_string();
  const Verdict wanted = (*exact)->answer(std::span(&kCrossing, 1))[0][0], verdict = (*judge)->answer(std::span(&kCrossing, 1))[0][0];
  EXPECT_NE(verdict.event, wanted.event);
  EXPECT_NEAR(verdict.event, wanted.event, 0.05);
  for (size_t i = 0; i < 3; ++i) EXPECT_NEAR(verdict.types[i], wanted.types[i], 0.05);
  for (size_t i = 0; i < 4; ++i) EXPECT_NEAR(verdict.modes[i], wanted.modes[i], 0.05);
  for (size_t i = 0; i < 2; ++i) EXPECT_NEAR(verdict.statuses[i], wanted.statuses[i], 0.05);
  for (size_t i = 0; i < 3; ++i) EXPECT_NEAR(verdict.directions[i], wanted.directions[i], 0.05);
}

/// A judge with a gate before its second block whose answer to any question is `answer`, and something of the question.
std::string gated_file(float answer, const std::map<std::string, std::string>& metadata = {{"gate_after", "1"}}) {
  Weights weights = small_weights();
  weights.add_linear("gate.hidden", kHidden, 4 * kWidth);
  weights.add_linear("gate.answer", 1, kHidden);
  weights.add("gate.answer.bias", {1}, answer, 0);
  return file_of(weights, metadata);
}

TEST(judge, the_gate_stops_sentences_that_may_stop_and_changes_no_other_verdict) {
  const auto plain = judge_of(file_of(small_weights())), open = judge_of(gated_file(1000)), shut = judge_of(gated_file(-1000));
  ASSERT_TRUE(plain.ok());
  ASSERT_TRUE(open.ok()) << open.error().to_string();
  ASSERT_TRUE(shut.ok());
  JudgeSentence free = kCrossing;
  free.may_stop = true;
  const JudgeSentence other = {.text = "Kenya crossed the border", .questions = {{.trigger = {{6, 13}}}}};
  const std::vector<JudgeSentence> sentences = {free, kCrossing, free, other};
  const auto wanted = (*plain)->answer(sentences), passed = (*open)->answer(sentences), stopped = (*shut)->answer(sentences);
  for (size_t i = 0; i < sentences.size(); ++i) {
    ASSERT_EQ(stopped[i].size(), sentences[i].questions.size());
    for (size_t q = 0; q < sentences[i].questions.size(); ++q) {
      EXPECT_EQ(passed[i][q].event, wanted[i][q].event);
      EXPECT_EQ(passed[i][q].types, wanted[i][q].types);
      if (!sentences[i].may_stop) {
        EXPECT_EQ(stopped[i][q].types, wanted[i][q].types);
        continue;
      }
      EXPECT_EQ(stopped[i][q].event, 0);
      EXPECT_EQ(stopped[i][q].directions, (std::array<float, 3>{0, 0, 1}));
      EXPECT_EQ(stopped[i][q].types.size(), 3U);
      EXPECT_EQ(stopped[i][q].modes.size(), 4U);
      EXPECT_EQ(stopped[i][q].statuses.size(), 2U);
    }
  }
}

TEST(judge, the_gate_hears_of_questions_with_a_trigger_only) {
  const auto judge = judge_of(gated_file(1000));
  ASSERT_TRUE(judge.ok());
  const JudgeSentence pair = {.text = kCrossing.text, .questions = {{.source = {{0, 6}}, .target = {{15, 25}}}}, .may_stop = true};
  EXPECT_EQ((*judge)->answer(std::span(&pair, 1))[0][0].event, 0);
}

TEST(judge, a_gate_that_cannot_be_run_is_refused) {
  for (const char* after : {"0", "2", "x", "1x", "-1", "99999999999999999999"}) {
    const auto judge = judge_of(gated_file(0, {{"gate_after", after}}));
    ASSERT_FALSE(judge.ok()) << after;
    EXPECT_EQ(judge.error().code, ErrorCode::kBadModel);
  }
  EXPECT_FALSE(judge_of(file_of(small_weights(), {{"gate_after", "1"}})).ok()) << "without weights";
  EXPECT_TRUE(judge_of(gated_file(0, {})).ok()) << "not named, so there is none";
}

void expect_answers_alone(const Result<std::shared_ptr<const Judge>>& judge) {
  ASSERT_TRUE(judge.ok());
  std::vector<JudgeSentence> many;
  std::vector<std::string> texts;
  for (size_t i = 0; i < 60; ++i) {
    std::string text = "Kenya";
    for (size_t word = 0; word < i % 23; ++word) text += word % 2 ? " the border" : " troops crossed";
    texts.push_back(std::move(text));
  }
  for (size_t i = 0; i < texts.size(); ++i) {
    many.push_back(i % 7 == 3 ? kCrossing : JudgeSentence{.text = texts[i], .questions = {{.source = {{0, 5}}}}});
  }
  many.push_back({.text = "the border"});  // nothing is asked
  const auto together = (*judge)->answer(many);
  ASSERT_EQ(together.size(), many.size());
  EXPECT_TRUE(together.back().empty());
  for (size_t i = 0; i < many.size(); ++i) {
    const auto alone = (*judge)->answer(std::span(&many[i], 1));
    ASSERT_EQ(alone[0].size(), together[i].size());
    for (size_t q = 0; q < alone[0].size(); ++q) {
      EXPECT_EQ(alone[0][q].event, together[i][q].event);
      EXPECT_EQ(alone[0][q].types, together[i][q].types);
      EXPECT_EQ(alone[0][q].directions, together[i][q].directions);
    }
  }
}

TEST(judge, a_verdict_depends_on_its_sentence_and_question_alone) {
  expect_answers_alone(judge_of(file_of(small_weights())));
  expect_answers_alone(judge_of(byte_file_of(small_weights())));
}

TEST(judge, answers_the_same_in_threads) {
  const auto judge = judge_of(byte_file_of(small_weights()));
  ASSERT_TRUE(judge.ok());
  const float wanted = (*judge)->answer(std::span(&kCrossing, 1))[0][0].event;
  std::vector<float> found(4);
  std::vector<std::thread> threads;
  for (float& event : found) threads.emplace_back([&] { event = (*judge)->answer(std::span(&kCrossing, 1))[0][0].event; });
  for (std::thread& thread : threads) thread.join();
  for (const float event : found) EXPECT_EQ(event, wanted);
}

TEST(judge, a_sentence_over_its_reach_is_cut_and_one_of_nothing_is_answered) {
  const auto judge = judge_of(file_of(small_weights()));
  ASSERT_TRUE(judge.ok());
  std::string endless;
  for (size_t i = 0; i < 10'000; ++i) endless += "troops crossed the border ";
  const JudgeSentence sentences[] = {{.text = endless, .questions = {{.trigger = {{200'000, 200'007}}}, {.trigger = {{7, 14}}}}},
                                     {.text = "", .questions = {{}}}};
  const auto verdicts = (*judge)->answer(sentences);
  ASSERT_EQ(verdicts[0].size(), 2U);
  EXPECT_NE(verdicts[0][0].types, verdicts[0][1].types);
  for (const auto& verdict : {verdicts[0][0], verdicts[0][1], verdicts[1][0]}) {
    EXPECT_GT(verdict.event, 0);
    EXPECT_LT(verdict.event, 1);
  }
}

TEST(judge, a_file_that_is_cut_anywhere_is_refused) {
  for (const std::string& whole : {file_of(small_weights()), byte_file_of(small_weights())})
    for (size_t size = 0; size < whole.size(); size += size < 2000 ? 1 : 997) {
      const auto judge = judge_of(whole.substr(0, size));
      ASSERT_FALSE(judge.ok()) << size;
      EXPECT_EQ(judge.error().code, ErrorCode::kBadModel);
      EXPECT_EQ(judge.error().file, "small.bin");
    }
}

TEST(judge, what_is_missing_or_of_another_shape_is_named) {
  for (const auto& [name, values] : small_weights().values) {
    Weights lacking = small_weights();
    lacking.values.erase(name);
    const auto judge = judge_of(file_of(lacking));
    if (name.starts_with("blocks.1.up.weight")) continue;  // the encoder ends before it
    ASSERT_FALSE(judge.ok()) << name;
    EXPECT_EQ(judge.error().code, ErrorCode::kBadModel) << name;
  }
  Weights other = small_weights();
  other.add("heads.bias", {7}, 0, 1);
  const auto judge = judge_of(file_of(other));
  ASSERT_FALSE(judge.ok());
  EXPECT_NE(judge.error().message.find("heads.bias"), std::string::npos) << judge.error().message;
}

TEST(judge, scales_that_are_no_sizes_are_refused_and_named) {
  for (const char* part : {"scale", "factor"}) {
    for (const float value : {std::nanf(""), INFINITY, -INFINITY, -1.0F}) {
      const auto judge = judge_of(byte_file_of(small_weights(), {.layer = "blocks.1.down", .part = part, .value = value}));
      ASSERT_FALSE(judge.ok()) << part << " " << value;
      EXPECT_EQ(judge.error().code, ErrorCode::kBadModel);
      EXPECT_NE(judge.error().message.find(std::string("blocks.1.down.") + part), std::string::npos) << judge.error().message;
    }
    const auto judge = judge_of(byte_file_of(small_weights(), {.layer = "blocks.0.qkv", .part = part, .is_missing = true}));
    ASSERT_FALSE(judge.ok());
    EXPECT_NE(judge.error().message.find(std::string("blocks.0.qkv.") + part), std::string::npos) << judge.error().message;
  }
  for (const float value : {0.0F, 3e38F}) {
    const auto judge = judge_of(byte_file_of(small_weights(), {.layer = "blocks.0.up", .part = "scale", .value = value}));
    ASSERT_TRUE(judge.ok());
    EXPECT_EQ((*judge)->answer(std::span(&kCrossing, 1))[0].size(), 2U);
  }
}

TEST(judge, a_file_of_another_format_or_without_answers_is_refused) {
  const auto later = judge_of(file_of(small_weights(), {{"format", "casus judge 3"}}));
  ASSERT_FALSE(later.ok());
  EXPECT_NE(later.error().message.find("casus judge 3"), std::string::npos);
  EXPECT_FALSE(judge_of(file_of(small_weights(), {{"types", ""}})).ok());
  EXPECT_FALSE(judge_of(file_of(small_weights(), {{"modes", "MOVE"}})).ok());
  EXPECT_FALSE(judge_of(file_of(small_weights(), {{"statuses", "actual denied planned"}})).ok());
}

TEST(tensor_file, halves_are_the_numbers_that_they_stand_for) {
  const std::string header = R"({"x":{"dtype":"F16","shape":[6],"data_offsets":[0,12]}})";
  const uint64_t length = header.size();
  std::string bytes(reinterpret_cast<const char*>(&length), sizeof length);
  bytes += header;
  for (const int half : {0x3C00, 0xC000, 0x0001, 0x7BFF, 0x8000, 0x3555}) bytes.append(reinterpret_cast<const char*>(&half), 2);
  const auto file = TensorFile::of_bytes(bytes, "halves");
  ASSERT_TRUE(file.ok()) << file.error().to_string();
  const auto values = (*file)->copied_floats("x");
  ASSERT_TRUE(values.ok());
  EXPECT_EQ(*values, (std::vector<float>{1.0F, -2.0F, 0x1p-24F, 65504.0F, -0.0F, 0.333251953125F}));
}

}  // namespace
}  // namespace casus
