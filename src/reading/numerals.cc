#include "reading/numerals.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "base/text.h"

namespace casus {
namespace {

constexpr double kHundred = 100;
constexpr double kSmall = 100;      ///< numbers below are added to each other, larger ones multiply
constexpr uint32_t kMaxWords = 14;  ///< of one number
constexpr size_t kMaxSuffix = 4;    ///< letters glued to a number

std::optional<double> to_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value) || value > kMaxNumber) return std::nullopt;
  return value;
}

/// Without what binary fractions leave over: 1.1 million is 1,100,000.
double rounded(double value) {
  const double whole = std::round(value);
  return std::abs(value - whole) <= 1e-9 * std::max(1.0, std::abs(value)) ? whole : value;
}

/// Bytes of a separator of groups at a position; 0 if there is none. Thin, narrow and no-break spaces stand inside numbers too.
size_t separator_at(std::string_view text, size_t at) {
  for (const std::string_view mark : {",", ".", "'", "\u2019", "\u00A0", "\u2009", "\u202F"}) {
    if (text.substr(at).starts_with(mark)) return mark.size();
  }
  return 0;
}

/// Whether groups of digits are those of a number: three in the last, two or three between, one to three in the first.
bool are_groups(const std::vector<size_t>& groups) {
  if (groups.back() != 3 || groups.front() == 0 || groups.front() > 3) return false;
  return std::all_of(groups.begin() + 1, groups.end() - 1, [](size_t digits) { return digits == 2 || digits == 3; });
}

/// What an apostrophe, comma or space, and a point mean in a run of digits; "" where it is no number.
std::string plain_digits(std::string_view text) {
  std::string digits, fraction;
  std::vector<size_t> groups{0};
  std::string_view mark;
  bool after_point = false;
  for (size_t i = 0; i < text.size();) {
    if (is_ascii_digit(text[i])) {
      (after_point ? fraction : digits) += text[i];
      if (!after_point) ++groups.back();
      ++i;
      continue;
    }
    const size_t size = separator_at(text, i);
    if (size == 0 || after_point) return "";
    const std::string_view found = text.substr(i, size);
    const bool last =
        std::none_of(text.begin() + static_cast<std::ptrdiff_t>(i + size), text.end(), [](char c) { return !is_ascii_digit(c); });
    const bool point = found == "." && mark != "." && last;  // "1.000.000" has groups, "1.000" is one
    if (!point && !mark.empty() && mark != found) return "";
    if (point) {
      after_point = true;
    } else {
      mark = found;
      groups.push_back(0);
    }
    i += size;
  }
  if (groups.size() > 1 && !are_groups(groups)) return "";
  if (digits.empty() && fraction.empty()) return "";
  if (after_point && fraction.empty()) return "";
  return (digits.empty() ? "0" : digits) + (fraction.empty() ? "" : "." + fraction);
}

}  // namespace

std::optional<DigitNumber> read_digits(std::string_view text) {
  if (text.empty() || text.size() > kMaxNumberBytes) return std::nullopt;
  if (!is_ascii_digit(text[0]) && !(text[0] == '.' && text.size() > 1 && is_ascii_digit(text[1]))) return std::nullopt;
  size_t end = text.size();
  while (end > 0 && is_ascii_alpha(text[end - 1])) --end;
  const auto value = to_number(plain_digits(text.substr(0, end)));
  const std::string_view suffix = text.substr(end);
  if (!value || suffix.size() > kMaxSuffix) return std::nullopt;
  return DigitNumber{.value = *value, .suffix = suffix};
}

/// One number of tokens [begin, end) before ranges are joined.
struct NumeralReader::Part {
  uint32_t begin = 0;
  uint32_t end = 0;
  std::optional<double> value = {};
  double scale = 1;  ///< that multiplied it last: "20 to 30 million"
  bool is_digits = false;
};

bool NumeralReader::has(WordClass word_class, uint32_t token) const {
  return token < syntax_.size() && lexicon_.words().has(word_class, syntax_.lower(token));
}

