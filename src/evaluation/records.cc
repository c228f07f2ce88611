#include "evaluation/records.h"

#include <optional>
#include <string_view>
#include <utility>

#include "article/json_reason.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "language/strings.h"

namespace casus {
namespace {

namespace json = simdjson::dom;

/// Reads the fields of one record; the first thing that is wrong stays.
class FieldReader {
 public:
  [[nodiscard]] const std::string& wrong() const { return wrong_; }

  /// A text; "" where it is missing or null.
  std::string text(json::object object, std::string_view name) {
    const std::optional<json::element> value = field(object, name);
    std::string_view text;
    if (!value) return "";
    if (value->get_string().get(text) != simdjson::SUCCESS) fault(name, "is no text");
    return std::string(text);
  }

  std::string needed_text(json::object object, std::string_view name) {
    std::string value = text(object, name);
    if (value.empty()) fault(name, "is missing");
    return value;
  }

  /// The document's id, which may be a number.
  std::string document(json::object object) {
    const std::optional<json::element> value = field(object, "doc");
    if (value && (value->is_int64() || value->is_uint64())) return simdjson::minify(*value);
    return needed_text(object, "doc");
  }

  /// Whether a mark is set.
  bool mark(json::object object, std::string_view name) {
    const std::optional<json::element> value = field(object, name);
    bool is_set = false;
    if (value && value->get_bool().get(is_set) != simdjson::SUCCESS) fault(name, "is neither true nor false");
    return is_set;
  }

  std::vector<std::string> texts(json::object object, std::string_view name) {
    std::vector<std::string> all;
    for (const json::element value : list(object, name)) {
      std::string_view text;
      if (value.get_string().get(text) != simdjson::SUCCESS) fault(name, "has something that is no text");
      all.emplace_back(text);
    }
    return all;
  }

  ActorRecord actor(json::object object) {
    ActorRecord actor{.text = text(object, "text"), .name = text(object, "name"), .country = text(object, "country")};
    actor.sector = text(object, "sector");
    if (actor.country.empty()) actor.country = "NONE";
    return actor;
  }

  std::vector<ActorRecord> actors(json::object object, std::string_view name) {
    std::vector<ActorRecord> all;
    for (const json::object one : objects(object, name)) all.push_back(actor(one));
    return all;
  }

  std::vector<AmountRecord> amounts(json::object object, std::string_view name) {
    std::vector<AmountRecord> all;
    for (const json::object one : objects(object, name)) all.push_back({.amount = amount(one), .unit = text(one, "unit")});
    return all;
  }

  /// The object of that name; nullopt where it is missing or null.
  std::optional<json::object> object(json::object outer, std::string_view name) {
    const std::optional<json::element> value = field(outer, name);
    if (value && !value->is_object()) fault(name, "is no object");
    return value && value->is_object() ? std::optional(value->get_object().value_unsafe()) : std::nullopt;
  }

 private:
  void fault(std::string_view name, std::string_view what) {
    if (wrong_.empty()) wrong_ = "\"" + std::string(name) + "\" " + std::string(what);
  }

  static std::optional<json::element> field(json::object object, std::string_view name) {
    json::element value;
    if (object.at_key(name).get(value) != simdjson::SUCCESS || value.is_null()) return std::nullopt;
    return value;
  }

  std::vector<json::element> list(json::object object, std::string_view name) {
    const std::optional<json::element> value = field(object, name);
    if (!value) return {};
    json::array array;
    if (value->get_array().get(array) != simdjson::SUCCESS) {
      fault(name, "is no list");
      return {};
    }
    return {array.begin(), array.end()};
  }

  std::vector<json::object> objects(json::object object, std::string_view name) {
    std::vector<json::object> all;
    for (const json::element value : list(object, name)) {
      json::object one;
      if (value.get_object().get(one) == simdjson::SUCCESS) {
        all.push_back(one);
      } else {
        fault(name, "has something that is no object");
      }
    }
    return all;
  }

  /// A number, or "null"; appended, so that the numbers of one quantity are one text.
  void append_number(json::object object, std::string_view name, std::string& out) {
    const std::optional<json::element> value = field(object, name);
    double number = 0;
    JsonWriter writer(out);
    if (!value) {
      writer.null();
    } else if (value->get_double().get(number) == simdjson::SUCCESS) {
      writer.number(number);
    } else {
      fault(name, "is no number");
    }
    out += ' ';
  }

