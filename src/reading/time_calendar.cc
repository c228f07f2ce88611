#include "reading/time_calendar.h"

#include <array>

namespace casus {
namespace {

constexpr int kFirstBareYear = 1000;  ///< a number below is a year only with its era
constexpr int kLastBareYear = 2100;
constexpr int kFirstLoneYear = 1500;  ///< of a year that nothing but its form speaks for
constexpr int kMostDays = 31;

SaidTime said_from(size_t begin, size_t end, Grain grain) {
  SaidTime said;
  said.begin = begin;
  said.end = end;
  said.grain = grain;
  return said;
}

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

std::optional<TimeCalendar::DayNumber> TimeCalendar::day_number(size_t at) const {
  if (const auto ordinal = words_.ordinal(at)) {
    if (ordinal->value > kMostDays) return std::nullopt;
    return DayNumber{static_cast<int>(ordinal->value), ordinal->end, true};
  }
  const TimePiece& piece = words_.piece(at);
  if (piece.digits == 0 || piece.digits > 2 || piece.number < 1 || piece.number > kMostDays || !words_.is_whole_number(at))
    return std::nullopt;
  return DayNumber{piece.number, at + 1, false};
}

std::optional<int> TimeCalendar::month(size_t at) const {
  return words_.piece(at).capital ? words_.value(WordClass::kMonth, at) : std::nullopt;
}

bool TimeCalendar::is_year_number(size_t at) const {
  const TimePiece& piece = words_.piece(at);
  return piece.digits == 4 && piece.number >= kFirstBareYear && piece.number <= kLastBareYear && words_.is_whole_number(at);
}

/// "BC", "AD" behind a year: where it ends, and the sign of the year.
std::optional<size_t> TimeCalendar::era(size_t at, int& sign) const {
  const std::string* name = words_.find(WordClass::kEra, at);
  if (!name || !words_.piece(at).capital) return std::nullopt;
  sign = *name == "bc" ? -1 : 1;
  return at + 1;
}

/// The year behind a month or a season: "1950", ", 1950", "of 1950", "of that year", "last year".
void TimeCalendar::take_year(SaidTime& said) const {
  size_t at = said.end;
  if (words_.is(at, ",") || words_.is(at, "of") || words_.is(at, "in")) ++at;
  int sign = 1;
  const int number = words_.piece(at).number;
  const auto behind = words_.piece(at).digits <= 4 && number > 0 ? era(at + 1, sign) : std::nullopt;
  const bool counts = words_.is_noun(at + 1) && !words_.is_dated(at) && !words_.is(at - 1, "of");
  if (behind) {
    said.year = sign * number;
    said.end = *behind;
  } else if (is_year_number(at) && !(counts && at > said.end)) {
    said.year = number;
    said.end = at + 1;
  } else if (words_.is(at, "'") && words_.piece(at + 1).glued && words_.piece(at + 1).digits == 2 && at == said.end) {
    said.year = 1900 + words_.piece(at + 1).number;
    said.end = at + 2;
  } else if (!words_.is(said.end, ",") && !words_.is(said.end, "in")) {
    take_shifted_year(said, at);
  }
}

/// "Of that year", "last year", "of the following year".
void TimeCalendar::take_shifted_year(SaidTime& said, size_t at) const {
  const size_t word = words_.past_the(at);
  if (!words_.is(word + 1, "year")) return;
  auto shift = words_.value(WordClass::kTimeShift, word);
  said.anchor = TimeAnchor::kPublication;
  if (!shift) {
    shift = words_.value(WordClass::kPassageShift, word);
    said.anchor = TimeAnchor::kPassage;
  }
  if (!shift) {
    said.anchor = TimeAnchor::kNearest;
    return;
  }
  said.shifts_year = true;
  said.shift = shift;
  said.end = word + 2;
}

/// "Monday morning", "May 5 at night".
void TimeCalendar::take_day_part(SaidTime& said) const {
  const size_t at = words_.is(said.end, ",") ? said.end + 1 : said.end;
  if (const std::string* part = words_.find(WordClass::kDayPart, at)) {
    said.clock = "T" + *part;
    said.end = at + 1;
  }
}

/// "10 May 1940", "the 10th of May".
std::optional<SaidTime> TimeCalendar::day_month(size_t at) const {
  const auto number = day_number(words_.past_the(at));
  if (!number) return std::nullopt;
  size_t next = words_.is(number->end, "of") ? number->end + 1 : number->end;
  if (words_.is(next, "-") && words_.piece(next).glued) ++next;  // "the 15-September attack"
  const auto in = month(next);
  if (!in) return std::nullopt;
  SaidTime said = said_from(at, next + 1, Grain::kDay);
  said.day = number->day;
  said.part = in;
  take_year(said);
  return said;
}

/// "May 10", "May the 10th, 1940", "May 1940", "May".
std::optional<SaidTime> TimeCalendar::month_day(size_t at) const {
  const auto in = month(at);
  if (!in) return std::nullopt;
  SaidTime said = said_from(at, at + 1, Grain::kMonth);
  said.part = in;
  const auto number = day_number(words_.past_the(at + 1));
  const bool clock = number && words_.is(number->end, ":");
  if (number && !clock && !(words_.unit(number->end) && !number->ordinal)) {
    said.grain = Grain::kDay;
    said.day = number->day;
    said.end = number->end;
  }
  take_year(said);
  const bool alone = said.end == at + 1;
  if (alone && !words_.is_noun(at)) return std::nullopt;  // "may", "march"
  return said;
}

/// "2014-03-02", "3/2/2014" (the month first, unless that cannot be), "2.3.2014" (the day first).
std::optional<SaidTime> TimeCalendar::numeric(size_t at) const {
  const TimePiece &first = words_.piece(at), &second = words_.piece(at + 2), &third = words_.piece(at + 4);
  const std::string& sign = words_.piece(at + 1).text;
  const bool glued = words_.piece(at + 1).glued && second.glued && words_.piece(at + 3).glued && third.glued;
  if (!glued || words_.piece(at + 3).text != sign || first.digits == 0 || second.digits == 0 || second.digits > 2 || third.digits == 0)
    return std::nullopt;
  SaidTime said = said_from(at, at + 5, Grain::kDay);
  if (sign == "-" && first.digits == 4 && third.digits == 2) {
    said.year = first.number;
    said.part = second.number;
    said.day = third.number;
  } else if ((sign == "/" || sign == ".") && first.digits <= 2 && third.digits == 4) {
    const bool month_first = sign == "/" && first.number <= 12;
    said.part = month_first ? first.number : second.number;
    said.day = month_first ? second.number : first.number;
    said.year = third.number;
  } else {
    return std::nullopt;
  }
  if (!make_day(*said.year, *said.part, *said.day) || *said.year == 0) return std::nullopt;
  return said;
}

/// "Monday", "Monday morning", "Monday, June 24, 1950", "Saturday the 3rd".
std::optional<SaidTime> TimeCalendar::weekday(size_t at) const {
  const TimePiece& piece = words_.piece(at);
  if (!piece.capital) return std::nullopt;
  const auto day = words_.value(WordClass::kWeekday, at);
  if (!day || !words_.is_noun(at)) return std::nullopt;
  const size_t next = words_.is(at + 1, ",") ? at + 2 : at + 1;
  auto said = month_day(next);
  if (!said || said->grain != Grain::kDay) said = day_month(next);
  if (said && said->grain == Grain::kDay) {
    said->begin = at;
    return said;
  }
  said = said_from(at, at + 1, Grain::kDay);
  said->weekday = day;
  take_day_part(*said);
  return said;
}

/// "26" of "26-30 November", "28" of "the 28 and 29 August": the month is the next one's.
std::optional<SaidTime> TimeCalendar::day_before_month(size_t at) const {
  const auto number = day_number(words_.past_the(at));
  if (!number || !words_.find(WordClass::kTimeLink, number->end)) return std::nullopt;
  const auto other = day_month(number->end + 1);
  if (!other) return std::nullopt;
  SaidTime said = said_from(at, number->end, Grain::kDay);
  said.day = number->day;
  return said;
}

/// "9" of "March 5-9", "the 20th" of a month told before.
std::optional<SaidTime> TimeCalendar::day_alone(size_t at, const SaidTime* previous) const {
  const auto number = day_number(words_.past_the(at));
  if (!number || words_.unit(number->end) || words_.is(number->end, "-")) return std::nullopt;
  SaidTime said = said_from(at, number->end, Grain::kDay);
  said.day = number->day;
  const bool noun_behind = words_.is_noun(number->end) || words_.has_pos(number->end, Pos::kAdj) || words_.has_pos(number->end, Pos::kVerb);
  const std::string* link = at > 0 ? words_.find(WordClass::kTimeLink, at - 1) : nullptr;
  const bool follows = previous && link && previous->end == at - 1 && previous->day && previous->part && words_.piece(at - 1).text != "/";
  const bool digits = words_.piece(words_.past_the(at)).digits > 0;
  if (follows && digits && !noun_behind && (!words_.is(at - 1, ",") || number->ordinal)) {
    if (words_.is(at - 1, ",")) return said;
    take_year(said);
    return said;
  }
  const bool definite = words_.is(at, "the") && number->ordinal && words_.piece(at + 1).digits > 0;
  const bool placed =
      at > 0 && (words_.is(at - 1, "on") || words_.is(at - 1, "until") || words_.is(at - 1, "by") || words_.is(at - 1, "from"));
  return definite && placed && !noun_behind ? std::optional(said) : std::nullopt;
}

/// "94" of "1990-94".
std::optional<SaidTime> TimeCalendar::short_year(size_t at, const SaidTime* previous) const {
  const TimePiece& piece = words_.piece(at);
  const bool joined = at > 0 && (words_.is(at - 1, "-") || words_.is(at - 1, "/")) && words_.piece(at - 1).glued && piece.glued;
  if (!joined || piece.digits != 2 || !previous || previous->end != at - 1 || !previous->year || *previous->year < kFirstBareYear)
    return std::nullopt;
  if (previous->grain != Grain::kYear || *previous->year % 100 >= piece.number || words_.is(at + 1, "-")) return std::nullopt;
  SaidTime said = said_from(at, at + 1, Grain::kYear);
  said.year = *previous->year - *previous->year % 100 + piece.number;
  return said;
}

/// "264" of "264 to 241 BC".
std::optional<SaidTime> TimeCalendar::year_before_era(size_t at) const {
  const TimePiece &first = words_.piece(at), &second = words_.piece(at + 2);
  int sign = 1;
  const bool numbers = first.digits > 0 && first.digits <= 4 && second.digits > 0 && second.digits <= 4 && first.number > 0;
  if (!numbers || !words_.find(WordClass::kTimeLink, at + 1) || !era(at + 3, sign)) return std::nullopt;
  SaidTime said = said_from(at, at + 1, Grain::kYear);
  said.year = sign * first.number;
  return said;
}

bool TimeCalendar::has_year_cue(size_t at) const {
  if (at == 0) return words_.size() == 1 && words_.piece(at).number >= kFirstLoneYear;  // a heading
  const size_t before = at - 1;
  if (words_.piece(at).glued && (words_.is(before, "-") || words_.is(before, "/")) && before > 0) return is_year_number(before - 1);
  if (words_.is(before, "to") || words_.is(before, "and") || words_.is(before, "-")) return before > 0 && is_year_number(before - 1);
  if (words_.is(before, "(")) return words_.is(at + 1, ")") || words_.is(at + 1, "-") || words_.is(at + 1, ",") || words_.is(at + 1, ";");
  if (words_.is(before, "the") && words_.piece(at).number >= kFirstLoneYear)
    return words_.tag(at + 1) == "NN" || words_.tag(at + 1) == "NNP";
  return words_.find(WordClass::kYearCue, before) != nullptr && !words_.is_noun(at + 1) && !words_.has_pos(at + 1, Pos::kAdj);
}

std::optional<SaidTime> TimeCalendar::year(size_t at) const {
  SaidTime said = said_from(at, at + 1, Grain::kYear);
  const TimePiece& piece = words_.piece(at);
  int sign = 1;
  if (words_.is(at, "ad") && piece.capital && words_.piece(at + 1).number > 0 && words_.piece(at + 1).digits <= 4) {
    said.year = words_.piece(at + 1).number;
    said.end = at + 2;
    return said;
  }
  if (piece.digits > 0 && piece.digits <= 4 && piece.number > 0) {
    if (const auto behind = era(at + 1, sign)) {
      said.year = sign * piece.number;
      said.end = *behind;
      return said;
    }
  }
  if (words_.is(at, "'") && words_.piece(at + 1).glued && words_.piece(at + 1).digits == 2 && !words_.is(at + 2, "s")) {
    said.year = 1900 + words_.piece(at + 1).number;
    said.end = at + 2;
    return said;
  }
  if (!is_year_number(at)) return std::nullopt;
  const std::string& before = words_.piece(at - 1).text;
  const bool counted = at > 0 && piece.glued && before != "(" && before != "-" && before != "'" && before != "\"" && before != "/";
  const bool goes_on = words_.piece(at + 1).glued && (words_.is(at + 1, "%") || words_.piece(at + 1).capital);
  if (counted || goes_on || words_.unit(at + 1)) return std::nullopt;
  if (!words_.is_dated(at) && !has_year_cue(at)) return std::nullopt;
  said.year = piece.number;
  return said;
}

std::optional<SaidTime> TimeCalendar::year_unless_counted(size_t at) const {
  if (!is_year_number(at) || words_.unit(at + 1)) return std::nullopt;
  SaidTime said = said_from(at, at + 1, Grain::kYear);
  said.year = words_.piece(at).number;
  return said;
}

/// "The 1930s", "the '90s", "the nineties".
std::optional<SaidTime> TimeCalendar::decade(size_t at) const {
  const bool definite = words_.is(at, "the");
  size_t number = words_.past_the(at);
  const bool mark = words_.is(number, "'");
  if (mark) ++number;
  if (const auto word = words_.value(WordClass::kDecadeWord, number); word && definite) {
    SaidTime said = said_from(at, number + 1, Grain::kDecade);
    said.year = 1900 + *word;
    return said;
  }
  const TimePiece& piece = words_.piece(number);
  const size_t s = words_.is(number + 1, "'") && words_.piece(number + 1).glued ? number + 2 : number + 1;
  const bool full = piece.digits == 4 && piece.number >= kFirstBareYear && piece.number <= kLastBareYear;
  const bool two = piece.digits == 2 && (mark || definite);
  if (!(full || two) || piece.number % 10 != 0 || !words_.is(s, "s") || !words_.piece(s).glued) return std::nullopt;
  SaidTime said = said_from(at, s + 1, Grain::kDecade);
  said.year = full ? piece.number : 1900 + piece.number;
  return said;
}

/// "The 19th century", "eighteenth-century", "the 9th century BC".
std::optional<SaidTime> TimeCalendar::century(size_t at) const {
  const auto ordinal = words_.ordinal(words_.past_the(at));
  if (!ordinal) return std::nullopt;
  const size_t noun = words_.is(ordinal->end, "-") ? ordinal->end + 1 : ordinal->end;
  const auto unit = words_.unit(noun);
  if (!unit || unit->grain != Grain::kCentury) return std::nullopt;
  SaidTime said = said_from(at, noun + 1, Grain::kCentury);
  int sign = 1;
  if (const auto behind = era(noun + 1, sign)) said.end = *behind;
  said.year = sign * (static_cast<int>(ordinal->value) - 1) * 100;
  if (*said.year == 0 || *said.year > kLastYear) return std::nullopt;
  return said;
}

/// "The third quarter", "Q3 2012", "the second quarter of last year".
std::optional<SaidTime> TimeCalendar::quarter(size_t at) const {
  const TimePiece& number = words_.piece(at + 1);
  if (words_.is(at, "q") && number.glued && number.digits == 1 && number.number >= 1 && number.number <= 4) {
    SaidTime said = said_from(at, at + 2, Grain::kQuarter);
    said.part = number.number;
    take_year(said);
    return said;
  }
  const auto ordinal = words_.ordinal(words_.past_the(at));
  if (!ordinal || ordinal->value > 4) return std::nullopt;
  const size_t noun = words_.is(ordinal->end, "-") ? ordinal->end + 1 : ordinal->end;
  const auto unit = words_.unit(noun);
  if (!unit || unit->grain != Grain::kQuarter || unit->plural) return std::nullopt;
  SaidTime said = said_from(at, noun + 1, Grain::kQuarter);
  said.part = static_cast<int>(ordinal->value);
  take_year(said);
  return said;
}

/// "The summer of 1916", "autumn 1918", "last spring", "that winter", "1982 summer".
std::optional<SaidTime> TimeCalendar::season(size_t at) const {
  size_t word = words_.past_the(at);
  SaidTime said = said_from(at, at, Grain::kSeason);
  if (is_year_number(word) && words_.value(WordClass::kSeason, word + 1)) said.year = words_.piece(word++).number;
  if (const auto shift = words_.value(WordClass::kTimeShift, word)) {
    said.shift = shift;
    said.anchor = TimeAnchor::kPublication;
    ++word;
  } else if (const auto passage = words_.value(WordClass::kPassageShift, word)) {
    said.shift = passage;
    said.anchor = TimeAnchor::kPassage;
    ++word;
  }
  said.part = words_.value(WordClass::kSeason, word);
  if (!said.part || !words_.is_noun(word)) return std::nullopt;
  said.end = word + 1;
  const bool shifted = said.shift.has_value();
  if (!shifted && !said.year) take_year(said);
  const bool named = shifted || said.year || said.shift;
  const std::string* other = words_.find(WordClass::kDoubleMeaning, word);
  if (!named && other && (words_.is(said.end, "of") || !(words_.is(at, "the") || words_.piece(at).capital))) return std::nullopt;
  if (!named && other && *other == "cue" && !(at > 0 && words_.find(WordClass::kYearCue, at - 1))) return std::nullopt;
  return said;
}

/// "Last Friday", "next March", "the previous April", "the following Monday morning".
std::optional<SaidTime> TimeCalendar::shifted_name(size_t at) const {
  const size_t word = words_.past_the(at);
  const auto here = words_.value(WordClass::kTimeShift, word);
  const auto passage = words_.value(WordClass::kPassageShift, word);
  if (!here && !passage) return std::nullopt;
  auto said = weekday(word + 1);
  if (!said || !said->weekday) {
    said = month_day(word + 1);
    if (!said || said->grain != Grain::kMonth || said->year || said->shift) return std::nullopt;
  }
  said->begin = at;
  said->shift = here ? here : passage;
  said->anchor = here && word == at ? TimeAnchor::kPublication : TimeAnchor::kPassage;
  return said;
}

std::optional<SaidTime> TimeCalendar::holiday(size_t at) const {
  const auto name = words_.piece(at).capital ? words_.phrase(WordClass::kHoliday, at) : std::nullopt;
  if (!name || name->value->size() != 5) return std::nullopt;
  SaidTime said = said_from(at, name->end, Grain::kDay);
  const auto digit = [&](size_t i) { return (*name->value)[i] - '0'; };
  said.part = 10 * digit(0) + digit(1);
  said.day = 10 * digit(3) + digit(4);
  take_year(said);
  take_day_part(said);
  return said;
}

std::optional<SaidTime> TimeCalendar::clock(size_t at) const {
  if (const auto word = words_.phrase(WordClass::kClockWord, at)) {
    SaidTime said = said_from(at, word->end, Grain::kDay);
    said.clock = "T" + *word->value;
    return said;
  }
  const TimePiece& hour = words_.piece(at);
  if (hour.digits == 0 || hour.number < 0) return std::nullopt;
  size_t end = at + 1;
  int minutes = -1, hours = hour.number;
  const TimePiece& minute = words_.piece(at + 2);
  if (hour.digits <= 2 && (words_.is(end, ":") || words_.is(end, ".")) && words_.piece(end).glued && minute.glued && minute.digits == 2) {
    minutes = minute.number;
    end = at + 3;
  }
  const bool colon = minutes >= 0 && words_.is(at + 1, ":");
  if (hour.digits == 4) {
    minutes = hours % 100;
    hours /= 100;
  }
  bool marked = false;
  for (auto mark = words_.phrase(WordClass::kClockMark, end); mark; mark = words_.phrase(WordClass::kClockMark, end)) {
    if (*mark->value == "none" && !(colon || hour.digits == 4 || words_.is(end, "o"))) break;  // "12 hours" are no hour
    if (*mark->value == "zone" && !(marked || colon || hour.digits == 4)) break;
    if (*mark->value == "pm" && hours < 12) hours += 12;
    if (*mark->value == "am" && hours == 12) hours = 0;
    marked = true;
    end = mark->end;
  }
  if (hours > 24 || minutes > 59 || !(marked || (colon && minutes >= 0 && hour.digits <= 2))) return std::nullopt;
  SaidTime said = said_from(at, end, Grain::kDay);
  said.clock = "T" + two_digits(hours) + ":" + two_digits(minutes >= 0 ? minutes : 0);
  return said;
}

std::optional<SaidTime> TimeCalendar::read(size_t at, const SaidTime* previous) const {
  LongestTime longest;
  longest.offer(numeric(at));
  longest.offer(weekday(at));
  longest.offer(day_month(at));
  longest.offer(month_day(at));
  longest.offer(day_before_month(at));
  longest.offer(day_alone(at, previous));
  longest.offer(short_year(at, previous));
  longest.offer(year_before_era(at));
  longest.offer(century(at));
  longest.offer(decade(at));
  longest.offer(quarter(at));
  longest.offer(season(at));
  longest.offer(shifted_name(at));
  longest.offer(holiday(at));
  longest.offer(year(at));
  return longest.best;
}

}  // namespace casus
