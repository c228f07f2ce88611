#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "base/line_reader.h"

namespace casus {

/// Cuts a table of separated values into rows: quotation marks around fields, doubled ones inside them, line ends inside them,
/// and quotation marks inside that somebody forgot to double. Holds one row.
/// Threads: one at a time.
class CsvSplitter {
 public:
  struct Row {
    std::vector<std::string> fields{};
    uint64_t line = 0;            ///< where it begins, 1-based
    bool has_odd_quotes = false;  ///< one inside that is not doubled
  };

  /// Whether a row is like the others; what is looked for behind a broken one.
  class Judge {
   public:
    Judge() = default;
    virtual ~Judge() = default;
    Judge(const Judge&) = delete;
    Judge& operator=(const Judge&) = delete;
    [[nodiscard]] virtual bool looks_right(const Row& row) const = 0;
  };

  CsvSplitter(LineReader input, uint64_t max_row_bytes);

  void set_separator(char separator) { separator_ = separator; }
  /// The beginning of the table, without a byte order mark, as far as one read of the input gives it.
  [[nodiscard]] std::string_view head();

  /// The next row that is not blank; nullopt at the end.
  /// Errors: kBadRecord for a quoted field without an end, kTooLarge, each with the line; behind one the next row that `judge` takes for
  /// a row is looked for, at the beginning of each line. kUnreadable and kInterrupted end the input.
  [[nodiscard]] std::optional<Result<Row>> next(const Judge& judge);

  /// Takes back the last row, which was found to be broken: what follows is looked for behind its first line.
  void reject_last();

  [[nodiscard]] uint64_t bytes_read() const { return input_.bytes_read(); }
  [[nodiscard]] const std::string& name() const { return input_.name(); }

 private:
  enum class End : uint8_t { kRow, kUnclosed, kTooLarge };

  [[nodiscard]] bool fill();
  [[nodiscard]] bool at_end() { return position_ == buffer_.size() && !fill(); }
  [[nodiscard]] bool is_line_end(char c) const { return c == '\n' || (c == '\r' && lone_returns_); }
  void take_line_end();
  void skip_line();
  [[nodiscard]] End scan_row(uint64_t max_bytes);
  [[nodiscard]] End scan_field(std::string& field, uint64_t max_bytes);
  [[nodiscard]] End scan_quoted(std::string& field, uint64_t max_bytes);
  void scan_plain(std::string& field, uint64_t max_bytes);
  [[nodiscard]] bool ends_field();
  [[nodiscard]] bool find_next(const Judge& judge);
  void go_back();
  [[nodiscard]] bool may_look_back() const;

  LineReader input_;
  uint64_t max_row_bytes_;
  char separator_ = ',';
  bool lone_returns_ = false;  ///< lines end in "\r" alone
  bool has_begun_ = false;
  bool input_ended_ = false;
  bool ended_ = false;
  bool is_lost_ = false;  ///< behind a broken row
  std::string buffer_{};
  size_t position_ = 0;
  size_t keep_ = 0;  ///< in buffer_: where the row begins
  uint64_t line_ = 1;
  uint64_t looked_back_ = 0;  ///< bytes that were read again behind broken rows
  uint64_t taken_ = 0;        ///< bytes of the input so far
  Row row_{};
};

}  // namespace casus
