#include "reading/time_expressions.h"

#include <optional>
#include <span>
#include <utility>

#include "reading/time_calendar.h"
#include "reading/time_pieces.h"
#include "reading/time_units.h"
#include "reading/time_words.h"

namespace casus {
namespace {

/// Finds the expressions of one block.
class TimeFinder {
 public:
  TimeFinder(const Syntax& syntax, const Lexicon& lexicon, std::span<const TimePiece> pieces)
      : words_(syntax, lexicon, pieces), calendar_(words_), units_(words_), found_() {}

  std::vector<SaidTime> find() {
    for (size_t at = 0; at < words_.size();) {
      auto said = read(at);
      if (!said) {
        ++at;
        continue;
      }
      at = said->end;
      found_.push_back(*std::move(said));
    }
    for (size_t i = found_.size(); i-- > 1;) {
      fill_from_next(found_[i - 1], found_[i]);
      fill_hour(found_[i - 1], found_[i]);
    }
    for (size_t i = 1; i < found_.size(); ++i) fill_from_before(found_[i - 1], found_[i]);
    for (SaidTime& said : found_) place(said);
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::optional<SaidTime> read(size_t at) const {
    LongestTime longest;
    longest.offer(plain(at));
    longest.offer(part_of(at));
    longest.offer(early(at));
    longest.offer(day_part_of(at));
    longest.offer(first_of(at));
    longest.offer(with_clock(at));
    longest.offer(year_called_so(at));
    longest.offer(reference(at));
    longest.offer(anniversary(at));
    return longest.best;
  }

  /// A time without anything that says which part of it.
  [[nodiscard]] std::optional<SaidTime> plain(size_t at) const {
    auto by_calendar = calendar_.read(at, found_.empty() ? nullptr : &found_.back());
    auto by_units = units_.read(at);
    if (!by_calendar || (by_units && by_units->end > by_calendar->end)) return by_units;
    return by_calendar;
  }

  /// A point of time behind "early", "the end of" and the like: not a length, and also "the year".
  [[nodiscard]] std::optional<SaidTime> whole(size_t at) const {
    auto said = calendar_.read(at, nullptr);
    if (!said) said = calendar_.year_unless_counted(at);
    auto by_units = units_.read(at);
    if (by_units && (by_units->kind != SaidKind::kShift || (said && said->end >= by_units->end))) by_units.reset();
    if (by_units) said = std::move(by_units);
    return said ? said : units_.bare_unit(at);
  }

  /// "The end of 1914", "the rest of the year", "the first half of May".
  [[nodiscard]] std::optional<SaidTime> part_of(size_t at) const {
    size_t word = words_.past_the(at);
    const auto which = words_.ordinal(word);
    const bool half = which && which->value <= 2 && words_.is(which->end, "half");
    if (half) word = which->end;
    if ((!half && !words_.is_part(word, "noun")) || !words_.is(word + 1, "of")) return std::nullopt;
    auto said = whole(word + 2);
    if (!said) return std::nullopt;
    if (half && said->grain == Grain::kYear && said->kind == SaidKind::kDate) {
      said->grain = Grain::kHalf;
      said->part = static_cast<int>(which->value);
    }
    said->begin = at;
    return said;
  }

  /// "Early in 1914", "mid-May", "the late 1930s", "later that day", "late on" is no part of it.
  [[nodiscard]] std::optional<SaidTime> early(size_t at) const {
    size_t word = words_.past_the(at);
    if (!words_.is_part(word, "word")) return std::nullopt;
    while (words_.is(word + 1, "-") && words_.is_part(word + 2, "word")) word += 2;
    size_t next = words_.is(word + 1, "-") || words_.is(word + 1, "in") ? word + 2 : word + 1;
    const bool inside = words_.is(word + 1, "in");
    if (words_.is(next, "to") && words_.is_part(next + 1, "word")) next += 2;  // "mid to late"
    auto said = whole(next);
    if (!said || (!inside && words_.is(next, "the"))) return std::nullopt;
    const bool open_end = words_.find(WordClass::kDistance, word) != nullptr;  // "later"
    if (open_end && said->kind == SaidKind::kDate && said->day && said->year && !inside) return std::nullopt;
    said->begin = at;
    return said;
  }

  /// "The night of April 18, 1775", "on the morning of the same day".
  [[nodiscard]] std::optional<SaidTime> day_part_of(size_t at) const {
    const size_t word = words_.past_the(at);
    const std::string* part = words_.find(WordClass::kDayPart, word);
    if (!part || !words_.is(word + 1, "of")) return std::nullopt;
    auto said = whole(word + 2);
    if (!said || said->grain != Grain::kDay) return std::nullopt;
    said->clock = "T" + *part;
    said->begin = at;
    return said;
  }

  /// "The first ten months of 1915", "the last week of August".
  [[nodiscard]] std::optional<SaidTime> first_of(size_t at) const {
    auto said = units_.first_or_last(at);
    if (!said) return std::nullopt;
    if (const auto of = whole(said->end + 1)) said->end = of->end;
    return said;
  }

  /// "8 p.m. Friday", "May 8 1:00AM", "noon".
  [[nodiscard]] std::optional<SaidTime> with_clock(size_t at) const {
    auto clock = calendar_.clock(at);
    if (!clock) {
      auto day = plain(at);
      if (!day || day->grain != Grain::kDay || day->kind == SaidKind::kDuration || !day->clock.empty()) return std::nullopt;
      clock = calendar_.clock(words_.is(day->end, ",") ? day->end + 1 : day->end);
      if (!clock) return std::nullopt;
      day->clock = clock->clock;
      day->end = clock->end;
      return day;
    }
    auto day = plain(words_.is(clock->end, ",") ? clock->end + 1 : clock->end);
    const bool fits = day && day->grain == Grain::kDay && (day->kind == SaidKind::kDate || day->kind == SaidKind::kShift);
    if (!fits) return clock;
    day->begin = at;
    day->clock = clock->clock;
    return day;
  }

  /// "The year 1950", "fiscal 1989", "fiscal year 1989".
  [[nodiscard]] std::optional<SaidTime> year_called_so(size_t at) const {
    size_t word = words_.past_the(at);
    const bool fiscal = words_.is_part(word, "year");
    if (fiscal) ++word;
    const bool year = words_.is(word, "year");
    if (year) ++word;
    if (!fiscal && !(year && words_.is(at, "the"))) return std::nullopt;
    auto said = calendar_.year_unless_counted(word);
    if (said) said->begin = at;
    return said;
  }

  /// "Now", "the time being", "the future".
  [[nodiscard]] std::optional<SaidTime> reference(size_t at) const {
    const auto phrase = words_.phrase(WordClass::kTimeReference, at);
    if (!phrase) return std::nullopt;
    const bool definite = words_.is(at, "the");
    if (definite && (words_.is_noun(phrase->end) || words_.has_pos(phrase->end, Pos::kAdj) || words_.unit(phrase->end)))
      return std::nullopt;
    if (words_.is(at, "now") && words_.is(at + 1, "that")) return std::nullopt;
    SaidTime said;
    said.begin = at;
    said.end = phrase->end;
    said.kind = SaidKind::kReference;
    said.value = *phrase->value;
    return said;
  }

  /// "The anniversary", "the 25th anniversary": a day that the text may not tell.
  [[nodiscard]] std::optional<SaidTime> anniversary(size_t at) const {
    const size_t first = words_.past_the(at);
    const auto ordinal = words_.ordinal(first);
    const size_t word = ordinal ? ordinal->end : first;
    if (word == at || !words_.is_part(word, "anniversary")) return std::nullopt;
    SaidTime said;
    said.begin = at;
    said.end = word + 1;
    said.kind = SaidKind::kReference;
    return said;
  }

  /// The word that joins two expressions, or null if more stands between them.
  [[nodiscard]] const std::string* link(const SaidTime& first, const SaidTime& second) const {
    return first.end + 1 == second.begin ? words_.find(WordClass::kTimeLink, first.end) : nullptr;
  }

  /// "August-September 1950", "264 BC", "31 May - 1 June 1916": the year, and of days the month, of the second is the first's.
  void fill_from_next(SaidTime& first, const SaidTime& second) const {
    const std::string* how = link(first, second);
    if (!how || first.kind != SaidKind::kDate || second.kind != SaidKind::kDate || first.weekday || second.weekday) return;
    if (first.day && !first.part && second.part && second.day) {
      first.part = second.part;
    }
    const bool parts = first.grain != Grain::kYear && first.part && !first.year && !first.shift;
    if (!parts || first.day.has_value() != second.day.has_value()) return;
    first.year = second.year;
    first.shift = second.shift;
    first.shifts_year = second.shifts_year;
    first.anchor = second.anchor;
    const bool turns = *how == "range" && first.grain == second.grain && second.part && *first.part > *second.part;
    if (turns && first.year) --*first.year;
  }

  /// "11 a.m. on 11 November": the hour is of that day.
  void fill_hour(SaidTime& hour, const SaidTime& day) const {
    const bool lone = hour.kind == SaidKind::kDate && !hour.clock.empty() && !hour.day && !hour.weekday && !hour.part;
    const bool fits = day.kind == SaidKind::kDate && day.grain == Grain::kDay && (day.weekday || (day.day && day.part));
    if (!lone || !fits || hour.end + 1 != day.begin || !(words_.is(hour.end, "on") || words_.is(hour.end, "of"))) return;
    hour.part = day.part;
    hour.day = day.day;
    hour.year = day.year;
    hour.weekday = day.weekday;
    hour.shift = day.shift;
    hour.anchor = day.anchor;
  }

  /// "March 5-9", "May 6 and 7th": the month of the first is the second's.
  void fill_from_before(SaidTime& first, SaidTime& second) const {
    if (!link(first, second) || first.kind != SaidKind::kDate || second.kind != SaidKind::kDate) return;
    if (second.day && !second.part && first.part && first.day) {
      second.part = first.part;
      if (!second.year) second.year = first.year;
      if (!first.year) first.year = second.year;
    }
  }

  void place(SaidTime& said) const {
    const TimePiece &first = words_.piece(said.begin), &last = words_.piece(said.end - 1);
    said.span = {first.span.begin, last.span.end};
    said.token_begin = first.token;
    said.token_end = last.token + 1;
  }

  TimeWords words_;
  TimeCalendar calendar_;
  TimeUnits units_;
  std::vector<SaidTime> found_;
};

}  // namespace

std::vector<SaidTime> time_expressions(const Syntax& syntax, const Lexicon& lexicon) {
  std::vector<SaidTime> all;
  const auto sentences = syntax.doc().sentences();
  for (size_t first = 0, next = 0; first < sentences.size(); first = next) {
    while (next < sentences.size() && sentences[next].block == sentences[first].block) ++next;
    const std::vector<TimePiece> pieces = time_pieces(syntax, sentences[first].begin, sentences[next - 1].end);
    for (SaidTime& said : TimeFinder(syntax, lexicon, pieces).find()) all.push_back(std::move(said));
  }
  return all;
}

}  // namespace casus
