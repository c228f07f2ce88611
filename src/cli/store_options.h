#pragma once

#include <optional>
#include <string>

#include "cli/shared_options.h"

namespace casus {

/// The commands that work on a database.
struct StoreCommands {
  CLI::App* ingest = nullptr;
  CLI::App* events = nullptr;
  CLI::App* statements = nullptr;
  CLI::App* search = nullptr;
  CLI::App* db = nullptr;
  CLI::App* db_check = nullptr;
  CLI::App* db_info = nullptr;
  CLI::App* db_vacuum = nullptr;
  CLI::App* recode = nullptr;
  CLI::App* forget = nullptr;
  CLI::App* export_all = nullptr;
  CLI::App* panel = nullptr;
};

[[nodiscard]] StoreCommands add_store_commands(CLI::App& app, RawOptions& raw);

/// What `articles` takes besides, to list the articles of a database.
void add_listing_options(CLI::App& command, RawOptions& raw, bool is_optional);

/// What the views of a crisis take besides: a database, and the common filters.
void add_view_options(CLI::App& command, RawOptions& raw, bool is_brief);

/// Which of these commands was chosen, or nothing.
[[nodiscard]] std::optional<Command> chosen_command(const StoreCommands& commands);

/// Checks what listings were given and puts it in its place; gives what is wrong, or nothing.
[[nodiscard]] std::optional<std::string> check_store_values(RawOptions& raw);

/// What the help of such a command begins with, by its path ("db check"); null for other commands.
[[nodiscard]] const char* store_command_text(std::string_view path);

}  // namespace casus
