#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/article_source.h"
#include "article/html/body.h"
#include "article/html/html_tree.h"
#include "base/calendar.h"

namespace casus {

/// What a page says about its article. Empty and nullopt: nothing that can be trusted.
struct PageMetadata {
  std::string title{};
  std::string outlet{};
  std::string url{};  ///< the canonical one, absolute
  std::string section{};
  std::string language{};  ///< as the page names it: "en-GB"
  std::vector<std::string> authors{};
  std::optional<Day> published{};  ///< in the zone of the outlet, as far as the page shows it
  std::string published_from{};    ///< "json-ld", "meta", "microdata", "time", "url", "text"; "" without a day
  std::optional<Day> updated{};
  std::vector<std::string> flags{};  ///< "date-doubtful": the best source of the day cannot be right, or another one contradicts it;
                                     ///< "live": the page says that it is a live blog
  uint32_t headline = 0;             ///< the node of the heading that is the title; 0 if there is none
  bool has_live_blog = false;        ///< the page's JSON-LD speaks of a live blog, be it only one that the page points to
  bool is_for_subscribers = false;   ///< and says that not everybody may read all of it
  std::string linked_text{};         ///< the article's text as JSON-LD gives it, lines or HTML
};

/// What of it helps to find the body. The result points into `page`.
[[nodiscard]] PageHints hints_of(const PageMetadata& page);

/// Reads the fields of a page, in the order that src/article/README.md gives. `url` is where the page came from, or "".
/// Without options.noise_rules the page's own names are unknown: then only <title>, <h1>, <html lang> and the canonical link are read.
/// Bounded: looks at 400 pieces of text around the headline, and once at every node.
/// Threads: safe at once.
[[nodiscard]] PageMetadata read_metadata(const HtmlTree& tree, std::string_view url, const ArticleOptions& options);

}  // namespace casus
