#pragma once

#include <string>
#include <vector>

#include <casus/article.h>
#include <casus/document.h>
#include <casus/report.h>

#include "judge/judge.h"
#include "lexicon/lexicon.h"
#include "reading/decision.h"
#include "reading/layers.h"
#include "reading/trace.h"

namespace casus {

/// Reads one article's analysis: mentions joined to actors, statements, events with status and attribution.
/// Ownership: the report shares `article` and keeps nothing of `doc`, which must be the analysis of that article.
/// Threads:   safe at once; `lexicon` is only read.
/// `judge`:   decides together with the rules what is an act and which, or null: rules alone (docs/judge.md). Its types are the lexicon's.
/// `trace`:   gets what was decided and why, or null; the report is the same either way. It points into `lexicon`.
[[nodiscard]] Report read_document(const ArticlePtr& article, const Document& doc, const Lexicon& lexicon, ReadingTrace* trace = nullptr,
                                   const Judge* judge = nullptr);

/// What read_document would ask a judge about the document, by sentence: what a judge for these articles is trained on.
/// Threads: safe at once.
[[nodiscard]] std::vector<AskedSentence> judge_questions(const ArticlePtr& article, const Document& doc, const Lexicon& lexicon);

/// Appends the report's records as JSON Lines (docs/formats.md): by sentence, then offset; events and statements together in
/// that order, then places, then times in the order of the text.
void append_records_json(const Report& report, const Layers& layers, std::string& out);

}  // namespace casus