std::optional<double> NumeralReader::value_of(WordClass word_class, uint32_t token) const {
  const std::string* value = lexicon_.words().find(word_class, syntax_.lower(token));
  return value ? to_number(*value) : std::nullopt;
}

std::optional<double> NumeralReader::scale_at(uint32_t token, bool money) const {
  if (auto scale = value_of(WordClass::kScale, token)) return scale;
  return money ? value_of(WordClass::kMoneyScale, token) : std::nullopt;
}

bool NumeralReader::is_hyphen(uint32_t token) const {
  return token < syntax_.size() && (syntax_.text(token) == "-" || syntax_.text(token) == "\u2013");
}

/// "F-15", "G-20", "S-300": a word is glued to the number.
bool NumeralReader::is_part_of_name(uint32_t begin) const {
  if (begin < syntax_.sentence(begin).begin + 2 || !is_hyphen(begin - 1)) return false;
  const bool glued = syntax_.token(begin - 2).span.end == syntax_.token(begin - 1).span.begin &&
                     syntax_.token(begin - 1).span.end == syntax_.token(begin).span.begin;
  return glued && !money_sign(syntax_, lexicon_, begin - 2);
}

/// "3 000 000": groups of three digits with one blank between them; gives the token behind.
uint32_t NumeralReader::join_groups(uint32_t token, std::optional<double>& value) const {
  std::string joined(syntax_.text(token));
  uint32_t end = token + 1;
  const bool first = joined.size() <= 3 && joined[0] != '0' && std::all_of(joined.begin(), joined.end(), is_ascii_digit);
  while (first && end < limit(token) && end - token <= 4) {
    const std::string_view next = syntax_.text(end);
    const bool blank = next.size() <= 3 && trim(next).empty() && end + 1 < limit(token);  // a no-break space is a token
    const std::string_view group = blank ? syntax_.text(end + 1) : next;
    if (group.size() != 3 || !std::all_of(group.begin(), group.end(), is_ascii_digit)) break;
    if (syntax_.token(blank ? end + 1 : end).span.begin - syntax_.token(end - 1).span.end > 3) break;
    joined += group;
    end += blank ? 2 : 1;
  }
  if (end > token + 1) value = to_number(joined);
  return end;
}

/// Multiplies by the scales behind a number: "2 million", "2-million".
void NumeralReader::scale(Part& part, bool money) const {
  for (uint32_t steps = 0; steps < 2 && part.end < limit(part.begin); ++steps) {
    const uint32_t at = part.end + (is_hyphen(part.end) ? 1 : 0);
    if (at >= limit(part.begin)) return;
    const auto factor = scale_at(at, money);
    if (!factor || !part.value) return;
    part.value = rounded(*part.value * *factor);
    part.scale *= *factor;
    part.end = at + 1;
    part.is_digits = false;
  }
}

std::optional<NumeralReader::Part> NumeralReader::digits(uint32_t begin, bool money) const {
  const auto number = read_digits(syntax_.text(begin));
  if (!number) return std::nullopt;
  Part part{.begin = begin, .end = begin + 1, .value = number->value, .is_digits = true};
  if (!number->suffix.empty()) {
    const std::string suffix = ascii_lowered(number->suffix);
    const std::string* factor = lexicon_.words().find(WordClass::kScale, suffix);
    if (!factor && money) factor = lexicon_.words().find(WordClass::kMoneyScale, suffix);
    const auto scale_value = factor ? to_number(*factor) : std::nullopt;
    if (!scale_value) return std::nullopt;  // "25th", "5pm", "737s"
    part.value = rounded(number->value * *scale_value);
    part.scale = *scale_value;
    part.is_digits = false;
    return part;
  }
  part.end = join_groups(begin, part.value);
  if (!part.value) return std::nullopt;
  scale(part, money);
  return part;
}

