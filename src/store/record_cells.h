#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>

namespace casus {

/// The columns and cells of an article of a database, as of the other records. `duplicate_of`: an article_id or "".
[[nodiscard]] std::span<const std::string_view> article_row_columns();
[[nodiscard]] std::vector<std::string> article_cells(const Article& article, size_t events, size_t statements,
                                                     const std::string& duplicate_of);

/// Appends a flat JSON object of these cells: numbers where the column has numbers, null for what is empty.
void append_cells_json(std::span<const std::string> columns, std::span<const std::string> cells, std::string& out);

}  // namespace casus
