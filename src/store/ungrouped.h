#pragma once

#include <cstdint>
#include <string>

#include <casus/result.h>

#include "store/sqlite.h"

namespace casus {

// What a change of articles leaves to be grouped at the end of the run (update_incidents). Each is called inside of the transaction that
// makes the change. An incident that loses an event goes; the others of its events are in none then. Errors: those of the file.

/// An article stands for itself now, or has other records: its events are in no incident yet.
[[nodiscard]] Result<void> await_grouping(Database& database, int64_t article);

/// The events of an article are about to go, or it is about to stand for itself no longer.
[[nodiscard]] Result<void> ungroup_events(Database& database, int64_t article);

/// The same of its text, or of its day or id.
[[nodiscard]] Result<void> ungroup_text(Database& database, int64_t article);

/// What people say of the incident of an event has changed; `event_id` of an article. Where no such event is in one, all are grouped anew.
[[nodiscard]] Result<void> ungroup_incident_of(Database& database, const std::string& article_id, const std::string& event_id);

/// The incidents are to be made of all articles.
[[nodiscard]] Result<void> ungroup_all(Database& database);

}  // namespace casus
