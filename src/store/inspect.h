#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <casus/result.h>

#include "store/store.h"

namespace casus {

/// Looks for everything that can be wrong in a database: pages, tables and indices of the file, references, full-text indices, the text and
/// records of each article and the texts of old versions against their hashes, the daily sums. `report` gets each fault, as it is found.
/// Errors: of the file, where checking cannot go on.
[[nodiscard]] Result<void> check_store(Store& store, const std::function<void(const Error&)>& report);

/// How many rows a thing has.
struct NamedCount {
  std::string name{};
  int64_t count = 0;
};

/// One run that wrote.
struct BatchLine {
  int64_t batch = 0;
  std::string command{};
  std::string started{};
  std::string finished{};  ///< "" for one that was cut off, or is under way
  int64_t coder = 0;
  int64_t articles = 0;  ///< that are its
  std::string inputs{};  ///< a JSON list
};

/// One state of casus, dictionaries, model and judge.
struct CoderLine {
  int64_t coder = 0;
  CoderInfo info{};
  int64_t articles = 0;  ///< whose records are its
};

/// What a database holds.
struct StoreInfo {
  int schema_version = 0;
  int64_t file_bytes = 0;
  int64_t text_bytes = 0;
  std::string first_published{};
  std::string last_published{};
  int64_t outlets = 0;
  int64_t duplicates = 0;
  int64_t undated = 0;
  std::vector<NamedCount> records{};  ///< articles, old_versions, events, …
  std::vector<CoderLine> coders{};
  std::vector<BatchLine> batches{};
};
/// Errors: of the file.
[[nodiscard]] Result<StoreInfo> inspect_store(Store& store);

/// Rewrites the file without gaps, merges the full-text indices, and renews what the planner of queries knows. Errors: of the file; the
/// database is as before then.
[[nodiscard]] Result<void> vacuum_store(Store& store);

}  // namespace casus
