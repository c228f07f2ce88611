#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "store/listing.h"
#include "store/sqlite.h"

namespace casus {

/// Where a page of a listing ended, so that the next one begins behind it whatever is added, corrected or forgotten meanwhile: the values
/// that its last record is sorted by, as short texts ("t2022-02-04", "r0.5", "i4", "n" for unknown).
using ListingCursor = std::vector<std::string>;

/// The cursor behind a record of a listing. Errors: kNotFound if the record has gone; those of the file.
[[nodiscard]] Result<ListingCursor> cursor_behind(Database& database, const ListingQuery& query, const ListedRow& row);

/// The condition for what comes behind a cursor in the order of a listing. Errors: kBadOption for a cursor of another order.
[[nodiscard]] Result<Condition> condition_behind(std::string_view order, const ListingCursor& cursor);

}  // namespace casus
