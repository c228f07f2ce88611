#include "language/transition_model.h"

#include <algorithm>
#include <charconv>
#include <tuple>
#include <utility>

#include <simdjson.h>

#include "language/msgpack.h"
#include "language/tok2vec.h"

namespace casus {
namespace {

constexpr size_t kPieces = 2;
constexpr size_t kMaxClasses = 4096;

Error bad_file(const std::string& file, std::string message) {
  return Error{.code = ErrorCode::kBadModel,
               .message = std::move(message),
               .file = file,
               .remedy = "casus runs spaCy v3 English CNN pipelines; see docs/model-files.md"};
}

/// The node that the root refers to by `name`, or null.
const ThincNode* referred(const ThincModel& model, std::string_view name) {
  const auto found = model.nodes.front().refs.find(name);
  if (found == model.nodes.front().refs.end() || found->second < 0 || static_cast<size_t>(found->second) >= model.nodes.size())
    return nullptr;
  return &model.nodes[static_cast<size_t>(found->second)];
}

struct CountedLabel {
  int64_t frequency;
  std::string label;
  friend auto operator<=>(const CountedLabel&, const CountedLabel&) = default;
};

/// The counted labels of one action of the `moves` JSON, most frequent first, equals by label from the end of the alphabet.
Result<std::vector<CountedLabel>> counted_labels(const simdjson::dom::element& action, const std::string& file) {
  simdjson::dom::object labels;
  if (action.get(labels) != simdjson::SUCCESS) return bad_file(file, "an action of its moves is not an object");
  std::vector<CountedLabel> out;
  for (const auto& [label, count] : labels) {
    int64_t frequency = 0;
    if (count.get(frequency) != simdjson::SUCCESS) return bad_file(file, "a count of its moves is not a whole number");
    out.push_back({frequency, std::string(label)});
  }
  std::sort(out.begin(), out.end(), std::greater<>());
  return out;
}

}  // namespace

Result<TransitionModel> TransitionModel::build(const ThincModel& model, const std::string& model_file, std::string_view moves,
                                               const std::string& moves_file, size_t slots, uint8_t first_action,
                                               uint8_t empty_label_action) {
  TransitionModel out;
  out.slots_ = slots;
  if (auto read = out.read_layers(model, model_file); !read) return read.error();
  if (auto read = out.read_classes(moves, moves_file, first_action, empty_label_action); !read) return read.error();
  if (out.classes_.size() != out.upper_.outputs) {
    return bad_file(moves_file,
                    "has " + std::to_string(out.classes_.size()) + " classes, and the model scores " + std::to_string(out.upper_.outputs));
  }
  return out;
}

Result<void> TransitionModel::read_layers(const ThincModel& model, const std::string& file) {
  const ThincNode* lower = model.nodes.empty() ? nullptr : referred(model, "lower");
  const ThincNode* upper = model.nodes.empty() ? nullptr : referred(model, "upper");
  if (lower == nullptr || upper == nullptr) return bad_file(file, "has no lower and upper layer");
  if (auto read = read_lower(*lower, file); !read) return read.error();

  const auto classes = upper->dims.find("nO");
  if (classes == upper->dims.end() || classes->second < 1 || classes->second > static_cast<int64_t>(kMaxClasses)) {
    return bad_file(file, "its upper layer has no sensible number of classes");
  }
  const auto count = static_cast<uint32_t>(classes->second), hidden = static_cast<uint32_t>(hidden_);
  auto weights = tensor_of(*upper, "W", {count, hidden}, file);
  auto bias = tensor_of(*upper, "b", {count}, file);
  if (!weights) return weights.error();
  if (!bias) return bias.error();
  upper_ = PackedMatrix((*weights)->data, count, hidden);
  upper_bias_.assign(upper_.padded_outputs, -std::numeric_limits<float>::infinity());  // classes that only fill up never win
  std::copy((*bias)->data.begin(), (*bias)->data.end(), upper_bias_.begin());

  for (const ThincNode* node : model.named("linear")) {
    if (node == upper) continue;
    const auto inputs = node->dims.find("nI");
    if (inputs == node->dims.end() || inputs->second < 1 || inputs->second > static_cast<int64_t>(kMaxNormWidth)) break;
    auto reduce = tensor_of(*node, "W", {static_cast<uint32_t>(lower_.inputs), static_cast<uint32_t>(inputs->second)}, file);
    auto reduce_bias = tensor_of(*node, "b", {static_cast<uint32_t>(lower_.inputs)}, file);
    if (!reduce) return reduce.error();
    if (!reduce_bias) return reduce_bias.error();
    reduce_ = PackedMatrix((*reduce)->data, lower_.inputs, static_cast<size_t>(inputs->second));
    reduce_bias_.assign((*reduce_bias)->data.begin(), (*reduce_bias)->data.end());
    reduce_bias_.resize(reduce_.padded_outputs, 0.0F);
    return {};
  }
  return bad_file(file, "has no linear layer before its lower layer");
}

Result<void> TransitionModel::read_lower(const ThincNode& lower, const std::string& file) {
  const auto dim = [&](std::string_view name) {
    const auto found = lower.dims.find(name);
    return found == lower.dims.end() ? int64_t{-1} : found->second;
  };
  if (dim("nF") != static_cast<int64_t>(slots_) || dim("nP") != static_cast<int64_t>(kPieces) || dim("nO") < 1 ||
      dim("nO") > static_cast<int64_t>(kMaxHiddenWidth) || dim("nO") % static_cast<int64_t>(kLanes) != 0 || dim("nI") < 1 ||
      dim("nI") > static_cast<int64_t>(kMaxHiddenWidth) || dim("nI") % static_cast<int64_t>(kLanes) != 0) {
    return bad_file(file, "its lower layer is not one of " + std::to_string(slots_) + " slots and " + std::to_string(kPieces) + " pieces");
  }
  hidden_ = static_cast<size_t>(dim("nO"));
  const auto inputs = static_cast<size_t>(dim("nI"));
  slot_floats_ = hidden_ * kPieces;
  const auto f = static_cast<uint32_t>(slots_), o = static_cast<uint32_t>(hidden_), p = static_cast<uint32_t>(kPieces);
  auto weights = tensor_of(lower, "W", {f, o, p, static_cast<uint32_t>(inputs)}, file);
  auto bias = tensor_of(lower, "b", {o, p}, file);
  auto pad = tensor_of(lower, "pad", {1, f, o, p}, file);
  for (const auto* each : {&weights, &bias, &pad}) {
    if (!*each) return each->error();
  }
  // Each piece becomes contiguous: (slot, output, piece) → (slot, piece, output).
  std::vector<float> reordered((*weights)->data.size());
  padding_.resize(slots_ * slot_floats_);
  lower_bias_.resize(slot_floats_);
  for (size_t slot = 0; slot < slots_; ++slot) {
    for (size_t output = 0; output < hidden_; ++output) {
      for (size_t piece = 0; piece < kPieces; ++piece) {
        const size_t from = (slot * hidden_ + output) * kPieces + piece, to = slot * slot_floats_ + piece * hidden_ + output;
        std::copy_n((*weights)->data.begin() + static_cast<ptrdiff_t>(from * inputs), inputs,
                    reordered.begin() + static_cast<ptrdiff_t>(to * inputs));
        padding_[to] = (*pad)->data[from];
        if (slot == 0) lower_bias_[piece * hidden_ + output] = (*bias)->data[output * kPieces + piece];
      }
    }
  }
  lower_ = PackedMatrix(reordered, slots_ * slot_floats_, inputs);
  return {};
}

Result<void> TransitionModel::read_classes(std::string_view moves, const std::string& file, uint8_t first_action,
                                           uint8_t empty_label_action) {
  auto decoded = decode_msgpack(moves);
  if (!decoded) {
    Error error = decoded.error();
    error.file = file;
    return error;
  }
  const MsgpackValue* text = decoded->find("moves");
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  simdjson::dom::object actions;
  if (text == nullptr || parser.parse(simdjson::padded_string(text->text())).get(root) != simdjson::SUCCESS ||
      root.get(actions) != simdjson::SUCCESS) {
    return bad_file(file, "holds no JSON object \"moves\"");
  }
  std::vector<std::pair<uint8_t, std::vector<CountedLabel>>> entries;
  for (const auto& [key, labels] : actions) {
    unsigned number = 0;
    const auto parsed = std::from_chars(key.data(), key.data() + key.size(), number);
    if (parsed.ec != std::errc() || parsed.ptr != key.data() + key.size() || number > 15)
      return bad_file(file, "has an action that is not a small number");
    auto counted = counted_labels(labels, file);
    if (!counted) return counted.error();
    entries.emplace_back(static_cast<uint8_t>(number), std::move(*counted));
  }
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  // Labels with a negative count were added after training and come last, for every action that has them.
  std::vector<std::tuple<int64_t, std::string, uint8_t>> added;
  for (const auto& [action, labels] : entries) {
    for (const CountedLabel& label : labels) {
      if (action < first_action || (action == empty_label_action && empty_label_action != 0 && !label.label.empty())) continue;
      if (label.frequency < 0) {
        added.emplace_back(label.frequency, label.label, action);
      } else {
        classes_.push_back({action, label.label});
      }
    }
  }
  std::stable_sort(added.begin(), added.end(), [](const auto& a, const auto& b) {
    return std::tie(std::get<0>(a), std::get<1>(a)) > std::tie(std::get<0>(b), std::get<1>(b));
  });
  for (auto& [frequency, label, action] : added) classes_.push_back({action, std::move(label)});
  return {};
}

void TransitionModel::precompute(const float* x, size_t rows, AlignedFloats& reduced, AlignedFloats& out) const {
  const Kernels& kernel = kernels();
  ensure_size(reduced, rows * reduce_.padded_outputs);
  ensure_size(out, rows * lower_.padded_outputs);
  kernel.multiply(x, reduce_.inputs, rows, reduce_, reduce_bias_.data(), reduced.data(), reduce_.padded_outputs);
  kernel.multiply(reduced.data(), reduce_.padded_outputs, rows, lower_, nullptr, out.data(), lower_.padded_outputs);
}

void TransitionModel::score(const float* const* slots, float* scores) const {
  kernels().score_state(slots, slots_, lower_bias_.data(), hidden_, upper_, upper_bias_.data(), scores);
}

}  // namespace casus
