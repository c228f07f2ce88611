#include "reading/time_anchor.h"

#include <chrono>
#include <utility>

namespace casus {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr int kMonthsOfYear = 12;
constexpr int kLongStep = 15;    ///< years
constexpr int kFarAhead = 6;     ///< months: a month that many ahead of publication was meant for the year before
constexpr int kFarBack = 9;      ///< and that many behind for the year after
constexpr int kToldAsPast = 2;   ///< months ahead from which the past tense says that it was the year before
constexpr int kToldAsAhead = 3;  ///< and behind from which the future says that it will be the year after

int iso_weekday(Day day) { return static_cast<int>(std::chrono::weekday{sys_days{day}}.iso_encoding()); }

/// The first month of a part of a year.
int first_month(const SaidTime& said) {
  const int part = said.part.value_or(1);
  switch (said.grain) {
    case Grain::kQuarter: return 3 * part - 2;
    case Grain::kSeason: return 3 * part;
    case Grain::kHalf: return 6 * part - 5;
    default: return part;
  }
}

/// The day `count` units before another, for stretches that end there: a month before 2 February is 2 January.
std::optional<Day> back_from(Day end, Grain unit, int count) {
  const int months = unit == Grain::kMonth    ? count
                     : unit == Grain::kYear   ? kMonthsOfYear * count
                     : unit == Grain::kDecade ? 120 * count
                                              : 0;
  if (months > 0) {
    const auto month = std::chrono::year_month{end.year(), end.month()} - std::chrono::months{months};
    const Day same_day = month / end.day();
    const Day day = same_day.ok() ? same_day : Day(month / std::chrono::last);
    return static_cast<int>(day.year()) > 0 ? std::optional(day) : std::nullopt;
  }
  const int days_back = unit == Grain::kDay ? count : unit == Grain::kWeek ? 7 * count : 0;
  return days_back > 0 ? std::optional(Day(sys_days{end} - days{days_back})) : std::nullopt;
}

}  // namespace

void TimeAnchors::move_to(const TimePoint& point) {
  const auto is_far = [&](int year) { return year - point.year > kLongStep || point.year - year > kLongStep; };
  const bool aside = history_ && passage_ && is_far(passage_->year) && (!aside_ || is_far(*aside_));
  if (aside) {
    aside_ = point.year;
    return;
  }
  aside_.reset();
  passage_ = point;
}

std::optional<TimePoint> TimeAnchors::anchor(TimeAnchor from) const {
  const auto publication = published_ && !history_ ? std::optional(point_of_day(*published_)) : std::nullopt;
  if (from == TimeAnchor::kPassage && passage_) return passage_;
  return publication ? publication : passage_;
}

bool TimeAnchors::is_this_week(const SaidTime& said) const {
  return said.kind == SaidKind::kShift && said.grain == Grain::kWeek && said.shift == 0 && said.anchor != TimeAnchor::kPassage &&
         published_ && !history_;
}

std::optional<TimePoint> TimeAnchors::shift_of(const SaidTime& said) const {
  const auto from = anchor(said.anchor);
  if (!from || !said.shift) return std::nullopt;
  if (said.vague) return TimePoint{.grain = Grain::kYear, .year = from->year, .hidden = said.grain};
  auto point = shifted(*from, said.grain, *said.shift);
  if (point && point->grain == Grain::kDay) point->clock = said.clock;
  return point;
}

/// Which Monday: "last" is the one just past, "next" that of next week; bare ones lie ahead or behind as the act does.
std::optional<TimePoint> TimeAnchors::weekday_of(const SaidTime& said, Outlook outlook) const {
  const auto from = anchor(said.shift ? said.anchor : TimeAnchor::kNearest);
  const auto range = from && from->grain == Grain::kDay ? days_of(*from) : std::nullopt;
  if (!range || !said.weekday) return std::nullopt;
  const sys_days today{range->first};
  const int gap = *said.weekday - iso_weekday(range->first);
  const bool passage = (said.shift && said.anchor == TimeAnchor::kPassage) || history_;
  const int next = (gap + 7) % 7, past = -((7 - gap) % 7);
  int move = outlook == Outlook::kFuture || (passage && !said.shift) ? next : past;
  if (said.shift && *said.shift < 0) move = past == 0 ? -7 : past;
  if (said.shift && *said.shift > 0) move = passage ? (next == 0 ? 7 : next) : gap + 7;
  if (said.shift && *said.shift == 0) move = gap;
  TimePoint point = point_of_day(Day(today + days{move}));
  point.clock = said.clock;
  return point;
}

/// "The 20th": of the month of the passage, else the last one before publication.
std::optional<TimePoint> TimeAnchors::day_of_month(const SaidTime& said, Outlook outlook) const {
  const auto from = anchor(TimeAnchor::kPassage);
  if (!from || !said.day || (from->grain != Grain::kMonth && from->grain != Grain::kDay)) return std::nullopt;
  std::optional<Day> day = make_day(from->year, from->part, *said.day);
  if (day && !passage_ && outlook != Outlook::kFuture && from->day < *said.day) {
    const int month = from->part == 1 ? kMonthsOfYear : from->part - 1;
    day = make_day(from->part == 1 ? from->year - 1 : from->year, month, *said.day);
  }
  if (!day) return std::nullopt;
  TimePoint point = point_of_day(*day);
  point.clock = said.clock;
  return point;
}

