#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "article/html/html_tree.h"
#include "article/html/page_blocks.h"

namespace casus {

/// Where in a page the article is: the blocks [begin, end).
struct PageScope {
  uint32_t begin = 0;
  uint32_t end = 0;
  std::optional<uint32_t> headline{};  ///< the block of the <h1> that is the article's
};

/// The words of a title, for comparing it with headings: letters and figures only, without regard to ASCII case.
[[nodiscard]] std::vector<uint64_t> title_words(std::string_view title);

/// Whether a heading says the title, or the title but for what the site hangs onto it (" - Daily Post").
[[nodiscard]] bool says_title(std::string_view heading, const std::vector<uint64_t>& title);

/// Sets PageBlock::reason of all blocks in parts that are not the article, and finds the element that holds it.
[[nodiscard]] PageScope find_page_scope(const HtmlTree& tree, const std::vector<uint64_t>& title, PageBlocks& page);

}  // namespace casus
