#pragma once

#include <casus/result.h>

#include "server/answer.h"
#include "server/server_data.h"

namespace casus {

// Sums over the database. Errors: of the file; kBadOption for what does not go together.
/// What the database holds, and what this server allows.
[[nodiscard]] Result<ApiAnswer> answer_info(ServerData& data, const ApiCall& call);
/// The rows of casus panel.
[[nodiscard]] Result<ApiAnswer> answer_series(ServerData& data, const ApiCall& call);
/// How many records each value of a field has, under the filters.
[[nodiscard]] Result<ApiAnswer> answer_facets(ServerData& data, const ApiCall& call);
/// Events by place, and by country where no place is known.
[[nodiscard]] Result<ApiAnswer> answer_map(ServerData& data, const ApiCall& call);
/// What the beginning of a word may mean.
[[nodiscard]] Result<ApiAnswer> answer_suggestions(ServerData& data, const ApiCall& call);

}  // namespace casus
