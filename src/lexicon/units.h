#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <casus/result.h>

#include "lexicon/table_file.h"
#include "lexicon/words.h"

namespace casus {

/// What numbers count: a row of data/reading/units.tsv.
struct UnitEntry {
  std::string name = {};      ///< of records: the plural, spelling variants joined
  std::string kind = {};      ///< people, troops, dead, money, duration, …
  std::string currency = {};  ///< ISO 4217, of kind money; "" where the word alone does not tell
  std::string country = {};   ///< the row holds only for this state's; "" always
};

/// Units by the words and signs that name them. Immutable once loaded.
class UnitTable {
 public:
  /// Adds the rows. Errors: kBadData for a row without singular or kind, and for a word that stands twice for one country.
  [[nodiscard]] Result<void> add(const Table& table);

  /// The unit that `words` name, singular or plural. Words are found in any case, codes of capitals ("USD") only as they are written.
  /// `country`: of the adjective before it, or "". Null if there is none.
  [[nodiscard]] const UnitEntry* find(std::string_view words, std::string_view country = "") const;
  /// Most words that a unit has.
  [[nodiscard]] size_t max_words() const { return max_words_; }

 private:
  [[nodiscard]] Result<void> add_word(const Table& table, size_t row, std::string_view word, const UnitEntry& unit);

  std::unordered_map<std::string, std::vector<UnitEntry>, StringHash, std::equal_to<>> units_;
  size_t max_words_ = 1;
};

}  // namespace casus
