#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include <casus/result.h>

namespace casus {

/// Reads a whole file. Errors: kNotFound; kUnreadable (also for a folder); kTooLarge over `max_bytes`.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path, uint64_t max_bytes);

/// Writes a file beside, then moves it into place: a reader has the old file or the new one, never half of one. Errors: kUnwritable.
[[nodiscard]] Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes);

/// Makes a folder and those above it where they are not there. Errors: kUnwritable.
[[nodiscard]] Result<void> make_folder(const std::filesystem::path& folder);

}  // namespace casus
