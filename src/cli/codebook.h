#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

/// A table of an export, with all of its columns.
struct ExportedTable {
  std::string name{};
  std::vector<std::string_view> columns{};
};
/// In the order in which they are written: articles, events, statements, places, times, mentions, incidents,
/// incident_mentions, old_versions, fixes.
[[nodiscard]] std::vector<ExportedTable> exported_tables();

/// Whether a column holds words of articles, which an export without text leaves out.
[[nodiscard]] bool has_words(std::string_view table, std::string_view column);

/// A table as it was written.
struct TableSummary {
  std::string name{};
  std::vector<std::string> columns{};
  uint64_t rows = 0;
};

/// What each column means, for people, and as a data package (datapackage.org) for programs.
[[nodiscard]] std::string codebook_markdown(std::span<const TableSummary> tables);
[[nodiscard]] std::string datapackage_json(std::span<const TableSummary> tables);

}  // namespace casus
