#pragma once

#include <string>

#include <casus/result.h>

#include "server/answer.h"
#include "server/server_data.h"
#include "store/filters.h"
#include "store/listing.h"

namespace casus {

/// The filters of a request, as those of the commands.
[[nodiscard]] Filters filters_of(const Parameters& parameters, const ActorNames& names);

// Records of the database. Errors: those of listings; of the file.
[[nodiscard]] Result<ApiAnswer> answer_events(ServerData& data, const ApiCall& call);
[[nodiscard]] Result<ApiAnswer> answer_statements(ServerData& data, const ApiCall& call);
[[nodiscard]] Result<ApiAnswer> answer_articles(ServerData& data, const ApiCall& call);
[[nodiscard]] Result<ApiAnswer> answer_search(ServerData& data, const ApiCall& call);
/// One event by its id. Errors besides: kNotFound.
[[nodiscard]] Result<ApiAnswer> answer_event(ServerData& data, const ApiCall& call);

/// Where an event with this id lies. Errors: kNotFound; those of the file.
[[nodiscard]] Result<ListedRow> find_event(Database& database, const std::string& id);

}  // namespace casus
