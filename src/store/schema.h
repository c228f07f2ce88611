#pragma once

#include <span>
#include <string>

#include <casus/result.h>

#include "store/sqlite.h"

namespace casus {

/// The version of the schema that this casus writes (docs/store.md). It stands in the file as SQLite's user_version.
inline constexpr int kSchemaVersion = 3;
/// What marks a file as casus', in the file as SQLite's application_id: "casu".
inline constexpr int kApplicationId = 0x63617375;

/// Makes the tables in an empty file and brings those of older versions up to this one, each step in a transaction of its own.
/// Errors: kBadDatabase for files of other programs, newer versions and changed tables; those of the file.
[[nodiscard]] Result<void> prepare_schema(Database& database);

/// A step from a version of the schema to the next.
struct Migration {
  int from = 0;
  std::string sql{};  ///< statements that give no rows
};

/// Takes the steps that a file lacks, in order, each with its mark in a transaction of its own: one that fails leaves the version before
/// it. Another process may take them at the same time. Errors: those of the file.
[[nodiscard]] Result<void> migrate(Database& database, std::span<const Migration> steps);

/// Whether the file is a casus database of this version whose tables, indices and triggers are the ones that casus makes. Views and
/// indices that others added are no fault; triggers are, since they act. Errors: kBadDatabase, with a remedy.
[[nodiscard]] Result<void> check_schema(Database& database);

/// The version of the schema in the file; 0 where there is none yet. Errors: kBadDatabase for files of other programs.
[[nodiscard]] Result<int> schema_version(Database& database);

}  // namespace casus
