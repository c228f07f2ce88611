#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "article/html/html_tree.h"
#include "article/html/page_fields.h"

namespace casus {

/// What one JSON-LD object that is an article (or a page of the web) says. Values are text as given; "" or empty: not said.
struct LinkedArticle {
  PageFields::LinkedKind kind = PageFields::LinkedKind::kNone;
  std::string title{};
  std::string published{};
  std::string updated{};
  std::string outlet{};
  std::string url{};
  std::string section{};
  std::string language{};
  std::vector<std::string> authors{};
  std::string text{};  ///< of the whole article, as given: lines or HTML
};

/// What the JSON-LD of a page says.
struct LinkedData {
  std::vector<LinkedArticle> articles{};
  bool has_live_blog = false;       ///< something in it, however deep, is a live blog
  bool is_for_subscribers = false;  ///< something in it, however deep, may not be read by everyone
};

/// The articles of a page's JSON-LD, in the order of the page: objects of the types that data/article/fields.tsv names, at the top, in
/// lists, in @graph or as the main entity of a page; not those that an article only points to. Names that are given by @id are looked up.
/// What is not quite JSON is mended: comments, CDATA, line ends in strings, commas too many; of what is still broken the known keys are
/// read. Bounded by the page's size; objects nested deeper than 64 are not looked into.
[[nodiscard]] LinkedData read_linked_data(const HtmlTree& tree, const PageFields& fields);

/// The same for one text, a page's <script> or a value such as that of the meta tag parsely-page, where `kind` is given.
void read_linked_text(std::string_view json, const PageFields& fields, PageFields::LinkedKind kind, LinkedData& data);

/// The longest text that the JSON of a page that is not JSON-LD (the state of its program) has in an object with a title that `is_title`
/// takes; "" if there is none.
[[nodiscard]] std::string find_state_text(const HtmlTree& tree, const PageFields& fields,
                                          const std::function<bool(std::string_view)>& is_title);

}  // namespace casus
