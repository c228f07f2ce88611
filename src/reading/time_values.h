#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/calendar.h"

namespace casus {

/// How fine a named point of time is, from coarse to fine.
enum class Grain : uint8_t { kNone, kCentury, kDecade, kYear, kHalf, kSeason, kQuarter, kMonth, kWeek, kWeekend, kDay };

inline constexpr int kFirstYear = -9999;  ///< negative years are BC; there is no year 0
inline constexpr int kLastYear = 9999;

/// A named stretch of the calendar: a century, a decade, … a day, a part of a day. docs/times.md has the values.
struct TimePoint {
  Grain grain = Grain::kNone;
  int year = 0;  ///< of centuries and decades the first; of weeks the ISO year
  int part = 0;  ///< month 1–12, quarter 1–4, half 1–2, season 1 spring – 4 winter, ISO week 1–53
  int day = 0;
  std::string clock = {};       ///< of a day: "T11:00", "TMO", or ""
  Grain hidden = Grain::kNone;  ///< finer than `grain` and not known: of a day of 1915 "1915-XX-XX"

  friend bool operator==(const TimePoint&, const TimePoint&) = default;
};

[[nodiscard]] TimePoint point_of_day(Day day);
[[nodiscard]] TimePoint point_of_week(Day day);
[[nodiscard]] TimePoint point_of_month(Day day);

/// The days of a stretch; nullopt before Christ and beyond year 9999.
[[nodiscard]] std::optional<DayRange> days_of(const TimePoint& point);

/// The stretch that is `count` units from the one in which a point lies, as fine as the unit: two weeks before a day is a week.
/// Where the point is too coarse for that the result is hidden: three days after a month. nullopt beyond the years of the calendar.
[[nodiscard]] std::optional<TimePoint> shifted(const TimePoint& point, Grain unit, int64_t count);

/// TIMEX3: "1915-04-22", "1915-04-22TMO", "2014-W07", "1938-SU", "2012-Q3", "193" for a decade, "18" for a century, "BC0264".
[[nodiscard]] std::string timex_value(const TimePoint& point);
/// The way back; nullopt for what is no such value: durations, sets, references, days that do not exist.
[[nodiscard]] std::optional<TimePoint> point_of_timex(std::string_view value);

/// Date of a record: YYYY, YYYY-MM, YYYY-MM-DD or start/end; "" before Christ.
[[nodiscard]] std::string casus_date(const TimePoint& point);
/// Its precision: day, week, month, year, interval or "".
[[nodiscard]] std::string casus_precision(const TimePoint& point);
/// The way back: the point whose date this is; nullopt for stretches that have no name, as 2022-02-10/2022-02-20.
[[nodiscard]] std::optional<TimePoint> point_of_casus_date(std::string_view date);

}  // namespace casus
