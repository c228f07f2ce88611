#include "evaluation/record_changes.h"

#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

namespace casus {
namespace {

namespace json = simdjson::dom;

/// What tells which record it is, or of which article, rather than what is coded.
constexpr std::string_view kNotCompared[] = {"record", "id", "doc", "article_id", "published", "outlet", "url", "spans"};

std::string value_text(const json::element& value) {
  std::string_view text;
  if (value.is_null()) return "";
  return value.get_string().get(text) == simdjson::SUCCESS ? std::string(text) : std::string(simdjson::minify(value));
}

/// "POL/GOV Poland, …" for lists of actors and for one: what people can read.
std::string actor_text(const json::object& actor) {
  const auto part = [&](std::string_view name) {
    std::string_view text;
    return actor.at_key(name).get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
  };
  std::string text = part("country");
  if (!part("sector").empty()) text += "/" + part("sector");
  if (!text.empty()) text += ' ';
  return text + part("name");
}

std::string actors_text(const json::element& value) {
  json::object one;
  if (value.get_object().get(one) == simdjson::SUCCESS) return actor_text(one);
  json::array list;
  if (value.get_array().get(list) != simdjson::SUCCESS) return value_text(value);
  std::string text;
  for (const json::element element : list) {
    if (!text.empty()) text += ", ";
    text += element.get_object().get(one) == simdjson::SUCCESS ? actor_text(one) : value_text(element);
  }
  return text;
}

bool is_of_actors(std::string_view name) { return name == "source" || name == "target" || name == "speaker" || name == "addressee"; }

/// The bytes of the trigger, or cue.
void read_place(const json::object& object, FlatRecord& record) {
  json::array span;
  const char* const pointer = record.kind == "event" ? "/spans/trigger" : "/spans/cue";
  if (object.at_pointer(pointer).get(span) != simdjson::SUCCESS || span.size() != 2) return;
  if (span.at(0).get(record.begin) != simdjson::SUCCESS || span.at(1).get(record.end) != simdjson::SUCCESS) record.begin = record.end = 0;
}

/// Why it is no record, or nothing.
std::optional<std::string> read_record(std::string_view line, FlatRecord& record) {
  json::parser parser;
  json::element value;
  json::object object;
  if (parser.parse(simdjson::padded_string(line)).get(value) != simdjson::SUCCESS) return "is no JSON";
  if (value.get_object().get(object) != simdjson::SUCCESS) return "is no object";
  for (const auto [name, field] : object) {
    if (name == "record") record.kind = value_text(field);
    if (name == "id") record.id = value_text(field);
    if (name == "doc") record.doc = value_text(field);
    if (name == "article_id") record.article_id = value_text(field);
    if (std::ranges::find(kNotCompared, name) != std::end(kNotCompared)) continue;
    record.fields.emplace_back(name, is_of_actors(name) ? actors_text(field) : value_text(field));
  }
  if (record.kind != "event" && record.kind != "statement") return std::nullopt;
  if (record.id.empty()) return "has no id";
  if (record.article().empty()) return "names no article";
  read_place(object, record);
  return std::nullopt;
}

std::vector<FieldChange> compare_fields(const FlatRecord& before, const FlatRecord& after) {
  std::vector<FieldChange> changes;
  for (const auto& [name, value] : before.fields) {
    const std::string_view now = after.field(name);
    if (now != value) changes.push_back({.field = name, .before = value, .after = std::string(now)});
  }
  for (const auto& [name, value] : after.fields) {
    const bool is_new = std::ranges::find(before.fields, name, &std::pair<std::string, std::string>::first) == before.fields.end();
    if (is_new && !value.empty()) changes.push_back({.field = name, .before = "", .after = value});
  }
  return changes;
}

using Place = std::tuple<std::string, std::string, uint64_t, uint64_t>;  // article, kind, begin, end

Place place_of(const FlatRecord& record) { return {record.article(), record.kind, record.begin, record.end}; }

/// Pairs the records that went with those that came of the same place, in the order of their ids, and gives what has no partner.
void pair_by_place(const std::vector<const FlatRecord*>& went, const std::vector<const FlatRecord*>& came,
                   std::vector<RecordChange>& changes) {
  std::multimap<Place, const FlatRecord*> waiting;
  for (const FlatRecord* record : went) waiting.emplace(place_of(*record), record);
  for (const FlatRecord* record : came) {
    const auto found = record->end > record->begin ? waiting.find(place_of(*record)) : waiting.end();
    if (found == waiting.end()) {
      changes.push_back({.kind = RecordChange::Kind::kCame, .after = record});
      continue;
    }
    changes.push_back({.before = found->second, .after = record, .fields = compare_fields(*found->second, *record)});
    waiting.erase(found);
  }
  for (const auto& [place, record] : waiting) changes.push_back({.kind = RecordChange::Kind::kWent, .before = record});
}

}  // namespace

std::string_view FlatRecord::field(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

Result<void> RecordSetContent::add(std::string_view json_line, const std::string& file, uint64_t line) {
  FlatRecord record;
  std::optional<std::string> wrong = read_record(json_line, record);
  if (!wrong && record.kind != "event" && record.kind != "statement") return {};
  Key key(record.article(), record.kind + " " + record.id);
  if (!wrong && !records_.emplace(std::move(key), record).second) wrong = record.kind + " " + record.id + " stands twice";
  if (!wrong) return {};
  return Error{.code = ErrorCode::kBadRecord,
               .message = *wrong,
               .file = file,
               .line = line,
               .remedy = "casus code --format jsonl writes such records"};
}

Result<void> RecordSetContent::add_all(LineReader input, const EvaluationLimits& limits) {
  while (const std::optional<Result<std::string_view>> line = input.next_line(limits.max_line_bytes)) {
    if (!line->ok()) return line->error();
    if ((**line).empty()) continue;
    if (Result<void> done = add(**line, input.name(), input.line()); !done.ok()) return done;
    if (input.bytes_read() > limits.max_file_bytes) {
      return Error{.code = ErrorCode::kTooLarge,
                   .message = "is over the limit of " + std::to_string(limits.max_file_bytes) + " bytes",
                   .file = input.name(),
                   .line = input.line(),
                   .remedy = "compare it in parts"};
    }
  }
  return {};
}

std::vector<RecordChange> compare_records(const RecordSetContent& before, const RecordSetContent& after) {
  std::vector<RecordChange> changes;
  std::vector<const FlatRecord*> went, came;
  for (const auto& [key, record] : before.records()) {
    const auto other = after.records().find(key);
    if (other == after.records().end()) {
      went.push_back(&record);
      continue;
    }
    std::vector<FieldChange> fields = compare_fields(record, other->second);
    if (!fields.empty()) changes.push_back({.before = &record, .after = &other->second, .fields = std::move(fields)});
  }
  for (const auto& [key, record] : after.records()) {
    if (!before.records().contains(key)) came.push_back(&record);
  }
  pair_by_place(went, came, changes);
  std::ranges::stable_sort(changes, {}, [](const RecordChange& change) {
    const FlatRecord& record = change.record();
    return std::tuple(record.article(), record.begin, record.end, record.kind, record.id);
  });
  return changes;
}

}  // namespace casus
