#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/html/html_tree.h"
#include "article/html/page_blocks.h"

namespace casus {

/// The text of a block: white space as single blanks, but for preformatted text; a <br> is a line end.
[[nodiscard]] std::string block_text(const HtmlTree& tree, const PageBlocks& blocks, const PageBlock& block);

/// The lines of a block's text that stand for themselves: it is cut at a line end behind the end of a sentence or a colon. Other line
/// ends only wrap a line.
[[nodiscard]] std::vector<std::string_view> lines_apart(std::string_view text, bool preformatted);

}  // namespace casus
