#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <casus/crisis.h>

#include "crisis/crisis_rules.h"
#include "crisis/wording.h"
#include "lexicon/lexicon.h"
#include "server/incident_index.h"
#include "server/incident_rows.h"

namespace casus {

/// A crisis as the database told it at one moment, ready for views.
/// Threads: immutable, but for rows, which are safe at once.
struct CrisisMoment {
  CrisisMoment(Crisis told, const CrisisRules& rules, const Lexicon& lexicon, uint64_t version_given);
  CrisisMoment(const CrisisMoment&) = delete;
  CrisisMoment& operator=(const CrisisMoment&) = delete;

  const Crisis crisis;
  const Wording wording;
  const uint64_t version;  ///< ServerData::data_version when it was read, or an earlier one
  const IncidentIndex index;
  std::unordered_map<std::string_view, uint32_t> incidents{};  ///< by id
  /// By the ids of those that were merged into them: each mention but the first would have begun one of its own.
  std::unordered_map<std::string, uint32_t> merged{};
  /// Of each article, by its id, the incidents that it tells of, each with the mention that does.
  std::unordered_map<std::string_view, std::vector<std::pair<uint32_t, uint32_t>>> of_articles{};
  mutable IncidentRows rows;  ///< as JSON
};
using CrisisMomentPtr = std::shared_ptr<const CrisisMoment>;

}  // namespace casus
