#include "cli/record_table.h"

#include <algorithm>
#include <utility>

#include "cli/text_width.h"

namespace casus {
namespace {

constexpr size_t kHeldRows = 100;  // decide on widths
constexpr size_t kMostWidth = 32;  // of any column but the last
constexpr size_t kLeastLast = 20;  // of the last one
constexpr size_t kGap = 2;

}  // namespace

ColumnTable::ColumnTable(std::vector<std::string> columns, size_t screen_columns, bool bold)
    : columns_(std::move(columns)), screen_columns_(screen_columns), bold_(bold) {}

void ColumnTable::add(std::vector<std::string> cells, std::string& out) {
  for (std::string& cell : cells) cell = one_line(cell);
  if (!widths_.empty()) {
    print(cells, false, out);
    return;
  }
  held_.push_back(std::move(cells));
  if (held_.size() == kHeldRows) print_held(out);
}

void ColumnTable::finish(std::string& out) {
  if (widths_.empty() && !held_.empty()) print_held(out);
}

void ColumnTable::print_held(std::string& out) {
  size_t used = 0;
  for (size_t i = 0; i < columns_.size(); ++i) {
    size_t width = display_width(columns_[i]);
    for (const std::vector<std::string>& cells : held_) width = std::max(width, display_width(cells[i]));
    if (i + 1 < columns_.size()) width = std::min(width, kMostWidth);
    widths_.push_back(width + kGap);
    used += width + kGap;
  }
  const size_t last = widths_.back();
  const size_t before = used - last;
  widths_.back() = std::max(kLeastLast, screen_columns_ > before ? screen_columns_ - before : 0);
  std::vector<std::string> heads = columns_;
  for (std::string& head : heads)
    std::ranges::transform(head, head.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  print(heads, bold_, out);
  for (const std::vector<std::string>& cells : held_) print(cells, false, out);
  held_.clear();
}

void ColumnTable::print(const std::vector<std::string>& cells, bool is_bold, std::string& out) const {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    const bool is_last = i + 1 == cells.size();
    const std::string cell = fit(cells[i].empty() ? "–" : cells[i], is_last ? widths_[i] : widths_[i] - kGap);
    if (is_last)
      line += cell;
    else
      append_padded(cell, widths_[i], line);
  }
  out += is_bold ? "\x1b[1m" + line + "\x1b[0m\n" : line + "\n";
}

}  // namespace casus
