#include "store/report_rows.h"

#include <simdjson.h>

#include <optional>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/utf8.h"
#include "reading/reading.h"
#include "store/article_row.h"

namespace casus {
namespace {

void span_json(JsonWriter& json, ByteSpan span) { json.begin_array().number(span.begin).number(span.end).end_array(); }

std::string spans_json(const std::vector<ByteSpan>& spans) {
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  for (const ByteSpan span : spans) span_json(json, span);
  json.end_array();
  return text;
}

std::string quantities_json(const std::vector<Quantity>& quantities) {
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  for (const Quantity& quantity : quantities) {
    json.begin_object();
    for (const auto& [key, value] : {std::pair("value", quantity.value), std::pair("min", quantity.min), std::pair("max", quantity.max)}) {
      if (value) json.key(key).number(*value);
    }
    json.field("unit", quantity.unit).field("text", quantity.text);
    if (!quantity.kind.empty()) json.field("kind", quantity.kind);
    if (!quantity.currency.empty()) json.field("currency", quantity.currency);
    if (quantity.about) json.key("about").boolean(true);
    json.key("span");
    span_json(json, quantity.span);
    json.end_object();
  }
  json.end_array();
  return text;
}

std::string fixed_json(const std::vector<FixedField>& fields) {
  if (fields.empty()) return "";
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  for (const FixedField& one : fields) {
    json.begin_object().field("field", one.field).field("coded", one.coded).field("author", one.author);
    json.field("made_at", one.made_at).end_object();
  }
  json.end_array();
  return text;
}

/// What the names of the tables of a set begin with.
std::string prefix_of(RecordSet set) { return set == RecordSet::kCoded ? "coded_" : ""; }

std::string pieces_text(const Article& article, const std::vector<ByteSpan>& spans) {
  std::string text;
  for (const ByteSpan span : spans) (text += text.empty() ? "" : " ") += article.view(span);
  return text;
}

/// Binds words only where they are not those of the span.
void bind_words(Query& query, const Article& article, const std::string& words, ByteSpan span) {
  if (article.view(span) == words)
    query.bind_null();
  else
    query.bind(words);
}

void bind_span(Query& query, const std::optional<ByteSpan>& span) {
  if (span)
    query.bind(span->begin).bind(span->end);
  else
    query.bind_null().bind_null();
}

/// Stores the records of one report.
class RecordInserter {
 public:
  RecordInserter(Database& database, int64_t row, const Report& report, RecordSet set)
      : database_(database), row_(row), report_(report), set_(set) {}

  Result<void> insert() {
    for (const Event& event : report_.events) {
      if (Result<void> done = insert(event); !done.ok()) return done;
    }
    for (const Statement& statement : report_.statements) {
      if (Result<void> done = insert(statement); !done.ok()) return done;
    }
    if (set_ == RecordSet::kCoded) return {};
    for (const Place& place : report_.places) {
      if (Result<void> done = insert(place); !done.ok()) return done;
    }
    for (const TimeExpression& time : report_.times) {
      if (Result<void> done = insert(time); !done.ok()) return done;
    }
    for (const ActorMention& mention : report_.mentions) {
      if (Result<void> done = insert(mention); !done.ok()) return done;
    }
    return {};
  }

