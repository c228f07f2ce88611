#pragma once

#include <cstdint>
#include <string>

#include <casus/report.h>

namespace casus {

/// How a table is written: with commas, and quotation marks where a cell needs them (RFC 4180), or with tabs and none.
enum class RowDialect : uint8_t { kCommas, kTabs };

// Records as rows of a table (docs/formats.md has the columns): one record a line, whatever its cells hold. Line ends and tabs in cells
// become a space; cells with several values join them by "|", and a "|" in a value becomes "¦".

/// The line that names the columns.
[[nodiscard]] std::string event_row_header(RowDialect dialect);
[[nodiscard]] std::string statement_row_header(RowDialect dialect);

/// Appends a row for each event, or each statement, of the report, in their order.
void append_event_rows(const Report& report, RowDialect dialect, std::string& out);
void append_statement_rows(const Report& report, RowDialect dialect, std::string& out);

}  // namespace casus
