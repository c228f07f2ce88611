#pragma once

#include <memory>

#include <casus/article.h>

#include "article/article_reader.h"
#include "article/article_source.h"
#include "base/line_reader.h"

namespace casus {

/// A reader of `file` if it is an export of a press database in plain text; else null, and `file` is as it was.
[[nodiscard]] std::unique_ptr<ArticleReader> open_text_export(LineReader& file, const ArticleFields& known, const ArticleOptions& options);

/// The same for exports saved as web pages.
[[nodiscard]] std::unique_ptr<ArticleReader> open_html_export(LineReader& file, const ArticleFields& known, const ArticleOptions& options);

/// A reader of a rich text document: of the articles of an export if it is one, else of one article.
/// Errors of next(): kEmpty; kTooLarge over options.max_article_bytes; kUnreadable.
[[nodiscard]] std::unique_ptr<ArticleReader> open_rtf(LineReader file, ArticleFields known, const ArticleOptions& options);

}  // namespace casus
