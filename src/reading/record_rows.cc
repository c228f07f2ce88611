#include "reading/record_rows.h"

#include <array>
#include <string_view>
#include <utility>

#include "base/calendar.h"
#include "base/json_writer.h"

namespace casus {
namespace {

constexpr std::array<std::string_view, 47> kEventColumns = {"id",
                                                            "doc",
                                                            "article_id",
                                                            "published",
                                                            "outlet",
                                                            "url",
                                                            "type",
                                                            "mode",
                                                            "status",
                                                            "source_text",
                                                            "source_name",
                                                            "source_country",
                                                            "source_sector",
                                                            "target_text",
                                                            "target_name",
                                                            "target_country",
                                                            "target_sector",
                                                            "date",
                                                            "date_precision",
                                                            "place_text",
                                                            "place_name",
                                                            "place_country",
                                                            "place_lat",
                                                            "place_lon",
                                                            "place_geonames_id",
                                                            "place_precision",
                                                            "attributed_to",
                                                            "trigger",
                                                            "quantity_text",
                                                            "quantity_value",
                                                            "quantity_min",
                                                            "quantity_max",
                                                            "quantity_unit",
                                                            "sentence",
                                                            "also",
                                                            "cameo",
                                                            "goldstein",
                                                            "score",
                                                            "quad",
                                                            "contexts",
                                                            "confidence",
                                                            "rule",
                                                            "trigger_begin",
                                                            "trigger_end",
                                                            "quantity_kind",
                                                            "quantity_currency",
                                                            "fixed"};
constexpr std::array<std::string_view, 23> kStatementColumns = {"id",
                                                                "doc",
                                                                "article_id",
                                                                "published",
                                                                "outlet",
                                                                "url",
                                                                "speaker_text",
                                                                "speaker_name",
                                                                "speaker_country",
                                                                "speaker_sector",
                                                                "addressee_text",
                                                                "addressee_name",
                                                                "addressee_country",
                                                                "addressee_sector",
                                                                "cue",
                                                                "kind",
                                                                "text",
                                                                "date",
                                                                "sentence",
                                                                "events",
                                                                "cue_begin",
                                                                "cue_end",
                                                                "fixed"};

/// "0.6" as JSON writes it; "" for what is unknown.
template <class Number>
std::string number_text(Number number) {
  std::string text;
  JsonWriter(text).number(number);
  return text;
}
std::string number_text(const std::optional<double>& number) { return number ? number_text(*number) : ""; }

/// Several values of one cell.
class Values {
 public:
  void add(std::string_view value) {
    if (!first_) text_ += '|';
    first_ = false;
    for (const char c : value) c == '|' ? text_.append("\u00A6") : text_.append(1, c);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_{};
  bool first_ = true;
};

template <class List, class Get>
std::string joined(const List& list, Get get) {
  Values values;
  for (const auto& one : list) values.add(get(one));
  return values.text();
}

/// Collects the cells of one row.
class CellList {
 public:
  CellList& cell(std::string_view text) {
    cells_.emplace_back(text);
    return *this;
  }

  CellList& article(const Article& article, std::string_view id) {
    const ArticleFields& fields = article.fields();
    cell(id).cell(fields.id).cell(article.article_id()).cell(fields.published ? format_day(*fields.published) : "");
    return cell(fields.outlet).cell(fields.url);
  }

  CellList& actors(std::span<const Actor> actors) {
    cell(joined(actors, [](const Actor& actor) -> const std::string& { return actor.text; }));
    cell(joined(actors, [](const Actor& actor) -> const std::string& { return actor.name; }));
    cell(joined(actors, [](const Actor& actor) -> const std::string& { return actor.country; }));
    return cell(joined(actors, [](const Actor& actor) -> const std::string& { return actor.sector; }));
  }

  CellList& place(const Place& place) {
    cell(place.text).cell(place.name).cell(place.country).cell(number_text(place.lat)).cell(number_text(place.lon));
    return cell(place.geonames_id ? number_text(*place.geonames_id) : "").cell(place.precision);
  }

