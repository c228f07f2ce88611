#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <casus/article.h>
#include <casus/result.h>

#include "article/article_reader.h"
#include "article/article_source.h"
#include "article/html/html_text.h"  // html_to_text, for readers of forms that hold pieces of HTML
#include "base/line_reader.h"

namespace casus {

/// The articles of a web page: one, or each entry of a live blog. `fields` is what is known from elsewhere, which goes before what the
/// page says; `charset` is that of an HTTP header, or "". Fields of the page: metadata.h; its body: body.h.
/// Errors, as the only item: kTooLarge, kUnreadable; kEmpty for a page without text.
[[nodiscard]] std::vector<Result<ArticlePtr>> read_html_articles(ArticleFields fields, std::string_view bytes, std::string_view charset,
                                                                 const ArticleOptions& options);

/// Reads a file that is a web page.
[[nodiscard]] std::unique_ptr<ArticleReader> open_html_reader(LineReader file, ArticleFields known, const ArticleOptions& options);

}  // namespace casus
