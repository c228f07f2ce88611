#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include <casus/result.h>

#include "lexicon/table_file.h"

namespace casus {

/// How much each feature of a coded event speaks for or against it (reading/confidence.tsv): a fitted logistic model, additive on the
/// scale of log odds. Immutable once built.
class ConfidenceTable {
 public:
  /// Adds the rows. Errors: kBadData for a feature that stands twice, and for what is no number or beyond ±kMaxLogOdds.
  [[nodiscard]] Result<void> add(const Table& table);

  /// What a value of a feature adds; 0 for one that the table has not.
  [[nodiscard]] double log_odds(std::string_view feature, std::string_view value) const;

 private:
  std::map<std::string, std::map<std::string, double, std::less<>>, std::less<>> log_odds_{};  ///< by feature and value
};

/// Beyond it a single feature would decide alone.
inline constexpr double kMaxLogOdds = 10;

}  // namespace casus
