#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

namespace casus {

/// Bounds on one data file; beyond them a file is refused with kTooLarge or kBadData.
inline constexpr uint64_t kMaxDataFileBytes = 16'000'000;
inline constexpr size_t kMaxDataLineBytes = 64'000;
inline constexpr size_t kMaxTableColumns = 64;

/// What a row of an overlay begins with, in its first key cell, to switch an entry off: "-Jane Roe".
inline constexpr char kOffMark = '-';

/// A table of tab-separated text with named columns (docs/dictionaries.md): `#` lines are comments, the first other line
/// names the columns, missing cells at a row's end are empty. Owns its text. Several files may lie over each other in one table.
/// Threads: immutable once parsed and overlaid.
class Table {
 public:
  /// Errors: kBadEncoding for bytes that are not UTF-8 or are control characters; kTooLarge for a long line; kBadData for a
  /// missing, repeated or empty column name, and for a row with more cells than columns. All with file and line.
  [[nodiscard]] static Result<Table> parse(std::string content, std::string file, const std::vector<std::string_view>& required_columns);

  /// Lays another table of the same kind over this one. `key`: the columns that say what a row is about. A row with the key of
  /// rows below stands in their place; one whose first key cell begins with kOffMark takes away those with the rest of its key or,
  /// if the other key cells are empty, all that begin so; any other row is added. Rows that stay keep their order, before the new ones.
  /// Errors: kBadData for a row that switches off what is not there; the table is unusable then.
  [[nodiscard]] Result<void> overlay(Table over, const std::vector<std::string_view>& key);

  [[nodiscard]] const std::string& file(size_t row) const { return sources_[rows_[row].source].file; }
  /// How many files lie below that of a row.
  [[nodiscard]] uint32_t layer(size_t row) const { return rows_[row].source; }
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
  struct Source {
    std::string file;
    std::string content;
    std::vector<std::string> columns;

    [[nodiscard]] std::string_view view(Range range) const {
      return std::string_view(content).substr(range.begin, range.end - range.begin);
    }
  };
  struct Row {
    uint64_t line = 0;
    uint32_t source = 0;
    std::vector<Range> cells;
  };
  [[nodiscard]] std::optional<Error> add_line(uint64_t line, Range range);
  [[nodiscard]] std::optional<Error> name_columns(uint64_t line, const std::vector<Range>& cells);
  [[nodiscard]] std::vector<Range> split(Range range) const;
  /// The cells of these columns, joined.
  [[nodiscard]] std::string key_of(size_t row, std::span<const std::string_view> columns) const;

  std::vector<Source> sources_;  ///< the file itself, then those over it
  std::vector<Row> rows_;
};

/// `text` without blanks and tabs at both ends.
[[nodiscard]] std::string_view trim_blanks(std::string_view text);

/// The parts of `text` between `separator`, trimmed, empty ones left out.
[[nodiscard]] std::vector<std::string_view> split_list(std::string_view text, char separator);

/// The first reason why `content` is no data file: broken UTF-8, a control character, an overlong line.
[[nodiscard]] std::optional<Error> check_data_text(std::string_view content, const std::string& file);

}  // namespace casus
