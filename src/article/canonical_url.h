#pragma once

#include <string>
#include <string_view>

namespace casus {

/// The address in the form whose hash is the article's id: scheme and host in small letters, no fragment, no white space at the
/// ends. Anything else may change which page is meant. "" stays "".
[[nodiscard]] std::string canonical_url(std::string_view url);

}  // namespace casus
