#include "cli/record_table.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/calendar.h"
#include "base/json_writer.h"
#include "cli/text_width.h"

namespace casus {
namespace {

constexpr size_t kHeldRows = 100;  // decide on widths
constexpr size_t kMostWidth = 32;  // of any column but the last
constexpr size_t kLeastLast = 20;  // of the last one
constexpr size_t kGap = 2;

constexpr std::array<std::string_view, 19> kArticleColumns = {
    "article_id", "doc",   "published",      "outlet", "title",  "url",        "authors",      "published_from", "updated", "language",
    "form",       "flags", "dateline_place", "bytes",  "events", "statements", "duplicate_of", "origin",         "line"};

constexpr std::string_view kNumberColumns[] = {
    "place_lat",   "place_lon", "place_geonames_id", "goldstein", "score",  "quad",       "confidence", "trigger_begin",
    "trigger_end", "cue_begin", "cue_end",           "bytes",     "events", "statements", "line",       "articles",
    "fix"};

std::string joined(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) (text += text.empty() ? "" : "|") += value;
  return text;
}

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

std::span<const std::string_view> article_row_columns() { return kArticleColumns; }

std::vector<std::string> article_cells(const Article& article, size_t events, size_t statements, const std::string& duplicate_of) {
  const ArticleFields& fields = article.fields();
  const auto day = [](const std::optional<Day>& value) { return value ? format_day(*value) : std::string(); };
  return {article.article_id(),
          fields.id,
          day(fields.published),
          fields.outlet,
          fields.title,
          fields.url,
          joined(fields.authors),
          fields.published_from,
          day(fields.updated),
          fields.language,
          fields.form,
          joined(fields.flags),
          fields.dateline_place,
          std::to_string(article.text().size()),
          std::to_string(events),
          std::to_string(statements),
          duplicate_of,
          fields.origin,
          fields.origin_line > 0 ? std::to_string(fields.origin_line) : ""};
}

void append_cells_json(std::span<const std::string> columns, std::span<const std::string> cells, std::string& out) {
  out += '{';
  for (size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out += ',';
    JsonWriter(out).string(columns[i]);
    out += ':';
    if (cells[i].empty())
      out += "null";
    else if (std::ranges::find(kNumberColumns, columns[i]) != std::end(kNumberColumns))
      out += cells[i];
    else
      JsonWriter(out).string(cells[i]);
  }
  out += '}';
}

}  // namespace casus
