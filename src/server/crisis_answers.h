#pragma once

#include <casus/result.h>

#include "server/answer.h"
#include "server/server_data.h"

namespace casus {

// Views of the crisis: the same as the commands of these names give over the database. Errors: of find_actor; of the file.
[[nodiscard]] Result<ApiAnswer> answer_brief(ServerData& data, const ApiCall& call);
[[nodiscard]] Result<ApiAnswer> answer_timeline(ServerData& data, const ApiCall& call);
[[nodiscard]] Result<ApiAnswer> answer_incidents(ServerData& data, const ApiCall& call);
/// One incident with the records of all its reports. Errors besides: kNotFound.
[[nodiscard]] Result<ApiAnswer> answer_incident(ServerData& data, const ApiCall& call);
[[nodiscard]] Result<ApiAnswer> answer_calendar(ServerData& data, const ApiCall& call);
[[nodiscard]] Result<ApiAnswer> answer_demands(ServerData& data, const ApiCall& call);
[[nodiscard]] Result<ApiAnswer> answer_posture(ServerData& data, const ApiCall& call);
[[nodiscard]] Result<ApiAnswer> answer_dyads(ServerData& data, const ApiCall& call);
[[nodiscard]] Result<ApiAnswer> answer_actors(ServerData& data, const ApiCall& call);
/// Who deals with whom, how often, and how.
[[nodiscard]] Result<ApiAnswer> answer_network(ServerData& data, const ApiCall& call);

/// A crisis and what of it a request asks for.
struct AskedCrisis {
  CrisisMomentPtr moment{};
  CrisisFilter filter{};
  bool undated = true;  ///< whether what no report dates counts by the day of its first report

  [[nodiscard]] const Crisis& crisis() const { return moment->crisis; }
  /// The incidents that are asked for, in their order.
  [[nodiscard]] std::vector<uint32_t> incidents() const;
};
[[nodiscard]] Result<AskedCrisis> crisis_of(ServerData& data, const ApiCall& call);

}  // namespace casus
