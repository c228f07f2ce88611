#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/json_writer.h"
#include "reading/reading.h"

namespace casus {
namespace {

/// Writes the records of one report.
class RecordWriter {
 public:
  RecordWriter(const Article& article, std::string& out) : article_(article), out_(out) {}

  void write(const Event& event) {
    JsonWriter json(out_);
    json.begin_object().field("record", "event").field("id", event.id);
    head(json);
    json.field("type", event.type).field("mode", event.mode).field("status", event.status);
    actors(json, "source", event.source);
    actors(json, "target", event.target);
    json.field("date", event.date).field("date_precision", event.date_precision);
    place(json, event.place);
    json.field("attributed_to", event.attributed_to).field("trigger", event.trigger);
    quantities(json, event.quantity);
    json.field("sentence", article_.view(event.sentence));
    json.key("also").begin_array();
    for (const ByteSpan span : event.also) json.string(article_.view(span));
    json.end_array();
    json.field("cameo", event.cameo).key("goldstein").number(event.goldstein);
    json.key("score").number(event.score).key("quad").number(event.quad);
    json.key("contexts").begin_array();
    for (const std::string& context : event.contexts) json.string(context);
    json.end_array();
    json.key("confidence").number(event.confidence).field("rule", event.rule);
    fixed_fields(json, event.fixed);
    event_spans(json, event);
    json.end_object();
    out_ += '\n';
  }

  void write(const Place& place) {
    JsonWriter json(out_);
    json.begin_object().field("record", "place");
    head(json);
    json.key("begin").number(place.span.begin).key("end").number(place.span.end);
    place_fields(json, place);
    json.field("rule", place.rule).end_object();
    out_ += '\n';
  }

  void write(const TimeExpression& time) {
    JsonWriter json(out_);
    json.begin_object().field("record", "time");
    head(json);
    json.key("begin").number(time.span.begin).key("end").number(time.span.end);
    json.field("text", time.text).field("type", time.type).field("value", time.value).end_object();
    out_ += '\n';
  }

  void write(const ActorMention& mention) {
    JsonWriter json(out_);
    json.begin_object().field("record", "mention");
    head(json);
    const Actor& actor = mention.actor;
    json.key("begin").number(actor.span.begin).key("end").number(actor.span.end);
    json.field("text", actor.text).field("name", actor.name).field("country", actor.country).field("sector", actor.sector);
    json.field("rule", mention.rule).end_object();
    out_ += '\n';
  }

  void write(const Statement& statement) {
    JsonWriter json(out_);
    json.begin_object().field("record", "statement").field("id", statement.id);
    head(json);
    json.key("speaker");
    if (statement.speaker.text.empty())
      json.null();
    else
      actor(json, statement.speaker);
    json.key("addressee");
    if (statement.addressee)
      actor(json, *statement.addressee);
    else
      json.null();
    json.field("cue", statement.cue).field("kind", statement.kind).field("text", statement.text).field("date", statement.date);
    json.field("sentence", article_.view(statement.sentence));
    json.key("events").begin_array();
    for (const std::string& id : statement.events) json.string(id);
    json.end_array();
    fixed_fields(json, statement.fixed);
    json.key("spans").begin_object().key("speaker");
    if (statement.speaker.text.empty())
      json.null();
    else
      span(json, statement.speaker.span);
    json.key("cue");
    span(json, statement.cue_span);
    json.key("text").begin_array();
    for (const ByteSpan piece : statement.text_spans) span(json, piece);
    json.end_array().end_object().end_object();
    out_ += '\n';
  }

 private:
  void head(JsonWriter& json) const {
    const ArticleFields& fields = article_.fields();
    json.field("doc", fields.id).field("article_id", article_.article_id());
    json.field("published", fields.published ? format_day(*fields.published) : "").field("outlet", fields.outlet).field("url", fields.url);
  }

  static void actor(JsonWriter& json, const Actor& actor) {
    json.begin_object()
        .field("text", actor.text)
        .field("name", actor.name)
        .field("country", actor.country)
        .field("sector", actor.sector)
        .end_object();
  }

  static void actors(JsonWriter& json, std::string_view key, const std::vector<Actor>& list) {
    json.key(key).begin_array();
    for (const Actor& one : list) actor(json, one);
    json.end_array();
  }

