#pragma once

#include <string>

#include <casus/article.h>

namespace casus {

/// One JSON line: what is known about the article, its text, and its blocks as byte spans of that text (docs/formats.md). `left_out` only
/// if `noise`.
void append_article_json(const Article& article, bool noise, std::string& out);

}  // namespace casus
