#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
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

/// How a date is written: with its year, without, or as "6 hours ago".
enum class DateForm : uint8_t { kWhole, kYearless, kRelative };

/// A date inside of a text: text[begin, end).
struct TextDate {
  Day day{};
  size_t begin = 0;
  size_t end = 0;
  DateForm form = DateForm::kWhole;
};

enum class DateOrder : uint8_t { kUnknown, kDayFirst, kMonthFirst };

/// What a page tells about dates that do not say all of it. Without it only whole dates are read.
struct DateContext {
  DateOrder order = DateOrder::kUnknown;          ///< of 10/02/2022
  std::optional<Day> not_after{};                 ///< a date without a year is the last such day until then
  std::optional<std::chrono::sys_seconds> now{};  ///< when "6 hours ago" was true
};

/// The day in a value that should hold nothing else: ISO 8601 in all its usual spellings, "Thu, 08 May 2014 14:04:53 -0400", seconds or
/// milliseconds since 1970 (UTC), "20220210", and dates in words (find_dates). nullopt where none is certain; years have four digits.
[[nodiscard]] std::optional<Stamp> read_stamp(std::string_view value, const PageWords& words, const DateContext& context = {});

/// All dates of a text that give day, month and year and leave no doubt about their order: "Thursday, Feb. 10, 2022", "10th of February
/// 2022", "Thu Feb 10 10:15:00 EST 2022", "2022-02-10", "25/12/2022", "02/25/2022"; not "10/02/2022" (but "10/10/2022"). With a context
/// also that, "Feb. 10", "6 hours ago" and "yesterday", as far as the context tells which day they are.
[[nodiscard]] std::vector<TextDate> find_dates(std::string_view text, const PageWords& words, const DateContext& context = {});

/// How a text writes dates in figures, by the first one that can be read in one way only, or that is a day of `known` in one way only.
[[nodiscard]] DateOrder order_of_figures(std::string_view text, const PageWords& words, std::span<const Day> known);

/// The day in the path of an address: /2022/02/10/, /2022/feb/10/, /2022-02-10-…, /20220210….
[[nodiscard]] std::optional<Day> day_in_url(std::string_view url, const PageWords& words);

/// The last day of the month, or else of the year, that the path of an address names: /2022/02/.
[[nodiscard]] std::optional<Day> last_day_in_url(std::string_view url, const PageWords& words);

/// Minutes since 1970 in UTC, where the stamp says its zone.
[[nodiscard]] std::optional<int64_t> instant_of(const Stamp& stamp);

/// How many days `b` comes after `a`.
[[nodiscard]] int days_between(Day a, Day b);

}  // namespace casus
