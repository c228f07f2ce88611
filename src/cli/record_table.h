#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>

namespace casus {

/// Rows of cells as columns for people: widths are those of the first rows, cut to what the screen has; the last column has the rest.
class ColumnTable {
 public:
  ColumnTable(std::vector<std::string> columns, size_t screen_columns, bool bold);

  /// Appends what can be printed already.
  void add(std::vector<std::string> cells, std::string& out);
  /// Appends the rest. Call once.
  void finish(std::string& out);

 private:
  void print_held(std::string& out);
  void print(const std::vector<std::string>& cells, bool is_bold, std::string& out) const;

  std::vector<std::string> columns_;
  size_t screen_columns_;
  bool bold_;
  std::vector<std::vector<std::string>> held_{};
  std::vector<size_t> widths_{};
};

/// The columns and cells of an article of a database, as of the other records. `duplicate_of`: an article_id or "".
[[nodiscard]] std::span<const std::string_view> article_row_columns();
[[nodiscard]] std::vector<std::string> article_cells(const Article& article, size_t events, size_t statements,
                                                     const std::string& duplicate_of);

/// Appends a flat JSON object of these cells: numbers where the column has numbers, null for what is empty.
void append_cells_json(std::span<const std::string> columns, std::span<const std::string> cells, std::string& out);

}  // namespace casus
