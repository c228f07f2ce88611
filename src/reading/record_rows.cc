#include "reading/record_rows.h"

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/json_writer.h"

namespace casus {
namespace {

constexpr std::array<std::string_view, 46> kEventColumns = {"id",
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
                                                            "quantity_currency"};
constexpr std::array<std::string_view, 22> kStatementColumns = {"id",
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
                                                                "cue_end"};

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

/// Writes one row.
class RowWriter {
 public:
  RowWriter(RowDialect dialect, std::string& out) : dialect_(dialect), out_(out) {}

  RowWriter& cell(std::string_view text) {
    if (!first_) out_ += dialect_ == RowDialect::kCommas ? ',' : '\t';
    first_ = false;
    const bool quotes = dialect_ == RowDialect::kCommas && text.find_first_of(",\"\n\r") != std::string_view::npos;
    if (quotes) out_ += '"';
    for (size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
      if (c == '\n' || c == '\r' || c == '\t')
        out_ += ' ';
      else
        out_.append(quotes && c == '"' ? 2 : 1, c);
    }
    if (quotes) out_ += '"';
    return *this;
  }

  void end() { out_ += '\n'; }

  RowWriter& article(const Article& article, std::string_view id) {
    const ArticleFields& fields = article.fields();
    cell(id).cell(fields.id).cell(article.article_id()).cell(fields.published ? format_day(*fields.published) : "");
    return cell(fields.outlet).cell(fields.url);
  }

  RowWriter& actors(std::span<const Actor> actors) {
    cell(joined(actors, [](const Actor& actor) -> const std::string& { return actor.text; }));
    cell(joined(actors, [](const Actor& actor) -> const std::string& { return actor.name; }));
    cell(joined(actors, [](const Actor& actor) -> const std::string& { return actor.country; }));
    return cell(joined(actors, [](const Actor& actor) -> const std::string& { return actor.sector; }));
  }

  RowWriter& place(const Place& place) {
    cell(place.text).cell(place.name).cell(place.country).cell(number_text(place.lat)).cell(number_text(place.lon));
    return cell(place.geonames_id ? number_text(*place.geonames_id) : "").cell(place.precision);
  }

  RowWriter& quantities(const std::vector<Quantity>& list) {
    cell(joined(list, [](const Quantity& quantity) -> const std::string& { return quantity.text; }));
    cell(joined(list, [](const Quantity& quantity) { return number_text(quantity.value); }));
    cell(joined(list, [](const Quantity& quantity) { return number_text(quantity.min); }));
    cell(joined(list, [](const Quantity& quantity) { return number_text(quantity.max); }));
    return cell(joined(list, [](const Quantity& quantity) -> const std::string& { return quantity.unit; }));
  }

 private:
  const RowDialect dialect_;
  std::string& out_;
  bool first_ = true;
};

std::string header(std::span<const std::string_view> columns, RowDialect dialect) {
  std::string line;
  RowWriter row(dialect, line);
  for (const std::string_view column : columns) row.cell(column);
  row.end();
  return line;
}

std::string_view itself(const std::string& text) { return text; }

}  // namespace

std::string event_row_header(RowDialect dialect) { return header(kEventColumns, dialect); }
std::string statement_row_header(RowDialect dialect) { return header(kStatementColumns, dialect); }

void append_event_rows(const Report& report, RowDialect dialect, std::string& out) {
  const Article& article = *report.article;
  for (const Event& event : report.events) {
    RowWriter row(dialect, out);
    row.article(article, event.id).cell(event.type).cell(event.mode).cell(event.status);
    row.actors(event.source).actors(event.target).cell(event.date).cell(event.date_precision);
    row.place(event.place.value_or(Place{})).cell(event.attributed_to).cell(event.trigger).quantities(event.quantity);
    row.cell(article.view(event.sentence)).cell(joined(event.also, [&](ByteSpan span) { return article.view(span); }));
    row.cell(event.cameo).cell(number_text(event.goldstein)).cell(number_text(event.score)).cell(number_text(event.quad));
    row.cell(joined(event.contexts, itself)).cell(number_text(event.confidence)).cell(event.rule);
    row.cell(number_text(event.trigger_span.begin)).cell(number_text(event.trigger_span.end));
    row.cell(joined(event.quantity, [](const Quantity& quantity) -> const std::string& { return quantity.kind; }));
    row.cell(joined(event.quantity, [](const Quantity& quantity) -> const std::string& { return quantity.currency; })).end();
  }
}

void append_statement_rows(const Report& report, RowDialect dialect, std::string& out) {
  const Article& article = *report.article;
  for (const Statement& statement : report.statements) {
    RowWriter row(dialect, out);
    row.article(article, statement.id).actors({&statement.speaker, 1});
    row.actors(statement.addressee ? std::span<const Actor>(&*statement.addressee, 1) : std::span<const Actor>());
    row.cell(statement.cue).cell(statement.kind).cell(statement.text).cell(statement.date).cell(article.view(statement.sentence));
    row.cell(joined(statement.events, itself));
    row.cell(number_text(statement.cue_span.begin)).cell(number_text(statement.cue_span.end)).end();
  }
}

}  // namespace casus
