#include "lexicon/confidence_table.h"

#include <charconv>
#include <cmath>

namespace casus {

Result<void> ConfidenceTable::add(const Table& table) {
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string_view number = table.cell(row, "log_odds");
    double value = 0;
    const auto [end, fault] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (fault != std::errc() || end != number.data() + number.size() || !(std::abs(value) <= kMaxLogOdds)) {
      return table.error(row, "\"" + std::string(number) + "\" is no log odds", "write a number from -10 to 10");
    }
    const std::string feature(table.cell(row, "feature"));
    if (feature.empty()) return table.error(row, "a row without a feature", "name one, or remove the row");
    const bool added = log_odds_[feature].emplace(table.cell(row, "value"), value).second;
    if (!added) return table.error(row, "the feature stands twice with this value", "remove one");
  }
  return {};
}

double ConfidenceTable::log_odds(std::string_view feature, std::string_view value) const {
  const auto values = log_odds_.find(feature);
  if (values == log_odds_.end()) return 0;
  const auto found = values->second.find(value);
  return found == values->second.end() ? 0 : found->second;
}

}  // namespace casus
