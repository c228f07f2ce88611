#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <casus/result.h>

namespace casus {

/// The path and query of a request, decoded.
struct Target {
  std::vector<std::string> path{};                                ///< "/api/v1/events" is {"api", "v1", "events"}; "/" is {}
  std::vector<std::pair<std::string, std::string>> parameters{};  ///< in their order; one name may come several times
};

inline constexpr size_t kMostParameters = 64;
inline constexpr size_t kMostPathParts = 16;

/// Takes a target apart (RFC 3986; in the query "+" is a blank, as forms send it). Errors: kBadOption for what is no path, for escapes that
/// are none, bytes that are no UTF-8, control characters, "." and ".." and "/" within a part, and for more parts than those above.
[[nodiscard]] Result<Target> parse_target(std::string_view target);

/// Decodes escapes; `plus_is_blank` as in a query. Errors as above.
[[nodiscard]] Result<std::string> decode_escapes(std::string_view text, bool plus_is_blank);

/// The text as it may stand as a value in a query.
[[nodiscard]] std::string encode_escapes(std::string_view text);

}  // namespace casus
