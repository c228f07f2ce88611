#pragma once

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

/// How many articles of these are independent: those that share an outlet or their text are one. `articles`: indices, each once.
[[nodiscard]] uint32_t count_sources(const std::vector<CrisisArticle>& articles, const std::vector<uint32_t>& of);

}  // namespace casus
