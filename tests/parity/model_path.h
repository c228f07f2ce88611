#pragma once

#include <cstdlib>
#include <filesystem>

namespace casus::parity {

/// The model that the tests use: CASUS_MODEL, else vendor/model. Whether it is there is for the loader to say.
[[nodiscard]] inline std::filesystem::path model_path() {
  const char* chosen = std::getenv("CASUS_MODEL");
  return chosen != nullptr && *chosen != '\0' ? chosen : std::filesystem::path(CASUS_SOURCE_DIR) / "vendor/model";
}

}  // namespace casus::parity
