#include "reading/time_units.h"

#include <array>
#include <cmath>
#include <string_view>

namespace casus {
namespace {

constexpr int kMostHedges = 3;
constexpr double kMostUnits = 1e6;  ///< a greater number of them is no time

SaidTime said_from(size_t begin, size_t end, SaidKind kind, Grain grain = Grain::kNone) {
  SaidTime said;
  said.begin = begin;
  said.end = end;
  said.kind = kind;
  said.grain = grain;
  return said;
}

std::string number_text(double value) {
  const auto whole = static_cast<int64_t>(value);
  const auto tenths = static_cast<int>(std::lround((value - static_cast<double>(whole)) * 10));
  return std::to_string(whole) + (tenths > 0 && tenths < 10 ? "." + std::to_string(tenths) : "");
}

/// TIMEX3 of a length of time: "P2W", "PT3H", "PXM".
std::string length_value(const TimeWords::Unit& unit, double count, bool vague) {
  std::string_view designator = unit.designator;
  const bool clock = designator.starts_with("T");
  if (clock) designator.remove_prefix(1);
  return (clock ? "PT" : "P") + (vague ? "X" : number_text(count * unit.times)) + std::string(designator);
}

/// TIMEX3 of what comes with every such unit.
std::string set_value(const TimeWords::Unit& unit) {
  switch (unit.grain) {
    case Grain::kDay: return "XXXX-XX-XX";
    case Grain::kWeek: return unit.times == 1 ? "XXXX-WXX" : "P2W";
    case Grain::kWeekend: return "XXXX-WXX-WE";
    case Grain::kMonth: return "XXXX-XX";
    case Grain::kQuarter: return "XXXX-QX";
    case Grain::kYear: return "XXXX";
    default: return length_value(unit, 1, false);
  }
}

}  // namespace

size_t TimeUnits::past_hedges(size_t at) const {
  for (int i = 0; i < kMostHedges; ++i) {
    const auto hedge = words_.phrase(WordClass::kTimeHedge, at);
    if (!hedge) break;
    at = hedge->end;
  }
  return at;
}

std::optional<TimeUnits::Count> TimeUnits::count(size_t at) const {
  if (const auto vague = words_.phrase(WordClass::kVagueCount, at); vague && words_.unit(vague->end))
    return Count{.value = 2, .vague = true, .said = true, .end = vague->end};
  if (const auto number = words_.cardinal(at); number && number->value < kMostUnits)
    return Count{.value = number->value, .said = true, .end = number->end};
  const auto unit = words_.unit(at);
  if (unit && unit->plural && words_.is_noun(at)) return Count{.value = 2, .vague = true, .end = at};
  return std::nullopt;
}

/// Whether nothing that a preposition could take stands here.
bool TimeUnits::is_open(size_t at) const {
  return at >= words_.size() || words_.has_pos(at, Pos::kPunct) || words_.has_pos(at, Pos::kCconj) || words_.has_pos(at, Pos::kAux);
}

/// "Years old", "-year-old", "years of age".
bool TimeUnits::is_age(size_t at) const {
  const size_t word = words_.is(at, "-") ? at + 1 : at;
  return words_.phrase(WordClass::kNoTime, word).has_value();
}

/// "Last week", "the following year", "the past two months", "that night", "this morning".
std::optional<SaidTime> TimeUnits::shifted_unit(size_t at) const {
  size_t word = words_.past_the(at);
  const bool definite = word != at;
  if ((words_.is(word, "that") || words_.is(word, "this")) && words_.is(word + 1, "same")) ++word;
  if (words_.is(word, "that") && words_.tag(word) != "DT") return std::nullopt;
  const auto here = words_.value(WordClass::kTimeShift, word);
  const auto passage = words_.value(WordClass::kPassageShift, word);
  if (!here && !passage) return std::nullopt;
  const int shift = here ? *here : *passage;
  const bool from_passage = !here || (definite && shift > 0);
  SaidTime said = said_from(at, at, SaidKind::kShift);
  said.shift = shift;
  said.anchor = from_passage ? TimeAnchor::kPassage : TimeAnchor::kPublication;
  if (const std::string* part = words_.find(WordClass::kDayPart, word + 1)) {
    said.grain = Grain::kDay;
    said.clock = "T" + *part;
    said.end = word + 2;
    return said;
  }
  const auto number = count(word + 1);
  const auto unit = words_.unit(number ? number->end : word + 1);
  if (!unit) return std::nullopt;
  said.end = unit->end;
  const bool stretch = number || words_.is_part(word, "stretch") || unit->grain == Grain::kNone;
  if (stretch && shift != 0) {
    said.kind = SaidKind::kDuration;
    said.value = length_value(*unit, number ? number->value : 1, number && number->vague);
    said.reaches_back = shift < 0 && here && !(number && number->vague);
    if (said.reaches_back) said.shift = -static_cast<int>(std::ceil((number ? number->value : 1) * unit->times));
    said.grain = unit->grain;
    return said;
  }
  if (unit->plural || (words_.is_part(word, "edge") && definite && unit->grain == Grain::kDay)) return std::nullopt;
  said.grain = unit->grain;
  if (unit->grain == Grain::kNone || is_age(unit->end)) return std::nullopt;
  return said;
}

std::optional<SaidTime> TimeUnits::bare_unit(size_t at) const {
  const auto unit = words_.unit(words_.past_the(at));
  if (!words_.is(at, "the") || !unit || unit->plural || unit->grain == Grain::kNone) return std::nullopt;
  SaidTime said = said_from(at, unit->end, SaidKind::kShift, unit->grain);
  said.shift = 0;
  said.anchor = unit->grain == Grain::kDay ? TimeAnchor::kPassage : TimeAnchor::kNearest;
  return said;
}

/// "The first two years", "the last week": how long, before it is said of what.
std::optional<SaidTime> TimeUnits::first_or_last(size_t at) const {
  const size_t word = words_.past_the(at);
  if (!words_.is_part(word, "edge") || word == at) return std::nullopt;
  const auto number = count(word + 1);
  const auto unit = words_.unit(number ? number->end : word + 1);
  if (!unit || !words_.is(unit->end, "of")) return std::nullopt;
  SaidTime said = said_from(at, unit->end, SaidKind::kDuration, unit->grain);
  said.value = length_value(*unit, number ? number->value : 1, number && number->vague);
  return said;
}

/// "Six months ago", "about three days later", "hours earlier", "two years before".
std::optional<SaidTime> TimeUnits::distance(size_t at) const {
  const auto number = count(past_hedges(at));
  auto unit = number ? words_.unit(number->end) : std::nullopt;
  if (!unit) return std::nullopt;
  double value = number->value * unit->times;
  size_t end = unit->end;
  if (words_.is(end, "and") && words_.is(end + 1, "a") && words_.is(end + 2, "half")) {
    value += 0.5;
    end += 3;
  }
  const auto way = words_.phrase(WordClass::kDistance, end);
  if (!way || (way->value->ends_with("open") && !is_open(way->end))) return std::nullopt;
  SaidTime said = said_from(at, way->end, SaidKind::kShift, unit->grain);
  if (value != std::floor(value) && unit->grain == Grain::kYear) {
    value *= 12;
    said.grain = Grain::kMonth;
  }
  const int sign = way->value->starts_with("-") ? -1 : 1;
  said.shift = sign * static_cast<int>(std::lround(value));
  said.anchor = way->value->find("publication") != std::string::npos ? TimeAnchor::kPublication : TimeAnchor::kPassage;
  said.vague = number->vague;
  if (unit->grain == Grain::kNone) {  // hours and less: some time of the same day, as far as one can tell
    said.grain = Grain::kDay;
    said.shift = 0;
    said.vague = false;
    said.clock = "TXX";
  }
  return said;
}

/// "The day before.", "the week after,", "the day before yesterday".
std::optional<SaidTime> TimeUnits::the_day_before(size_t at) const {
  const size_t word = words_.past_the(at);
  const auto unit = words_.unit(word);
  const std::string* part = words_.find(WordClass::kDayPart, word);
  if (word == at || (!unit && !part) || (unit && unit->plural)) return std::nullopt;
  const auto way = words_.phrase(WordClass::kDistance, word + 1);
  if (!way || way->value->find("passage") == std::string::npos) return std::nullopt;
  SaidTime said = said_from(at, way->end, SaidKind::kShift, unit ? unit->grain : Grain::kDay);
  said.shift = way->value->starts_with("-") ? -1 : 1;
  said.anchor = TimeAnchor::kPassage;
  if (part) said.clock = "T" + *part;
  const auto day = words_.value(WordClass::kDayWord, way->end);
  if (day && *day != 0) {
    said.shift = *said.shift + *day;
    said.anchor = TimeAnchor::kPublication;
    said.end = way->end + 1;
    return said;
  }
  return is_open(way->end) && said.grain != Grain::kNone ? std::optional(said) : std::nullopt;
}

/// "For three years", "more than 20 years", "a two-week truce", "months".
std::optional<SaidTime> TimeUnits::duration(size_t at) const {
  const size_t first = past_hedges(words_.past_the(at));
  const auto number = count(first);
  const bool lengthy = words_.unit(first) && words_.is(first + 1, "-") && words_.is(first + 2, "long");  // "month-long"
  if (!number && !lengthy) return std::nullopt;
  if (number && !number->said && first != at) return std::nullopt;  // "the years"
  const size_t word = number ? (words_.is(number->end, "-") ? number->end + 1 : number->end) : first;
  const bool hyphened = number && word != number->end;
  const auto unit = words_.unit(word);
  if (!unit || unit->designator == "Q" || is_age(unit->end)) return std::nullopt;
  const bool one = number && number->value == 1 && !number->vague;
  const bool small = unit->designator == "TS" || unit->designator == "TM";
  if ((small && number && !number->said) || (unit->designator == "TS" && one)) return std::nullopt;  // "the minutes", "a second"
  if (one && unit->plural) return std::nullopt;
  if (one && hyphened && !words_.is(first, "one") && words_.piece(first).digits == 0) return std::nullopt;
  if (at > 0 && first == at && one && words_.is(at, "one") && unit->grain == Grain::kDay) return std::nullopt;  // "one day"
  double value = number ? number->value : 1;
  SaidTime said = said_from(at, unit->end, SaidKind::kDuration, unit->grain);
  if (words_.is(said.end, "and") && words_.is(said.end + 1, "a") && words_.is(said.end + 2, "half")) {
    value += 0.5;
    said.end += 3;
  }
  if (words_.is(said.end, "-") && words_.is(said.end + 1, "long")) said.end += 2;
  said.value = length_value(*unit, value, number && number->vague);
  const bool rate = at > 0 && (words_.is(at, "a") || words_.is(at, "an")) && !words_.piece(at).glued &&
                    (words_.is_noun(at - 1) || words_.piece(at - 1).digits > 0 || is_set_word(at - 1, "times"));
  if (rate) said.kind = SaidKind::kSet;
  return said;
}

bool TimeUnits::is_set_word(size_t at, std::string_view kind) const {
  const std::string* value = words_.find(WordClass::kSetWord, at);
  return value && *value == kind;
}

/// "Every Monday", "each of", "per month", "every two weeks", "Sundays".
std::optional<SaidTime> TimeUnits::set(size_t at) const {
  if (const auto day = words_.weekday_plural(at)) {
    SaidTime said = said_from(at, at + 1, SaidKind::kSet);
    said.value = "XXXX-WXX-" + std::to_string(*day);
    return said;
  }
  const bool each = is_set_word(at, "each");
  if (!each && !is_set_word(at, "per")) return std::nullopt;
  const bool other = is_set_word(at + 1, "second");
  const size_t first = other || is_set_word(at + 1, "one") ? at + 2 : at + 1;
  SaidTime said = said_from(at, first + 1, SaidKind::kSet);
  if (const auto day = each ? words_.value(WordClass::kWeekday, first) : std::nullopt) {
    said.value = "XXXX-WXX-" + std::to_string(*day);
    return said;
  }
  if (const std::string* part = each ? words_.find(WordClass::kDayPart, first) : nullptr) {
    said.value = "XXXX-XX-XXT" + *part;
    return said;
  }
  const auto number = count(first);
  const auto unit = words_.unit(number ? number->end : first);
  if (!unit) return std::nullopt;
  said.end = unit->end;
  said.value = each && !number && !other ? set_value(*unit)
                                         : length_value(*unit,
                                                        number  ? number->value
                                                        : other ? 2
                                                                : 1,
                                                        number && number->vague);
  return said;
}

std::optional<SaidTime> TimeUnits::frequency(size_t at) const {
  const std::string* value = words_.find(WordClass::kFrequency, at);
  if (!value || words_.has_pos(at, Pos::kPropn)) return std::nullopt;
  SaidTime said = said_from(at, at + 1, SaidKind::kSet);
  said.value = *value;
  return said;
}

/// "Today", "yesterday evening", "overnight", "tomorrow at".
std::optional<SaidTime> TimeUnits::day_word(size_t at) const {
  const auto shift = words_.value(WordClass::kDayWord, at);
  if (!shift) return std::nullopt;
  SaidTime said = said_from(at, at + 1, SaidKind::kShift, Grain::kDay);
  said.shift = shift;
  said.anchor = TimeAnchor::kPublication;
  const std::string* part = words_.find(WordClass::kDayPart, at);
  if (!part) {
    part = words_.find(WordClass::kDayPart, at + 1);
    if (part) ++said.end;
  }
  if (part) said.clock = "T" + *part;
  return said;
}

/// "In the morning", "at night", "before dawn", "one afternoon": of the day that the passage stands at.
std::optional<SaidTime> TimeUnits::day_part(size_t at) const {
  const size_t word = words_.is(at, "one") ? at + 1 : words_.past_the(at);
  const std::string* part = words_.find(WordClass::kDayPart, word);
  const bool placed = at > 0 && words_.has_pos(at - 1, Pos::kAdp);
  if (!part || !placed || !words_.is_noun(word) || words_.is(word + 1, "of")) return std::nullopt;
  if (word == at && words_.is_noun(word + 1)) return std::nullopt;
  SaidTime said = said_from(at, word + 1, SaidKind::kShift, Grain::kDay);
  said.shift = 0;
  said.anchor = TimeAnchor::kPassage;
  said.clock = "T" + *part;
  return said;
}

/// "Recent weeks".
std::optional<SaidTime> TimeUnits::recent(size_t at) const {
  const auto unit = words_.is_part(at, "recent") ? words_.unit(at + 1) : std::nullopt;
  if (!unit || !unit->plural) return std::nullopt;
  SaidTime said = said_from(at, unit->end, SaidKind::kReference, unit->grain);
  said.value = "PAST_REF";
  return said;
}

std::optional<SaidTime> TimeUnits::read(size_t at) const {
  LongestTime longest;
  longest.offer(shifted_unit(at));
  longest.offer(distance(at));
  longest.offer(the_day_before(at));
  longest.offer(set(at));
  longest.offer(duration(at));
  longest.offer(frequency(at));
  longest.offer(day_word(at));
  longest.offer(day_part(at));
  longest.offer(recent(at));
  return longest.best;
}

}  // namespace casus
