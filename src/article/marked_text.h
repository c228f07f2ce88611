#pragma once

#include <string>
#include <vector>

#include <casus/article.h>
#include <casus/result.h>

#include "article/article_source.h"

namespace casus {

/// A piece of an article whose kind the input's markup tells: a paragraph of a page, a heading, a cell.
struct MarkedPiece {
  std::string text{};                      ///< valid UTF-8 without white space at its ends
  BlockKind kind = BlockKind::kParagraph;  ///< kTitle, kHeading or kParagraph
  std::string reason{};                    ///< why it is not part of the text (LeftOut::reason); "" if it is
  bool joins = false;                      ///< stands in the row of the piece before it, as the cells of a table do
};

/// Makes the article of such pieces. Its text is that of the pieces kept, a blank line between them (a tab within a row). Pieces that are
/// noise by data/article/noise.tsv are left out too. Datelines are split off their paragraphs.
/// What is left out goes into `fields.left_out`, in the order of the pieces, if options.keep_left_out.
/// Errors: kEmpty if no text is left, with the place of `fields`; kTooLarge over options.max_article_bytes.
[[nodiscard]] Result<ArticlePtr> build_marked_article(ArticleFields fields, std::vector<MarkedPiece> pieces, std::vector<Warning> warnings,
                                                      const ArticleOptions& options);

}  // namespace casus
