#pragma once

#include <cstddef>
#include <string>

#include "evaluation/article_scores.h"
#include "evaluation/coder_scores.h"
#include "evaluation/pair_scores.h"

namespace casus {

/// How scores are shown to people.
struct EvalStyle {
  size_t columns = 100;
  bool colour = false;
  bool misses = false;  ///< with what was missed, mistaken and invented, above the figures
};

// Each appends tables for people; docs/evaluation.md tells what the columns are.
void append_scores_text(const ArticleScores& scores, const EvalStyle& style, std::string& out);
void append_scores_text(const PairScores& scores, const EvalStyle& style, std::string& out);
void append_scores_text(const CoderScores& scores, const EvalStyle& style, std::string& out);

// The same figures as one JSON object on a line, with all digits.
void append_scores_json(const ArticleScores& scores, bool misses, std::string& out);
void append_scores_json(const PairScores& scores, bool misses, std::string& out);
void append_scores_json(const CoderScores& scores, bool misses, std::string& out);

}  // namespace casus
