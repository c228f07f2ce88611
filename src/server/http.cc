#include "server/http.h"

#include "base/text.h"

namespace casus {

std::string_view HttpRequest::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (equals_ignoring_ascii_case(key, name)) return value;
  }
  return "";
}

}  // namespace casus
