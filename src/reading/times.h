#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <casus/article.h>
#include <casus/report.h>

#include "lexicon/lexicon.h"
#include "reading/story_days.h"
#include "reading/syntax.h"
#include "reading/time_mention.h"

namespace casus {

/// A date as it goes into a record.
struct EventDate {
  std::string value = {};
  std::string precision = {};
  ByteSpan span = {};
};

/// The times of an article, and which of them belongs to which act.
/// Ownership: refers to syntax and lexicon. Threads: immutable once built. docs/times.md
class Times {
 public:
  Times(const Syntax& syntax, const Lexicon& lexicon);

  /// The time that belongs to the act with this trigger; `ahead`: the act is still to come.
  [[nodiscard]] std::optional<EventDate> of(uint32_t trigger, bool ahead) const;
  /// The same of an act that is told as done: where its clause has no time, that of the clause it is told along with, of the words it
  /// is (`is_speech`), or of the passage.
  [[nodiscard]] std::optional<EventDate> of_deed(uint32_t trigger, bool is_speech) const;
  /// Whether the text puts the act on a day after publication.
  [[nodiscard]] bool is_ahead(uint32_t trigger) const;
  /// All expressions, for the records of the layer.
  [[nodiscard]] std::vector<TimeExpression> expressions() const;
  [[nodiscard]] const std::vector<TimeMention>& mentions() const { return mentions_; }

 private:
  void read_mentions();
  [[nodiscard]] bool tells_history(const std::vector<SaidTime>& found) const;
  [[nodiscard]] Outlook outlook_of(const SaidTime& said) const;
  [[nodiscard]] bool stands_aside(const SaidTime& said) const;
  [[nodiscard]] bool moves_passage(const TimeMention& mention) const;
  [[nodiscard]] bool is_bound(const SaidTime& said) const;
  [[nodiscard]] bool is_stretch(const TimeMention& first, const TimeMention& second) const;
  [[nodiscard]] const TimeMention* mention_of(uint32_t trigger) const;
  [[nodiscard]] const TimeMention* shared_mention(uint32_t trigger, bool is_speech) const;
  [[nodiscard]] bool heads_clause(uint32_t token) const;
  [[nodiscard]] bool tells_when(uint32_t participle) const;
  [[nodiscard]] uint32_t verb_of(uint32_t token) const;
  [[nodiscard]] EventDate resolve(const TimeMention& mention, bool ahead) const;
  [[nodiscard]] std::string opened(const TimeMention& mention, const std::string& date, bool ahead) const;

  const Syntax& syntax_;
  const Lexicon& lexicon_;
  std::optional<Day> published_;
  bool history_ = false;
  std::vector<TimeMention> mentions_;
  std::optional<StoryDays> story_ = {};
};

}  // namespace casus
