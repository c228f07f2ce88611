#pragma once

#include <string_view>

#include "article/html/body.h"
#include "article/html/metadata.h"

namespace casus {

/// Whether so little of a page can be seen that its text must be somewhere else, if anywhere.
[[nodiscard]] bool shows_no_body(const HtmlBody& body);

/// The body of a page that shows none, from the places where pages keep it for programs and for browsers without scripts, the best first:
/// the text that JSON-LD gives, <noscript>, the state of the page's program. Leaves `body` as it is if none of them has more.
/// `bytes` and `charset` are what `tree` was parsed from.
void fill_from_fallbacks(const HtmlTree& tree, std::string_view bytes, std::string_view charset, const PageMetadata& page,
                         const ArticleOptions& options, HtmlBody& body);

}  // namespace casus
