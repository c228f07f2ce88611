#pragma once

#include <cstddef>
#include <string>
#include <vector>

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

}  // namespace casus
