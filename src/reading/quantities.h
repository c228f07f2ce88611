#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <casus/report.h>

#include "lexicon/lexicon.h"
#include "reading/markup.h"
#include "reading/numerals.h"
#include "reading/syntax.h"

namespace casus {

/// A number that counts something, where it stands.
struct Amount {
  Quantity quantity = {};
  uint32_t begin = 0;  ///< tokens of the number
  uint32_t end = 0;
  uint32_t anchor = 0;  ///< the noun that is counted, or the number where that is left out: by it the amount hangs in the sentence
};

/// Every amount that a document names, and which of them belong to an act. Years, dates, ages, ordinals, scores, numbers of articles,
/// flights and telephones are none; nor are stretches of time that say when.
/// Ownership: refers to syntax, lexicon and markup. Threads: immutable once built.
class Quantities {
 public:
  Quantities(const Syntax& syntax, const Lexicon& lexicon, const Markup& markup);

  /// In the order of the text.
  [[nodiscard]] const std::vector<Amount>& amounts() const { return amounts_; }
  /// What an act's trigger and the other words of it count: its objects, its subject unless that only speaks, what its nouns are "of".
  /// At most kMaxOfAct, the nearest of which lie kMaxReach tokens away; in the order of the text.
  [[nodiscard]] std::vector<Quantity> of(uint32_t trigger, const std::vector<uint32_t>& words, bool is_speech) const;

  static constexpr size_t kMaxOfAct = 8;
  static constexpr uint32_t kMaxReach = 60;

 private:
  struct Act;
  [[nodiscard]] std::optional<Amount> amount(const Numeral& numeral) const;
  [[nodiscard]] bool is_name_or_date(const Numeral& numeral) const;
  [[nodiscard]] uint32_t top(const Numeral& numeral) const;
  [[nodiscard]] std::optional<uint32_t> counted(const Numeral& numeral) const;
  [[nodiscard]] const UnitEntry* unit_at(uint32_t noun) const;
  [[nodiscard]] bool name_unit(const Numeral& numeral, Amount& amount) const;
  [[nodiscard]] bool borrow_unit(Amount& amount) const;
  [[nodiscard]] bool is_hedged(const Numeral& numeral) const;
  [[nodiscard]] bool tells_when(const Numeral& numeral, uint32_t noun) const;
  [[nodiscard]] bool is_of_name(uint32_t number, uint32_t noun) const;
  [[nodiscard]] bool is_pair(const Numeral& numeral, uint32_t noun) const;
  [[nodiscard]] const UnitEntry* harm_of(uint32_t verb) const;
  [[nodiscard]] Act act_of(uint32_t trigger, const std::vector<uint32_t>& words, bool is_speech) const;
  [[nodiscard]] bool may_pass(uint32_t preposition, int passed, const Amount& amount, const Act& act) const;
  [[nodiscard]] bool is_of_harm(uint32_t verb, const Amount& amount, const Act& act) const;
  [[nodiscard]] bool is_tied(const Amount& amount, const Act& act) const;
  [[nodiscard]] bool has(WordClass word_class, uint32_t token) const { return lexicon_.words().has(word_class, syntax_.lower(token)); }

  const Syntax& syntax_;
  const Lexicon& lexicon_;
  const Markup& markup_;
  std::vector<Amount> amounts_ = {};
};

}  // namespace casus
