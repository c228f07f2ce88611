#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>
#include <casus/result.h>

#include "article/article_source.h"

namespace casus {

/// Finds the blocks of valid UTF-8 text, keeps those in English (keep_english) and makes the article of it.
/// Errors: kEmpty without any text, kOtherLanguage without any in English, with the place of `fields`.
[[nodiscard]] Result<ArticlePtr> build_article(ArticleFields fields, std::string text, std::vector<Warning> warnings,
                                               const ArticleOptions& options);

/// Reads a day of publication into `fields`, or keeps a warning that names `field` and what it says. Nothing for "".
void set_published(std::string_view text, std::string_view field, uint64_t line, const ArticleOptions& options, ArticleFields& fields,
                   std::vector<Warning>& warnings);

/// The text before the last dot of the last part of a path: the id of articles that have none.
[[nodiscard]] std::string file_stem(std::string_view path);

}  // namespace casus
