#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <casus/article.h>
#include <casus/result.h>

#include "article/article_reader.h"
#include "article/article_source.h"
#include "base/line_reader.h"

namespace casus {

/// One article from the bytes of a text file: decodes them, cuts header lines off and finds the blocks. What `fields` says already
/// stays; `warnings` are those that its caller has. With options.as_is header lines are text.
/// Errors: kEmpty, kBadEncoding, kTooLarge, with `fields.origin` as their file.
[[nodiscard]] Result<ArticlePtr> read_text_article(ArticleFields fields, std::string_view bytes, const ArticleOptions& options,
                                                   std::vector<Warning> warnings = {});

/// A reader of the one article of a text file. Errors of next(): those of read_text_article and of reading the file.
[[nodiscard]] std::unique_ptr<ArticleReader> open_text_reader(LineReader file, ArticleFields known, const ArticleOptions& options);

}  // namespace casus
