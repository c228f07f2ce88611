#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <casus/report.h>
#include <casus/result.h>

#include "reading/layers.h"
#include "store/sqlite.h"

namespace casus {

/// All records of a report, in the order of the text.
inline constexpr Layers kAllLayers = {.events = true, .statements = true, .places = true, .times = true, .mentions = true};

/// Records of an article: as they are shown, or, where fixes changed them, also as they were coded. Places, times and mentions are the
/// same in both, and stored once.
enum class RecordSet : uint8_t { kShown, kCoded };

/// The hash of all records of a report in the form in which `casus code` prints them, so of everything that is shown of it.
[[nodiscard]] std::string records_hash(const Report& report);

/// Stores the records of a report under the row of its article, which must be there already. Errors: those of the file.
[[nodiscard]] Result<void> insert_records(Database& database, int64_t article, const Report& report, RecordSet set = RecordSet::kShown);

/// Takes the records of an article away, of both sets, with their entries in the full-text index. Errors: those of the file.
[[nodiscard]] Result<void> delete_records(Database& database, int64_t article);

/// Reads the records of `article`, whose row is `row`. Spans are inside of the text; nothing else is checked.
/// Errors: kBadDatabase for records that are none; those of the file.
[[nodiscard]] Result<Report> read_records(Database& database, int64_t row, const ArticlePtr& article, RecordSet set = RecordSet::kShown);

/// Events of an article with their rows.
struct StoredEvents {
  std::vector<int64_t> rows{};
  std::vector<Event> events{};
};
/// Reads the events of `article` alone, by their position. Errors: as of read_records.
[[nodiscard]] Result<StoredEvents> read_events(Database& database, int64_t row, const ArticlePtr& article);

}  // namespace casus
