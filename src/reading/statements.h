#pragma once

#include <vector>

#include <casus/report.h>

#include "lexicon/lexicon.h"
#include "reading/actors.h"
#include "reading/syntax.h"
#include "reading/times.h"

namespace casus {

/// A statement and the token that reports it, so that events inside its words can be tied to it.
struct FoundStatement {
  Statement statement;
  uint32_t cue = 0;
};

/// The quotations and reported statements of an article, by sentence and cue.
[[nodiscard]] std::vector<FoundStatement> find_statements(const Syntax& syntax, const Actors& actors, const Times& times,
                                                          const Lexicon& lexicon);

}  // namespace casus
