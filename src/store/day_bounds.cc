#include "store/day_bounds.h"

#include <charconv>

#include "base/calendar.h"

namespace casus {
namespace {

/// Four or two digits, nothing else.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

std::optional<DayBounds> days_of_one(std::string_view date) {
  constexpr size_t kYear = 4, kMonth = 7, kDay = 10;
  if (date.size() == kDay) {
    const std::optional<Day> day = parse_day(date);
    if (!day) return std::nullopt;
    return DayBounds{format_day(*day), format_day(*day)};
  }
  if (date.size() != kYear && date.size() != kMonth) return std::nullopt;
  const std::optional<int> year = digits(date.substr(0, kYear));
  if (!year) return std::nullopt;
  if (date.size() == kYear) return DayBounds{std::string(date) + "-01-01", std::string(date) + "-12-31"};
  const std::optional<int> month = date[kYear] == '-' ? digits(date.substr(kYear + 1)) : std::nullopt;
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  const Day last = std::chrono::year{*year} / std::chrono::month{static_cast<unsigned>(*month)} / std::chrono::last;
  return DayBounds{std::string(date) + "-01", format_day(last)};
}

}  // namespace

std::optional<DayBounds> days_of(std::string_view date) {
  const size_t slash = date.find('/');
  if (slash == std::string_view::npos) return days_of_one(date);
  const std::optional<DayBounds> begin = days_of_one(date.substr(0, slash));
  const std::optional<DayBounds> end = days_of_one(date.substr(slash + 1));
  if (!begin || !end || end->last < begin->first) return std::nullopt;
  return DayBounds{begin->first, end->last};
}

}  // namespace casus
