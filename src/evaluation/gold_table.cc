#include "evaluation/gold_table.h"

#include <optional>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

class AnyRow : public CsvSplitter::Judge {
  [[nodiscard]] bool looks_right(const CsvSplitter::Row& /*row*/) const override { return true; }
};

}  // namespace

GoldTable::GoldTable(LineReader input, char separator, const EvaluationLimits& limits)
    : rows_(std::move(input), limits.max_line_bytes), limits_(limits) {
  rows_.set_separator(separator);
}

Error GoldTable::bad_row(std::string message) const {
  return Error{.code = ErrorCode::kBadRecord, .message = std::move(message), .file = file(), .line = line()};
}

Result<bool> GoldTable::read_row() {
  std::optional<Result<CsvSplitter::Row>> row = rows_.next(AnyRow());
  if (!row) return false;
  if (!row->ok()) return std::move(*row).error();
  row_ = *std::move(*row);
  if (row_.has_odd_quotes) return bad_row("quotation marks inside a field are not doubled");
  for (const std::string& field : row_.fields) {
    if (!is_valid_utf8(field)) return bad_row("is not UTF-8");
  }
  return true;
}

Result<bool> GoldTable::read_names() {
  Result<bool> read = read_row();
  if (!read || !*read) return read;
  names_ = row_.fields.size();
  for (size_t i = names_; i-- > 0;) columns_[std::string(trim(row_.fields[i]))] = i;  // of two alike the first counts
  return true;
}

Result<bool> GoldTable::next() {
  if (names_ == 0) {
    Result<bool> has_names = read_names();
    if (!has_names || !*has_names) return has_names;
  }
  Result<bool> read = read_row();
  if (!read || !*read) return read;
  if (row_.fields.size() > names_)
    return bad_row("the row has " + std::to_string(row_.fields.size()) + " fields where the first row names " + std::to_string(names_));
  if (rows_read_ >= limits_.max_rows || rows_.bytes_read() > limits_.max_file_bytes) {
    return Error{.code = ErrorCode::kTooLarge,
                 .message = "the table is over the limit of " + std::to_string(limits_.max_rows) + " rows or " +
                            std::to_string(limits_.max_file_bytes) + " bytes",
                 .file = file(),
                 .line = line(),
                 .remedy = "compare it in parts"};
  }
  ++rows_read_;
  return true;
}

std::string_view GoldTable::cell(std::string_view column) const {
  const auto found = columns_.find(column);
  return found == columns_.end() || found->second >= row_.fields.size() ? std::string_view() : row_.fields[found->second];
}

std::vector<std::string> table_names(std::string_view first_line, char separator) {
  CsvSplitter splitter(LineReader::of_bytes(std::string(first_line), ""), first_line.size() + 1);
  splitter.set_separator(separator);
  std::optional<Result<CsvSplitter::Row>> row = splitter.next(AnyRow());
  if (!row || !row->ok()) return {};
  std::vector<std::string> names;
  for (const std::string& name : (*row)->fields) names.emplace_back(trim(name));
  return names;
}

}  // namespace casus
