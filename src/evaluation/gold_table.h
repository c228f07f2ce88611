#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "article/csv_splitter.h"
#include "base/line_reader.h"
#include "evaluation/records.h"

namespace casus {

/// The rows of a gold table, whose first row names the columns.
/// Threads: one at a time; holds one row.
class GoldTable {
 public:
  GoldTable(LineReader input, char separator, const EvaluationLimits& limits);

  /// Goes to the next row, at first to the one of names and the one behind it; false at the end.
  /// Errors: kBadRecord and kTooLarge with the line; those of the input.
  [[nodiscard]] Result<bool> next();

  [[nodiscard]] const std::string& file() const { return rows_.name(); }
  [[nodiscard]] uint64_t line() const { return row_.line; }
  /// Number of the row, from 0.
  [[nodiscard]] uint64_t number() const { return rows_read_ - 1; }
  [[nodiscard]] bool has(std::string_view column) const { return columns_.contains(column); }
  /// A cell of the row; "" where there is none.
  [[nodiscard]] std::string_view cell(std::string_view column) const;
  /// What is wrong with the row, with its place.
  [[nodiscard]] Error bad_row(std::string message) const;

 private:
  [[nodiscard]] Result<bool> read_row();
  [[nodiscard]] Result<bool> read_names();

  CsvSplitter rows_;
  EvaluationLimits limits_;
  CsvSplitter::Row row_{};
  std::map<std::string, size_t, std::less<>> columns_{};
  size_t names_ = 0;
  uint64_t rows_read_ = 0;
};

/// The names in the first row of a table.
[[nodiscard]] std::vector<std::string> table_names(std::string_view first_line, char separator);

}  // namespace casus