 private:
  Result<void> insert(const Event& event) {
    const Result<Query*> kept = database_.kept(
        "INSERT INTO " + prefix_ +
        "events (article, position, id, type, mode, status, date, date_precision, first_day, last_day, date_begin, date_end, "
        "place_text, place_name, place_country, place_lat, place_lon, place_geonames_id, place_precision, place_begin, place_end, "
        "attributed_to, attributed_begin, attributed_end, trigger_text, trigger_begin, trigger_end, sentence_begin, sentence_end, also, "
        "quantity, cameo, goldstein, score, quad, contexts, confidence, rule, fixed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?, ?, "
        "?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!kept) return kept.error();
    Query& query = **kept;
    const Article& article = *report_.article;
    query.bind(row_).bind(event_position_++).bind(event.id).bind(event.type).bind_known(event.mode).bind(event.status);
    const std::optional<DayRange> days = days_of_date(event.date);
    query.bind_known(event.date)
        .bind_known(event.date_precision)
        .bind_known(days ? format_day(days->first) : "")
        .bind_known(days ? format_day(days->last) : "");
    bind_span(query, event.date_span);
    bind_place(query, event.place);
    query.bind_known(event.attributed_to);
    bind_span(query, event.attributed_to_span);
    bind_words(query, article, event.trigger, event.trigger_span);
    query.bind(event.trigger_span.begin).bind(event.trigger_span.end).bind(event.sentence.begin).bind(event.sentence.end);
    query.bind_known(event.also.empty() ? "" : spans_json(event.also));
    query.bind_known(event.quantity.empty() ? "" : quantities_json(event.quantity));
    query.bind_known(event.cameo).bind(event.goldstein).bind(event.score).bind(event.quad);
    query.bind_known(event.contexts.empty() ? "" : json_list(event.contexts)).bind(event.confidence).bind_known(event.rule);
    query.bind_known(fixed_json(event.fixed));
    if (Result<void> done = query.run(); !done.ok()) return done;
    const int64_t row = database_.last_row();
    if (Result<void> done = insert(row, "source", event.source); !done.ok()) return done;
    return insert(row, "target", event.target);
  }

  void bind_place(Query& query, const std::optional<Place>& place) {
    if (!place) {
      for (int column = 0; column < 9; ++column) query.bind_null();
      return;
    }
    bind_words(query, *report_.article, place->text, place->span);
    query.bind_known(place->name).bind_known(place->country).bind(place->lat).bind(place->lon);
    query.bind(place->geonames_id ? std::optional(static_cast<int64_t>(*place->geonames_id)) : std::nullopt);
    query.bind_known(place->precision).bind(place->span.begin).bind(place->span.end);
  }

  Result<void> insert(int64_t event, const char* side, const std::vector<Actor>& actors) {
    int position = 0;
    for (const Actor& actor : actors) {
      const Result<Query*> query = database_.kept(
          "INSERT INTO " + prefix_ +
          "event_actors (event, side, position, name, country, sector, text, span_begin, span_end) VALUES (?, ?, ?, ?, ?, ?, "
          "?, "
          "?, ?)");
      if (!query) return query.error();
      (*query)->bind(event).bind(side).bind(position++).bind_known(actor.name).bind_known(actor.country).bind_known(actor.sector);
      bind_words(**query, *report_.article, actor.text, actor.span);
      (*query)->bind(actor.span.begin).bind(actor.span.end);
      if (Result<void> done = (*query)->run(); !done.ok()) return done;
    }
    return {};
  }

  Result<void> insert(const Statement& statement) {
    const Result<Query*> kept = database_.kept(
        "INSERT INTO " + prefix_ +
        "statements (article, position, id, kind, cue, cue_begin, cue_end, date, first_day, last_day, speaker_name, "
        "speaker_country, speaker_sector, "
        "speaker_text, speaker_begin, speaker_end, addressee_name, addressee_country, addressee_sector, addressee_text, addressee_begin, "
        "addressee_end, sentence_begin, sentence_end, text_begin, text_end, events, fixed, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?, ?, "
        "?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?, ?, ?, ?)");
    if (!kept) return kept.error();
    Query& query = **kept;
    query.bind(row_).bind(statement_position_++).bind(statement.id).bind(statement.kind);
    query.bind_known(statement.cue).bind(statement.cue_span.begin).bind(statement.cue_span.end).bind_known(statement.date);
    const std::optional<DayRange> days = days_of_date(statement.date);
    query.bind_known(days ? format_day(days->first) : "").bind_known(days ? format_day(days->last) : "");
    bind_actor(query, statement.speaker);
    if (statement.addressee) {
      bind_actor(query, *statement.addressee);
    } else {
      for (int column = 0; column < 6; ++column) query.bind_null();
    }
    query.bind(statement.sentence.begin).bind(statement.sentence.end);
    bind_span(query, statement.text_spans.empty() ? std::nullopt : std::optional(statement.text_spans.front()));
    query.bind_known(statement.events.empty() ? "" : json_list(statement.events)).bind_known(fixed_json(statement.fixed));
    if (pieces_text(*report_.article, statement.text_spans) == statement.text)
      query.bind_null();
    else
      query.bind(statement.text);
    if (Result<void> done = query.run(); !done.ok()) return done;
    const int64_t row = database_.last_row();
    if (Result<void> done = insert_pieces(row, statement.text_spans); !done.ok()) return done;
    if (set_ == RecordSet::kCoded) return {};  // what is searched is what is shown
    const Result<Query*> index = database_.kept("INSERT INTO statements_fts (rowid, text) VALUES (?, ?)");
    if (!index) return index.error();
    return (*index)->bind(row).bind(statement.text).run();
  }

  Result<void> insert_pieces(int64_t statement, const std::vector<ByteSpan>& spans) {
    for (size_t i = 1; i < spans.size(); ++i) {
      const Result<Query*> query =
          database_.kept("INSERT INTO " + prefix_ + "statement_pieces (statement, position, span_begin, span_end) VALUES (?, ?, ?, ?)");
      if (!query) return query.error();
      if (Result<void> done = (*query)->bind(statement).bind(static_cast<int64_t>(i)).bind(spans[i].begin).bind(spans[i].end).run();
          !done.ok())
        return done;
    }
    return {};
  }

  void bind_actor(Query& query, const Actor& actor) {
    query.bind_known(actor.name).bind_known(actor.country).bind_known(actor.sector);
    bind_words(query, *report_.article, actor.text, actor.span);
    query.bind(actor.span.begin).bind(actor.span.end);
  }

  Result<void> insert(const Place& place) {
    const Result<Query*> query = database_.kept(
        "INSERT INTO places (article, position, span_begin, span_end, name, country, lat, lon, geonames_id, precision, rule, text) VALUES "
        "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!query) return query.error();
    (*query)
        ->bind(row_)
        .bind(place_position_++)
        .bind(place.span.begin)
        .bind(place.span.end)
        .bind_known(place.name)
        .bind_known(place.country);
    (*query)->bind(place.lat).bind(place.lon).bind(place.geonames_id ? std::optional(static_cast<int64_t>(*place.geonames_id))
                                                                     : std::nullopt);
    (*query)->bind_known(place.precision).bind_known(place.rule);
    bind_words(**query, *report_.article, place.text, place.span);
    return (*query)->run();
  }

  Result<void> insert(const TimeExpression& time) {
    const Result<Query*> query =
        database_.kept("INSERT INTO times (article, position, span_begin, span_end, type, value, text) VALUES (?, ?, ?, ?, ?, ?, ?)");
    if (!query) return query.error();
    (*query)->bind(row_).bind(time_position_++).bind(time.span.begin).bind(time.span.end).bind_known(time.type).bind_known(time.value);
    bind_words(**query, *report_.article, time.text, time.span);
    return (*query)->run();
  }

  Result<void> insert(const ActorMention& mention) {
    const Result<Query*> query = database_.kept(
        "INSERT INTO mentions (article, position, span_begin, span_end, name, country, sector, rule, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
        "?)");
    if (!query) return query.error();
    const Actor& actor = mention.actor;
    (*query)->bind(row_).bind(mention_position_++).bind(actor.span.begin).bind(actor.span.end).bind_known(actor.name);
    (*query)->bind_known(actor.country).bind_known(actor.sector).bind_known(mention.rule);
    bind_words(**query, *report_.article, actor.text, actor.span);
    return (*query)->run();
  }

  Database& database_;
  const int64_t row_;
  const Report& report_;
  const RecordSet set_;
  const std::string prefix_ = prefix_of(set_);
  int event_position_ = 0, statement_position_ = 0, place_position_ = 0, time_position_ = 0, mention_position_ = 0;
};

/// Reads the records of one article; the first thing that is no record ends it.
class RecordReader {
 public:
  RecordReader(Database& database, int64_t row, const ArticlePtr& article, RecordSet set)
      : database_(database), row_(row), article_(article), prefix_(prefix_of(set)) {}

  Result<Report> read() {
    report_.article = article_;
    for (const auto part : {&RecordReader::read_events, &RecordReader::read_statements, &RecordReader::read_places,
                            &RecordReader::read_times, &RecordReader::read_mentions}) {
      if (Result<void> done = (this->*part)(); !done.ok()) return done.error();
    }
    if (!fault_.empty()) return damaged(database_.path(), article_->article_id(), fault_);
    return std::move(report_);
  }

  Result<StoredEvents> read_only_events() {
    if (Result<void> done = read_events(); !done.ok()) return done.error();
    if (!fault_.empty()) return damaged(database_.path(), article_->article_id(), fault_);
    return StoredEvents{.rows = std::move(event_rows_), .events = std::move(report_.events)};
  }

 private:
  /// Walks over the rows that belong to the article.
  template <class Take>
  Result<void> each(std::string_view sql, int64_t key, Take take) {
    const Result<Query*> query = database_.kept(sql);
    if (!query) return query.error();
    (*query)->bind(key);
    for (;;) {
      const Result<bool> row = (*query)->step();
      if (!row) return row.error();
      if (!*row || !fault_.empty()) break;
      take(**query);
    }
    (*query)->reset();
    return {};
  }

  std::string words(const Query& row, int column, ByteSpan span) {
    return row.is_null(column) ? std::string(article_->view(span)) : text(row, column);
  }

  std::string text(const Query& row, int column) {
    const std::string_view bytes = row.text(column);
    if (!is_valid_utf8(bytes)) fault_ = "a text is not UTF-8";
    return std::string(bytes);
  }

  ByteSpan checked(int64_t begin, int64_t end) {
    if (begin < 0 || end < begin || std::cmp_greater(end, article_->text().size())) {
      fault_ = "a span lies outside of its text";
      return {};
    }
    return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  }
  ByteSpan span(const Query& row, int column) { return checked(row.integer(column), row.integer(column + 1)); }
  std::optional<ByteSpan> span_or_none(const Query& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(span(row, column));
  }
  static std::optional<double> real(const Query& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.real(column));
  }
  static std::optional<uint64_t> number(const Query& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(static_cast<uint64_t>(row.integer(column)));
  }

  /// The JSON list of a column; an empty one for NULL.
  template <class Take>
  void list(const Query& row, int column, Take take) {
    if (row.is_null(column)) return;
    padded_ = simdjson::padded_string(row.text(column));
    simdjson::dom::array values;
    if (parser_.parse(padded_).get(values) != simdjson::SUCCESS) {
      fault_ = "a list is broken";
      return;
    }
    for (const simdjson::dom::element value : values) take(value);
  }

  ByteSpan json_span(const simdjson::dom::element& pair) {
    int64_t begin = 0, end = 0;
    if (pair.at(0).get(begin) != simdjson::SUCCESS || pair.at(1).get(end) != simdjson::SUCCESS) fault_ = "a list of spans is broken";
    return checked(begin, end);
  }
  std::vector<ByteSpan> spans(const Query& row, int column) {
    std::vector<ByteSpan> all;
    list(row, column, [&](const simdjson::dom::element& one) { all.push_back(json_span(one)); });
    return all;
  }
  std::vector<std::string> strings(const Query& row, int column) {
    std::vector<std::string> all;
    list(row, column, [&](const simdjson::dom::element& one) {
      std::string_view value;
      if (one.get(value) != simdjson::SUCCESS) fault_ = "a list of words is broken";
      all.emplace_back(value);
    });
    return all;
  }

  Quantity quantity(const simdjson::dom::element& one) {
    Quantity quantity;
    for (auto [key, value] : {std::pair("value", &quantity.value), std::pair("min", &quantity.min), std::pair("max", &quantity.max)}) {
      double number_read = 0;
      if (one[key].get(number_read) == simdjson::SUCCESS) *value = number_read;
    }
    for (auto [key, value] : {std::pair("unit", &quantity.unit), std::pair("text", &quantity.text), std::pair("kind", &quantity.kind),
                              std::pair("currency", &quantity.currency)}) {
      std::string_view read;
      if (one[key].get(read) == simdjson::SUCCESS) *value = read;
    }
    quantity.about = one["about"].error() == simdjson::SUCCESS;
    simdjson::dom::element pair;
    if (one["span"].get(pair) != simdjson::SUCCESS)
      fault_ = "a quantity is broken";
    else
      quantity.span = json_span(pair);
    return quantity;
  }

  /// An actor whose columns name, country, sector, text, begin, end begin at `column`.
  Actor actor(const Query& row, int column) {
    Actor actor;
    actor.name = text(row, column);
    actor.country = text(row, column + 1);
    actor.sector = text(row, column + 2);
    actor.span = span(row, column + 4);
    actor.text = words(row, column + 3, actor.span);
    return actor;
  }

  Result<void> read_events() {
    std::vector<int64_t>& rows = event_rows_;
    Result<void> read = each(
        "SELECT event, id, type, mode, status, date, date_precision, date_begin, date_end, place_text, place_name, place_country, "
        "place_lat, "
        "place_lon, place_geonames_id, place_precision, place_begin, place_end, attributed_to, attributed_begin, attributed_end, "
        "trigger_text, trigger_begin, trigger_end, sentence_begin, sentence_end, also, quantity, cameo, goldstein, score, quad, contexts, "
        "confidence, rule, fixed FROM " +
            prefix_ + "events WHERE article = ? ORDER BY position",
        row_, [&](const Query& row) {
          rows.push_back(row.integer(0));
          report_.events.push_back(event(row));
        });
    if (!read.ok()) return read;
    for (size_t i = 0; i < rows.size(); ++i) {
      Event& event = report_.events[i];
      const Result<void> actors =
          each("SELECT side, name, country, sector, text, span_begin, span_end FROM " + prefix_ +
                   "event_actors WHERE event = ? ORDER BY side, position",
               rows[i], [&](const Query& row) { (row.text(0) == "source" ? event.source : event.target).push_back(actor(row, 1)); });
      if (!actors.ok()) return actors;
    }
    return {};
  }

  Event event(const Query& row) {
    Event event;
    event.id = text(row, 1);
    event.type = text(row, 2);
    event.mode = text(row, 3);
    event.status = text(row, 4);
    event.date = text(row, 5);
    event.date_precision = text(row, 6);
    event.date_span = span_or_none(row, 7);
    if (!row.is_null(16)) event.place = place(row, 9, 10, 16);
    event.attributed_to = text(row, 18);
    event.attributed_to_span = span_or_none(row, 19);
    event.trigger_span = span(row, 22);
    event.trigger = words(row, 21, event.trigger_span);
    event.sentence = span(row, 24);
    event.also = spans(row, 26);
    list(row, 27, [&](const simdjson::dom::element& one) { event.quantity.push_back(quantity(one)); });
    event.cameo = text(row, 28);
    event.goldstein = row.real(29);
    event.score = row.real(30);
    event.quad = static_cast<int>(row.integer(31));
    event.contexts = strings(row, 32);
    event.confidence = row.real(33);
    event.rule = text(row, 34);
    event.fixed = fixed_fields(row, 35);
    return event;
  }

  std::vector<FixedField> fixed_fields(const Query& row, int column) {
    std::vector<FixedField> fields;
    list(row, column, [&](const simdjson::dom::element& one) {
      FixedField field;
      for (auto [key, value] : {std::pair("field", &field.field), std::pair("coded", &field.coded), std::pair("author", &field.author),
                                std::pair("made_at", &field.made_at)}) {
        std::string_view read;
        if (one[key].get(read) != simdjson::SUCCESS) fault_ = "a list of fixed fields is broken";
        *value = read;
      }
      fields.push_back(std::move(field));
    });
    return fields;
  }

  /// `first`: the column of the name; country, lat, lon, geonames_id, precision follow.
  Place place(const Query& row, int text_column, int first, int span_column) {
    Place place;
    place.span = span(row, span_column);
    place.text = words(row, text_column, place.span);
    place.name = text(row, first);
    place.country = text(row, first + 1);
    place.lat = real(row, first + 2);
    place.lon = real(row, first + 3);
    place.geonames_id = number(row, first + 4);
    place.precision = text(row, first + 5);
    return place;
  }

  Result<void> read_statements() {
    std::vector<int64_t> rows;
    std::vector<bool> has_own_words;
    Result<void> read = each(
        "SELECT statement, id, kind, cue, cue_begin, cue_end, date, speaker_name, speaker_country, speaker_sector, speaker_text, "
        "speaker_begin, speaker_end, addressee_name, addressee_country, addressee_sector, addressee_text, addressee_begin, addressee_end, "
        "sentence_begin, sentence_end, events, text, text_begin, text_end, fixed FROM " +
            prefix_ + "statements WHERE article = ? ORDER BY position",
        row_, [&](const Query& row) {
          rows.push_back(row.integer(0));
          has_own_words.push_back(!row.is_null(22));
          report_.statements.push_back(statement(row));
        });
    if (!read.ok()) return read;
    for (size_t i = 0; i < rows.size(); ++i) {
      Statement& statement = report_.statements[i];
      const Result<void> pieces =
          each("SELECT span_begin, span_end FROM " + prefix_ + "statement_pieces WHERE statement = ? ORDER BY position", rows[i],
               [&](const Query& row) { statement.text_spans.push_back(span(row, 0)); });
      if (!pieces.ok()) return pieces;
      if (!has_own_words[i]) statement.text = pieces_text(*article_, statement.text_spans);
    }
    return {};
  }

  Statement statement(const Query& row) {
    Statement statement;
    statement.id = text(row, 1);
    statement.kind = text(row, 2);
    statement.cue = text(row, 3);
    statement.cue_span = span(row, 4);
    statement.date = text(row, 6);
    statement.speaker = actor(row, 7);
    if (!row.is_null(17)) statement.addressee = actor(row, 13);
    statement.sentence = span(row, 19);
    statement.events = strings(row, 21);
    statement.text = text(row, 22);
    statement.fixed = fixed_fields(row, 25);
    if (const std::optional<ByteSpan> first = span_or_none(row, 23)) statement.text_spans.push_back(*first);
    return statement;
  }

  Result<void> read_places() {
    return each(
        "SELECT text, name, country, lat, lon, geonames_id, precision, span_begin, span_end, rule FROM places WHERE article = ? ORDER BY "
        "position",
        row_, [&](const Query& row) {
          report_.places.push_back(place(row, 0, 1, 7));
          report_.places.back().rule = text(row, 9);
        });
  }

  Result<void> read_times() {
    return each("SELECT type, value, text, span_begin, span_end FROM times WHERE article = ? ORDER BY position", row_,
                [&](const Query& row) {
                  TimeExpression time;
                  time.type = text(row, 0);
                  time.value = text(row, 1);
                  time.span = span(row, 3);
                  time.text = words(row, 2, time.span);
                  report_.times.push_back(std::move(time));
                });
  }

  Result<void> read_mentions() {
    return each("SELECT name, country, sector, text, span_begin, span_end, rule FROM mentions WHERE article = ? ORDER BY position", row_,
                [&](const Query& row) { report_.mentions.push_back({.actor = actor(row, 0), .rule = text(row, 6)}); });
  }

  Database& database_;
  const int64_t row_;
  const ArticlePtr& article_;
  const std::string prefix_;
  Report report_{};
  std::vector<int64_t> event_rows_{};
  std::string fault_{};
  simdjson::dom::parser parser_{};
  simdjson::padded_string padded_{};
};

}  // namespace

std::string records_hash(const Report& report) {
  std::string records;
  append_records_json(report, kAllLayers, records);
  return hash_hex(records);
}

Result<void> insert_records(Database& database, int64_t article, const Report& report, RecordSet set) {
  return RecordInserter(database, article, report, set).insert();
}

Result<void> delete_records(Database& database, int64_t article) {
  constexpr std::string_view kDeletes[] = {
      "INSERT INTO statements_fts (statements_fts, rowid, text) SELECT 'delete', statement, text FROM statement_list WHERE article = ?",
      "DELETE FROM events WHERE article = ?",  // its actors go with it
      "DELETE FROM statements WHERE article = ?",
      "DELETE FROM places WHERE article = ?",
      "DELETE FROM times WHERE article = ?",
      "DELETE FROM mentions WHERE article = ?",
      "DELETE FROM coded_events WHERE article = ?",
      "DELETE FROM coded_statements WHERE article = ?"};
  for (const std::string_view sql : kDeletes) {
    const Result<Query*> query = database.kept(sql);
    if (!query) return query.error();
    if (Result<void> done = (*query)->bind(article).run(); !done.ok()) return done;
  }
  return {};
}

Result<Report> read_records(Database& database, int64_t row, const ArticlePtr& article, RecordSet set) {
  return RecordReader(database, row, article, set).read();
}

Result<StoredEvents> read_events(Database& database, int64_t row, const ArticlePtr& article) {
  return RecordReader(database, row, article, RecordSet::kShown).read_only_events();
}

}  // namespace casus
