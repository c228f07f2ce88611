#pragma once

#include <cstddef>
#include <string>

#include <casus/article.h>

namespace casus {

/// How articles are shown to people.
struct ArticleStyle {
  size_t columns = 100;
  bool bold = false;
  bool noise = false;  ///< with what was marked or left out, and why
};

/// The article for reading: what is known about it, then its blocks with their kinds, lines filled up to the style's columns.
void append_article_text(const Article& article, const ArticleStyle& style, std::string& out);

/// A line an article.
[[nodiscard]] std::string article_table_header(const ArticleStyle& style);
void append_article_row(const Article& article, const ArticleStyle& style, std::string& out);

}  // namespace casus
