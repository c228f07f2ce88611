#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
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

/// Which rows of incidents are to be others.
struct GroupChanges {
  std::vector<int64_t> gone{};  ///< rows of incidents that are no more
  StoredGroups groups{};        ///< the incidents in their place, and the text groups of the articles that report them
  std::vector<std::pair<int64_t, int64_t>> text_groups{};  ///< rows of articles with the groups that they are in now
  bool is_crowded = false;                                 ///< as of build_incidents
};

/// Counts a change of the articles, or of what people say of incidents, inside of the transaction that makes it. Errors: those of the file.
[[nodiscard]] Result<void> count_change(Database& database);

/// How often articles have changed so far, to be given to write_incidents. Errors: those of the file.
[[nodiscard]] Result<int64_t> count_changes(Database& database);

/// Whether the stored incidents are those of the articles, made by such rules. Errors: those of the file.
[[nodiscard]] Result<bool> are_incidents_present(Database& database, const std::string& made_by);

/// The same, but for what has changed since (ungrouped.h). Errors: those of the file.
[[nodiscard]] Result<bool> are_others_present(Database& database, const std::string& made_by);

/// How incidents were made, and when.
struct IncidentMaker {
  std::string made_by{};
  int64_t changes = 0;      ///< count_changes, asked before the articles were read
  bool is_crowded = false;  ///< as of build_incidents
};

/// Puts the incidents of a crisis of all articles in place of those that are there, in one transaction, unless articles have changed
/// since: whoever changed them does it then. Whether it did. Errors: those of the file.
[[nodiscard]] Result<bool> write_incidents(Database& database, const Crisis& crisis, const IncidentMaker& maker);

/// Makes changes, in the same way. `crisis`: of the articles that report the groups, with these incidents.
[[nodiscard]] Result<bool> write_changes(Database& database, const GroupChanges& changes, const Crisis& crisis, const IncidentMaker& maker);

/// The groups of the articles that were published on that day or later, or on an unknown one; all of them for "". Errors: those of the
/// file.
[[nodiscard]] Result<StoredGroups> read_groups(Database& database, const std::string& published_since);

/// The text groups of articles that stand for themselves, added to `groups`. Errors: those of the file.
[[nodiscard]] Result<void> read_text_groups(Database& database, std::span<const int64_t> articles, TextGroups& groups);

/// The groups of these incidents, by their rows, and the text groups of the articles that report them. Errors: those of the file.
[[nodiscard]] Result<StoredGroups> read_groups_of(Database& database, std::span<const int64_t> incidents);

}  // namespace casus
