#pragma once

#include <string>

namespace casus {

/// The present moment in UTC: "2022-02-04T16:30:00Z".
[[nodiscard]] std::string now_text();

}  // namespace casus
