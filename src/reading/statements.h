#pragma once

#include <vector>

#include <casus/report.h>

#include "lexicon/lexicon.h"
#include "reading/actors.h"
#include "reading/cues.h"
#include "reading/quoted_tokens.h"
#include "reading/syntax.h"
#include "reading/times.h"

namespace casus {

/// A statement and the tokens that it was made from.
struct FoundStatement {
  Statement statement;
  uint32_t cue = 0;
  std::vector<TokenRange> content;  ///< in order, with quotation marks
  bool asserts = true;              ///< as of the cue
};

/// So many statements may be told within each other's words; what lies deeper is not read, so that the text of all stays linear.
inline constexpr size_t kMaxStatementDepth = 8;

/// The quotations and reported statements of an article, in the order of their cues; quotations that stand for themselves come after the
/// statement whose speaker they have.
[[nodiscard]] std::vector<FoundStatement> find_statements(const Syntax& syntax, const Actors& actors, const Times& times,
                                                          const Lexicon& lexicon);

}  // namespace casus
