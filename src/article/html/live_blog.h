#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "article/html/html_tree.h"
#include "article/html/page_blocks.h"

namespace casus {

/// One entry of a live blog: an element with text and a time of its own.
struct LiveEntry {
  uint32_t node = 0;
  uint32_t begin = 0;  ///< its blocks are [begin, end)
  uint32_t end = 0;
  std::string anchor{};  ///< its id, or that of the first element in it that has one; ""
  std::string time{};    ///< datetime of its first <time>, else that one's text
};

/// The entries of a page that is a live blog, in the order of the page; none if it is no such page. Entries are elements that are named
/// so (data/article/page.tsv), that schema.org's itemprop "liveBlogUpdate" names, or, on a page whose JSON-LD has a live blog
/// (`may_be_live`), articles and list items of one parent. There are two at least, and most of them have a time.
[[nodiscard]] std::vector<LiveEntry> find_live_entries(const HtmlTree& tree, const PageBlocks& page, bool may_be_live);

}  // namespace casus
