#include "reading/quantities.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

namespace casus {
namespace {

constexpr double kSmallestScale = 100;  ///< "hundred" and larger multiply what stands before them

/// "100,000", "1.5", "twelve".
std::optional<double> number_of(const Syntax& syntax, const Lexicon& lexicon, uint32_t token) {
  std::string digits;
  for (const char c : syntax.text(token)) {
    if (c != ',') digits += c;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc() && end == digits.data() + digits.size()) return value;
  const std::string* word = lexicon.words().find(WordClass::kNumber, syntax.lower(token));
  if (!word) return std::nullopt;
  const auto [word_end, word_error] = std::from_chars(word->data(), word->data() + word->size(), value);
  return word_error == std::errc() && word_end == word->data() + word->size() ? std::optional(value) : std::nullopt;
}

bool is_plural_scale(std::string_view word) { return word.size() > 3 && word.back() == 's'; }

/// The value of the number tokens [begin, end): factors multiply; nullopt where it is only a rough size ("several thousand").
std::optional<double> value_of(const Syntax& syntax, const Lexicon& lexicon, uint32_t begin, uint32_t end) {
  std::optional<double> value;
  for (uint32_t t = begin; t < end; ++t) {
    const auto number = number_of(syntax, lexicon, t);
    if (!number) continue;
    if (is_plural_scale(syntax.lower(t)) && !value) return std::nullopt;
    if (value)
      value = *value * *number;
    else if (*number >= kSmallestScale && t > begin && syntax.pos(t - 1) == Pos::kAdj)
      return std::nullopt;
    else
      value = number;
  }
  return value;
}

}  // namespace

std::optional<Quantity> quantity_of(const Syntax& syntax, const Lexicon& lexicon, uint32_t noun) {
  if (syntax.pos(noun) != Pos::kNoun && syntax.pos(noun) != Pos::kPropn) return std::nullopt;
  for (const uint32_t c : syntax.children(noun)) {
    if (syntax.dep(c) != Dep::kNummod || c > noun || !number_of(syntax, lexicon, c)) continue;
    const bool pair =
        lexicon.words().has(WordClass::kPairWord, syntax.lower(c)) && lexicon.words().has(WordClass::kPairNoun, syntax.lemma(noun));
    if (pair && syntax.child(noun, Dep::kDet)) continue;  // "the two sides" counts nothing
    const std::string_view type = syntax.doc().ent_type(syntax.token(c));
    if (type == "DATE" || type == "TIME" || type == "ORDINAL") return std::nullopt;
    Quantity quantity;
    uint32_t begin = c;
    const uint32_t floor = syntax.sentence(c).begin;
    while (begin > floor && (number_of(syntax, lexicon, begin - 1) || syntax.lower(begin - 1) == "several")) --begin;
    if (begin > floor) {
      for (uint32_t t = std::max(floor, begin > 3 ? begin - 3 : 0); t < begin; ++t) {
        quantity.about = quantity.about || (lexicon.words().has(WordClass::kHedge, syntax.lower(t)) && syntax.is_below(t, noun));
      }
    }
    quantity.value = value_of(syntax, lexicon, begin, c + 1);
    quantity.about = quantity.about || !quantity.value;
    quantity.span = syntax.bytes(begin, c + 1);
    quantity.text = std::string(syntax.doc().article().view(quantity.span));
    quantity.unit = std::string(syntax.text(noun));
    return quantity;
  }
  return std::nullopt;
}

std::vector<Quantity> quantities_of(const Syntax& syntax, const Lexicon& lexicon, uint32_t trigger, const std::vector<uint32_t>& words) {
  std::vector<uint32_t> nouns;
  if (syntax.is_verbal(trigger)) {
    nouns = syntax.logical_objects(trigger);
    if (const auto subject = syntax.surface_subject(trigger)) nouns.push_back(*subject);
  }
  nouns.insert(nouns.end(), words.begin(), words.end());
  for (const uint32_t c : syntax.children(trigger)) {  // "the withdrawal of 2,000 soldiers"
    if (syntax.is_verbal(trigger) || syntax.dep(c) != Dep::kPrep || syntax.lower(c) != "of") continue;
    const auto objects = syntax.preposition_objects(c);
    nouns.insert(nouns.end(), objects.begin(), objects.end());
  }
  std::vector<Quantity> quantities;
  for (const uint32_t noun : nouns) {
    auto quantity = quantity_of(syntax, lexicon, noun);
    const auto same = [&](const Quantity& other) { return other.span == quantity->span; };
    if (quantity && std::none_of(quantities.begin(), quantities.end(), same)) quantities.push_back(*std::move(quantity));
  }
  return quantities;
}

}  // namespace casus
