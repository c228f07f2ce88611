#pragma once

#include <vector>

#include "lexicon/lexicon.h"
#include "reading/syntax.h"
#include "reading/time_said.h"

namespace casus {

/// All time expressions of an article, in the order of the text; none overlap. What the ends of a stretch leave out ("26-30
/// November 1950") is filled in from each other; which day is meant by the rest, src/reading/time_anchor.h decides.
/// Threads: safe at once. Time: linear in the text.
[[nodiscard]] std::vector<SaidTime> time_expressions(const Syntax& syntax, const Lexicon& lexicon);

}  // namespace casus
