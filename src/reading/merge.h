#pragma once

#include <cstdint>
#include <vector>

#include <casus/report.h>

#include "lexicon/lexicon.h"

namespace casus {

/// An event with what decides between several mentions of one act.
struct Candidate {
  static constexpr uint32_t kNotJoined = UINT32_MAX;
  Event event;
  bool is_mention = false;          ///< no act of its own ("no longer speaks of a Kenyan attack"), but may tell who does such acts
  bool in_heading = false;          ///< carries an event only when nothing else does
  int weight = 0;                   ///< how much of the sentence the frame explains
  uint32_t trigger = 0;             ///< token
  uint32_t joined_to = kNotJoined;  ///< the trigger that a verb with an object of its own is joined to by "and"
};

/// A mention that became part of another: their triggers.
struct Merged {
  uint32_t from = 0;
  uint32_t into = 0;
};

/// Joins mentions of one act: same type, status and sides, and no two different dates. The most specific mention carries the
/// event, the sentences of the others go to `also`. `merged`: gets what was joined, in that order, or null.
[[nodiscard]] std::vector<Event> merge_mentions(std::vector<Candidate> candidates, const Lexicon& lexicon,
                                                std::vector<Merged>* merged = nullptr);

}  // namespace casus
