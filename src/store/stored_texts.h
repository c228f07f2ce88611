#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include <casus/result.h>

#include "store/store.h"

namespace casus {

/// Which text groups articles are in now, of those that await it (ungrouped.h) and of others that are in another one by that: rows of
/// articles and of the articles that lead their groups. Reads the texts of the days around them alone. Call it within one Snapshot.
/// Errors: those of Store::load_article.
[[nodiscard]] Result<std::vector<std::pair<int64_t, int64_t>>> regroup_texts(Store& store);

}  // namespace casus
