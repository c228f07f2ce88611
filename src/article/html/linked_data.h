#pragma once

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
};

/// The articles of a page's JSON-LD, in the order of the page: objects of the types that data/article/fields.tsv names, at the top, in
/// lists, in @graph or as the main entity of a page; not those that an article only points to. Names that are given by @id are looked up.
/// What is not quite JSON is mended: comments, CDATA, line ends in strings, commas too many; of what is still broken the known keys are
/// read. Bounded by the page's size; objects nested deeper than 64 are not looked into.
[[nodiscard]] std::vector<LinkedArticle> read_linked_articles(const HtmlTree& tree, const PageFields& fields);

/// The same for one text, a page's <script> or a value such as that of the meta tag parsely-page, where `kind` is given.
void read_linked_text(std::string_view json, const PageFields& fields, PageFields::LinkedKind kind, std::vector<LinkedArticle>& articles);

}  // namespace casus
