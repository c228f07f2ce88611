#include "lexicon/table_file.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/utf8.h"

namespace casus {
namespace {

std::optional<std::string> line_fault(std::string_view line) {
  if (line.size() > kMaxDataLineBytes) return "line is over the limit of " + std::to_string(kMaxDataLineBytes) + " bytes";
  const bool is_ascii = std::none_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (!is_ascii && !is_valid_utf8(line)) return "line is not valid UTF-8";
  const auto is_control = [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; };
  if (std::any_of(line.begin(), line.end(), is_control)) return "line holds a control character";
  return std::nullopt;
}

}  // namespace

std::string_view trim_blanks(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::vector<std::string_view> split_list(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const size_t end = std::min(text.find(separator), text.size());
    if (const std::string_view part = trim_blanks(text.substr(0, end)); !part.empty()) parts.push_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::optional<Error> check_data_text(std::string_view content, const std::string& file) {
  if (content.size() > kMaxDataFileBytes) {
    return Error{.code = ErrorCode::kTooLarge,
                 .message = "is over the limit of " + std::to_string(kMaxDataFileBytes) + " bytes",
                 .file = file,
                 .remedy = "split the file"};
  }
  uint64_t number = 0;
  while (!content.empty()) {
    const size_t end = std::min(content.find('\n'), content.size());
    std::string_view line = content.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    ++number;
    if (const auto fault = line_fault(line)) {
      const bool too_long = line.size() > kMaxDataLineBytes;
      return Error{.code = too_long ? ErrorCode::kTooLarge : ErrorCode::kBadEncoding,
                   .message = *fault,
                   .file = file,
                   .line = number,
                   .remedy = too_long ? "break the line up" : "save the file as UTF-8 text"};
    }
    content.remove_prefix(std::min(end + 1, content.size()));
  }
  return std::nullopt;
}

Result<Table> Table::parse(std::string content, std::string file, const std::vector<std::string_view>& required_columns) {
  if (auto fault = check_data_text(content, file)) return *std::move(fault);
  Table table;
  table.sources_.push_back({.file = std::move(file), .content = std::move(content), .columns = {}});
  const std::string_view text = table.sources_[0].content;
  uint64_t number = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    ++number;
    const std::string_view line = trim_blanks(text.substr(begin, end - begin));
    if (!line.empty() && line.front() != '#') {
      if (auto fault = table.add_line(number, {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)})) return *std::move(fault);
    }
    begin = end + 1;
  }
  const std::vector<std::string>& columns = table.sources_[0].columns;
  for (const std::string_view column : required_columns) {
    if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
      return Error{.code = ErrorCode::kBadData,
                   .message = "has no column \"" + std::string(column) + "\"",
                   .file = table.sources_[0].file,
                   .remedy = "the first line that is no comment names the columns, separated by tabs"};
    }
  }
  return table;
}

std::vector<Table::Range> Table::split(Range range) const {
  const std::string& content = sources_[0].content;
  std::vector<Range> cells;
  uint32_t begin = range.begin;
  for (uint32_t at = range.begin; at <= range.end; ++at) {
    if (at < range.end && content[at] != '\t') continue;
    cells.push_back({begin, at});
    begin = at + 1;
  }
  return cells;
}

std::optional<Error> Table::add_line(uint64_t line, Range range) {
  std::vector<Range> cells = split(range);
  const size_t columns = sources_[0].columns.size();
  if (columns == 0) return name_columns(line, cells);
  if (cells.size() > columns) {
    return Error{.code = ErrorCode::kBadData,
                 .message = "row has " + std::to_string(cells.size()) + " cells for " + std::to_string(columns) + " columns",
                 .file = sources_[0].file,
                 .line = line,
                 .remedy = "remove the surplus tabs"};
  }
  rows_.push_back({.line = line, .source = 0, .cells = std::move(cells)});
  return std::nullopt;
}

std::optional<Error> Table::name_columns(uint64_t line, const std::vector<Range>& cells) {
  Source& source = sources_[0];
  const auto fail = [&](std::string message, std::string remedy) {
    return Error{
        .code = ErrorCode::kBadData, .message = std::move(message), .file = source.file, .line = line, .remedy = std::move(remedy)};
  };
  if (cells.size() > kMaxTableColumns) return fail("more than " + std::to_string(kMaxTableColumns) + " columns", "split the table");
  for (const Range cell_range : cells) {
    const std::string name(trim_blanks(source.view(cell_range)));
    if (name.empty()) return fail("a column has no name", "name every column");
    if (std::find(source.columns.begin(), source.columns.end(), name) != source.columns.end()) {
      return fail("column \"" + name + "\" stands twice", "name every column once");
    }
    source.columns.push_back(name);
  }
  return std::nullopt;
}

std::string Table::key_of(size_t row, std::span<const std::string_view> columns) const {
  std::string key;
  for (const std::string_view column : columns) key.append(cell(row, column)).push_back('\t');
  return key;
}

Result<void> Table::overlay(Table over, const std::vector<std::string_view>& key) {
  const std::span<const std::string_view> columns(key);
  std::unordered_map<std::string, std::vector<size_t>> whole, first;  // rows by their key, and by its first cell
  for (size_t row = 0; row < rows_.size(); ++row) {
    whole[key_of(row, columns)].push_back(row);
    first[key_of(row, columns.first(1))].push_back(row);
  }
  std::vector<bool> gone(rows_.size());
  const auto take_away = [&](const auto& rows, const std::string& at) {
    const auto found = rows.find(at);
    if (found == rows.end()) return false;
    for (const size_t row : found->second) gone[row] = true;
    return true;
  };
  std::vector<Row> added;
  for (size_t row = 0; row < over.rows_.size(); ++row) {
    const std::string at = over.key_of(row, columns);
    if (at.front() != kOffMark) {
      take_away(whole, at);
      added.push_back(over.rows_[row]);
      continue;
    }
    const bool bare = over.key_of(row, columns.subspan(1)).find_first_not_of('\t') == std::string::npos;
    const bool found = take_away(whole, at.substr(1)) || (bare && take_away(first, over.key_of(row, columns.first(1)).substr(1)));
    if (!found)
      return over.error(row, "there is no \"" + std::string(over.cell(row, key[0]).substr(1)) + "\" to switch off",
                        "write it as the file below has it, or remove the row");
  }
  std::vector<Row> kept;
  for (size_t row = 0; row < rows_.size(); ++row) {
    if (!gone[row]) kept.push_back(std::move(rows_[row]));
  }
  for (Row& more : added) {
    more.source = static_cast<uint32_t>(sources_.size());
    kept.push_back(std::move(more));
  }
  rows_ = std::move(kept);
  sources_.push_back(std::move(over.sources_[0]));
  return {};
}

std::string_view Table::cell(size_t row, std::string_view column) const {
  const Source& source = sources_[rows_[row].source];
  const auto found = std::find(source.columns.begin(), source.columns.end(), column);
  const auto index = static_cast<size_t>(found - source.columns.begin());
  if (found == source.columns.end() || index >= rows_[row].cells.size()) return {};
  return trim_blanks(source.view(rows_[row].cells[index]));
}

std::vector<std::string_view> Table::list(size_t row, std::string_view column) const { return split_list(cell(row, column), '|'); }

Error Table::error(size_t row, std::string message, std::string remedy) const {
  return {
      .code = ErrorCode::kBadData, .message = std::move(message), .file = file(row), .line = rows_[row].line, .remedy = std::move(remedy)};
}

}  // namespace casus