  std::string amount(json::object object) {
    bool has_number = false;
    std::string numbers = "#";
    for (const std::string_view name : {"value", "min", "max"}) {
      json::element value;
      has_number = has_number || object.at_key(name).get(value) == simdjson::SUCCESS;
      append_number(object, name, numbers);
    }
    return has_number ? numbers : lower_case(text(object, "text"));
  }

  std::string wrong_{};
};

EventRecord read_event(json::object object, FieldReader& fields) {
  EventRecord event{.type = fields.needed_text(object, "type")};
  event.mode = fields.text(object, "mode");
  event.status = fields.text(object, "status");
  event.source = fields.actors(object, "source");
  event.target = fields.actors(object, "target");
  event.date = fields.text(object, "date");
  if (const std::optional<json::object> place = fields.object(object, "place")) event.place_country = fields.text(*place, "country");
  event.attributed_to = fields.text(object, "attributed_to");
  event.trigger = fields.text(object, "trigger");
  event.sentence = fields.text(object, "sentence");
  event.also = fields.texts(object, "also");
  event.quantity = fields.amounts(object, "quantity");
  event.optional = fields.mark(object, "optional");
  event.any_target = fields.mark(object, "any_target");
  event.alt_types = fields.texts(object, "alt_types");
  return event;
}

StatementRecord read_statement(json::object object, FieldReader& fields) {
  StatementRecord statement;
  const std::optional<json::object> speaker = fields.object(object, "speaker");
  statement.speaker = speaker ? fields.actor(*speaker) : ActorRecord{.country = "NONE"};
  statement.text = fields.text(object, "text");
  statement.kind = fields.text(object, "kind");
  statement.cue = fields.text(object, "cue");
  statement.sentence = fields.text(object, "sentence");
  return statement;
}

/// Puts a record where it belongs. "" or what is wrong with it.
std::string add_record(json::object object, uint64_t line, RecordsByDocument& records) {
  FieldReader fields;
  const std::string named = fields.text(object, "record");
  const std::string kind = named.empty() ? "event" : named;
  const bool is_scored = kind == "event" || kind == "statement";
  if (!is_scored && object.at_key("doc").error() != simdjson::SUCCESS) return fields.wrong();
  const std::string document = fields.document(object);
  if (!fields.wrong().empty()) return fields.wrong();
  DocumentRecords& here = records[document];
  if (kind == "event") {
    here.events.push_back(read_event(object, fields));
    here.events.back().line = line;
  } else if (kind == "statement") {
    here.statements.push_back(read_statement(object, fields));
    here.statements.back().line = line;
  }
  return fields.wrong();
}

std::string parse_record(std::string_view line, uint64_t number, json::parser& parser, RecordsByDocument& records) {
  json::element root;
  const simdjson::error_code code = parser.parse(line.data(), line.size(), false).get(root);
  if (code != simdjson::SUCCESS) return "is not JSON: " + std::string(json_reason(code));
  if (!root.is_object()) return "is not a JSON object";
  return add_record(root.get_object().value_unsafe(), number, records);
}

}  // namespace

Result<void> read_records(LineReader input, const EvaluationLimits& limits, RecordsByDocument& records) {
  json::parser parser;
  while (std::optional<Result<std::string_view>> line = input.next_line(limits.max_line_bytes, simdjson::SIMDJSON_PADDING)) {
    if (!line->ok()) return line->error();
    std::string_view bytes = **line;
    if (input.line() == 1 && bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (input.bytes_read() > limits.max_file_bytes) {
      return Error{.code = ErrorCode::kTooLarge,
                   .message = "the file is over the limit of " + std::to_string(limits.max_file_bytes) + " bytes",
                   .file = input.name(),
                   .line = input.line(),
                   .remedy = "compare it in parts"};
    }
    if (trim(bytes).empty()) continue;
    if (std::string wrong = parse_record(bytes, input.line(), parser, records); !wrong.empty()) {
      return Error{.code = ErrorCode::kBadRecord,
                   .message = std::move(wrong),
                   .file = input.name(),
                   .line = input.line(),
                   .remedy = "a line is one record as casus code prints it: docs/formats.md"};
    }
  }
  return {};
}

}  // namespace casus
