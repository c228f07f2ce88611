#include "store/record_cells.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/calendar.h"
#include "base/json_writer.h"

namespace casus {
namespace {

constexpr std::array<std::string_view, 19> kArticleColumns = {
    "article_id", "doc",   "published",      "outlet", "title",  "url",        "authors",      "published_from", "updated", "language",
    "form",       "flags", "dateline_place", "bytes",  "events", "statements", "duplicate_of", "origin",         "line"};

constexpr std::string_view kNumberColumns[] = {
    "place_lat",     "place_lon",   "place_geonames_id", "goldstein", "score",  "quad",   "confidence",
    "trigger_begin", "trigger_end", "cue_begin",         "cue_end",   "bytes",  "events", "statements",
    "line",          "articles",    "outlets",           "sources",   "weight", "fix"};

std::string joined(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) (text += text.empty() ? "" : "|") += value;
  return text;
}

}  // namespace

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
  const bool of_statements = std::ranges::find(columns, "cue") != columns.end();
  const auto is_number = [&](const std::string& column) {  // the events of a statement are ids, not how many they are
    return std::ranges::find(kNumberColumns, column) != std::end(kNumberColumns) && !(of_statements && column == "events");
  };
  out += '{';
  for (size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out += ',';
    JsonWriter(out).string(columns[i]);
    out += ':';
    if (cells[i].empty())
      out += "null";
    else if (is_number(columns[i]))
      out += cells[i];
    else
      JsonWriter(out).string(cells[i]);
  }
  out += '}';
}

}  // namespace casus