/// The year that makes a month lie nearest to publication, as the tense has it.
int TimeAnchors::nearest_year(Day published, const SaidTime& said, Outlook outlook) {
  const int year = static_cast<int>(published.year());
  const int gap = first_month(said) - static_cast<int>(static_cast<unsigned>(published.month()));
  if (gap > kFarAhead || (outlook == Outlook::kPast && gap >= kToldAsPast)) return year - 1;
  if (gap < -kFarBack || (outlook == Outlook::kFuture && gap <= -kToldAsAhead)) return year + 1;
  return year;
}

std::optional<int> TimeAnchors::year_of(const SaidTime& said, Outlook outlook) const {
  if (said.year) return said.year;
  const auto from = anchor(said.shift ? said.anchor : history_ ? TimeAnchor::kPassage : TimeAnchor::kNearest);
  if (!from || from->year <= 0) return std::nullopt;
  const int year = from->year;
  if (said.shifts_year) return year + said.shift.value_or(0);
  if (!said.shift) return published_ && !history_ ? nearest_year(*published_, said, outlook) : year;
  const auto range = days_of(*from);
  if (!range || *said.shift == 0) return year;
  const int month = static_cast<int>(static_cast<unsigned>(range->first.month()));
  const int part = first_month(said);
  if (*said.shift < 0) return part < month ? year : year - 1;
  return part > month ? year : year + 1;
}

std::optional<TimePoint> TimeAnchors::point_of(const SaidTime& said, Outlook outlook) const {
  if (said.kind == SaidKind::kShift) return shift_of(said);
  if (said.kind != SaidKind::kDate) return std::nullopt;
  if (said.weekday) return weekday_of(said, outlook);
  if (said.grain == Grain::kDay && !said.part) {
    if (said.day) return day_of_month(said, outlook);
    auto point = anchor(TimeAnchor::kPassage);  // an hour
    if (!point || point->grain != Grain::kDay) return std::nullopt;
    point->clock = said.clock;
    return point;
  }
  const auto year = year_of(said, outlook);
  if (!year || *year == 0 || *year > kLastYear) return std::nullopt;
  TimePoint point{.grain = said.grain, .year = *year, .part = said.part.value_or(0), .day = said.day.value_or(0), .clock = said.clock};
  if (said.grain == Grain::kDay && !make_day(*year, point.part, point.day)) {  // 31 February: its month is all that can be believed
    point.grain = Grain::kMonth;
    point.day = 0;
    point.clock.clear();
  }
  return point;
}

/// "Now" is the day of publication; "in recent weeks" the month before up to the month of publication, and alike for the others.
void TimeAnchors::mean_reference(const SaidTime& said, TimeMeaning& meaning) const {
  meaning.type = "DATE";
  meaning.value = said.value;
  if (!published_ || history_) return;
  if (said.value == "PRESENT_REF") {
    meaning.date = format_day(*published_);
    meaning.precision = "day";
    return;
  }
  const Grain wider = said.grain == Grain::kWeek ? Grain::kMonth : said.grain == Grain::kMonth ? Grain::kYear : Grain::kNone;
  if (said.grain == Grain::kDay) {
    meaning.date = format_day(Day(sys_days{*published_} - days{7})) + "/" + format_day(*published_);
  } else if (wider != Grain::kNone) {
    const auto before = shifted(point_of_day(*published_), wider, -1), now = shifted(point_of_day(*published_), wider, 0);
    if (before && now) meaning.date = casus_date(*before) + "/" + casus_date(*now);
  }
  if (!meaning.date.empty()) meaning.precision = "interval";
}

void TimeAnchors::mean_length(const SaidTime& said, TimeMeaning& meaning) const {
  meaning.type = said.kind == SaidKind::kSet ? "SET" : "DURATION";
  meaning.value = said.value;
  if (!said.reaches_back || !published_ || history_ || !said.shift) return;
  const auto first = back_from(*published_, said.grain, -*said.shift);
  if (!first) return;
  meaning.date = format_day(*first) + "/" + format_day(*published_);
  meaning.precision = "interval";
}

TimeMeaning TimeAnchors::meaning(const SaidTime& said, Outlook outlook) const {
  TimeMeaning meaning;
  if (said.kind == SaidKind::kReference) {
    mean_reference(said, meaning);
    return meaning;
  }
  if (said.kind == SaidKind::kDuration || said.kind == SaidKind::kSet) {
    mean_length(said, meaning);
    return meaning;
  }
  meaning.type = said.clock.empty() ? "DATE" : "TIME";
  meaning.point = point_of(said, outlook);
  if (said.vague && (!meaning.point || said.grain == Grain::kYear || said.anchor == TimeAnchor::kPublication)) {
    meaning.value = *said.shift < 0 ? "PAST_REF" : "FUTURE_REF";
    meaning.point.reset();
    return meaning;
  }
  if (!meaning.point) {
    if (!said.clock.empty() && said.grain == Grain::kDay) meaning.value = "XXXX-XX-XX" + said.clock;
    return meaning;
  }
  meaning.value = timex_value(*meaning.point);
  meaning.date = casus_date(*meaning.point);
  meaning.precision = casus_precision(*meaning.point);
  if (is_this_week(said)) {
    const auto week = days_of(*meaning.point);
    if (week) meaning.date = format_day(week->first) + "/" + format_day(*published_);
  }
  return meaning;
}

}  // namespace casus
