#include "reading/time_words.h"

#include <array>
#include <charconv>

namespace casus {
namespace {

struct UnitName {
  std::string_view name;
  std::string_view designator;
  Grain grain;
  int times;
};
constexpr std::array<UnitName, 12> kUnits = {{{"second", "TS", Grain::kNone, 1},
                                              {"minute", "TM", Grain::kNone, 1},
                                              {"hour", "TH", Grain::kNone, 1},
                                              {"day", "D", Grain::kDay, 1},
                                              {"weekend", "WE", Grain::kWeekend, 1},
                                              {"week", "W", Grain::kWeek, 1},
                                              {"fortnight", "W", Grain::kWeek, 2},
                                              {"month", "M", Grain::kMonth, 1},
                                              {"quarter", "Q", Grain::kQuarter, 1},
                                              {"year", "Y", Grain::kYear, 1},
                                              {"decade", "DE", Grain::kDecade, 1},
                                              {"century", "CE", Grain::kCentury, 1}}};
constexpr size_t kMostPhrasePieces = 6;

std::optional<double> number_of(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// The singular of a regular plural; the word itself if it is none.
std::string singular(const std::string& word) {
  if (word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  return word.ends_with("s") ? word.substr(0, word.size() - 1) : word;
}

}  // namespace

bool TimeWords::is_whole_number(size_t at) const {
  if (piece(at).digits == 0) return false;
  const auto joins = [&](size_t sign) { return is(sign, ",") || is(sign, ".") || is(sign, ":") || is(sign, "/"); };
  const bool before = at > 1 && piece(at).glued && joins(at - 1) && piece(at - 1).glued && piece(at - 2).digits > 0;
  const bool after = joins(at + 1) && piece(at + 1).glued && piece(at + 2).glued && piece(at + 2).digits > 0;
  return !before && !after;
}

bool TimeWords::is_dated(size_t at) const { return at < size() && syntax_.doc().ent_type(syntax_.token(piece(at).token)) == "DATE"; }

const std::string* TimeWords::find(WordClass word_class, size_t at) const {
  return at < size() ? lexicon_.words().find(word_class, piece(at).text) : nullptr;
}

std::optional<int> TimeWords::value(WordClass word_class, size_t at) const {
  const std::string* text = find(word_class, at);
  const auto number = text ? number_of(*text) : std::nullopt;
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

bool TimeWords::is_part(size_t at, std::string_view kind) const {
  const std::string* value = find(WordClass::kTimePart, at);
  return value && *value == kind;
}

std::optional<TimeWords::Phrase> TimeWords::phrase(WordClass word_class, size_t at) const {
  std::optional<Phrase> longest;
  if (!lexicon_.words().may_begin(word_class, piece(at).text)) return longest;
  std::string words;
  for (size_t i = at; i < size() && i < at + kMostPhrasePieces; ++i) {
    if (i > at && !piece(i).glued) words += ' ';
    words += piece(i).text;
    if (const std::string* value = lexicon_.words().find(word_class, words)) longest = Phrase{value, i + 1};
  }
  return longest;
}

std::optional<TimeWords::Number> TimeWords::digits(size_t at) const {
  if (piece(at).number < 0 || piece(at).digits == 0) return std::nullopt;
  Number number{static_cast<double>(piece(at).number), at + 1};
  const bool glued = piece(at + 1).glued && piece(at + 2).glued && piece(at + 2).digits > 0;
  if (glued && is(at + 1, ",") && piece(at + 2).digits == 3) return Number{number.value * 1000 + piece(at + 2).number, at + 3};
  if (!glued || !is(at + 1, ".") || piece(at + 2).number < 0) return number;
  double fraction = piece(at + 2).number;
  for (int i = 0; i < piece(at + 2).digits; ++i) fraction /= 10;
  return Number{number.value + fraction, at + 3};
}

/// The value of "three", "hundred", "half".
const std::string* TimeWords::numeral(size_t at) const {
  const std::string* word = find(WordClass::kNumber, at);
  if (!word) word = find(WordClass::kScale, at);
  return word || !is(at, "half") ? word : find(WordClass::kFraction, at);
}

/// "Twenty-four", "three hundred", "half a".
std::optional<TimeWords::Number> TimeWords::number_words(size_t at) const {
  const std::string* word = numeral(at);
  const auto value = word ? number_of(*word) : std::nullopt;
  if (!value || piece(at).text.ends_with("s")) return std::nullopt;
  Number number{*value, at + 1};
  if (is(at, "half")) return is(at + 1, "a") || is(at + 1, "an") ? Number{0.5, at + 2} : Number{0.5, at + 1};
  const size_t next = is(at + 1, "-") && piece(at + 1).glued ? at + 2 : at + 1;
  const std::string* more_word = numeral(next);
  const auto more = more_word ? number_of(*more_word) : std::nullopt;
  if (!more || piece(next).text.ends_with("s")) return number;
  if (*value >= 20 && *value < 100 && *more >= 1 && *more < 10) return Number{*value + *more, next + 1};
  if (*more == 100 || *more == 1000) return Number{*value * *more, next + 1};
  return number;
}

std::optional<TimeWords::Number> TimeWords::cardinal(size_t at) const {
  auto number = digits(at);
  if (!number) number = number_words(at);
  if (!number && (is(at, "a") || is(at, "an"))) number = Number{1, at + 1};
  if (!number) return std::nullopt;
  const size_t half = number->end + (is(number->end + 1, "a") ? 2 : 1);
  if (is(number->end, "and") && is(half, "half")) return Number{number->value + 0.5, half + 1};
  if (number->value == 1 && is(number->end, "half")) return Number{0.5, number->end + 1};  // "a half hour"
  return number;
}

std::optional<TimeWords::Number> TimeWords::ordinal(size_t at) const {
  const TimePiece& suffix = piece(at + 1);
  const bool suffixed = suffix.glued && (suffix.text == "st" || suffix.text == "nd" || suffix.text == "rd" || suffix.text == "th");
  if (piece(at).number > 0 && suffixed) return Number{static_cast<double>(piece(at).number), at + 2};
  const auto word = phrase(WordClass::kOrdinal, at);
  const auto value = word ? number_of(*word->value) : std::nullopt;
  return value ? std::optional(Number{*value, word->end}) : std::nullopt;
}

std::optional<TimeWords::Unit> TimeWords::unit(size_t at) const {
  if (at >= size()) return std::nullopt;
  const std::string* name = find(WordClass::kTimeUnit, at);
  const bool plural = name == nullptr;
  if (plural) name = lexicon_.words().find(WordClass::kTimeUnit, singular(piece(at).text));
  if (!name) return std::nullopt;
  for (const UnitName& unit : kUnits) {
    if (unit.name == *name)
      return Unit{.designator = unit.designator, .grain = unit.grain, .times = unit.times, .plural = plural, .end = at + 1};
  }
  return std::nullopt;
}

std::optional<int> TimeWords::weekday_plural(size_t at) const {
  const TimePiece& word = piece(at);
  if (!word.capital || !word.text.ends_with("days")) return std::nullopt;
  const std::string* value = lexicon_.words().find(WordClass::kWeekday, singular(word.text));
  const auto day = value ? number_of(*value) : std::nullopt;
  return day ? std::optional(static_cast<int>(*day)) : std::nullopt;
}

}  // namespace casus
