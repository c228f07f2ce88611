#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "article/page_words.h"
#include "base/calendar.h"

namespace casus {

/// A day with what a page says of the time of day.
struct Stamp {
  Day day{};                            ///< as written, in the zone that it was written in
  std::optional<int> minute{};          ///< of that day, 0 to 1439
  std::optional<int> offset_minutes{};  ///< of the zone against UTC, where it is written; 0 for UTC
};

/// A date inside of a text: text[begin, end).
struct TextDate {
  Day day{};
  size_t begin = 0;
  size_t end = 0;
};

/// The day in a value that should hold nothing else: ISO 8601 in all its usual spellings, "Thu, 08 May 2014 14:04:53 -0400", seconds or
/// milliseconds since 1970 (UTC), "20220210", and dates in words (find_dates). nullopt where none is certain; years have four digits.
[[nodiscard]] std::optional<Stamp> read_stamp(std::string_view value, const PageWords& words);

/// All dates of a text that give day, month and year and leave no doubt about their order: "Thursday, Feb. 10, 2022", "10th of February
/// 2022", "2022-02-10", "25/12/2022", "02/25/2022"; not "10/02/2022" (but "10/10/2022").
[[nodiscard]] std::vector<TextDate> find_dates(std::string_view text, const PageWords& words);

/// The day in the path of an address: /2022/02/10/, /2022/feb/10/, /2022-02-10-…, /20220210….
[[nodiscard]] std::optional<Day> day_in_url(std::string_view url, const PageWords& words);

/// Minutes since 1970 in UTC, where the stamp says its zone.
[[nodiscard]] std::optional<int64_t> instant_of(const Stamp& stamp);

/// How many days `b` comes after `a`.
[[nodiscard]] int days_between(Day a, Day b);

}  // namespace casus