/// Whether a word joins the number words around it: the hyphen of "twenty-five"; "and" behind hundreds (`small`: below them), but not that
/// of "two hundred and three hundred".
bool NumeralReader::joins_numbers(uint32_t at, uint32_t end, bool small) const {
  if (at + 1 >= end) return false;
  const bool number = value_of(WordClass::kNumber, at + 1).has_value();
  if (is_hyphen(at)) return number || scale_at(at + 1, false).has_value();
  return !small && number && syntax_.lower(at) == "and" && (at + 2 >= end || !scale_at(at + 2, false));
}

/// "Two hundred and fifty", "twenty-five", "a dozen", "one and a half million".
std::optional<NumeralReader::Part> NumeralReader::words(uint32_t begin) const {
  uint32_t at = begin;
  const uint32_t end = std::min(limit(begin), begin + kMaxWords);
  const bool article = syntax_.lower(at) == "a" || syntax_.lower(at) == "an";
  if (article && (at + 1 >= end || !scale_at(at + 1, false))) return std::nullopt;
  if (article) ++at;
  double total = 0, current = 0, last_scale = 1;
  bool any = false, small = false, scaled = false;
  uint32_t taken = begin;
  for (; at < end; ++at) {
    if (const auto factor = scale_at(at, false)) {
      current = std::max(current, 1.0) * *factor;
      if (*factor > kHundred) {
        total += current;
        current = 0;
      }
      last_scale = *factor;
      small = false;
      any = scaled = true;
    } else if (const auto number = value_of(WordClass::kNumber, at); number && *number < kSmall) {
      const auto tens = static_cast<int>(current) % 100;
      if (small && (tens < 20 || *number >= 10)) break;
      current += *number;
      any = small = true;
    } else if (any && joins_numbers(at, end, small)) {
      continue;
    } else if (any && small && syntax_.lower(at) == "and" && at + 2 < end && syntax_.lower(at + 1) == "a" &&
               syntax_.lower(at + 2) == "half") {
      current += 0.5;
      at += 2;
    } else {
      break;
    }
    taken = at + 1;
  }
  if (!any || total + current > kMaxNumber) return std::nullopt;
  return Part{.begin = begin, .end = taken, .value = total + current, .scale = scaled && current == 0 ? last_scale : 1};
}

/// "Thousands", "tens of thousands", "several thousand", "a few hundred".
std::optional<NumeralReader::Part> NumeralReader::size(uint32_t begin) const {
  uint32_t at = begin;
  if (syntax_.lower(at) == "a" && at + 1 < limit(begin) && has(WordClass::kRoughFactor, at + 1)) ++at;
  if (has(WordClass::kRoughFactor, at)) {
    if (at + 1 >= limit(begin) || (!scale_at(at + 1, false) && !has(WordClass::kRoughSize, at + 1))) return std::nullopt;
    return Part{.begin = begin, .end = at + 2};
  }
  if (at != begin || !has(WordClass::kRoughSize, at)) return std::nullopt;
  Part part{.begin = begin, .end = begin + 1};
  while (part.end + 1 < limit(begin) && part.end < begin + 5 && syntax_.lower(part.end) == "of" && has(WordClass::kRoughSize, part.end + 1))
    part.end += 2;
  return part;
}

/// "Half a million", "half of the 2,000", "two thirds of its 300".
std::optional<NumeralReader::Part> NumeralReader::fraction(uint32_t begin, bool money) const {
  uint32_t at = begin;
  double share = 1;
  bool counted = true;
  if (const auto count = value_of(WordClass::kNumber, at); count && at + 1 < limit(begin)) {
    share = *count;
    at += is_hyphen(at + 1) ? 2 : 1;
  } else if (syntax_.lower(at) == "a") {
    ++at;
  } else {
    counted = has(WordClass::kFraction, at) && value_of(WordClass::kFraction, at) == 0.5;  // "the third of the 20 boats" is one of them
  }
  if (at >= limit(begin) || !counted) return std::nullopt;
  const auto of_what = value_of(WordClass::kFraction, at);
  if (!of_what) return std::nullopt;
  share *= *of_what;
  ++at;
  bool linked = false;
  while (
      at < limit(begin) && at < begin + 7 &&
      (syntax_.lower(at) == "of" || syntax_.lower(at) == "a" || syntax_.lower(at) == "the" || is_hyphen(at) || syntax_.tag(at) == "PRP$")) {
    linked = true;
    ++at;
  }
  if (!linked || at >= limit(begin)) return std::nullopt;
  auto whole = digits(at, money);
  if (!whole) whole = words(at);
  if (!whole || !whole->value || (whole->is_digits && *whole->value < 2)) return std::nullopt;
  return Part{.begin = begin, .end = whole->end, .value = rounded(share * *whole->value), .scale = 1};
}

