#include "article/article_json.h"

#include <optional>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/json_writer.h"

namespace casus {
namespace {

std::string day_text(const std::optional<Day>& day) { return day ? format_day(*day) : ""; }

void append_strings(std::string_view name, const std::vector<std::string>& values, JsonWriter& json) {
  json.key(name).begin_array();
  for (const std::string& value : values) json.string(value);
  json.end_array();
}

void append_blocks(const Article& article, JsonWriter& json) {
  json.key("blocks").begin_array();
  for (const Block& block : article.blocks()) {
    json.begin_object().key("begin").number(block.span.begin).key("end").number(block.span.end);
    json.field("kind", block_kind_name(block.kind)).field("reason", block.reason).end_object();
  }
  json.end_array();
}

void append_warnings(const Article& article, JsonWriter& json) {
  json.key("warnings").begin_array();
  for (const Warning& warning : article.warnings()) {
    json.begin_object().field("message", warning.message).key("line").number(warning.line).end_object();
  }
  json.end_array();
}

}  // namespace

void append_article_json(const Article& article, bool noise, std::string& out) {
  const ArticleFields& fields = article.fields();
  JsonWriter json(out);
  json.begin_object().field("id", fields.id).field("article_id", article.article_id()).field("url", fields.url);
  json.field("outlet", fields.outlet).field("title", fields.title);
  append_strings("authors", fields.authors, json);
  json.field("published", day_text(fields.published)).field("published_from", fields.published_from);
  json.field("updated", day_text(fields.updated)).field("language", fields.language).field("form", fields.form);
  append_strings("flags", fields.flags, json);
  json.field("dateline_place", fields.dateline_place).field("text", article.text());
  append_blocks(article, json);
  if (noise) {
    json.key("left_out").begin_array();
    for (const LeftOut& left_out : fields.left_out) {
      json.begin_object().field("text", left_out.text).field("reason", left_out.reason).end_object();
    }
    json.end_array();
  }
  append_warnings(article, json);
  json.field("origin", fields.origin).key("line").number(fields.origin_line).end_object();
  out += '\n';
}

}  // namespace casus
