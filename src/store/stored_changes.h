#pragma once

#include <casus/result.h>

#include "crisis/crisis_rules.h"
#include "lexicon/lexicon.h"
#include "store/incident_rows.h"
#include "store/store.h"

namespace casus {

/// What becomes of the stored incidents by the articles that await being grouped (ungrouped.h). The rest must be as these rules make it,
/// without a join or split by people. Reads only what those articles may touch. Call it within one Snapshot.
/// Errors: those of the file; kBadDatabase for an article that is damaged.
[[nodiscard]] Result<GroupChanges> changes_of(Store& store, const CrisisRules& rules, const Lexicon& lexicon);

}  // namespace casus
