#include "lexicon/units.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace casus {
namespace {

/// Codes are told from words by their capitals: "ALL" is a currency, "all" is not.
bool is_code(std::string_view word) { return std::all_of(word.begin(), word.end(), is_ascii_upper); }

const UnitEntry* pick(const std::vector<UnitEntry>& entries, std::string_view country) {
  const UnitEntry* anywhere = nullptr;
  for (const UnitEntry& entry : entries) {
    if (!country.empty() && entry.country == country) return &entry;
    if (entry.country.empty()) anywhere = &entry;
  }
  return anywhere;
}

}  // namespace

Result<void> UnitTable::add_word(const Table& table, size_t row, std::string_view word, const UnitEntry& unit) {
  std::vector<UnitEntry>& entries = units_[is_code(word) ? std::string(word) : ascii_lowered(word)];
  const auto same = [&](const UnitEntry& other) { return other.country == unit.country; };
  if (std::any_of(entries.begin(), entries.end(), same)) {
    return table.error(row, "\"" + std::string(word) + "\" stands twice", "remove one, or give its country");
  }
  entries.push_back(unit);
  max_words_ = std::max(max_words_, 1 + static_cast<size_t>(std::count(word.begin(), word.end(), ' ')));
  return {};
}

Result<void> UnitTable::add(const Table& table) {
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string_view singular = table.cell(row, "singular"), plural = table.cell(row, "plural");
    UnitEntry unit{.name = std::string(table.cell(row, "name")),
                   .kind = std::string(table.cell(row, "kind")),
                   .currency = std::string(table.cell(row, "currency")),
                   .country = std::string(table.cell(row, "country"))};
    if (singular.empty() || unit.kind.empty()) return table.error(row, "row without a word or kind", "fill the cell or remove the row");
    if (unit.name.empty()) unit.name = plural.empty() ? singular : plural;
    if (auto done = add_word(table, row, singular, unit); !done) return done;
    if (plural.empty() || plural == singular) continue;
    if (auto done = add_word(table, row, plural, unit); !done) return done;
  }
  return {};
}

const UnitEntry* UnitTable::find(std::string_view words, std::string_view country) const {
  auto found = units_.find(words);
  if (found == units_.end()) found = units_.find(ascii_lowered(words));
  return found == units_.end() ? nullptr : pick(found->second, country);
}

}  // namespace casus
