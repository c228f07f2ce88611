#pragma once

#include <string>

#include <casus/article.h>
#include <casus/document.h>
#include <casus/report.h>

#include "lexicon/lexicon.h"
#include "reading/layers.h"
#include "reading/trace.h"

namespace casus {

/// Reads one article's analysis: mentions joined to actors, statements, events with status and attribution.
/// Ownership: the report shares `article` and keeps nothing of `doc`, which must be the analysis of that article.
/// Threads:   safe at once; `lexicon` is only read.
/// `trace`:   gets what was decided and why, or null; the report is the same either way. It points into `lexicon`.
[[nodiscard]] Report read_document(const ArticlePtr& article, const Document& doc, const Lexicon& lexicon, ReadingTrace* trace = nullptr);

/// Appends the report's records as JSON Lines (docs/formats.md): by sentence, then offset; events and statements together in
/// that order, then places, then times in the order of the text.
void append_records_json(const Report& report, const Layers& layers, std::string& out);

}  // namespace casus
