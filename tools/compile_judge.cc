// Joins the base encoder and what was learned into the file that casus judges with (docs/judge.md). Run by the build.
//   compile_judge MODEL.safetensors VOCABULARY LEARNED.safetensors OUTPUT [SENTENCES]
// With sentences the linear layers of the encoder become bytes, each output with a scale of its own, and each input with a factor that follows
// from how great it is in these sentences; without them, all stays in single precision. Of SENTENCES, at most kMostSentences lines are read, in
// the form of train/prose: lines that begin with a blank, "#" or "@" are none.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/files.h"
#include "judge/judge.h"
#include "judge/tensor_file.h"

namespace {

using namespace casus;

constexpr uint64_t kMaxTextBytes = 1u << 24;
constexpr size_t kMostSentences = 200;
constexpr float kAdapterScale = 2;  ///< train/judge_model.py, LowRank
constexpr size_t kMaxBlocks = 24;
constexpr float kMostByte = 127;

/// Weights of a linear layer in 8 bits: -127 … 127 times the scale of their output and the factor of their input.
struct ByteWeights {
  std::vector<int8_t> weights{};
  std::vector<float> scales{};
  std::vector<float> factors{};
};

/// Divides the difficulty between inputs, of these sums of squares, and their weights: sqrt(size of the weights / size of the input). Steps of an
/// eighth of a doubling, so that the last bits of an arithmetic do not show in what the build makes.
std::vector<float> factors_of(std::span<const double> squares, std::span<const float> weights, size_t outputs) {
  constexpr double kSteps = 8, kLeast = -40, kMost = 40;
  std::vector<double> weight_squares(squares.size()), logs;
  for (size_t i = 0; i < weights.size(); ++i) weight_squares[i % squares.size()] += double{weights[i]} * double{weights[i]};
  for (size_t i = 0; i < squares.size(); ++i) {
    const bool is_known = squares[i] > 0 && weight_squares[i] > 0;
    logs.push_back(is_known ? std::log2(weight_squares[i] / static_cast<double>(outputs) / squares[i]) / 4 : 0);
  }
  std::vector<double> sorted = logs;
  std::ranges::sort(sorted);
  std::vector<float> factors(logs.size());
  for (size_t i = 0; i < logs.size(); ++i) {
    const double steps = std::round((logs[i] - sorted[sorted.size() / 2]) * kSteps);
    factors[i] = static_cast<float>(std::exp2(std::clamp(steps, kLeast, kMost) / kSteps));
  }
  return factors;
}

ByteWeights quantised(std::span<const float> given, size_t outputs, std::vector<float> factors) {
  ByteWeights out{.factors = std::move(factors)};
  const size_t inputs = out.factors.size();
  std::vector<float> weights(given.begin(), given.end());
  for (size_t i = 0; i < weights.size(); ++i) weights[i] /= out.factors[i % inputs];
  for (size_t output = 0; output < outputs; ++output) {
    const auto row = std::span(weights).subspan(output * inputs, inputs);
    float greatest = 0;
    for (const float weight : row) greatest = std::max(greatest, std::abs(weight));
    const float scale = greatest / kMostByte;
    out.scales.push_back(scale);
    for (const float weight : row) out.weights.push_back(scale > 0 ? static_cast<int8_t>(std::lrint(weight / scale)) : int8_t{0});
  }
  return out;
}

/// Reads the two files' tensors and writes the joined ones; the first error ends it.
class Compiler {
 public:
  Compiler(const TensorFile& base, const TensorFile& learned) : base_(base), learned_(learned) {}

  /// In 8 bits if `inputs` tells what goes into the blocks' layers.
  Result<std::string> compile(std::string_view vocabulary, std::span<const BlockInputs> inputs) {
    inputs_ = inputs;
    for (const auto& [key, value] : learned_.metadata()) writer_.set_metadata(key, value);
    writer_.add_text("vocabulary", vocabulary);
    copy(base_, "embeddings.word_embeddings.weight", "words");
    copy(base_, "embeddings.position_embeddings.weight", "places");
    add_kind();
    copy(base_, "embeddings.LayerNorm.weight", "norm.weight", "encoder.norm.weight");
    copy(base_, "embeddings.LayerNorm.bias", "norm.bias", "encoder.norm.bias");
    for (size_t i = 0; i < kMaxBlocks && base_.tensors().contains(theirs(i, "output.dense.weight")); ++i) add_block(i);
    for (const char* name : {"empty.trigger", "empty.source", "empty.target", "heads.weight", "heads.bias"}) copy(learned_, name, name);
    for (const char* name : {"relate.trigger.weight", "relate.trigger.bias", "relate.source.weight", "relate.source.bias",
                             "relate.target.weight", "relate.target.bias"})
      copy(learned_, name, name);
    copy(learned_, "join.1.weight", "join.weight");
    copy(learned_, "join.1.bias", "join.bias");
    if (learned_.metadata().contains("gate_after")) {
      for (const char* name : {"gate.hidden.weight", "gate.hidden.bias", "gate.answer.weight", "gate.answer.bias"}) copy(learned_, name, name);
    }
    if (error_) return *std::move(error_);
    return writer_.bytes();
  }

