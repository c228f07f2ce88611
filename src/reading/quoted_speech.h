#pragma once

#include <cstdint>
#include <vector>

#include "reading/cues.h"
#include "reading/quoted_tokens.h"
#include "reading/syntax.h"

namespace casus {

/// A cue with the whole of its words; a quotation that stands for itself has the cue of the statement beside it.
struct Speech {
  Cue cue;
  uint32_t sentence_token = 0;  ///< a token of the sentence that carries the words
};

/// Joins cues with quotations: what a cue reports grows to whole quotations, a quotation that goes on behind "he said." is a piece of the
/// same statement, as are later ones of its paragraph; one that fills sentences of the next paragraph has its cue and speaker, and one
/// within another sentence the verb that governs it there.
class QuotedSpeech {
 public:
  QuotedSpeech(const Syntax& syntax, const QuotedTokens& quoted, const CueFinder& finder)
      : syntax_(syntax), quoted_(quoted), finder_(finder) {}

  /// `cues`: in the order of their tokens. The result keeps that order; quotations without a cue are at the end.
  [[nodiscard]] std::vector<Speech> join(std::vector<Cue> cues) const;

 private:
  void widen(Cue& cue) const;
  [[nodiscard]] TokenRange widened(TokenRange piece, const Cue& cue) const;
  void attach_free(std::vector<Speech>& speeches) const;
  void mark_told(TokenRange piece, std::vector<bool>& told) const;
  [[nodiscard]] bool is_speech(uint32_t quotation) const;
  [[nodiscard]] bool stands_alone(uint32_t quotation) const;
  [[nodiscard]] bool has_quotation(const Speech& speech) const;
  [[nodiscard]] bool goes_on(const Speech& speech, uint32_t quotation) const;

  const Syntax& syntax_;
  const QuotedTokens& quoted_;
  const CueFinder& finder_;
};

}  // namespace casus
