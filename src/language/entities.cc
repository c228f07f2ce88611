#include "language/entities.h"

#include <algorithm>
#include <limits>

namespace casus {
namespace {

// The actions of spacy/pipeline/_parser_internals/ner.pyx, by spaCy's numbers; 0 ("missing") is never a class.
enum Action : uint8_t { kBegin = 1, kInside = 2, kLast = 3, kUnit = 4, kOut = 5, kActions = 6 };

constexpr size_t kSlots = 3;  // B0, first token of the open entity, B-1 if an entity is open
constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

}  // namespace

Result<std::unique_ptr<const EntityRecognizer>> EntityRecognizer::build(const ThincModel& model, const std::string& model_file,
                                                                        std::string_view moves, const std::string& moves_file,
                                                                        LabelTable& labels) {
  auto network = TransitionModel::build(model, model_file, moves, moves_file, kSlots, kBegin, kOut);
  if (!network) return network.error();
  std::unique_ptr<EntityRecognizer> out(new EntityRecognizer);
  out->network_ = std::move(*network);
  for (const TransitionClass& each : out->network_.classes()) {
    if (each.action < kBegin || each.action >= kActions) {
      return Error{.code = ErrorCode::kBadModel, .message = "has the unknown action " + std::to_string(each.action), .file = moves_file};
    }
    out->classes_.push_back({each.action, labels.add(each.label)});
  }
  out->inside_.assign(labels.size(), kNone);
  out->last_.assign(labels.size(), kNone);
  for (uint32_t i = 0; i < out->classes_.size(); ++i) {
    if (out->classes_[i].action == kInside) out->inside_[out->classes_[i].label] = i;
    if (out->classes_[i].action == kLast) out->last_[out->classes_[i].label] = i;
  }
  for (int i = 0; i < 4; ++i) out->masks_[i] = out->mask_of((i & 1) != 0, (i & 2) != 0);
  return std::unique_ptr<const EntityRecognizer>(std::move(out));
}

AlignedFloats EntityRecognizer::mask_of(bool may_begin, bool may_be_unit) const {
  AlignedFloats mask(network_.padded_classes(), -std::numeric_limits<float>::infinity());
  for (size_t i = 0; i < classes_.size(); ++i) {
    const Class& each = classes_[i];
    const bool begins = each.action == kBegin && may_begin && each.label != 0 && last_[each.label] != kNone;
    const bool unit = each.action == kUnit && may_be_unit && each.label != 0;
    if (begins || unit || each.action == kOut) mask[i] = 0;
  }
  return mask;
}

uint32_t EntityRecognizer::choose_closed(bool may_begin, bool may_be_unit, const float* scores) const {
  const AlignedFloats& mask = masks_[(may_begin ? 1 : 0) + (may_be_unit ? 2 : 0)];
  const uint32_t best = kernels().argmax(scores, mask.data(), mask.size());
  return mask[best] == 0 ? best : kNone;
}

uint32_t EntityRecognizer::choose_open(uint16_t label, bool may_go_on, const float* scores) const {
  const uint32_t inside = inside_[label], last = last_[label];
  if (!may_go_on || inside == kNone) return last;
  if (scores[inside] != scores[last]) return scores[inside] > scores[last] ? inside : last;
  return std::min(inside, last);
}

void EntityRecognizer::find(const float* rows, std::span<const uint8_t> is_space, std::span<const uint8_t> sentence_start,
                            AlignedFloats& scores, std::vector<Entity>& entities) const {
  const auto count = static_cast<uint32_t>(is_space.size());
  ensure_size(scores, network_.padded_classes());
  uint32_t open = kNone;
  uint16_t open_label = 0;
  for (uint32_t token = 0; token < count; ++token) {
    const bool goes_on = token + 1 < count && sentence_start[token + 1] == 0;
    uint32_t chosen = kNone;
    if (open != kNone && !goes_on) {
      chosen = last_[open_label];
    } else {
      const auto row = [&](uint32_t index) { return index == kNone ? nullptr : rows + size_t{index} * network_.row_floats(); };
      const float* slots[kSlots] = {network_.slot(row(token), 0), network_.slot(row(open), 1),
                                    network_.slot(row(open == kNone ? kNone : token - 1), 2)};
      network_.score(slots, scores.data());
      chosen = open == kNone ? choose_closed(goes_on && is_space[token] == 0, is_space[token] == 0, scores.data())
                             : choose_open(open_label, goes_on, scores.data());
    }
    if (chosen == kNone) continue;  // a broken model's scores; outside
    const Class& action = classes_[chosen];
    if (action.action == kBegin) {
      open = token;
      open_label = action.label;
    } else if (action.action == kUnit) {
      entities.push_back({token, token + 1, action.label});
    } else if (action.action == kLast) {
      entities.push_back({open, token + 1, open_label});
      open = kNone;
    }
  }
}

}  // namespace casus
