#pragma once

#include <cstdint>
#include <unordered_set>
#include <vector>

#include <casus/report.h>

#include "lexicon/lexicon.h"
#include "reading/actors.h"
#include "reading/proposal_sides.h"
#include "reading/syntax.h"

namespace casus {

/// Bounds on what is proposed; what is beyond them is left out, the farther from the parse's own words the sooner.
inline constexpr size_t kMaxProposalsPerTrigger = 3;
inline constexpr size_t kMaxProposalsPerSentence = 200;

/// Words that may report an act, with who may act towards whom; whether they do is for others to say.
struct Proposal {
  uint32_t trigger = 0;
  std::vector<uint32_t> words{};  ///< further tokens of the trigger: its particle, or the verb that does what a noun says
  std::vector<Actor> source{};    ///< may be empty, but not together with target
  std::vector<Actor> target{};
  uint32_t source_head = kNobody;  ///< the token that names the side in this sentence, or kNobody
  uint32_t target_head = kNobody;
};

/// Clause predicates, nouns of acts and verbs with such nouns, whether or not a frame knows them, with the sides that the parse offers:
/// recall before precision. In the order of the text, of one trigger the likeliest sides first. One side at least has an actor of a known
/// country or sector.
/// `taken`: tokens that need no proposal. With the words of frames here there are fewer; but where a frame has taken the wrong sides, the
/// right ones are then not proposed. Threads: safe at once. Cost: linear in the text; a sentence without end is read up to the bounds
/// above.
[[nodiscard]] std::vector<Proposal> find_proposals(const Syntax& syntax, const Actors& actors, const Lexicon& lexicon,
                                                   const std::unordered_set<uint32_t>& taken);

}  // namespace casus
