#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/report.h>

namespace casus {

/// How a table is written: with commas, and quotation marks where a cell needs them (RFC 4180), or with tabs and none.
enum class RowDialect : uint8_t { kCommas, kTabs };

// Records as rows of a table (docs/formats.md has the columns): one record a line, whatever its cells hold. Line ends and tabs in cells
// become a space; cells with several values join them by "|", and a "|" in a value becomes "¦".

/// The line that names the columns.
[[nodiscard]] std::string event_row_header(RowDialect dialect);
[[nodiscard]] std::string statement_row_header(RowDialect dialect);

/// The names of the columns.
[[nodiscard]] std::span<const std::string_view> event_row_columns();
[[nodiscard]] std::span<const std::string_view> statement_row_columns();

/// The cells of one record, in the order of the columns, as they are before they are written.
[[nodiscard]] std::vector<std::string> event_cells(const Article& article, const Event& event);
[[nodiscard]] std::vector<std::string> statement_cells(const Article& article, const Statement& statement);

/// Appends a line of these cells.
void append_row(std::span<const std::string> cells, RowDialect dialect, std::string& out);

/// Appends a row for each event, or each statement, of the report, in their order.
void append_event_rows(const Report& report, RowDialect dialect, std::string& out);
void append_statement_rows(const Report& report, RowDialect dialect, std::string& out);

}  // namespace casus