  /// Only where there are any: most records are as they were coded.
  static void fixed_fields(JsonWriter& json, const std::vector<FixedField>& fields) {
    if (fields.empty()) return;
    json.key("fixed").begin_array();
    for (const FixedField& one : fields) {
      json.begin_object().field("field", one.field).field("coded", one.coded).field("author", one.author);
      json.field("made_at", one.made_at).end_object();
    }
    json.end_array();
  }

  static void number_or_null(JsonWriter& json, std::string_view key, const std::optional<double>& value) {
    json.key(key);
    if (value)
      json.number(*value);
    else
      json.null();
  }

  static void place(JsonWriter& json, const std::optional<Place>& place) {
    json.key("place");
    if (!place) {
      json.null();
      return;
    }
    json.begin_object();
    place_fields(json, *place);
    json.end_object();
  }

  static void place_fields(JsonWriter& json, const Place& place) {
    json.field("text", place.text).field("name", place.name).field("country", place.country);
    number_or_null(json, "lat", place.lat);
    number_or_null(json, "lon", place.lon);
    json.key("geonames_id");
    if (place.geonames_id)
      json.number(*place.geonames_id);
    else
      json.null();
    json.field("precision", place.precision);
  }

  static void quantities(JsonWriter& json, const std::vector<Quantity>& list) {
    json.key("quantity").begin_array();
    for (const Quantity& quantity : list) {
      json.begin_object();
      if (quantity.value) json.key("value").number(*quantity.value);
      if (quantity.min) json.key("min").number(*quantity.min);
      if (quantity.max) json.key("max").number(*quantity.max);
      json.field("unit", quantity.unit).field("text", quantity.text);
      if (!quantity.kind.empty()) json.field("kind", quantity.kind);
      if (!quantity.currency.empty()) json.field("currency", quantity.currency);
      if (quantity.about) json.key("about").boolean(true);
      json.end_object();
    }
    json.end_array();
  }

  static void span(JsonWriter& json, ByteSpan bytes) { json.begin_array().number(bytes.begin).number(bytes.end).end_array(); }

  static void span_or_null(JsonWriter& json, std::string_view key, const std::optional<ByteSpan>& bytes) {
    json.key(key);
    if (bytes)
      span(json, *bytes);
    else
      json.null();
  }

  static void event_spans(JsonWriter& json, const Event& event) {
    json.key("spans").begin_object().key("trigger");
    span(json, event.trigger_span);
    for (const auto& [key, list] : {std::pair("source", &event.source), std::pair("target", &event.target)}) {
      json.key(key).begin_array();
      for (const Actor& one : *list) span(json, one.span);
      json.end_array();
    }
    span_or_null(json, "date", event.date_span);
    span_or_null(json, "place", event.place ? std::optional(event.place->span) : std::nullopt);
    span_or_null(json, "attributed_to", event.attributed_to_span);
    json.key("quantity").begin_array();
    for (const Quantity& quantity : event.quantity) span(json, quantity.span);
    json.end_array().end_object();
  }

  const Article& article_;
  std::string& out_;
};

}  // namespace

void append_records_json(const Report& report, const Layers& layers, std::string& out) {
  RecordWriter writer(*report.article, out);
  size_t next_event = 0, next_statement = 0;
  while (next_event < report.events.size() || next_statement < report.statements.size()) {
    const bool event_next =
        next_statement == report.statements.size() ||
        (next_event < report.events.size() &&
         std::pair(report.events[next_event].sentence.begin, report.events[next_event].trigger_span.begin) <=
             std::pair(report.statements[next_statement].sentence.begin, report.statements[next_statement].cue_span.begin));
    if (event_next) {
      if (layers.events) writer.write(report.events[next_event]);
      ++next_event;
    } else {
      if (layers.statements) writer.write(report.statements[next_statement]);
      ++next_statement;
    }
  }
  if (layers.places) {
    for (const Place& place : report.places) writer.write(place);
  }
  if (layers.times) {
    for (const TimeExpression& time : report.times) writer.write(time);
  }
  if (!layers.mentions) return;
  for (const ActorMention& mention : report.mentions) writer.write(mention);
}

}  // namespace casus
