#pragma once

#include <cstdint>
#include <optional>
#include <span>
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
  std::vector<Error> damaged{};  ///< articles and fixes that are not what was stored; they tell nothing
};

/// Builds the crisis of the articles of a database: the same as build_crisis makes of their reports, with the fixes of incidents that
/// people made. Duplicates stand for nothing of their own. Reads one state of the database, whoever writes meanwhile. `min_confidence`:
/// events below it are left out. `recent_days`: only the recent_part of so many days. Quick where the incidents are stored
/// (update_incidents) and nothing else asks for other ones: then only the articles of that part are read. Errors: those of the file.
/// Threads: those of the store: one at a time. Writes and prints nothing.
[[nodiscard]] Result<StoredCrisis> load_crisis(Store& store, const CrisisRules& rules, const Lexicon& lexicon,
                                               const CrisisOptions& options = {}, double min_confidence = 0,
                                               std::optional<int32_t> recent_days = std::nullopt);

/// Whether the incidents of all articles are stored, made by these rules. Errors: those of the file.
[[nodiscard]] Result<bool> has_incidents(Store& store, const CrisisRules& rules, const Lexicon& lexicon);

/// The stored incidents of these rows alone, as a crisis of the articles that report them. Call it where they are present (has_incidents),
/// within one Snapshot. Errors: those of the file.
[[nodiscard]] Result<StoredCrisis> load_incidents(Store& store, const CrisisRules& rules, const Lexicon& lexicon,
                                                  std::span<const int64_t> incidents);

/// Brings the stored incidents up to date, unless they are. A run that changed articles ends with it, so that reading them is quick; what
/// is stored depends on the articles alone. Where few have changed since, only what these touch is read and written; where that is not
/// enough (docs/crisis.md), all articles are, or, without `may_read_all`, nothing is done. Whether it stored something: not if another
/// process changed articles meanwhile, which does it then, and not if something is damaged. Errors: those of the file.
[[nodiscard]] Result<bool> update_incidents(Store& store, const CrisisRules& rules, const Lexicon& lexicon, bool may_read_all = true);

/// The filters of a listing as those of a crisis; actors and dyad as people name them. Errors: of find_actor and find_dyad.
[[nodiscard]] Result<CrisisFilter> crisis_filter_of(const Filters& filters, const std::vector<std::string>& actors, const std::string& dyad,
                                                    const Crisis& crisis, const Lexicon& lexicon);

}  // namespace casus
