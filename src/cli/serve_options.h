#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/shared_options.h"

namespace casus {

CLI::App* add_serve(CLI::App& app, RawOptions& raw);

/// What the help of the command begins with, by its path; null for other commands.
[[nodiscard]] const char* serve_command_text(std::string_view path);

}  // namespace casus
