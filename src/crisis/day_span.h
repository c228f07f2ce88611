#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <casus/crisis.h>

#include "base/calendar.h"

namespace casus {

/// Longest range that a date names and that still says when something was; what is longer is as good as undated.
inline constexpr int32_t kLongestRange = 800;

/// The day as a number.
[[nodiscard]] int32_t day_count(Day day);
/// The same for a day that may be unknown.
[[nodiscard]] std::optional<int32_t> day_count(const std::optional<Day>& day);

/// The day of a text as in 2022-02-04; nullopt for what is none.
[[nodiscard]] std::optional<int32_t> parse_day_count(std::string_view text);

/// The days of an event's date (days_of_date); nullopt also for what spans more than kLongestRange days.
[[nodiscard]] std::optional<DaySpan> parse_day_range(std::string_view date);

/// "2022-02-04"; years beyond four digits, which no input can give, are cut to the calendar.
[[nodiscard]] std::string day_text(int32_t day);

/// The same, "" where there is none.
[[nodiscard]] std::string day_text(const std::optional<int32_t>& day);

/// "2022-02-04", "2022-02" for a whole month, "2022" for a whole year, else "first/last".
[[nodiscard]] std::string range_text(DaySpan range);

}  // namespace casus
