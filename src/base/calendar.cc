#include "base/calendar.h"

#include <charconv>

namespace casus {
namespace {

std::optional<unsigned> parse_digits(std::string_view text, size_t begin, size_t count) {
  unsigned value = 0;
  const char* first = text.data() + begin;
  const auto result = std::from_chars(first, first + count, value);
  if (result.ec != std::errc() || result.ptr != first + count) return std::nullopt;
  return value;
}

void append_padded(int value, size_t width, std::string& out) {
  const std::string digits = std::to_string(value);
  out.append(width > digits.size() ? width - digits.size() : 0, '0');
  out += digits;
}

std::optional<DayRange> days_of_part(std::string_view date) {
  constexpr size_t kYearBytes = 4, kMonthBytes = 7, kDayBytes = 10;
  if (date.size() == kDayBytes) {
    const std::optional<Day> day = parse_day(date);
    return day ? std::optional(DayRange{*day, *day}) : std::nullopt;
  }
  const bool is_month = date.size() == kMonthBytes && date[kYearBytes] == '-';
  if (date.size() != kYearBytes && !is_month) return std::nullopt;
  const auto year = parse_digits(date, 0, 4), month = is_month ? parse_digits(date, 5, 2) : std::optional(1U);
  const std::optional<Day> first = year && month ? make_day(*year, *month, 1) : std::nullopt;
  if (!first) return std::nullopt;
  return DayRange{*first, first->year() / (is_month ? first->month() : std::chrono::December) / std::chrono::last};
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (text.size() > 10 && text[10] != 'T' && text[10] != ' ') return std::nullopt;
  const auto year = parse_digits(text, 0, 4), month = parse_digits(text, 5, 2), day = parse_digits(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  return make_day(*year, *month, *day);
}

std::optional<std::chrono::sys_seconds> parse_instant(std::string_view text) {
  constexpr size_t kDayBytes = 10, kMinuteBytes = 16;
  const std::optional<Day> day = parse_day(text);
  if (!day) return std::nullopt;
  const std::chrono::sys_days midnight(*day);
  if (text.size() == kDayBytes) return midnight + std::chrono::hours(12);
  if (text.size() < kMinuteBytes || text[13] != ':') return std::nullopt;
  const auto hour = parse_digits(text, 11, 2), minute = parse_digits(text, 14, 2);
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return midnight + std::chrono::hours(*hour) + std::chrono::minutes(*minute);
}

std::optional<Day> make_day(int64_t year, int64_t month, int64_t day) {
  if (year < 0 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const Day result(std::chrono::year(static_cast<int>(year)), std::chrono::month(static_cast<unsigned>(month)),
                   std::chrono::day(static_cast<unsigned>(day)));
  return result.ok() ? std::optional(result) : std::nullopt;
}

std::string format_day(Day day) {
  std::string out;
  append_padded(static_cast<int>(day.year()), 4, out);
  out += '-';
  append_padded(static_cast<int>(static_cast<unsigned>(day.month())), 2, out);
  out += '-';
  append_padded(static_cast<int>(static_cast<unsigned>(day.day())), 2, out);
  return out;
}

std::optional<DayRange> days_of_date(std::string_view date) {
  const size_t slash = date.find('/');
  if (slash == std::string_view::npos) return days_of_part(date);
  const std::optional<DayRange> from = days_of_part(date.substr(0, slash)), to = days_of_part(date.substr(slash + 1));
  if (!from || !to || to->last < from->first) return std::nullopt;
  return DayRange{from->first, to->last};
}

}  // namespace casus
