#pragma once

#include <string>

#include "server/parameters.h"

namespace casus {

/// The description of the API as OpenAPI 3.1, made of the table of routes and the parameters that are checked, so that it says what is
/// done.
[[nodiscard]] std::string openapi_json(const ParameterSpecs& specs, const std::string& version);

}  // namespace casus
