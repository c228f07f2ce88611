#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lexicon/lexicon.h"
#include "reading/quoted_tokens.h"
#include "reading/syntax.h"

namespace casus {

/// A word that reports what somebody says, writes or believes, with whose words they are and where they stand.
struct Cue {
  uint32_t token = 0;
  TokenRange words = {};                 ///< of the cue itself: "said", "pointed out", "according to"
  std::optional<uint32_t> speaker = {};  ///< head of the noun phrase that stands for the speaker; none in "it is believed that"
  TokenRange speaker_words = {};         ///< the whole phrase as it stands there; of "Putin, who said" the "who"
  std::vector<TokenRange> content = {};  ///< in order, not overlapping, none empty
  bool asserts = true;  ///< the words are a clause or a quotation: what they tell rests on the speaker's word. Not so of mere mentions,
                        ///< promises and demands
};

/// Finds cues by the parse and by data/reading/speech.tsv: verbs, nouns, adjectives, "according to" and its like, colons.
/// Ownership: refers to all it is given. Threads: safe at once.
class CueFinder {
 public:
  CueFinder(const Syntax& syntax, const Lexicon& lexicon, const QuotedTokens& quoted)
      : syntax_(syntax), words_(lexicon.words()), quoted_(quoted) {}

  /// The cue whose head is this token, if it is one.
  [[nodiscard]] std::optional<Cue> at(uint32_t token) const;
  /// The verb that governs a quotation in its own sentence, whatever verb it is, with its subject: "their banners showed “…”".
  [[nodiscard]] std::optional<Cue> host_of(uint32_t quotation) const;
  /// The noun phrase of a head as it stands there, on its side of the cue.
  [[nodiscard]] TokenRange phrase(uint32_t head, TokenRange cue) const;

 private:
  [[nodiscard]] std::optional<Cue> verb(uint32_t token) const;
  [[nodiscard]] const std::string* entry_of(uint32_t verb, TokenRange& words) const;
  void set_speaker(Cue& cue) const;
  void set_phrase(Cue& cue, uint32_t head) const;
  void shorten(TokenRange& range, uint32_t head) const;
  void set_content(Cue& cue, const std::string& takes) const;
  [[nodiscard]] bool set_clause(Cue& cue, const std::string& takes) const;
  [[nodiscard]] bool is_content_clause(uint32_t clause, const Cue& cue, const std::string& takes) const;
  [[nodiscard]] bool set_complement(Cue& cue) const;
  [[nodiscard]] bool set_objects(Cue& cue, const std::string& takes) const;
  [[nodiscard]] TokenRange clause_words(uint32_t clause, const Cue& cue) const;
  [[nodiscard]] bool is_told_beside(uint32_t clause, const Cue& cue) const;
  [[nodiscard]] bool is_contrast(uint32_t clause) const;
  [[nodiscard]] std::optional<uint32_t> outer_speech(uint32_t verb) const;
  [[nodiscard]] bool is_part_of_talk(const Cue& cue) const;
  [[nodiscard]] bool is_ended(uint32_t quotation_end, uint32_t begin) const;
  [[nodiscard]] TokenRange with_tail(uint32_t verb, TokenRange object) const;
  [[nodiscard]] bool set_quotation(Cue& cue) const;
  void set_frame_clause(Cue& cue) const;
  void set_raised(Cue& cue) const;

  [[nodiscard]] std::optional<Cue> noun(uint32_t token) const;
  [[nodiscard]] std::optional<uint32_t> owner_of(uint32_t noun) const;
  [[nodiscard]] std::optional<uint32_t> noun_content(uint32_t noun, const std::string& takes) const;
  [[nodiscard]] std::optional<Cue> adjective(uint32_t token) const;
  [[nodiscard]] std::optional<Cue> source_phrase(uint32_t token) const;
  [[nodiscard]] std::optional<Cue> view_noun(uint32_t token) const;
  [[nodiscard]] bool set_clause_around(Cue& cue, uint32_t anchor, TokenRange phrase) const;
  [[nodiscard]] std::optional<Cue> colon(uint32_t token) const;
  [[nodiscard]] std::optional<Cue> heading_colon(uint32_t colon) const;

  [[nodiscard]] TokenRange subtree(uint32_t token) const { return {syntax_.left_edge(token), syntax_.right_edge(token)}; }
  [[nodiscard]] TokenRange region(const Cue& cue, TokenRange content) const;
  void add_outside(Cue& cue, TokenRange content, TokenRange hole) const;
  [[nodiscard]] bool add(Cue& cue, TokenRange piece) const;
  [[nodiscard]] TokenRange trimmed(TokenRange range) const;
  [[nodiscard]] bool is_edge(uint32_t token) const;

  const Syntax& syntax_;
  const WordTable& words_;
  const QuotedTokens& quoted_;
};

}  // namespace casus
