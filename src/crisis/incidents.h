#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <casus/crisis.h>
#include <casus/result.h>

#include "crisis/crisis_rules.h"
#include "lexicon/lexicon.h"

namespace casus {

/// The incidents of the crisis' mentions, by day, then id. Each mention is in just one. What Crisis::fixes say acts on them.
/// `is_crowded`, unless it is null, becomes whether some mention may have been compared with kMaxCandidates alone, and not with all there
/// are.
[[nodiscard]] std::vector<Incident> build_incidents(const Crisis& crisis, const CrisisRules& rules, const Lexicon& lexicon,
                                                    bool* is_crowded = nullptr);

/// The incidents of mentions that are known to belong together: those that build_incidents gives of the same groups. `groups`: indices into
/// Crisis::mentions, none twice; with the joins and splits of Crisis::fixes already made.
[[nodiscard]] std::vector<Incident> incidents_of_groups(const std::vector<std::vector<uint32_t>>& groups, const Crisis& crisis,
                                                        const CrisisRules& rules, const Lexicon& lexicon);

/// An incident to which an id leads.
struct FoundIncident {
  uint32_t incident = 0;  ///< index into Crisis::incidents
  std::string asked{};    ///< the id that was asked for, in full
  bool merged = false;    ///< it was the id of an incident that has become part of this one: whoever asked is to be sent on to this one's
};

/// The incident of an id or of the beginning of one, or the one into which the incident of that id was merged: an id is made of the event
/// that was first reported, so every mention stands for one (incident_id). Ids of incidents go before those that were merged.
/// Errors: kNotFound for an id of none; kBadOption where several begin so, with them.
[[nodiscard]] Result<FoundIncident> find_incident(std::string_view beginning, const Crisis& crisis);

/// The id of an incident whose first report has this event.
[[nodiscard]] std::string incident_id(const Event& event);

/// How many articles of these are independent: those that share an outlet or their text are one. `articles`: indices, each once.
[[nodiscard]] uint32_t count_sources(const std::vector<CrisisArticle>& articles, const std::vector<uint32_t>& of);

}  // namespace casus
