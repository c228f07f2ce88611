#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/html/html_tree.h"
#include "article/html/page_claims.h"

namespace casus {

/// Who wrote the article: names without "By", offices and addresses. From JSON-LD, else meta tags, else microdata, else the first byline
/// near the headline.
[[nodiscard]] std::vector<std::string> choose_authors(const HtmlTree& tree, const PageClaims& claims, const PageFields& fields,
                                                      uint32_t headline, std::string_view outlet);

/// The names in a list such as "By Jane Doe and John Smith, Daily Post".
[[nodiscard]] std::vector<std::string> names_of(std::string_view list, const PageFields& fields, std::string_view outlet);

}  // namespace casus
