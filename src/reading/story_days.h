#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/calendar.h"
#include "reading/syntax.h"
#include "reading/time_mention.h"

namespace casus {

/// The days that rule a passage: "on Tuesday" once said in a main clause holds for the sentences behind that go on telling of those whom
/// it speaks of; what stands before the first such day of the text is told of that one.
/// Ownership: refers to syntax and mentions. Threads: immutable once built.
class StoryDays {
 public:
  StoryDays(const Syntax& syntax, const std::vector<TimeMention>& mentions, std::optional<Day> published);

  /// The mention, by index, that rules an act without a time of its own; nullopt for acts that the sentence does not tell as done then:
  /// of other tenses, in clauses that look back ("after", "who") or ahead.
  [[nodiscard]] std::optional<size_t> ruling(uint32_t trigger) const;

 private:
  [[nodiscard]] bool rules(const TimeMention& mention) const;
  void rule_sentences(const std::vector<TimeMention>& mentions);
  [[nodiscard]] bool points_back(uint32_t subject) const;
  [[nodiscard]] std::optional<uint32_t> subject_of(const Sentence& sentence) const;
  [[nodiscard]] bool continues_story(uint32_t trigger) const;
  [[nodiscard]] bool is_done_there(uint32_t noun) const;
  [[nodiscard]] bool is_present(uint32_t verb) const;
  [[nodiscard]] bool is_told(uint32_t verb) const;
  [[nodiscard]] bool is_headline(uint32_t token) const;

  const Syntax& syntax_;
  std::optional<Day> published_;
  std::vector<std::optional<size_t>> ruled_by_;  ///< of each sentence, a mention
};

}  // namespace casus
