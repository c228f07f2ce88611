#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <casus/result.h>

#include "crisis/crisis_rules.h"
#include "lexicon/lexicon.h"
#include "store/filters.h"
#include "store/store.h"
#include "store/stored_crisis.h"

namespace casus {

/// Which incidents a listing shows.
struct IncidentQuery {
  Filters filters{};                  ///< all but the two below
  std::vector<std::string> actors{};  ///< as people name them
  std::string dyad{};
  uint64_t limit = 0;  ///< at most so many, more than 0
};

/// The first incidents that a query lets through, in their order (Crisis::incidents), as a crisis that has no others, of the articles that
/// report them. Only those articles are read, so it is quick however many there are.
/// Nothing where the stored incidents cannot answer it: they are out of date, or the query asks what was known on an earlier day or names
/// somebody whom only the articles know; load_crisis answers then. Errors: those of the file.
[[nodiscard]] Result<std::optional<StoredCrisis>> load_listed(Store& store, const CrisisRules& rules, const Lexicon& lexicon,
                                                              const IncidentQuery& query);

/// The stored incidents to whose ids this may be the beginning, or that incidents of such ids were merged into, as a crisis of no others:
/// find_incident decides among them. Nothing where the stored incidents are out of date. Errors: those of the file.
[[nodiscard]] Result<std::optional<StoredCrisis>> load_named(Store& store, const CrisisRules& rules, const Lexicon& lexicon,
                                                             const std::string& beginning);

}  // namespace casus
