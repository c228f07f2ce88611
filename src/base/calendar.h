#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casus {

using Day = std::chrono::year_month_day;

/// A day from "YYYY-MM-DD", or from an ISO 8601 time stamp that begins so (the day as written; zones are not converted).
/// Nothing else, and only days that exist.
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);

/// The instant of "YYYY-MM-DDThh:mm", with or without seconds and "Z", all taken as UTC; of a day alone its noon.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_instant(std::string_view text);

/// The day of these numbers, if there is one; years from 0 to 9999.
[[nodiscard]] std::optional<Day> make_day(int64_t year, int64_t month, int64_t day);

/// "YYYY-MM-DD".
[[nodiscard]] std::string format_day(Day day);

/// First and last day of a stretch.
struct DayRange {
  Day first = {};
  Day last = {};
};

/// The days of a record's date: "2022", "2022-02", "2022-02-04" or "start/end" of these. nullopt for "", for what is no such date and for
/// what turns back in time.
[[nodiscard]] std::optional<DayRange> days_of_date(std::string_view date);

}  // namespace casus
