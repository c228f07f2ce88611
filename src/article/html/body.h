#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>

#include "article/article_source.h"
#include "article/html/html_tree.h"
#include "article/html/page_rules.h"
#include "article/marked_text.h"

namespace casus {

/// One article of a page.
struct HtmlStory {
  std::string headline{};             ///< the <h1> that belongs to it, or the entry's own heading; ""
  std::string anchor{};               ///< of an entry of a live blog: its id in the page; ""
  std::string time{};                 ///< of an entry: its own time as the page gives it (an ISO time stamp where <time> has one); ""
  std::vector<MarkedPiece> pieces{};  ///< in the order of the page; those left out only with ArticleOptions::keep_left_out
};

/// What the body of a page is.
struct HtmlBody {
  HtmlStory story{};
  std::vector<HtmlStory> entries{};  ///< of a live blog, in the order of the page; then `story` is what stands above them
  bool paywalled = false;            ///< the page says that there is more for subscribers, and this is short
};

/// What is known of a page before its body is looked for (metadata.h). Without it only tags and names decide.
struct PageHints {
  std::string_view title{};         ///< of the article, or ""
  bool may_be_live = false;         ///< the page's markup speaks of a live blog
  bool is_for_subscribers = false;  ///< or says that not everybody may read all of it
};

/// Finds the article in a page (README.md here tells how).
/// The headline is not among the pieces that are kept.
/// Without rules in `options` (NoiseRules) only tags and the shape of the text decide.
/// Bounded: at most options.max_blocks blocks are looked at, in time that grows with the size of the tree.
/// Threads: safe at once.
[[nodiscard]] HtmlBody find_body(const HtmlTree& tree, const PageHints& hints, const ArticleOptions& options);

}  // namespace casus
