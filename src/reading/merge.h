#pragma once

#include <vector>

#include <casus/report.h>

#include "lexicon/lexicon.h"

namespace casus {

/// An event with what decides between several mentions of one act.
struct Candidate {
  static constexpr uint32_t kNotJoined = UINT32_MAX;
  Event event;
  bool in_heading = false;          ///< carries an event only when nothing else does
  int weight = 0;                   ///< how much of the sentence the frame explains
  uint32_t trigger = 0;             ///< token
  uint32_t joined_to = kNotJoined;  ///< the trigger that a verb with an object of its own is joined to by "and"
};

/// Joins mentions of one act: same type, status and sides, and no two different dates. The most specific mention carries the
/// event, the sentences of the others go to `also`.
[[nodiscard]] std::vector<Event> merge_mentions(std::vector<Candidate> candidates, const Lexicon& lexicon);

}  // namespace casus
