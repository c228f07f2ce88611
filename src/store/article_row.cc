#include "store/article_row.h"

#include <simdjson.h>

#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/utf8.h"

namespace casus {
namespace {

constexpr std::array<std::string_view, 17> kColumns = {
    "doc",  "published", "outlet",         "title",  "url",         "authors", "published_from", "updated", "language",
    "form", "flags",     "dateline_place", "origin", "origin_line", "blocks",  "warnings",       "text"};
enum Column : int {
  kDoc,
  kPublished,
  kOutlet,
  kTitle,
  kUrl,
  kAuthors,
  kPublishedFrom,
  kUpdated,
  kLanguage,
  kForm,
  kFlags,
  kDatelinePlace,
  kOrigin,
  kOriginLine,
  kBlocks,
  kWarnings,
  kText
};

std::string joined(auto name_of) {
  std::string text;
  for (const std::string_view column : kColumns) (text += text.empty() ? "" : ", ") += name_of(column);
  return text;
}

std::string day_text(const std::optional<Day>& day) { return day ? format_day(*day) : ""; }

std::string blocks_json(const Article& article) {
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  for (const Block& block : article.blocks()) {
    json.begin_array().number(block.span.begin).number(block.span.end);
    if (block.kind != BlockKind::kParagraph) json.string(block_kind_name(block.kind));
    if (!block.reason.empty()) json.string(block.reason);
    json.end_array();
  }
  json.end_array();
  return text;
}

std::string warnings_json(const Article& article) {
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  for (const Warning& warning : article.warnings()) json.begin_array().string(warning.message).number(warning.line).end_array();
  json.end_array();
  return text;
}

std::optional<BlockKind> block_kind(std::string_view name) {
  for (const BlockKind kind : {BlockKind::kTitle, BlockKind::kHeading, BlockKind::kParagraph, BlockKind::kDateline, BlockKind::kNoise}) {
    if (block_kind_name(kind) == name) return kind;
  }
  return std::nullopt;
}

/// Reads the JSON columns of a row; what fits no form gives nothing.
class ListReader {
 public:
  std::optional<std::vector<std::string>> strings(std::string_view json) {
    simdjson::dom::array list;
    if (!parse(json, list)) return std::nullopt;
    std::vector<std::string> values;
    for (const simdjson::dom::element one : list) {
      std::string_view value;
      if (one.get(value) != simdjson::SUCCESS) return std::nullopt;
      values.emplace_back(value);
    }
    return values;
  }

  std::optional<std::vector<Block>> blocks(std::string_view json, size_t text_bytes) {
    simdjson::dom::array list;
    if (!parse(json, list)) return std::nullopt;
    std::vector<Block> blocks;
    for (const simdjson::dom::element one : list) {
      std::optional<Block> block = read_block(one);
      const uint32_t least = blocks.empty() ? 0 : blocks.back().span.end;
      if (!block || block->span.begin < least || block->span.end < block->span.begin || block->span.end > text_bytes) return std::nullopt;
      blocks.push_back(*std::move(block));
    }
    return blocks;
  }

  std::optional<std::vector<Warning>> warnings(std::string_view json) {
    simdjson::dom::array list;
    if (!parse(json, list)) return std::nullopt;
    std::vector<Warning> warnings;
    for (const simdjson::dom::element one : list) {
      std::string_view message;
      uint64_t line = 0;
      if (one.at(0).get(message) != simdjson::SUCCESS || one.at(1).get(line) != simdjson::SUCCESS) return std::nullopt;
      warnings.push_back({.message = std::string(message), .line = line});
    }
    return warnings;
  }

 private:
  bool parse(std::string_view json, simdjson::dom::array& list) {
    padded_ = simdjson::padded_string(json);
    return parser_.parse(padded_).get(list) == simdjson::SUCCESS;
  }

  static std::optional<Block> read_block(const simdjson::dom::element& one) {
    uint64_t begin = 0, end = 0;
    std::string_view kind, reason;
    if (one.at(0).get(begin) != simdjson::SUCCESS || one.at(1).get(end) != simdjson::SUCCESS) return std::nullopt;
    if (one.at(2).get(kind) != simdjson::SUCCESS) kind = block_kind_name(BlockKind::kParagraph);
    const bool has_reason = one.at(3).get(reason) == simdjson::SUCCESS;
    const std::optional<BlockKind> known = block_kind(kind);
    if (!known || (has_reason && *known != BlockKind::kNoise) || begin > UINT32_MAX || end > UINT32_MAX) return std::nullopt;
    return Block{.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, .kind = *known, .reason = std::string(reason)};
  }

