#include "crisis/day_span.h"

#include <algorithm>

namespace casus {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;

int32_t count(sys_days at) { return static_cast<int32_t>(at.time_since_epoch().count()); }

DaySpan month_range(int number, unsigned which) {
  const std::chrono::year_month at = year(number) / month(which);
  return {count(sys_days(at / day(1))), count(sys_days((at + std::chrono::months(1)) / day(1)))};
}

DaySpan year_range(int number) { return {count(sys_days(year(number) / 1 / 1)), count(sys_days(year(number + 1) / 1 / 1))}; }

}  // namespace

int32_t day_count(Day day) { return count(sys_days(day)); }

std::optional<int32_t> day_count(const std::optional<Day>& day) { return day ? std::optional(day_count(*day)) : std::nullopt; }

std::optional<int32_t> parse_day_count(std::string_view text) { return day_count(parse_day(text)); }

std::optional<DaySpan> parse_day_range(std::string_view date) {
  const std::optional<DayRange> days = days_of_date(date);
  if (!days) return std::nullopt;
  const DaySpan span{day_count(days->first), day_count(days->last) + 1};
  return span.days() > kLongestRange ? std::nullopt : std::optional(span);
}

std::string day_text(int32_t day) {
  using namespace std::chrono_literals;
  static const int32_t first = day_count(Day(0y / std::chrono::January / 1d)), last = day_count(Day(9999y / std::chrono::December / 31d));
  return format_day(Day(sys_days(days(std::clamp(day, first, last)))));
}

std::string day_text(const std::optional<int32_t>& day) { return day ? day_text(*day) : ""; }

std::string range_text(DaySpan range) {
  std::string first = day_text(range.begin);
  const std::string last = day_text(range.end - 1);
  if (first == last) return first;
  const Day from{sys_days(days(range.begin))};
  const int number = static_cast<int>(from.year());
  if (range == year_range(number)) return first.substr(0, 4);
  if (range == month_range(number, static_cast<unsigned>(from.month()))) return first.substr(0, 7);
  return first + "/" + last;
}

}  // namespace casus
