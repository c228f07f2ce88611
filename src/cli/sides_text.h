#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace casus {

/// "USA/GOV John F. Kennedy": the code first, since it must survive when the line is cut.
[[nodiscard]] std::string actor_text(std::string_view country, std::string_view sector, std::string_view name);

/// Who to whom in `width` columns; where it must be cut, each side keeps its half. An empty source is "–", an empty target left out.
[[nodiscard]] std::string dyad_text(const std::string& source, const std::string& target, size_t width);

/// "1982-04-05/06" for 1982-04-05/1982-04-06: what both days share is said once, as ISO 8601 allows; "–" for none.
[[nodiscard]] std::string date_text(std::string_view date);

}  // namespace casus