 private:
  static std::string theirs(size_t block, const std::string& part) { return "encoder.layer." + std::to_string(block) + "." + part; }

  std::vector<float> floats(const TensorFile& file, std::string_view name) {
    auto values = file.copied_floats(name);
    if (values) return *std::move(values);
    if (!error_) error_ = std::move(values).error();
    return {};
  }

  /// A tensor of the base, or what was learned in its place.
  void copy(const TensorFile& file, const std::string& name, const std::string& as, const std::string& learned_as = "") {
    const bool is_learned = !learned_as.empty() && learned_.tensors().contains(learned_as);
    const TensorFile& from = is_learned ? learned_ : file;
    const std::string& source = is_learned ? learned_as : name;
    const std::vector<float> values = floats(from, source);
    writer_.add_floats(as, from.shape(source), values);
  }

  /// Every word of a sentence is of kind 0.
  void add_kind() {
    std::vector<float> kinds = floats(base_, "embeddings.token_type_embeddings.weight");
    if (learned_.tensors().contains("encoder.kind")) kinds = floats(learned_, "encoder.kind");
    const uint64_t width = base_.shape("embeddings.LayerNorm.weight").empty() ? 0 : base_.shape("embeddings.LayerNorm.weight")[0];
    kinds.resize(width);
    writer_.add_floats("kind", {width}, kinds);
  }

  /// Weights of a linear layer with its adapter, if it has one, merged into it: W + scale · up · down.
  std::vector<float> weights(const std::string& name, const std::string& own) {
    if (learned_.tensors().contains(own + ".weight")) return floats(learned_, own + ".weight");
    std::vector<float> merged = floats(base_, name + ".weight");
    const auto shape = base_.shape(name + ".weight"), down_shape = learned_.shape(own + ".down"), up_shape = learned_.shape(own + ".up");
    if (error_ || down_shape.empty()) return merged;
    if (shape.size() != 2 || down_shape.size() != 2 || up_shape != std::vector<uint64_t>{shape[0], down_shape[0]} || down_shape[1] != shape[1]) {
      error_ = learned_.fault("has an adapter \"" + own + "\" that does not fit the base encoder");
      return merged;
    }
    const std::vector<float> down = floats(learned_, own + ".down"), up = floats(learned_, own + ".up");
    for (uint64_t output = 0; output < shape[0]; ++output) {
      for (uint64_t rank = 0; rank < down_shape[0]; ++rank) {
        const float factor = kAdapterScale * up[output * down_shape[0] + rank];
        for (uint64_t input = 0; input < shape[1]; ++input) merged[output * shape[1] + input] += factor * down[rank * shape[1] + input];
      }
    }
    return merged;
  }

  std::vector<float> bias(const std::string& name, const std::string& own) {
    return learned_.tensors().contains(own + ".bias") ? floats(learned_, own + ".bias") : floats(base_, name + ".bias");
  }

  /// Several layers over the same input as one.
  void add_linear(const std::string& as, const std::vector<double>* squares, const std::vector<std::pair<std::string, std::string>>& parts) {
    std::vector<float> all_weights, all_bias;
    for (const auto& [name, own] : parts) {
      const std::vector<float> part = weights(name, own), part_bias = bias(name, own);
      all_weights.insert(all_weights.end(), part.begin(), part.end());
      all_bias.insert(all_bias.end(), part_bias.begin(), part_bias.end());
    }
    const uint64_t outputs = all_bias.size();
    const std::vector<uint64_t> shape = {outputs, outputs == 0 ? 0 : all_weights.size() / outputs};
    if (squares != nullptr && squares->size() == shape[1]) {
      const ByteWeights bytes = quantised(all_weights, outputs, factors_of(*squares, all_weights, outputs));
      writer_.add_bytes(as + ".weight", shape, bytes.weights);
      writer_.add_floats(as + ".scale", {outputs}, bytes.scales);
      writer_.add_floats(as + ".factor", {shape[1]}, bytes.factors);
    } else {
      writer_.add_floats(as + ".weight", shape, all_weights);
    }
    writer_.add_floats(as + ".bias", {outputs}, all_bias);
  }

