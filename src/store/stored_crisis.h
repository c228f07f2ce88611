#pragma once

#include <string>
#include <vector>

#include <casus/crisis.h>
#include <casus/result.h>

#include "crisis/crisis_builder.h"
#include "crisis/crisis_filter.h"
#include "crisis/crisis_rules.h"
#include "lexicon/lexicon.h"
#include "store/filters.h"
#include "store/store.h"

namespace casus {

/// The crisis that a database tells.
struct StoredCrisis {
  Crisis crisis{};
  std::vector<Error> damaged{};  ///< articles that are not what was stored; they tell nothing
};

/// Builds the crisis of the articles of a database: the same as build_crisis makes of their reports. Duplicates stand for nothing of their
/// own. Reads one state of the database, whoever writes meanwhile.
/// `min_confidence`: events below it are left out. Errors: those of the file.
/// Threads: those of the store: one at a time. Writes and prints nothing.
[[nodiscard]] Result<StoredCrisis> load_crisis(Store& store, const CrisisRules& rules, const Lexicon& lexicon,
                                               const CrisisOptions& options = {}, double min_confidence = 0);

/// The filters of a listing as those of a crisis; actors and dyad as people name them. Errors: of find_actor and find_dyad.
[[nodiscard]] Result<CrisisFilter> crisis_filter_of(const Filters& filters, const std::vector<std::string>& actors, const std::string& dyad,
                                                    const Crisis& crisis, const Lexicon& lexicon);

}  // namespace casus