std::optional<NumeralReader::Part> NumeralReader::part(uint32_t begin, bool money) const {
  if (begin >= syntax_.size()) return std::nullopt;
  if (auto found = fraction(begin, money)) return found;
  if (auto found = size(begin)) return found;
  if (auto found = digits(begin, money)) return found;
  return words(begin);
}

std::optional<Numeral> NumeralReader::read(uint32_t begin) const {
  uint32_t at = begin;
  const bool between = syntax_.lower(at) == "between" && at + 1 < limit(begin);
  if (between) ++at;
  const UnitEntry* sign = money_sign(syntax_, lexicon_, at);
  Numeral numeral{.begin = begin, .is_money = sign != nullptr, .money_sign = at};
  if (sign && ++at >= limit(begin)) return std::nullopt;
  if (is_part_of_name(at)) return std::nullopt;
  const auto first = part(at, sign != nullptr);
  if (!first) return std::nullopt;
  numeral.end = first->end;
  numeral.value = first->value;
  numeral.is_size = !first->value;
  numeral.is_bare = first->is_digits;
  if (!first->value || first->end + 1 >= limit(begin) || !has(WordClass::kRangeMark, first->end)) {
    return between ? std::nullopt : std::optional(numeral);
  }
  const bool joined = syntax_.lower(first->end) == "and";
  if (joined != between) return between ? std::nullopt : std::optional(numeral);
  uint32_t second_at = first->end + 1;
  if (money_sign(syntax_, lexicon_, second_at) && second_at + 1 < limit(begin)) ++second_at;
  const auto second = part(second_at, sign != nullptr);
  if (!second || !second->value) return between ? std::nullopt : std::optional(numeral);
  double low = *first->value;
  if (second->scale > 1 && first->scale == 1 && low * second->scale < *second->value) low *= second->scale;
  const bool hyphen_follows = second->end + 1 < limit(begin) && is_hyphen(second->end) && read_digits(syntax_.text(second->end + 1));
  if (low >= *second->value || hyphen_follows) {  // a score, a date, a telephone number
    if (is_hyphen(first->end)) return std::nullopt;
    return between ? std::nullopt : std::optional(numeral);
  }
  numeral.end = second->end;
  numeral.value = std::nullopt;
  numeral.min = low;
  numeral.max = second->value;
  numeral.is_bare = false;
  return numeral;
}

const UnitEntry* money_sign(const Syntax& syntax, const Lexicon& lexicon, uint32_t token) {
  const std::string_view text = syntax.text(token);
  if (text.empty() || is_ascii_lower(text[0]) || is_ascii_digit(text[0])) return nullptr;
  const UnitEntry* unit = lexicon.units().find(text);
  if (!unit || unit->kind != "money") return nullptr;
  if (text.size() != 3 || !std::all_of(text.begin(), text.end(), is_ascii_upper))
    return is_ascii_upper(text[0]) && syntax.pos(token) == Pos::kNoun ? nullptr : unit;
  // "ALL 50 HELD" is no sum in leks
  const uint32_t behind = token + 2;
  const bool shouted = behind < syntax.sentence(token).end && syntax.text(behind).size() > 1 &&
                       std::all_of(syntax.text(behind).begin(), syntax.text(behind).end(), is_ascii_upper);
  return shouted ? nullptr : unit;
}

}  // namespace casus
