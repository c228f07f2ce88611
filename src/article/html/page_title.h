#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/html/page_claims.h"

namespace casus {

/// The headline of a page and the <h1>, or else the <h2> or <h3>, that shows it (0: none does).
struct PageTitle {
  std::string text{};
  uint32_t headline = 0;
};

/// Chooses among what a page calls itself. A visible <h1> that the markup confirms goes before all others; then JSON-LD, meta tags,
/// microdata, the only <h1>, <title>. `outlets` are the names that are cut off at either end ("Talks fail - Daily Post").
[[nodiscard]] PageTitle choose_title(const PageClaims& claims, const std::vector<std::string>& outlets);

/// A title without an outlet's name at its ends.
[[nodiscard]] std::string without_outlet(std::string_view title, const std::vector<std::string>& outlets);

}  // namespace casus
