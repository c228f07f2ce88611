#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include <casus/result.h>

namespace casus {

/// Reads a whole file. Errors: kNotFound; kUnreadable (also for a folder); kTooLarge over `max_bytes`.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path, uint64_t max_bytes);

}  // namespace casus
