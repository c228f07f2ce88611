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

/// Marks as noise those of a text's known blocks that are it by data/article/noise.tsv. Fills `fields` as find_blocks does.
/// Without rules nothing is noise.
void mark_noise(std::string_view text, const ArticleOptions& options, ArticleFields& fields, std::vector<Block>& blocks);

/// The known blocks of a text with the datelines split off their paragraphs. Fills `fields` as find_blocks does.
[[nodiscard]] std::vector<Block> split_datelines(std::string_view text, const ArticleOptions& options, ArticleFields& fields,
                                                 std::vector<Block> blocks);

}  // namespace casus
