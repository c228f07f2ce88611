#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "article/html/html_tree.h"

namespace casus {

/// The visible text of UTF-8 HTML inside of feeds, mails and JSON: blocks parted by a blank line, cells of a table row by a tab, a <br> is
/// a line end. No search for a body: all that a reader would see is there, menus too; what is hidden or a script is not. Plain text comes
/// back as it is but for its white space; "" where nothing is visible or the limits of ArticleOptions{} forbid to read it.
[[nodiscard]] std::string html_to_text(std::string_view fragment);

/// The visible text of the subtree of `node` by the same rules; with `one_line`, as one line.
[[nodiscard]] std::string visible_text(const HtmlTree& tree, uint32_t node, bool one_line);

/// Appends `text` with every run of white space as one blank, none at the beginning of a line of `out`; drops characters that cannot be
/// seen: zero-width ones, soft hyphens, marks of writing direction.
void append_squeezed(std::string_view text, std::string& out);

/// The first `most` bytes, without a part of a character at the end.
[[nodiscard]] std::string_view cut_text(std::string_view text, size_t most);

}  // namespace casus
