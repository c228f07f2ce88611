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

/// The head and relation of each token of one text, and where its sentences begin.
struct Tree {
  std::vector<uint32_t> heads;          ///< index in the text; its own for a root
  std::vector<uint16_t> labels;         ///< numbers of the label table
  std::vector<uint8_t> sentence_start;  ///< 1 where a sentence begins
};

/// spaCy's arc-eager dependency parser with sentence breaks, greedy (DependencyParser, beam width 1). Immutable.
class DependencyParser {
 public:
  /// Errors: kBadModel as TransitionModel::build; also classes of unknown actions.
  [[nodiscard]] static Result<std::unique_ptr<const DependencyParser>> build(const ThincModel& model, const std::string& model_file,
                                                                             std::string_view moves, const std::string& moves_file,
                                                                             LabelTable& labels);

  [[nodiscard]] const TransitionModel& network() const { return network_; }

  /// Buffers of one worker.
  struct Buffers;
  [[nodiscard]] static std::unique_ptr<Buffers, void (*)(Buffers*)> make_buffers();

  /// Parses one text. `rows`: the network's precomputed rows, one per token. `is_space`: 1 for white-space tokens.
  void parse(const float* rows, std::span<const uint8_t> is_space, Buffers& buffers, Tree& tree) const;

  /// Cuts sentences of more than `most` tokens; a token whose head is then in another sentence becomes a root. spaCy has no such bound.
  void limit_sentences(uint32_t most, Tree& tree) const;

 private:
  struct Label {
    uint16_t whole = 0;     ///< the class's label as it stands
    uint16_t relation = 0;  ///< before "||", or the whole
    uint16_t head = 0;      ///< behind "||": the relation of the head to look for; 0 if the label is a plain one
  };
  void add_mask(uint8_t valid_actions);
  [[nodiscard]] uint32_t choose(uint8_t valid_actions, const float* scores) const;
  void lift_arcs(std::span<const uint8_t> is_space, Buffers& buffers, Tree& tree) const;

  TransitionModel network_;
  std::vector<Label> class_labels_;      ///< by class
  std::vector<uint16_t> relation_of_;    ///< by label number: its relation if decorated, else 0
  std::vector<uint16_t> head_label_of_;  ///< by label number: its head label if decorated, else 0
  std::vector<AlignedFloats> masks_;     ///< by set of valid actions: 0 for classes that may be taken, else -infinity
  std::vector<uint32_t> only_class_;     ///< by set of valid actions: the one class there is, or none
  uint16_t root_label_ = 0;
};

}  // namespace casus
