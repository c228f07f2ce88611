// Why a pattern did not fire: worked out afterwards, for those who ask, from the words that stand where its part was looked for.
#include <algorithm>

#include "reading/frame_match.h"

namespace casus {
namespace {

/// The clauses below a word that a part for clauses might have meant.
std::vector<uint32_t> clauses_below(const Syntax& syntax, uint32_t word) {
  std::vector<uint32_t> clauses;
  for (const uint32_t c : syntax.children(word)) {
    const Dep dep = syntax.dep(c);
    if (dep == Dep::kXcomp || dep == Dep::kCcomp || dep == Dep::kAcl || dep == Dep::kAdvcl || dep == Dep::kPcomp) clauses.push_back(c);
  }
  return clauses;
}

}  // namespace

void FrameMatcher::note(const Attempt& attempt, TrialOutcome outcome) const {
  const FrameHit& hit = attempt.hit;
  ActTrace& act = trace_->acts[hit.trigger];
  act.trigger = hit.trigger;
  const auto same = [&](const FrameTrial& trial) { return trial.pattern == hit.pattern && trial.outcome == outcome; };
  if (std::any_of(act.trials.begin(), act.trials.end(), same)) return;  // by another form of the word
  FrameTrial trial{.frame = hit.frame,
                   .pattern = hit.pattern,
                   .outcome = outcome,
                   .part = attempt.missing,
                   .weight = hit.weight,
                   .words = hit.words,
                   .contents = hit.contents,
                   .source = hit.source,
                   .target = hit.target,
                   .target_origin = hit.target_origin};
  if (outcome == TrialOutcome::kPartMissing) note_fault(attempt, trial);
  act.trials.push_back(std::move(trial));
  const bool better = outcome == TrialOutcome::kFired && (!act.best || act.trials.back().weight > act.trials[*act.best].weight);
  if (better) act.best = act.trials.size() - 1;
}

/// What is wrong with what stands where the missing part was looked for.
void FrameMatcher::note_fault(const Attempt& attempt, FrameTrial& trial) const {
  const FramePart& part = *attempt.missing;
  trial.seen = seen_for(part, attempt);
  if (part.place == FramePlace::kNothing) {
    trial.fault = PartFault::kUnwanted;
    return;
  }
  if (trial.seen.empty()) return;
  const auto has_words = [&](uint32_t token) { return fit(part, syntax_.coordinated(token)) > 0; };
  const bool worded = !part.words.empty() || !part.modifiers.empty();
  const auto has_kind = [&](uint32_t token) { return is_of_kind(part.kind, token); };
  const bool other_words = worded && std::none_of(trial.seen.begin(), trial.seen.end(), has_words);
  if (!other_words && std::none_of(trial.seen.begin(), trial.seen.end(), has_kind)) {
    trial.fault = PartFault::kOtherKind;
  } else if (!other_words && part.role != FrameRole::kNone) {
    trial.fault = PartFault::kNoActor;
  } else {
    trial.fault = PartFault::kOtherWords;
  }
}

/// The words that stand where a part was looked for.
std::vector<uint32_t> FrameMatcher::seen_for(const FramePart& part, const Attempt& attempt) const {
  std::vector<uint32_t> seen;
  switch (part.place) {
    case FramePlace::kSubject:
      if (const auto subject = syntax_.logical_subject(attempt.hit.trigger)) seen.push_back(*subject);
      return seen;
    case FramePlace::kThing:
    case FramePlace::kNothing: return syntax_.logical_objects(attempt.governor);
    case FramePlace::kObject: seen = syntax_.logical_objects(attempt.governor); break;
    case FramePlace::kInfinitive:
    case FramePlace::kClause:
    case FramePlace::kWish: return clauses_below(syntax_, attempt.hit.trigger);
    case FramePlace::kGerund:
      if (part.prepositions.empty()) return clauses_below(syntax_, attempt.hit.trigger);
      break;
    case FramePlace::kParticle:
      if (const auto particle = syntax_.particle(attempt.hit.trigger)) seen.push_back(*particle);
      return seen;
    case FramePlace::kOwner:
    case FramePlace::kPreposition: break;
  }
  for (const uint32_t preposition : prepositions(part, attempt)) {
    const auto objects = syntax_.preposition_objects(preposition);
    seen.insert(seen.end(), objects.begin(), objects.end());
  }
  return seen;
}

}  // namespace casus
