#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <casus/report.h>

namespace casus {

struct TableStyle {
  size_t columns = 100;  ///< of the screen
  bool bold = false;     ///< mark the trigger and headings by bold print, else the trigger by [brackets]
};

/// The actors of one side: "USA/GOV Jimmy Carter, EGY/GOV Anwar Sadat"; "" for none.
[[nodiscard]] std::string actors_text(const std::vector<Actor>& actors);

/// The line that names the columns.
[[nodiscard]] std::string event_table_header(const TableStyle& style);

/// Appends a report for people: a heading with document, outlet, day and title, then two lines an event: date, type, status,
/// who to whom; and the words, with the trigger marked.
void append_event_table(const Report& report, const TableStyle& style, std::string& out);

}  // namespace casus
