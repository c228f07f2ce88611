#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "language/kernels.h"
#include "language/thinc_model.h"

namespace casus {

/// One class of a transition system: an action (spaCy's number) and its label.
struct TransitionClass {
  uint8_t action = 0;
  std::string label;
};

/// The scoring network of spaCy's TransitionBasedParser.v2 (with upper layer) and its classes. Immutable.
class TransitionModel {
 public:
  /// `moves`: content of the component's `moves` file. `slots` is the number of feature tokens that the system needs.
  /// `first_action` and `empty_label_action` say which entries are classes: actions from `first_action` on; of
  /// `empty_label_action` only the entry with an empty label (0: no such rule).
  /// Errors: kBadModel naming file and what was expected.
  [[nodiscard]] static Result<TransitionModel> build(const ThincModel& model, const std::string& model_file, std::string_view moves,
                                                     const std::string& moves_file, size_t slots, uint8_t first_action,
                                                     uint8_t empty_label_action);

  [[nodiscard]] const std::vector<TransitionClass>& classes() const { return classes_; }
  [[nodiscard]] size_t padded_classes() const { return upper_.padded_outputs; }
  [[nodiscard]] size_t input_width() const { return reduce_.inputs; }

  /// Floats that precompute() writes per row.
  [[nodiscard]] size_t row_floats() const { return lower_.padded_outputs; }
  /// The contributions of each row in each feature slot; `reduced` is a buffer. `out` gets rows × row_floats().
  void precompute(const float* x, size_t rows, AlignedFloats& reduced, AlignedFloats& out) const;

  /// What a row, or a missing one (null), adds in a slot.
  [[nodiscard]] const float* slot(const float* precomputed_row, size_t index) const {
    return (precomputed_row != nullptr ? precomputed_row : padding_.data()) + index * slot_floats_;
  }
  /// Scores of all classes of the state whose slots are given; `scores` has padded_classes() floats.
  void score(const float* const* slots, float* scores) const;

 private:
  [[nodiscard]] Result<void> read_layers(const ThincModel& model, const std::string& file);
  [[nodiscard]] Result<void> read_lower(const ThincNode& lower, const std::string& file);
  [[nodiscard]] Result<void> read_classes(std::string_view moves, const std::string& file, uint8_t first_action,
                                          uint8_t empty_label_action);

  size_t slots_ = 0;
  size_t hidden_ = 0;
  size_t slot_floats_ = 0;  ///< hidden × pieces
  PackedMatrix reduce_;
  AlignedFloats reduce_bias_;
  PackedMatrix lower_;
  AlignedFloats lower_bias_;
  AlignedFloats padding_;
  PackedMatrix upper_;
  AlignedFloats upper_bias_;
  std::vector<TransitionClass> classes_;
};

}  // namespace casus
