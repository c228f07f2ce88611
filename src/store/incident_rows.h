#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <casus/crisis.h>
#include <casus/result.h>

#include "crisis/crisis_builder.h"
#include "store/sqlite.h"

namespace casus {

/// Where an event lies in a database.
struct EventPlace {
  int64_t article = 0;   ///< row of its article
  int64_t position = 0;  ///< among the article's events
};

/// What of the crisis is stored: which events are one act, and which articles share their text. What an incident says is made of its
/// events.
struct StoredGroups {
  std::vector<std::vector<EventPlace>> incidents{};
  TextGroups text_groups{};
};

/// Says that incidents are no longer those of the articles, inside of a transaction that changes these. Errors: those of the file.
[[nodiscard]] Result<void> outdate_incidents(Database& database);

/// How often articles have changed so far, to be given to write_incidents. Errors: those of the file.
[[nodiscard]] Result<int64_t> count_changes(Database& database);

/// Whether the stored incidents are those of the articles, made by such rules. Errors: those of the file.
[[nodiscard]] Result<bool> are_incidents_present(Database& database, const std::string& made_by);

/// Puts the incidents of a crisis of all articles in place of those that are there, in one transaction, unless articles changed since
/// `changes` was asked for: whoever changed them does it then. Whether it did. Errors: those of the file.
[[nodiscard]] Result<bool> write_incidents(Database& database, const Crisis& crisis, const std::string& made_by, int64_t changes);

/// The groups of the articles that were published on that day or later, or on an unknown one; all of them for "". Errors: those of the
/// file.
[[nodiscard]] Result<StoredGroups> read_groups(Database& database, const std::string& published_since);

/// The groups of these incidents, by their rows, and the text groups of the articles that report them. Errors: those of the file.
[[nodiscard]] Result<StoredGroups> read_groups_of(Database& database, std::span<const int64_t> incidents);

}  // namespace casus