  simdjson::dom::parser parser_{};
  simdjson::padded_string padded_{};
};

}  // namespace

Error damaged(const std::string& file, const std::string& article_id, const std::string& what) {
  return {.code = ErrorCode::kBadDatabase,
          .message = "article " + article_id + " is damaged: " + what,
          .file = file,
          .remedy = "casus forget --article " + article_id + " --db " + file + ", then ingest it anew; casus db check finds all such"};
}

std::string content_hash(const Article& article) {
  const ArticleFields& fields = article.fields();
  std::string all;
  const auto add = [&](std::string_view value) { (all += value) += '\x1F'; };
  for (const std::string* value : {&fields.id, &fields.url, &fields.outlet, &fields.title, &fields.published_from, &fields.dateline_place})
    add(*value);
  add(day_text(fields.published));
  add(day_text(fields.updated));
  add(json_list(fields.authors));
  add(json_list(fields.flags));
  add(blocks_json(article));
  add(article.text());
  return hash_hex(all);
}

const std::string& article_columns() {
  static const std::string kText_ = joined([](std::string_view column) { return column; });
  return kText_;
}

const std::string& article_parameters() {
  static const std::string kText_ = joined([](std::string_view) { return "?"; });
  return kText_;
}

void bind_article(const Article& article, Query& query) {
  const ArticleFields& fields = article.fields();
  query.bind(fields.id).bind_known(day_text(fields.published)).bind_known(fields.outlet).bind_known(fields.title).bind_known(fields.url);
  query.bind(json_list(fields.authors)).bind_known(fields.published_from).bind_known(day_text(fields.updated)).bind_known(fields.language);
  query.bind_known(fields.form).bind(json_list(fields.flags)).bind_known(fields.dateline_place).bind_known(fields.origin);
  query.bind(static_cast<int64_t>(fields.origin_line)).bind(blocks_json(article)).bind(warnings_json(article)).bind(article.text());
}

Result<ArticlePtr> read_article(const Query& row, int first, const std::string& file) {
  const std::string doc = row.string(first + kDoc);
  const auto fault = [&](const char* what) {
    return Error{.code = ErrorCode::kBadDatabase,
                 .message = "the article \"" + doc + "\" is damaged: " + what,
                 .file = file,
                 .remedy = "casus db check --db " + file + " names what is wrong"};
  };
  for (int column = 0; column < static_cast<int>(kColumns.size()); ++column) {
    if (!is_valid_utf8(row.text(first + column))) return fault("a text is not UTF-8");
  }
  ArticleFields fields;
  fields.id = doc;
  fields.url = row.string(first + kUrl);
  fields.outlet = row.string(first + kOutlet);
  fields.title = row.string(first + kTitle);
  fields.published_from = row.string(first + kPublishedFrom);
  fields.language = row.string(first + kLanguage);
  fields.form = row.string(first + kForm);
  fields.dateline_place = row.string(first + kDatelinePlace);
  fields.origin = row.string(first + kOrigin);
  fields.origin_line = static_cast<uint64_t>(row.integer(first + kOriginLine));
  for (auto [column, day] : {std::pair(kPublished, &fields.published), std::pair(kUpdated, &fields.updated)}) {
    *day = parse_day(row.text(first + column));
    if (!*day && !row.is_null(first + column)) return fault("a day is none");
  }
  ListReader lists;
  std::optional<std::vector<std::string>> authors = lists.strings(row.text(first + kAuthors));
  std::optional<std::vector<std::string>> flags = lists.strings(row.text(first + kFlags));
  std::string text = row.string(first + kText);
  std::optional<std::vector<Block>> blocks = lists.blocks(row.text(first + kBlocks), text.size());
  std::optional<std::vector<Warning>> warnings = lists.warnings(row.text(first + kWarnings));
  if (!authors || !flags || !blocks || !warnings) return fault("a list is broken");
  fields.authors = *std::move(authors);
  fields.flags = *std::move(flags);
  return std::make_shared<const Article>(std::move(fields), std::move(text), *std::move(blocks), *std::move(warnings));
}

}  // namespace casus
