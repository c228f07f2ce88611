#pragma once

#include <string>

#include <casus/article.h>
#include <casus/result.h>

#include "store/sqlite.h"

namespace casus {

/// What tells two versions of an article apart, as a hash: its text and blocks, and what is known about it. Not in it is what tells of the
/// run that read it: input, line, warnings.
[[nodiscard]] std::string content_hash(const Article& article);

/// The columns that bind_article binds and read_article reads, in that order, for SQL: "doc, published, …, text".
[[nodiscard]] const std::string& article_columns();
/// As many question marks.
[[nodiscard]] const std::string& article_parameters();

/// Binds the article's own columns to the next parameters.
void bind_article(const Article& article, Query& query);

/// The article of a row whose columns from `first` on are article_columns(). Everything is checked that later stages take for granted:
/// texts are UTF-8, blocks in order and inside. Errors: kBadDatabase, with `file` and what is wrong.
[[nodiscard]] Result<ArticlePtr> read_article(const Query& row, int first, const std::string& file);

/// "article 8f7d800a21178e24 is damaged: …", with the remedy.
[[nodiscard]] Error damaged(const std::string& file, const std::string& article_id, const std::string& what);

}  // namespace casus
