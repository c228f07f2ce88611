#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/document.h>
#include <casus/result.h>

#include "language/transition_model.h"

namespace casus {

/// spaCy's BILUO transition-based entity recogniser, greedy. Immutable.
class EntityRecognizer {
 public:
  /// Errors: kBadModel as TransitionModel::build; also classes of unknown actions.
  [[nodiscard]] static Result<std::unique_ptr<const EntityRecognizer>> build(const ThincModel& model, const std::string& model_file,
                                                                             std::string_view moves, const std::string& moves_file,
                                                                             LabelTable& labels);

  [[nodiscard]] const TransitionModel& network() const { return network_; }

  /// Entities of one text as half-open token ranges. `rows`: the network's precomputed rows, one per token; `is_space` and
  /// `sentence_start`: 1 for such tokens; an entity never crosses a sentence start. `scores` is a buffer.
  void find(const float* rows, std::span<const uint8_t> is_space, std::span<const uint8_t> sentence_start, AlignedFloats& scores,
            std::vector<Entity>& entities) const;

 private:
  struct Class {
    uint8_t action = 0;
    uint16_t label = 0;
  };
  [[nodiscard]] AlignedFloats mask_of(bool may_begin, bool may_be_unit) const;
  [[nodiscard]] uint32_t choose_closed(bool may_begin, bool may_be_unit, const float* scores) const;
  [[nodiscard]] uint32_t choose_open(uint16_t label, bool may_go_on, const float* scores) const;

  TransitionModel network_;
  std::vector<Class> classes_;
  AlignedFloats masks_[4];               ///< no entity open; by may_begin + 2 · may_be_unit
  std::vector<uint32_t> inside_, last_;  ///< by label number: its I and L class, or none
};

}  // namespace casus
