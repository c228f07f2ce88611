#pragma once

#include <string>

#include <casus/article.h>
#include <casus/document.h>
#include <casus/report.h>

#include "lexicon/lexicon.h"

namespace casus {

/// Reads one article's analysis: mentions joined to actors, statements, events with status and attribution.
/// Ownership: the report shares `article` and keeps nothing of `doc`, which must be the analysis of that article.
/// Threads:   safe at once; `lexicon` is only read.
[[nodiscard]] Report read_document(const ArticlePtr& article, const Document& doc, const Lexicon& lexicon);

/// Appends the report's records as JSON Lines (design.md, Records): by sentence, then offset; events and statements
/// together in that order.
void append_records_json(const Report& report, std::string& out);

}  // namespace casus
