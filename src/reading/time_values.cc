#include "reading/time_values.h"

#include <array>
#include <charconv>
#include <chrono>
#include <utility>

namespace casus {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::array<std::string_view, 4> kSeasons = {"SP", "SU", "FA", "WI"};
constexpr int kMonthsOfYear = 12;

struct Months {
  int first = 0;  ///< 1–12
  int count = 0;
};

/// The months of a part of a year; winter is the one that begins in December.
std::optional<Months> months_of(Grain grain, int part) {
  switch (grain) {
    case Grain::kMonth: return Months{part, 1};
    case Grain::kQuarter: return Months{3 * part - 2, 3};
    case Grain::kSeason: return Months{3 * part, 3};
    case Grain::kHalf: return Months{6 * part - 5, 6};
    default: return std::nullopt;
  }
}

int days_of_unit(Grain unit) { return unit == Grain::kDay ? 1 : unit == Grain::kWeek || unit == Grain::kWeekend ? 7 : 0; }

int months_of_unit(Grain unit) {
  switch (unit) {
    case Grain::kMonth: return 1;
    case Grain::kQuarter:
    case Grain::kSeason: return 3;
    case Grain::kHalf: return 6;
    default: return 0;
  }
}

int years_of_unit(Grain unit) { return unit == Grain::kYear ? 1 : unit == Grain::kDecade ? 10 : unit == Grain::kCentury ? 100 : 0; }

sys_days monday_of(sys_days day) { return day - days{static_cast<int>(std::chrono::weekday{day}.iso_encoding()) - 1}; }

/// Monday of the first ISO week: the week of 4 January.
sys_days first_monday(int iso_year) { return monday_of(std::chrono::year{iso_year} / 1 / 4); }

sys_days monday_of_week(int iso_year, int week) { return first_monday(iso_year) + days{7 * (week - 1)}; }

std::optional<DayRange> range_of(sys_days first, sys_days last) {
  const DayRange range{.first = first, .last = last};
  const bool known = static_cast<int>(range.first.year()) > 0 && static_cast<int>(range.last.year()) <= kLastYear;
  return known ? std::optional(range) : std::nullopt;
}

std::optional<DayRange> range_of_months(int year, Months months) {
  const std::chrono::year_month first{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(months.first)}};
  return range_of(sys_days{first / 1}, sys_days{(first + std::chrono::months{months.count}) / 1} - days{1});
}

