#pragma once

#include <casus/report.h>

#include "lexicon/lexicon.h"
#include "reading/decision.h"
#include "reading/frame_match.h"
#include "reading/trace.h"

namespace casus {

/// The features of an event as its hit gives it; `in_heading`: it stands in a title or heading.
[[nodiscard]] ConfidenceTerms confidence_terms(const Event& event, const FrameHit& hit, bool in_heading, const Lexicon& lexicon);
/// What the judge holds of an event that a frame found, or that it finds alone.
[[nodiscard]] ConfidenceTerm judge_term(const Decided& decided, bool by_frame, const Lexicon& lexicon);
/// The one that only the whole article tells: whether it tells the act more than once.
[[nodiscard]] ConfidenceTerm told_term(const Event& event, const Lexicon& lexicon);

/// The probability that terms give together, 0–1, in thousandths.
[[nodiscard]] double confidence_of(const ConfidenceTerms& terms);
/// A probability after one more term.
[[nodiscard]] double with_term(double confidence, const ConfidenceTerm& term);

/// Takes the events below a confidence out of a report, and out of the lists of its statements.
void drop_doubtful_events(double min_confidence, Report& report);

}  // namespace casus
