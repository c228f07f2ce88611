#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/calendar.h"
#include "reading/time_said.h"
#include "reading/time_values.h"

namespace casus {

/// Which way from now the clause of a time looks, as far as its verb tells.
enum class Outlook : uint8_t { kUnknown, kPast, kFuture };

/// What a time expression means.
struct TimeMeaning {
  std::string type = {};                ///< of TIMEX3: DATE, TIME, DURATION, SET
  std::string value = {};               ///< of TIMEX3, or "" where it cannot be told
  std::optional<TimePoint> point = {};  ///< the stretch of the calendar, where it is one
  std::string date = {};                ///< of records: YYYY, YYYY-MM, YYYY-MM-DD, start/end, or ""
  std::string precision = {};           ///< day, week, month, year, interval, or ""
};

/// Tells what expressions mean: from the day of publication in news, from the time that the passage stands at in histories.
/// Threads: each its own.
class TimeAnchors {
 public:
  /// `history`: the text tells of times long before its day of publication, which then anchors nothing.
  TimeAnchors(std::optional<Day> published, bool history) : published_(published), history_(history || !published), passage_() {}

  [[nodiscard]] TimeMeaning meaning(const SaidTime& said, Outlook outlook) const;
  /// The passage stands here from now on.
  /// In histories a step over many years is taken for a look aside, until the next time lies there too.
  void move_to(const TimePoint& point);
  [[nodiscard]] const std::optional<TimePoint>& passage() const { return passage_; }
  [[nodiscard]] bool is_history() const { return history_; }

 private:
  [[nodiscard]] std::optional<TimePoint> anchor(TimeAnchor from) const;
  [[nodiscard]] std::optional<TimePoint> point_of(const SaidTime& said, Outlook outlook) const;
  [[nodiscard]] std::optional<TimePoint> shift_of(const SaidTime& said) const;
  [[nodiscard]] std::optional<TimePoint> weekday_of(const SaidTime& said, Outlook outlook) const;
  [[nodiscard]] std::optional<TimePoint> day_of_month(const SaidTime& said, Outlook outlook) const;
  [[nodiscard]] std::optional<int> year_of(const SaidTime& said, Outlook outlook) const;
  [[nodiscard]] static int nearest_year(Day published, const SaidTime& said, Outlook outlook);
  void mean_reference(const SaidTime& said, TimeMeaning& meaning) const;
  void mean_length(const SaidTime& said, TimeMeaning& meaning) const;
  [[nodiscard]] bool is_this_week(const SaidTime& said) const;

  std::optional<Day> published_;
  bool history_;
  std::optional<TimePoint> passage_;
  std::optional<int> aside_ = {};  ///< the year that the last such look went to
};

}  // namespace casus
