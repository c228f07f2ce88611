#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casus/crisis.h>

#include "crisis/crisis_rules.h"
#include "lexicon/lexicon.h"

namespace casus {

/// Earlier incidents that a mention is compared with, of those that share a pair of parties, a kind of act and a month with it.
inline constexpr size_t kMaxCandidates = 256;
/// Pairs of parties that an incident is looked up by.
inline constexpr size_t kMaxPairs = 24;
/// Points from which on two mentions are taken for one act (docs/crisis.md says what gives points).
inline constexpr double kEnoughPoints = 4.5;

/// The incidents of the crisis' mentions, by day, then id. Each mention is in just one.
[[nodiscard]] std::vector<Incident> build_incidents(const Crisis& crisis, const CrisisRules& rules, const Lexicon& lexicon);

/// The incidents of mentions that are known to belong together: those that build_incidents gives of the same groups. `groups`: indices into
/// Crisis::mentions, none twice.
[[nodiscard]] std::vector<Incident> incidents_of_groups(const std::vector<std::vector<uint32_t>>& groups, const Crisis& crisis,
                                                        const CrisisRules& rules, const Lexicon& lexicon);

/// The incident of an id, or into which the one that had it was merged: an id is made of the event that was first reported, so every
/// mention stands for one (incident_id). Nothing for an id of none.
[[nodiscard]] std::optional<uint32_t> find_incident(std::string_view id, const Crisis& crisis);

/// The id of an incident whose first report has this event.
[[nodiscard]] std::string incident_id(const Event& event);

/// How many articles of these are independent: those that share an outlet or their text are one. `articles`: indices, each once.
[[nodiscard]] uint32_t count_sources(const std::vector<CrisisArticle>& articles, const std::vector<uint32_t>& of);

}  // namespace casus
