#pragma once

#include <simdjson.h>

#include <string_view>

namespace casus {

/// Why simdjson refuses a text, in words: "a string has no end".
[[nodiscard]] std::string_view json_reason(simdjson::error_code code);

}  // namespace casus
