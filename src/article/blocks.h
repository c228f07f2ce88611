#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>

#include "article/article_source.h"

namespace casus {

/// Tells the title, sub-heads, datelines, paragraphs and noise of a text apart. `text` is valid UTF-8 below 4 GiB.
/// Fills what `fields` and `options` leave unsaid from what the text says: title, place of the dateline, outlet (the dateline's
/// agency) and day of publication (a date line above the text). Appends a warning if `options.max_blocks` is reached.
/// Guarantees: blocks are in order and do not overlap; only white space lies outside of them.
[[nodiscard]] std::vector<Block> find_blocks(std::string_view text, const ArticleOptions& options, ArticleFields& fields,
                                             std::vector<Warning>& warnings);

}  // namespace casus
