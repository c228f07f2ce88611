#pragma once

#include <string_view>

#include <casus/result.h>

#include "store/sqlite.h"

namespace casus {

/// The question for the rows of daily_dyads that the events give.
[[nodiscard]] std::string_view dyad_sums();

/// Makes the daily sums anew from the events. Call inside a transaction. Errors: those of the file.
[[nodiscard]] Result<void> rebuild_rollup(Database& database);

/// Whether the daily sums are those of the events. Errors: those of the file.
[[nodiscard]] Result<bool> rollup_is_right(Database& database);

}  // namespace casus
