#include "server/openapi.h"

#include <map>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "base/text.h"
#include "server/routes.h"

namespace casus {
namespace {

bool is_array(ParameterKind kind) {
  return kind == ParameterKind::kTexts || kind == ParameterKind::kActors || kind == ParameterKind::kChoices;
}

void write_schema(const ParameterSpec& spec, JsonWriter& json) {
  json.begin_object();
  switch (spec.kind) {
    case ParameterKind::kDay: json.field("type", "string").field("format", "date"); break;
    case ParameterKind::kNumber: json.field("type", "integer").key("minimum").number(spec.least).key("maximum").number(spec.most); break;
    case ParameterKind::kShare: json.field("type", "number").key("minimum").number(0).key("maximum").number(1); break;
    default: json.field("type", "string");
  }
  if (!spec.allowed.empty()) {
    json.key("enum").begin_array();
    for (const std::string& value : spec.allowed) json.string(value);
    json.end_array();
  } else if (spec.kind == ParameterKind::kText || is_array(spec.kind)) {
    json.key("maxLength").number(static_cast<uint64_t>(kMostParameterBytes));
  }
  json.end_object();
}

void write_parameter(const ParameterSpec& spec, JsonWriter& json) {
  json.begin_object()
      .field("name", spec.name)
      .field("in", "query")
      .field("description", spec.about)
      .key("required")
      .boolean(spec.name == "q");
  json.key("schema");
  if (!is_array(spec.kind)) {
    write_schema(spec, json);
    json.end_object();
    return;
  }
  json.begin_object().field("type", "array").key("items");
  write_schema(spec, json);
  json.key("maxItems").number(static_cast<uint64_t>(kMostValues)).end_object();
  json.field("style", "form").key("explode").boolean(spec.kind == ParameterKind::kActors).end_object();
}

void write_id(JsonWriter& json) {
  json.begin_object().field("name", "id").field("in", "path").key("required").boolean(true);
  json.key("schema").begin_object().field("type", "string").end_object().end_object();
}

void write_reference(std::string_view name, JsonWriter& json) {
  json.begin_object().field("$ref", "#/components/schemas/" + std::string(name)).end_object();
}

void write_problem(std::string_view status, std::string_view about, JsonWriter& json) {
  json.key(status).begin_object().field("description", about).key("content").begin_object().key("application/problem+json").begin_object();
  json.key("schema");
  write_reference("problem", json);
  json.end_object().end_object().end_object();
}

void write_responses(const Route& route, JsonWriter& json) {
  json.key("responses").begin_object();
  json.key(route.method == "POST" && route.access == RouteAccess::kToken ? "201" : "200").begin_object().field("description", route.about);
  json.key("content").begin_object();
  for (const AnswerFormat format : route.formats) {
    const std::string_view type = media_type(format);
    json.key(type.substr(0, type.find(';'))).begin_object().key("schema");
    if (format == AnswerFormat::kJson)
      write_reference(route.schema, json);
    else
      json.begin_object().field("type", "string").end_object();
    json.end_object();
  }
  json.end_object().end_object();
  write_problem("400", "A parameter, or the body, is wrong: `field` names it, `allowed` what it may be", json);
  if (route.path.find("{id}") != std::string_view::npos) write_problem("404", "There is no such thing", json);
  if (route.access == RouteAccess::kToken) write_problem("401", "The token is missing or wrong", json);
  if (route.access == RouteAccess::kToken) write_problem("403", "This server only reads", json);
  write_problem("503", "Too busy: ask again", json);
  json.end_object();
}

void write_body(const Route& route, JsonWriter& json) {
  json.key("requestBody").begin_object().key("required").boolean(true).key("content").begin_object().key("application/json");
  json.begin_object().key("schema");
  write_reference(route.body, json);
  json.end_object().end_object().end_object();
}

/// "GET /articles/{id}" as a name: "get_articles_id".
std::string operation_id(const Route& route) {
  std::string id = ascii_lowered(route.method);
  for (const char c : route.path) {
    if (c == '/') id += '_';
    if (is_ascii_alpha(c)) id += c;
  }
  return id;
}

void write_operation(const Route& route, const ParameterSpecs& specs, JsonWriter& json) {
  json.key(ascii_lowered(route.method)).begin_object().field("operationId", operation_id(route)).field("summary", route.about);
  json.key("parameters").begin_array();
  if (route.path.find("{id}") != std::string_view::npos) write_id(json);
  for (const std::string_view name : route.parameters) write_parameter(specs.find(name)->second, json);
  json.end_array();
  if (!route.body.empty()) write_body(route, json);
  if (route.access == RouteAccess::kToken)
    json.key("security").begin_array().begin_object().key("token").begin_array().end_array().end_object().end_array();
  write_responses(route, json);
  json.end_object();
}

void write_fields(std::string_view type, const std::vector<std::pair<std::string_view, std::string_view>>& fields,
                  const std::vector<std::string_view>& required, JsonWriter& json) {
  json.begin_object().field("type", type).key("properties").begin_object();
  for (const auto& [name, schema] : fields) {
    json.key(name).begin_object();
    const std::vector<std::string_view> types = split(schema, '|');
    if (types.size() == 1) {
      json.field("type", schema);
    } else {
      json.key("type").begin_array();
      for (const std::string_view one : types) json.string(one);
      json.end_array();
    }
    json.end_object();
  }
  json.end_object().key("required").begin_array();
  for (const std::string_view name : required) json.string(name);
  json.end_array().end_object();
}

void write_components(JsonWriter& json) {
  json.key("components").begin_object().key("securitySchemes").begin_object().key("token").begin_object();
  json.field("type", "http").field("scheme", "bearer").end_object().end_object();
  json.key("schemas").begin_object();
  json.key("object").begin_object().field("type", "object").end_object();
  json.key("list");
  write_fields("object", {{"items", "array"}, {"next", "string|null"}, {"total", "integer|null"}, {"damaged", "array"}},
               {"items", "next", "total"}, json);
  json.key("problem");
  write_fields(
      "object",
      {{"type", "string"}, {"title", "string"}, {"status", "integer"}, {"detail", "string"}, {"field", "string"}, {"allowed", "array"}},
      {"type", "title", "status", "detail"}, json);
  json.key("article");
  write_fields(
      "object",
      {{"text", "string"}, {"published", "string"}, {"title", "string"}, {"outlet", "string"}, {"url", "string"}, {"id", "string"}},
      {"text"}, json);
  json.key("fix");
  write_fields("object",
               {{"event", "string"},
                {"reject", "boolean"},
                {"type", "string"},
                {"mode", "string"},
                {"status", "string"},
                {"date", "string"},
                {"source", "array"},
                {"target", "array"},
                {"actors", "array"},
                {"author", "string"}},
               {"event"}, json);
  json.end_object().end_object();
}

}  // namespace

std::string openapi_json(const ParameterSpecs& specs, const std::string& version) {
  std::map<std::string_view, std::vector<const Route*>> paths;
  for (const Route& route : routes()) paths[route.path].push_back(&route);
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("openapi", "3.1.0").key("info").begin_object().field("title", "casus").field("version", version);
  json.field(
      "description",
      "Everything that a database of casus holds. Each path may end in .json, .jsonl, .csv, .geojson, .atom, .ics, .md, .html or .txt "
      "where that format is listed; lists have pages, whose `next` is the `cursor` of the page that follows.");
  json.key("license").begin_object().field("name", "Apache-2.0").field("identifier", "Apache-2.0").end_object().end_object();
  json.key("servers").begin_array().begin_object().field("url", kApiBase).end_object().end_array();
  json.key("paths").begin_object();
  for (const auto& [path, operations] : paths) {
    json.key(path).begin_object();
    for (const Route* route : operations) write_operation(*route, specs, json);
    json.end_object();
  }
  json.end_object();
  write_components(json);
  json.end_object();
  out += '\n';
  return out;
}

}  // namespace casus