  void add_block(size_t i) {
    const std::string own = "encoder.layers." + std::to_string(i) + ".", as = "blocks." + std::to_string(i) + ".";
    const std::string self = theirs(i, "attention.self.");
    const BlockInputs* in = i < inputs_.size() ? &inputs_[i] : nullptr;
    add_linear(as + "qkv", in ? &in->qkv : nullptr, {{self + "query", own + "query"}, {self + "key", own + "key"}, {self + "value", own + "value"}});
    add_linear(as + "output", in ? &in->output : nullptr, {{theirs(i, "attention.output.dense"), own + "output"}});
    add_linear(as + "up", in ? &in->up : nullptr, {{theirs(i, "intermediate.dense"), own + "up"}});
    add_linear(as + "down", in ? &in->down : nullptr, {{theirs(i, "output.dense"), own + "down"}});
    for (const char* part : {"weight", "bias"}) {
      copy(base_, theirs(i, std::string("attention.output.LayerNorm.") + part), as + "attention_norm." + part, own + "attention_norm." + part);
      copy(base_, theirs(i, std::string("output.LayerNorm.") + part), as + "norm." + part, own + "norm." + part);
    }
  }

  const TensorFile& base_;
  const TensorFile& learned_;
  std::span<const BlockInputs> inputs_{};
  TensorFileWriter writer_{};
  std::optional<Error> error_{};
};

/// What goes into the linear layers of an encoder that reads these sentences.
Result<std::vector<BlockInputs>> inputs_of(const TensorFile& file, std::string_view vocabulary, std::string_view sentences) {
  auto pieces = WordPieces::of_vocabulary(vocabulary, file.name());
  if (!pieces) return std::move(pieces).error();
  auto encoder = Encoder::read(file);
  if (!encoder) return std::move(encoder).error();
  std::vector<BlockInputs> inputs;
  EncoderScratch scratch;
  scratch.inputs = &inputs;
  size_t count = 0;
  while (!sentences.empty()) {
    const std::string_view line = sentences.substr(0, sentences.find('\n'));
    sentences.remove_prefix(std::min(line.size() + 1, sentences.size()));
    if (line.empty() || line.starts_with(' ') || line.starts_with('#') || line.starts_with('@')) continue;
    if (++count > kMostSentences) break;
    std::vector<uint32_t> ids;
    for (const WordPiece& piece : pieces->split(line, encoder->max_pieces())) ids.push_back(piece.id);
    const std::vector lengths = {static_cast<uint32_t>(ids.size())};
    encoder->embed(ids, lengths, scratch);
    encoder->run(0, encoder->blocks(), lengths, scratch);
  }
  return inputs;
}

/// The bytes of a judge that can be read.
Result<std::shared_ptr<const TensorFile>> checked(Result<std::string> bytes, const std::string& name) {
  if (!bytes) return std::move(bytes).error();
  auto file = TensorFile::of_bytes(*std::move(bytes), name);
  if (!file) return file;
  auto judge = Judge::of_file(*file);
  if (!judge) return std::move(judge).error();
  return file;
}

Result<void> compile(std::span<char*> arguments) {
  const std::string output = arguments[3];
  auto base = TensorFile::open(arguments[0]), learned = TensorFile::open(arguments[2]);
  if (!base) return std::move(base).error();
  if (!learned) return std::move(learned).error();
  auto vocabulary = read_file(arguments[1], kMaxTextBytes);
  if (!vocabulary) return std::move(vocabulary).error();
  Result<std::string> bytes = Compiler(**base, **learned).compile(*vocabulary, {});
  auto file = checked(bytes, output);
  if (!file) return std::move(file).error();
  if (arguments.size() > 4) {
    auto sentences = read_file(arguments[4], kMaxTextBytes);
    if (!sentences) return std::move(sentences).error();
    auto inputs = inputs_of(**file, *vocabulary, *sentences);
    if (!inputs) return std::move(inputs).error();
    bytes = Compiler(**base, **learned).compile(*vocabulary, *inputs);
    file = checked(bytes, output);
    if (!file) return std::move(file).error();
  }
  return replace_file(output, *bytes);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 5 && count != 6) {
    std::fprintf(stderr, "usage: compile_judge MODEL.safetensors VOCABULARY LEARNED.safetensors OUTPUT [SENTENCES]\n");
    return 2;
  }
  auto written = compile(std::span(arguments + 1, arguments + count));
  if (written) return 0;
  std::fprintf(stderr, "error: %s\n", written.error().to_string().c_str());
  return 3;
}
