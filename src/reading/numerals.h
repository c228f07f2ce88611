#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "lexicon/lexicon.h"
#include "reading/syntax.h"

namespace casus {

/// Bounds: a longer string of digits, or a larger number, counts nothing that news tells of.
inline constexpr size_t kMaxNumberBytes = 40;
inline constexpr double kMaxNumber = 1e16;

/// A number with the letters glued to it: "1.5bn" is 1.5 and "bn".
struct DigitNumber {
  double value = 0;
  std::string_view suffix = {};  ///< into the text
};

/// The number that a word of digits writes: "3,000", "12,34,567", "1.000.000", "3'000", "1.5", ".5", "1.5bn".
/// nullopt for what is no count: words, "-0", "1e999", "25th", "12,34", "1.2.3", longer or larger than the bounds above.
[[nodiscard]] std::optional<DigitNumber> read_digits(std::string_view text);

/// A number as it is written over tokens [begin, end): "two hundred and fifty", "half a million", "between 20 and 30", "tens of thousands".
struct Numeral {
  uint32_t begin = 0;
  uint32_t end = 0;
  std::optional<double> value = {};  ///< none of a size ("thousands") and of a range
  std::optional<double> min = {};
  std::optional<double> max = {};
  bool is_size = false;     ///< "thousands", "several thousand"
  bool is_bare = false;     ///< one number of digits without a scale, so it may be a year or a name
  bool is_money = false;    ///< a sign or code of money stands before it
  uint32_t money_sign = 0;  ///< that token, if so
};

/// Reads numbers. Each look takes a bounded number of tokens. Ownership: refers to syntax and lexicon.
class NumeralReader {
 public:
  NumeralReader(const Syntax& syntax, const Lexicon& lexicon) : syntax_(syntax), lexicon_(lexicon) {}

  /// The longest number or range that begins at a token.
  [[nodiscard]] std::optional<Numeral> read(uint32_t begin) const;

 private:
  struct Part;
  [[nodiscard]] std::optional<Part> part(uint32_t begin, bool money) const;
  [[nodiscard]] std::optional<Part> digits(uint32_t begin, bool money) const;
  [[nodiscard]] std::optional<Part> words(uint32_t begin) const;
  [[nodiscard]] std::optional<Part> size(uint32_t begin) const;
  [[nodiscard]] std::optional<Part> fraction(uint32_t begin, bool money) const;
  void scale(Part& part, bool money) const;
  [[nodiscard]] uint32_t join_groups(uint32_t token, std::optional<double>& value) const;
  [[nodiscard]] std::optional<double> scale_at(uint32_t token, bool money) const;
  [[nodiscard]] std::optional<double> value_of(WordClass word_class, uint32_t token) const;
  [[nodiscard]] bool has(WordClass word_class, uint32_t token) const;
  [[nodiscard]] bool is_hyphen(uint32_t token) const;
  [[nodiscard]] bool joins_numbers(uint32_t at, uint32_t end, bool small) const;
  [[nodiscard]] bool is_part_of_name(uint32_t begin) const;
  [[nodiscard]] uint32_t limit(uint32_t token) const { return syntax_.sentence(token).end; }

  const Syntax& syntax_;
  const Lexicon& lexicon_;
};

/// The sign or code of money at a token ("$", "USD"), or null.
[[nodiscard]] const UnitEntry* money_sign(const Syntax& syntax, const Lexicon& lexicon, uint32_t token);

}  // namespace casus
