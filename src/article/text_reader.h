#pragma once

#include <string_view>
#include <vector>

#include <casus/article.h>
#include <casus/result.h>

#include "article/article_source.h"

namespace casus {

/// One article from the bytes of a text file: decodes them, cuts header lines off and finds the blocks. What `fields` says already
/// stays; `warnings` are those that its caller has. With options.as_is header lines are text.
/// Errors: kEmpty, kBadEncoding, kTooLarge, with `fields.origin` as their file.
[[nodiscard]] Result<ArticlePtr> read_text_article(ArticleFields fields, std::string_view bytes, const ArticleOptions& options,
                                                   std::vector<Warning> warnings = {});

}  // namespace casus
