// Joins the base encoder and what was learned into the file that casus judges with (docs/judge.md). Run by the build.
//   compile_judge [--precision int8|fp32] MODEL.safetensors VOCABULARY LEARNED.safetensors OUTPUT
// By default the linear layers of the encoder become bytes, each output with a scale of its own; all else stays in single precision.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/files.h"
#include "judge/judge.h"
#include "judge/tensor_file.h"

namespace {

using namespace casus;

constexpr uint64_t kMaxVocabularyBytes = 1u << 24;
constexpr float kAdapterScale = 2;  ///< train/judge_model.py, LowRank
constexpr size_t kMaxBlocks = 24;
constexpr float kMostByte = 127;

/// Weights of a linear layer in 8 bits, -127 … 127 times the scale of their output.
struct ByteWeights {
  std::vector<int8_t> weights{};
  std::vector<float> scales{};
};

ByteWeights quantised(std::span<const float> weights, size_t outputs) {
  ByteWeights out;
  const size_t inputs = outputs == 0 ? 0 : weights.size() / outputs;
  for (size_t output = 0; output < outputs; ++output) {
    const auto row = weights.subspan(output * inputs, inputs);
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
  Compiler(const TensorFile& base, const TensorFile& learned, bool in_bytes) : base_(base), learned_(learned), in_bytes_(in_bytes) {}

  Result<std::string> compile(std::string_view vocabulary) {
    for (const auto& [key, value] : learned_.metadata()) writer_.set_metadata(key, value);
    writer_.add_text("vocabulary", vocabulary);
    copy(base_, "embeddings.word_embeddings.weight", "words");
    copy(base_, "embeddings.position_embeddings.weight", "places");
    add_kind();
    copy(base_, "embeddings.LayerNorm.weight", "norm.weight", "encoder.norm.weight");
    copy(base_, "embeddings.LayerNorm.bias", "norm.bias", "encoder.norm.bias");
    for (size_t i = 0; i < kMaxBlocks && base_.tensors().contains(theirs(i, "output.dense.weight")); ++i) add_block(i);
    for (const char* name : {"empty.trigger", "empty.source", "empty.target", "heads.weight", "heads.bias"}) copy(learned_, name, name);
    copy(learned_, "join.1.weight", "join.weight");
    copy(learned_, "join.1.bias", "join.bias");
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
  void add_linear(const std::string& as, const std::vector<std::pair<std::string, std::string>>& parts) {
    std::vector<float> all_weights, all_bias;
    for (const auto& [name, own] : parts) {
      const std::vector<float> part = weights(name, own), part_bias = bias(name, own);
      all_weights.insert(all_weights.end(), part.begin(), part.end());
      all_bias.insert(all_bias.end(), part_bias.begin(), part_bias.end());
    }
    const uint64_t outputs = all_bias.size();
    const std::vector<uint64_t> shape = {outputs, outputs == 0 ? 0 : all_weights.size() / outputs};
    if (in_bytes_) {
      const ByteWeights bytes = quantised(all_weights, outputs);
      writer_.add_bytes(as + ".weight", shape, bytes.weights);
      writer_.add_floats(as + ".scale", {outputs}, bytes.scales);
    } else {
      writer_.add_floats(as + ".weight", shape, all_weights);
    }
    writer_.add_floats(as + ".bias", {outputs}, all_bias);
  }

  void add_block(size_t i) {
    const std::string own = "encoder.layers." + std::to_string(i) + ".", as = "blocks." + std::to_string(i) + ".";
    const std::string self = theirs(i, "attention.self.");
    add_linear(as + "qkv", {{self + "query", own + "query"}, {self + "key", own + "key"}, {self + "value", own + "value"}});
    add_linear(as + "output", {{theirs(i, "attention.output.dense"), own + "output"}});
    add_linear(as + "up", {{theirs(i, "intermediate.dense"), own + "up"}});
    add_linear(as + "down", {{theirs(i, "output.dense"), own + "down"}});
    for (const char* part : {"weight", "bias"}) {
      copy(base_, theirs(i, std::string("attention.output.LayerNorm.") + part), as + "attention_norm." + part, own + "attention_norm." + part);
      copy(base_, theirs(i, std::string("output.LayerNorm.") + part), as + "norm." + part, own + "norm." + part);
    }
  }

  const TensorFile& base_;
  const TensorFile& learned_;
  bool in_bytes_;
  TensorFileWriter writer_{};
  std::optional<Error> error_{};
};

Result<std::string> compile(char** arguments, bool in_bytes) {
  auto base = TensorFile::open(arguments[0]), learned = TensorFile::open(arguments[2]);
  if (!base) return std::move(base).error();
  if (!learned) return std::move(learned).error();
  auto vocabulary = read_file(arguments[1], kMaxVocabularyBytes);
  if (!vocabulary) return std::move(vocabulary).error();
  auto bytes = Compiler(**base, **learned, in_bytes).compile(*vocabulary);
  if (!bytes) return bytes;
  auto file = TensorFile::of_bytes(*bytes, arguments[3]);
  if (!file) return std::move(file).error();
  auto judge = Judge::of_file(*file);  // what is written can be read
  if (!judge) return std::move(judge).error();
  return bytes;
}

}  // namespace

int main(int count, char** arguments) {
  bool in_bytes = true;
  int first = 1;
  if (count == 7 && std::string_view(arguments[1]) == "--precision") {
    in_bytes = std::string_view(arguments[2]) == "int8";
    if (in_bytes || std::string_view(arguments[2]) == "fp32") first = 3;
  }
  if (count - first != 4) {
    std::fprintf(stderr, "usage: compile_judge [--precision int8|fp32] MODEL.safetensors VOCABULARY LEARNED.safetensors OUTPUT\n");
    return 2;
  }
  arguments += first;
  auto bytes = compile(arguments, in_bytes);
  if (bytes) {
    auto written = replace_file(arguments[3], *bytes);
    if (written) return 0;
    std::fprintf(stderr, "error: %s\n", written.error().to_string().c_str());
    return 3;
  }
  std::fprintf(stderr, "error: %s\n", bytes.error().to_string().c_str());
  return 3;
}
