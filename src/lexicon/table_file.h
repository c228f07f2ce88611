#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

namespace casus {

/// Bounds on one data file; beyond them a file is refused with kTooLarge or kBadData.
inline constexpr uint64_t kMaxDataFileBytes = 16'000'000;
inline constexpr size_t kMaxDataLineBytes = 64'000;
inline constexpr size_t kMaxTableColumns = 64;

/// A table of tab-separated text with named columns (docs/dictionaries.md): `#` lines are comments, the first other line
/// names the columns, missing cells at a row's end are empty. Owns its text.
/// Threads: immutable once parsed.
class Table {
 public:
  /// Errors: kBadEncoding for bytes that are not UTF-8 or are control characters; kTooLarge for a long line; kBadData for a
  /// missing, repeated or empty column name, and for a row with more cells than columns. All with file and line.
  [[nodiscard]] static Result<Table> parse(std::string content, std::string file, const std::vector<std::string_view>& required_columns);

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] size_t size() const { return rows_.size(); }
  [[nodiscard]] uint64_t line(size_t row) const { return rows_[row].line; }
  /// The cell without surrounding blanks; "" if the table has no such column or the row no such cell.
  [[nodiscard]] std::string_view cell(size_t row, std::string_view column) const;
  /// The parts of a cell between "|", without blanks and without empty parts.
  [[nodiscard]] std::vector<std::string_view> list(size_t row, std::string_view column) const;
  /// An error at a row of this table.
  [[nodiscard]] Error error(size_t row, std::string message, std::string remedy) const;

 private:
  struct Range {
    uint32_t begin = 0;
    uint32_t end = 0;
  };
  struct Row {
    uint64_t line = 0;
    std::vector<Range> cells;
  };
  [[nodiscard]] std::string_view view(Range range) const { return std::string_view(content_).substr(range.begin, range.end - range.begin); }
  [[nodiscard]] std::optional<Error> add_line(uint64_t line, Range range);
  [[nodiscard]] std::vector<Range> split(Range range) const;

  std::string file_;
  std::string content_;
  bool has_header_ = false;
  std::vector<std::string> columns_;
  std::vector<Row> rows_;
};

/// `text` without blanks and tabs at both ends.
[[nodiscard]] std::string_view trim_blanks(std::string_view text);

/// The parts of `text` between `separator`, trimmed, empty ones left out.
[[nodiscard]] std::vector<std::string_view> split_list(std::string_view text, char separator);

/// The first reason why `content` is no data file: broken UTF-8, a control character, an overlong line.
[[nodiscard]] std::optional<Error> check_data_text(std::string_view content, const std::string& file);

}  // namespace casus
