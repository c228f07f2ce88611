#include "language/tagger.h"

#include <limits>

#include <simdjson.h>

#include "language/tok2vec.h"

namespace casus {
namespace {

constexpr size_t kMaxLabels = 4096;

Result<std::vector<uint16_t>> read_labels(std::string_view config, const std::string& file, LabelTable& labels) {
  simdjson::dom::parser parser;
  simdjson::dom::array names;
  std::vector<uint16_t> out;
  if (parser.parse(simdjson::padded_string(config))["labels"].get(names) == simdjson::SUCCESS && names.size() <= kMaxLabels) {
    for (const auto name : names) {
      std::string_view text;
      if (name.get(text) != simdjson::SUCCESS) break;
      out.push_back(labels.add(text));
    }
    if (!out.empty() && out.size() == names.size()) return out;
  }
  return Error{.code = ErrorCode::kBadModel, .message = "lists no labels", .file = file, .remedy = "fetch the model again"};
}

}  // namespace

Result<std::unique_ptr<const Tagger>> Tagger::build(const ThincModel& model, const std::string& model_file, std::string_view config,
                                                    const std::string& config_file, size_t width, LabelTable& labels) {
  auto names = read_labels(config, config_file, labels);
  if (!names) return names.error();
  const auto nodes = model.named("softmax");
  if (nodes.size() != 1) return Error{.code = ErrorCode::kBadModel, .message = "has no softmax layer", .file = model_file};
  const auto count = static_cast<uint32_t>(names->size());
  auto weights = tensor_of(*nodes.front(), "W", {count, static_cast<uint32_t>(width)}, model_file);
  auto bias = tensor_of(*nodes.front(), "b", {count}, model_file);
  if (!weights) return weights.error();
  if (!bias) return bias.error();
  std::unique_ptr<Tagger> out(new Tagger);
  out->weights_ = PackedMatrix((*weights)->data, count, width);
  out->bias_.assign((*bias)->data.begin(), (*bias)->data.end());
  out->bias_.resize(out->weights_.padded_outputs, -std::numeric_limits<float>::infinity());  // labels that only fill up never win
  out->labels_ = std::move(*names);
  return std::unique_ptr<const Tagger>(std::move(out));
}

void Tagger::tag(const float* rows, size_t count, AlignedFloats& scores, std::vector<uint16_t>& tags) const {
  const Kernels& kernel = kernels();
  const size_t outputs = weights_.padded_outputs;
  ensure_size(scores, count * outputs);
  tags.resize(count);
  kernel.multiply(rows, weights_.inputs, count, weights_, bias_.data(), scores.data(), outputs);
  for (size_t i = 0; i < count; ++i) tags[i] = labels_[kernel.argmax(scores.data() + i * outputs, nullptr, outputs)];
}

}  // namespace casus
