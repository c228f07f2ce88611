#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/shared_options.h"

namespace casus {

/// The commands by which people look after what is coded: fix, sample, diff; and demo, to try all.
struct UpkeepCommands {
  CLI::App* fix = nullptr;
  CLI::App* sample = nullptr;
  CLI::App* diff = nullptr;
  CLI::App* demo = nullptr;
};

[[nodiscard]] UpkeepCommands add_upkeep_commands(CLI::App& app, RawOptions& raw);

/// Which of these commands was chosen, or nothing.
[[nodiscard]] std::optional<Command> chosen_command(const UpkeepCommands& commands);

/// Checks what these commands were given; gives what is wrong, or nothing.
[[nodiscard]] std::optional<std::string> check_upkeep_values(const Options& options);

/// What the help of such a command begins with; null for other commands.
[[nodiscard]] const char* upkeep_command_text(std::string_view path);

}  // namespace casus
