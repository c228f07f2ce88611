#pragma once

#include <cstdint>
#include <vector>

#include "article/html/html_tree.h"
#include "article/html/page_rules.h"

namespace casus {

/// A run of text of a page that a browser sets as a paragraph, a heading, a list item, a cell. It is the text nodes in [begin, end).
struct PageBlock {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t box = 0;               ///< the innermost element that is not in line
  uint32_t chars = 0;             ///< code points, each run of white space as one
  uint32_t link_chars = 0;        ///< of these, in links
  uint32_t slanted_chars = 0;     ///< of these, in italics
  uint32_t marked_chars = 0;      ///< of these, in elements in line whose names say that they are not the article
  HtmlTag tag = HtmlTag::kOther;  ///< of `box`
  uint8_t heading = 0;            ///< 1–6 below <h1>–<h6>, else 0
  bool preformatted = false;
  bool ends_sentence = false;
  bool running = false;                      ///< looks like running text: sentences, and not mostly links
  PageReason marked_as = PageReason::kNone;  ///< of marked_chars: why
  bool elsewhere = false;                    ///< belongs to an entry of a live blog
  PageReason reason = PageReason::kNone;     ///< why it is not the article

  [[nodiscard]] bool kept() const { return reason == PageReason::kNone; }
  [[nodiscard]] double link_share() const { return chars == 0 ? 0 : static_cast<double>(link_chars) / chars; }
};

/// An element whose tag, role or names say something of what is in it.
struct PagePart {
  uint32_t node = 0;
  uint32_t begin = 0;  ///< its blocks are [begin, end)
  uint32_t end = 0;
  PageMarks marks{};
};

/// The blocks of a page and the parts that they lie in, both in the order of the page.
struct PageBlocks {
  std::vector<PageBlock> blocks;
  std::vector<PagePart> parts;
  std::vector<uint32_t> block_at;  ///< of each node: how many blocks begin before it
  std::vector<uint32_t> skipped;   ///< elements in line that are hidden; in order
  bool complete = true;            ///< false: the page has more than the blocks that were asked for

  /// The blocks that begin inside of an element.
  [[nodiscard]] uint32_t first_of(uint32_t node) const { return block_at[node]; }
  [[nodiscard]] uint32_t end_of(const HtmlTree& tree, uint32_t node) const { return block_at[tree[node].end]; }
};

/// Whether nothing inside of such an element is text of the page: scripts, films, the choices of a form.
[[nodiscard]] bool is_passed_over(HtmlTag tag);

/// Finds the blocks of the page in one pass. `rules` may be null: then names say nothing. At most `max_blocks`; what follows is not
/// looked at.
[[nodiscard]] PageBlocks find_page_blocks(const HtmlTree& tree, const PageRules* rules, uint64_t max_blocks);

}  // namespace casus