  CellList& quantities(const std::vector<Quantity>& list) {
    cell(joined(list, [](const Quantity& quantity) -> const std::string& { return quantity.text; }));
    cell(joined(list, [](const Quantity& quantity) { return number_text(quantity.value); }));
    cell(joined(list, [](const Quantity& quantity) { return number_text(quantity.min); }));
    cell(joined(list, [](const Quantity& quantity) { return number_text(quantity.max); }));
    return cell(joined(list, [](const Quantity& quantity) -> const std::string& { return quantity.unit; }));
  }

  [[nodiscard]] std::vector<std::string> take() { return std::move(cells_); }

 private:
  std::vector<std::string> cells_{};
};

void append_cell(std::string_view text, RowDialect dialect, std::string& out) {
  const bool quotes = dialect == RowDialect::kCommas && text.find_first_of(",\"\n\r") != std::string_view::npos;
  if (quotes) out += '"';
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (c == '\n' || c == '\r' || c == '\t')
      out += ' ';
    else
      out.append(quotes && c == '"' ? 2 : 1, c);
  }
  if (quotes) out += '"';
}

std::string header(std::span<const std::string_view> columns, RowDialect dialect) {
  std::string line;
  append_row(std::vector<std::string>(columns.begin(), columns.end()), dialect, line);
  return line;
}

/// "type: COERCE (ann 2022-02-04)": what it was, and who set it otherwise, when.
std::string fixed_text(const FixedField& one) {
  constexpr size_t kDayBytes = 10;
  return one.field + ": " + one.coded + " (" + one.author + " " + one.made_at.substr(0, kDayBytes) + ")";
}

std::string_view itself(const std::string& text) { return text; }

}  // namespace

std::span<const std::string_view> event_row_columns() { return kEventColumns; }
std::span<const std::string_view> statement_row_columns() { return kStatementColumns; }

void append_row(std::span<const std::string> cells, RowDialect dialect, std::string& out) {
  bool first = true;
  for (const std::string& cell : cells) {
    if (!first) out += dialect == RowDialect::kCommas ? ',' : '\t';
    first = false;
    append_cell(cell, dialect, out);
  }
  out += '\n';
}

std::string event_row_header(RowDialect dialect) { return header(kEventColumns, dialect); }
std::string statement_row_header(RowDialect dialect) { return header(kStatementColumns, dialect); }

std::vector<std::string> event_cells(const Article& article, const Event& event) {
  CellList row;
  row.article(article, event.id).cell(event.type).cell(event.mode).cell(event.status);
  row.actors(event.source).actors(event.target).cell(event.date).cell(event.date_precision);
  row.place(event.place.value_or(Place{})).cell(event.attributed_to).cell(event.trigger).quantities(event.quantity);
  row.cell(article.view(event.sentence)).cell(joined(event.also, [&](ByteSpan span) { return article.view(span); }));
  row.cell(event.cameo).cell(number_text(event.goldstein)).cell(number_text(event.score)).cell(number_text(event.quad));
  row.cell(joined(event.contexts, itself)).cell(number_text(event.confidence)).cell(event.rule);
  row.cell(number_text(event.trigger_span.begin)).cell(number_text(event.trigger_span.end));
  row.cell(joined(event.quantity, [](const Quantity& quantity) -> const std::string& { return quantity.kind; }));
  row.cell(joined(event.quantity, [](const Quantity& quantity) -> const std::string& { return quantity.currency; }));
  row.cell(joined(event.fixed, fixed_text));
  return row.take();
}

std::vector<std::string> statement_cells(const Article& article, const Statement& statement) {
  CellList row;
  row.article(article, statement.id).actors({&statement.speaker, 1});
  row.actors(statement.addressee ? std::span<const Actor>(&*statement.addressee, 1) : std::span<const Actor>());
  row.cell(statement.cue).cell(statement.kind).cell(statement.text).cell(statement.date).cell(article.view(statement.sentence));
  row.cell(joined(statement.events, itself));
  row.cell(number_text(statement.cue_span.begin)).cell(number_text(statement.cue_span.end));
  row.cell(joined(statement.fixed, fixed_text));
  return row.take();
}

void append_event_rows(const Report& report, RowDialect dialect, std::string& out) {
  for (const Event& event : report.events) append_row(event_cells(*report.article, event), dialect, out);
}

void append_statement_rows(const Report& report, RowDialect dialect, std::string& out) {
  for (const Statement& statement : report.statements) append_row(statement_cells(*report.article, statement), dialect, out);
}

}  // namespace casus