std::string padded(int number, size_t width) {
  std::string digits = std::to_string(number);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

/// A year, or what of it names a decade or century, with the sign for BC in front.
std::string year_text(const TimePoint& point) {
  const std::string digits = padded(point.year < 0 ? -point.year : point.year, 4);
  const size_t kept = point.grain == Grain::kCentury ? 2 : point.grain == Grain::kDecade ? 3 : 4;
  return (point.year < 0 ? "BC" : "") + digits.substr(0, kept);
}

std::string hidden_text(Grain hidden) {
  switch (hidden) {
    case Grain::kMonth: return "-XX";
    case Grain::kWeek:
    case Grain::kWeekend: return "-WXX";
    case Grain::kDay: return "-XX-XX";
    default: return "";
  }
}

std::optional<int> digits_of(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || text[0] == '-' || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_clock(std::string_view text) {
  constexpr std::array<std::string_view, 7> kParts = {"TMO", "TMI", "TAF", "TEV", "TNI", "TDT", "TXX"};
  for (const std::string_view part : kParts) {
    if (text == part) return true;
  }
  if (text.size() != 3 && text.size() != 6 && text.size() != 9) return false;
  if (text[0] != 'T') return false;
  const auto hour = digits_of(text.substr(1, 2));
  const auto minute = text.size() > 3 ? digits_of(text.substr(4, 2)) : 0;
  const auto second = text.size() > 6 ? digits_of(text.substr(7, 2)) : 0;
  const bool marked = (text.size() < 6 || text[3] == ':') && (text.size() < 9 || text[6] == ':');
  return marked && hour && *hour <= 24 && minute && *minute < 60 && second && *second < 60;
}

bool has_week(int iso_year, int week) { return week >= 1 && monday_of_week(iso_year, week) < first_monday(iso_year + 1); }

/// What follows "YYYY-": a month, day, week, quarter, half, season.
std::optional<TimePoint> part_of_year(int year, std::string_view rest) {
  if (rest == "XX") return TimePoint{.grain = Grain::kYear, .year = year, .hidden = Grain::kMonth};
  if (rest == "XX-XX") return TimePoint{.grain = Grain::kYear, .year = year, .hidden = Grain::kDay};
  if (rest == "WXX") return TimePoint{.grain = Grain::kYear, .year = year, .hidden = Grain::kWeek};
  for (size_t i = 0; i < kSeasons.size(); ++i) {
    if (rest == kSeasons[i]) return TimePoint{.grain = Grain::kSeason, .year = year, .part = static_cast<int>(i) + 1};
  }
  if (rest.size() == 2 && (rest[0] == 'Q' || rest[0] == 'H')) {
    const auto part = digits_of(rest.substr(1));
    if (!part || *part < 1 || *part > (rest[0] == 'Q' ? 4 : 2)) return std::nullopt;
    return TimePoint{.grain = rest[0] == 'Q' ? Grain::kQuarter : Grain::kHalf, .year = year, .part = *part};
  }
  if (rest.size() >= 3 && rest[0] == 'W') {
    const auto week = digits_of(rest.substr(1, 2));
    if (!week || !has_week(year, *week) || (rest.size() != 3 && rest.substr(3) != "-WE")) return std::nullopt;
    return TimePoint{.grain = rest.size() == 3 ? Grain::kWeek : Grain::kWeekend, .year = year, .part = *week};
  }
  const auto month = digits_of(rest.substr(0, 2));
  if (rest.size() < 2 || !month || *month < 1 || *month > kMonthsOfYear) return std::nullopt;
  if (rest.size() == 2) return TimePoint{.grain = Grain::kMonth, .year = year, .part = *month};
  const auto day = rest.size() >= 5 && rest[2] == '-' ? digits_of(rest.substr(3, 2)) : std::nullopt;
  if (!day || !make_day(year, *month, *day)) return std::nullopt;
  const std::string_view clock = rest.substr(5);
  if (!clock.empty() && !is_clock(clock)) return std::nullopt;
  return TimePoint{.grain = Grain::kDay, .year = year, .part = *month, .day = *day, .clock = std::string(clock)};
}

/// The point, of these kinds, whose days are just these.
std::optional<TimePoint> point_with_days(const DayRange& days_wanted) {
  const auto fits = [&](const TimePoint& point) {
    const auto range = days_of(point);
    return range && range->first == days_wanted.first && range->last == days_wanted.last;
  };
  const int year = static_cast<int>(days_wanted.first.year());
  const int month = static_cast<int>(static_cast<unsigned>(days_wanted.first.month()));
  TimePoint weekend = point_of_week(days_wanted.first);
  weekend.grain = Grain::kWeekend;
  for (const TimePoint& point : {point_of_week(days_wanted.first), weekend}) {
    if (fits(point)) return point;
  }
  for (const Grain grain : {Grain::kCentury, Grain::kDecade}) {
    TimePoint point{.grain = grain, .year = year - year % years_of_unit(grain)};
    if (fits(point)) return point;
  }
  for (const Grain grain : {Grain::kHalf, Grain::kSeason, Grain::kQuarter}) {
    for (int part = 1; part <= 4; ++part) {
      const auto months = months_of(grain, part);
      TimePoint point{.grain = grain, .year = year, .part = part};
      if (months && months->first == month && (grain != Grain::kHalf || part <= 2) && fits(point)) return point;
    }
  }
  return std::nullopt;
}

}  // namespace

TimePoint point_of_day(Day day) {
  return {.grain = Grain::kDay,
          .year = static_cast<int>(day.year()),
          .part = static_cast<int>(static_cast<unsigned>(day.month())),
          .day = static_cast<int>(static_cast<unsigned>(day.day()))};
}

TimePoint point_of_week(Day day) {
  const sys_days monday = monday_of(sys_days{day});
  const int year = static_cast<int>(Day(monday + days{3}).year());  // the year that has the week's Thursday
  return {.grain = Grain::kWeek, .year = year, .part = static_cast<int>((monday - first_monday(year)).count()) / 7 + 1};
}

TimePoint point_of_month(Day day) {
  TimePoint point = point_of_day(day);
  point.grain = Grain::kMonth;
  point.day = 0;
  return point;
}

std::optional<DayRange> days_of(const TimePoint& point) {
  if (point.grain == Grain::kNone || point.year <= 0 || point.year > kLastYear) return std::nullopt;
  if (const auto months = months_of(point.grain, point.part)) return range_of_months(point.year, *months);
  if (const int years = years_of_unit(point.grain)) return range_of_months(point.year, {1, kMonthsOfYear * years});
  if (point.grain == Grain::kDay) {
    const auto day = make_day(point.year, point.part, point.day);
    return day ? std::optional(DayRange{*day, *day}) : std::nullopt;
  }
  const sys_days monday = monday_of_week(point.year, point.part);
  return range_of(point.grain == Grain::kWeekend ? monday + days{5} : monday, monday + days{6});
}

std::optional<TimePoint> shifted(const TimePoint& point, Grain unit, int64_t count) {
  constexpr int64_t kMostCount = 4'000'000;  // days of all years that the calendar has
  if (point.grain == Grain::kNone || count < -kMostCount || count > kMostCount) return std::nullopt;
  if (const int64_t years = years_of_unit(unit)) {
    int64_t year = point.year + count * years;
    if (point.year < 0 && year >= 0) ++year;
    if (point.year > 0 && year <= 0) --year;
    if (year < kFirstYear || year > kLastYear) return std::nullopt;
    const int64_t first = unit == Grain::kYear ? year : year - year % years;
    return TimePoint{.grain = unit, .year = static_cast<int>(first)};
  }
  const auto range = days_of(point);
  if (!range) return std::nullopt;
  const bool known = months_of_unit(unit) ? point.grain >= unit || point.grain == Grain::kDay : point.grain >= Grain::kWeek;
  if (!known || point.hidden != Grain::kNone) {
    return TimePoint{.grain = Grain::kYear, .year = static_cast<int>(range->first.year()), .hidden = unit};
  }
  if (const int64_t months = months_of_unit(unit)) {
    const Day first = range->first;
    const int64_t index = static_cast<int64_t>(static_cast<int>(first.year())) * kMonthsOfYear + static_cast<unsigned>(first.month()) - 1;
    const int64_t moved = index + count * months;
    const int64_t year = moved / kMonthsOfYear;
    if (moved < kMonthsOfYear || year > kLastYear) return std::nullopt;
    const int month = static_cast<int>(moved % kMonthsOfYear) + 1;
    if (unit == Grain::kMonth) return TimePoint{.grain = unit, .year = static_cast<int>(year), .part = month};
    if (unit == Grain::kSeason) {
      const int season = month / 3;  // 0: January and February, of the winter before
      return TimePoint{.grain = unit, .year = static_cast<int>(season ? year : year - 1), .part = season ? season : 4};
    }
    return TimePoint{.grain = unit, .year = static_cast<int>(year), .part = (month - 1) / static_cast<int>(months) + 1};
  }
  const sys_days day = sys_days{range->first} + days{count * days_of_unit(unit)};
  if (!range_of(day, day)) return std::nullopt;
  if (unit == Grain::kDay) return point_of_day(day);
  TimePoint week = point_of_week(day);
  week.grain = unit;
  return week;
}

std::string timex_value(const TimePoint& point) {
  if (point.grain == Grain::kNone) return "";
  std::string value = year_text(point) + hidden_text(point.hidden);
  switch (point.grain) {
    case Grain::kHalf: return value + "-H" + std::to_string(point.part);
    case Grain::kSeason: return value + "-" + std::string(kSeasons[static_cast<size_t>(point.part - 1)]);
    case Grain::kQuarter: return value + "-Q" + std::to_string(point.part);
    case Grain::kMonth: return value + "-" + padded(point.part, 2);
    case Grain::kWeek: return value + "-W" + padded(point.part, 2);
    case Grain::kWeekend: return value + "-W" + padded(point.part, 2) + "-WE";
    case Grain::kDay: return value + "-" + padded(point.part, 2) + "-" + padded(point.day, 2) + point.clock;
    default: return value;
  }
}

std::optional<TimePoint> point_of_timex(std::string_view value) {
  const bool before_christ = value.starts_with("BC");
  if (before_christ) value.remove_prefix(2);
  const size_t width = value.find('-') == std::string_view::npos ? value.size() : value.find('-');
  const auto number = width >= 2 && width <= 4 ? digits_of(value.substr(0, width)) : std::nullopt;
  if (!number) return std::nullopt;
  const int scale = width == 2 ? 100 : width == 3 ? 10 : 1;
  const int year = *number * scale * (before_christ ? -1 : 1);
  const Grain grain = width == 2 ? Grain::kCentury : width == 3 ? Grain::kDecade : Grain::kYear;
  if (year == 0 && grain == Grain::kYear) return std::nullopt;
  if (width == value.size()) return TimePoint{.grain = grain, .year = year};
  if (width != 4 || before_christ) return std::nullopt;
  return part_of_year(year, value.substr(5));
}

std::string casus_date(const TimePoint& point) {
  const auto range = days_of(point);
  if (!range) return "";
  switch (point.grain) {
    case Grain::kYear: return format_day(range->first).substr(0, 4);
    case Grain::kMonth: return format_day(range->first).substr(0, 7);
    case Grain::kDay: return format_day(range->first);
    case Grain::kWeek:
    case Grain::kWeekend: return format_day(range->first) + "/" + format_day(range->last);
    case Grain::kCentury:
    case Grain::kDecade: return format_day(range->first).substr(0, 4) + "/" + format_day(range->last).substr(0, 4);
    default: return format_day(range->first).substr(0, 7) + "/" + format_day(range->last).substr(0, 7);
  }
}

std::string casus_precision(const TimePoint& point) {
  if (!days_of(point)) return "";
  switch (point.grain) {
    case Grain::kYear: return "year";
    case Grain::kMonth: return "month";
    case Grain::kDay: return "day";
    case Grain::kWeek: return "week";
    default: return "interval";
  }
}

std::optional<TimePoint> point_of_casus_date(std::string_view date) {
  const size_t slash = date.find('/');
  if (slash == std::string_view::npos) {
    auto point = point_of_timex(date);
    const bool plain = point && point->hidden == Grain::kNone && point->clock.empty() && casus_date(*point) == date;
    return plain ? point : std::nullopt;
  }
  const auto first = point_of_casus_date(date.substr(0, slash));
  const std::string_view end = date.substr(slash + 1);
  const auto last = end.find('/') == std::string_view::npos ? point_of_casus_date(end) : std::nullopt;
  if (!first || !last) return std::nullopt;
  const auto from = days_of(*first), to = days_of(*last);
  if (!from || !to) return std::nullopt;
  auto point = point_with_days({from->first, to->last});
  return point && casus_date(*point) == date ? point : std::nullopt;
}

}  // namespace casus
