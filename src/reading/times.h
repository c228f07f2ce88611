#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <casus/article.h>

#include "lexicon/lexicon.h"
#include "reading/syntax.h"

namespace casus {

/// A point or stretch of time as named in the text: tokens [begin, end).
struct TimeMention {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool is_weekday = false;     ///< a bare weekday: before or after publication as the act is over or ahead
  int weekday = 0;             ///< 1 Monday – 7 Sunday
  std::string value = {};      ///< YYYY, YYYY-MM, YYYY-MM-DD or start/end
  std::string precision = {};  ///< day, week, month, year, interval
};

/// A date as it goes into a record.
struct EventDate {
  std::string value = {};
  std::string precision = {};
  ByteSpan span = {};
};

/// The plain dates of an article: weekdays, days, months, years, "last week", "two months ago", against the day of publication.
/// Ownership: refers to syntax and lexicon. Threads: immutable once built.
class Times {
 public:
  Times(const Syntax& syntax, const Lexicon& lexicon);

  /// The time that belongs to the act with this trigger; `ahead`: the act is still to come.
  [[nodiscard]] std::optional<EventDate> of(uint32_t trigger, bool ahead) const;
  /// Whether the text puts the act on a day after publication.
  [[nodiscard]] bool is_ahead(uint32_t trigger) const;

 private:
  [[nodiscard]] std::optional<TimeMention> read(uint32_t begin) const;
  [[nodiscard]] std::optional<TimeMention> read_weekday(uint32_t begin) const;
  [[nodiscard]] std::optional<TimeMention> read_month(uint32_t begin) const;
  [[nodiscard]] std::optional<TimeMention> read_day_month(uint32_t begin) const;
  [[nodiscard]] std::optional<TimeMention> read_year(uint32_t begin) const;
  [[nodiscard]] std::optional<TimeMention> read_day_word(uint32_t begin) const;
  [[nodiscard]] std::optional<TimeMention> read_shifted_unit(uint32_t begin) const;
  [[nodiscard]] std::optional<TimeMention> read_ago(uint32_t begin) const;
  [[nodiscard]] std::optional<int> number(uint32_t token) const;
  [[nodiscard]] std::optional<int> word_value(WordClass word_class, uint32_t token) const;
  [[nodiscard]] uint32_t limit(uint32_t token) const { return syntax_.sentence(token).end; }
  [[nodiscard]] const TimeMention* mention_of(uint32_t trigger) const;
  [[nodiscard]] EventDate resolve(const TimeMention& mention, bool ahead) const;

  const Syntax& syntax_;
  const Lexicon& lexicon_;
  std::optional<std::chrono::year_month_day> published_;
  std::vector<TimeMention> mentions_;
};

}  // namespace casus
