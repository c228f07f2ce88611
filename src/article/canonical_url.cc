#include "article/canonical_url.h"

#include <algorithm>

#include "base/text.h"

namespace casus {

std::string canonical_url(std::string_view url) {
  url = trim(url);
  url = url.substr(0, url.find('#'));
  const size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return std::string(url);
  const size_t host_end = std::min(url.find_first_of("/?", scheme_end + 3), url.size());
  return ascii_lowered(url.substr(0, host_end)) + std::string(url.substr(host_end));
}

}  // namespace casus
