#include "crisis/record.h"

#include "base/json_writer.h"

namespace casus {
namespace {

void write(const Record& record, JsonWriter& json);

struct ValueWriter {
  JsonWriter& json;

  void operator()(std::monostate) const { json.null(); }
  void operator()(bool value) const { json.boolean(value); }
  void operator()(int64_t value) const { json.number(value); }
  void operator()(double value) const { json.number(value); }
  void operator()(const std::string& value) const { json.string(value); }
  void operator()(const std::vector<std::string>& list) const {
    json.begin_array();
    for (const std::string& value : list) json.string(value);
    json.end_array();
  }
  void operator()(const std::vector<Record>& list) const {
    json.begin_array();
    for (const Record& record : list) write(record, json);
    json.end_array();
  }
};

/// Records nest as deep as the views make them: two levels.
void write(const Record& record, JsonWriter& json) {  // NOLINT(misc-no-recursion)
  json.begin_object();
  for (const auto& [name, value] : record.fields) {
    json.key(name);
    std::visit(ValueWriter{json}, value);
  }
  json.end_object();
}

std::string number_text(double value) {
  std::string text;
  JsonWriter(text).number(value);
  return text == "null" ? "" : text;
}

struct CellText {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return number_text(value); }
  std::string operator()(const std::string& value) const { return value; }
  std::string operator()(const std::vector<std::string>& list) const {
    std::string text;
    for (const std::string& value : list) text += (text.empty() ? "" : ";") + value;
    return text;
  }
  std::string operator()(const std::vector<Record>& /*list*/) const { return ""; }
};

bool fits_a_cell(const RecordValue& value) { return !std::holds_alternative<std::vector<Record>>(value); }

void append_cell(std::string_view text, bool first, std::string& out) {
  if (!first) out += ',';
  const bool quotes = text.find_first_of(",\"\n\r") != std::string_view::npos;
  if (quotes) out += '"';
  for (const char c : text) {
    if (c == '\n' || c == '\r' || c == '\t')
      out += ' ';
    else
      out.append(c == '"' ? 2 : 1, c);
  }
  if (quotes) out += '"';
}

}  // namespace

void append_json(const Record& record, std::string& out) {
  JsonWriter json(out);
  write(record, json);
}

void append_feature(const Record& record, double lat, double lon, std::string& out) {
  JsonWriter json(out);
  json.begin_object().field("type", "Feature").key("geometry").begin_object().field("type", "Point").key("coordinates");
  json.begin_array().number(lon).number(lat).end_array().end_object().key("properties").begin_object();
  for (const auto& [name, value] : record.fields) {
    if (!fits_a_cell(value)) continue;
    json.key(name);
    std::visit(ValueWriter{json}, value);
  }
  json.end_object().end_object();
}

void append_csv_header(const Record& record, std::string& out) {
  bool first = true;
  for (const auto& [name, value] : record.fields) {
    if (!fits_a_cell(value)) continue;
    append_cell(name, first, out);
    first = false;
  }
  out += '\n';
}

void append_csv_row(const Record& record, std::string& out) {
  bool first = true;
  for (const auto& [name, value] : record.fields) {
    if (!fits_a_cell(value)) continue;
    append_cell(std::visit(CellText{}, value), first, out);
    first = false;
  }
  out += '\n';
}

}  // namespace casus
