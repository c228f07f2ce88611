#include "server/article_answers.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "article/article_json.h"
#include "base/calendar.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "reading/reading.h"
#include "server/answer_writer.h"
#include "server/list_answers.h"
#include "server/utf16.h"
#include "store/record_kind.h"

namespace casus {
namespace {

constexpr size_t kMostBodyText = 200'000;  // bytes of a text that is pasted

/// Records of some kinds, one each, with offsets for browsers.
void append_records(std::string_view name, const Report& report, const Layers& layers, const Utf16Offsets& offsets, std::string& out) {
  std::string lines;
  append_records_json(report, layers, lines);
  (out += ",\"") += name;
  out += "\":[";
  bool is_first = true;
  for (const std::string_view line : split(lines, '\n')) {
    if (line.empty()) continue;
    if (!is_first) out += ",\n";
    is_first = false;
    out += offsets.with_offsets(line);
  }
  out += ']';
}

const std::vector<std::pair<uint32_t, uint32_t>> kNoIncidents{};
constexpr Layers kNone{.events = false, .statements = false, .places = false, .times = false, .mentions = false};

Layers only(bool Layers::* layer) {
  Layers layers = kNone;
  layers.*layer = true;
  return layers;
}

/// The incidents that the article tells of.
void append_incidents(const CrisisMoment& moment, const std::string& article_id, std::string& out) {
  out += ",\"incidents\":[";
  const auto told = moment.of_articles.find(article_id);
  bool is_first = true;
  for (const auto& [incident, mention] : told == moment.of_articles.end() ? kNoIncidents : told->second) {
    if (!is_first) out += ',';
    is_first = false;
    JsonWriter json(out);
    json.begin_object().field("id", moment.crisis.incidents[incident].id);
    json.field("text", moment.wording.incident_text(moment.crisis.incidents[incident]));
    json.field("event", moment.crisis.mentions[mention].event.id).end_object();
  }
  out += ']';
}

Result<int64_t> find_article(Store& store, const std::string& id) {
  Result<Query> query = store.database().prepare(
      "SELECT article FROM articles WHERE article_id = ?1 OR doc = ?1 ORDER BY article_id <> ?1, sort_key LIMIT 1");
  if (!query) return std::move(query).error();
  query->bind(id);
  const Result<bool> row = query->step();
  if (!row) return row.error();
  if (!*row) return Error{.code = ErrorCode::kNotFound, .message = "no article has the id " + id};
  return query->integer(0);
}

/// The article as casus articles prints it, its blocks with offsets for browsers; without the closing bracket.
std::string opened_article(const Article& article) {
  const Utf16Offsets offsets(article.text());
  std::string printed;
  append_article_json(article, false, printed);
  simdjson::dom::parser parser;
  const simdjson::padded_string padded(printed);
  simdjson::dom::element root;
  std::string out = "{";
  if (parser.parse(padded).get(root) != simdjson::SUCCESS || !root.is_object()) return out;
  const simdjson::dom::object fields = root.get_object().value_unsafe();
  for (const auto field : fields) {
    if (out.size() > 1) out += ',';
    JsonWriter(out).string(field.key);
    out += ':';
    if (field.key != "blocks" || !field.value.is_array()) {
      out += simdjson::minify(field.value);
      continue;
    }
    out += '[';
    const simdjson::dom::array blocks = field.value.get_array().value_unsafe();
    for (const simdjson::dom::element block : blocks)
      (out += out.ends_with('[') ? "" : ",") += offsets.with_offsets(simdjson::minify(block));
    out += ']';
  }
  return out;
}

/// What the body of a request says of an article.
struct PostedArticle {
  ArticleFields fields{};
  std::string text{};
};

Error wrong_body(std::string_view field, std::string what) {
  return {.code = ErrorCode::kBadRecord, .message = "--" + std::string(field) + ": " + std::move(what)};
}

Result<PostedArticle> read_body(const std::string& body) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (body.empty() || parser.parse(simdjson::padded_string(body)).get(root) != simdjson::SUCCESS || !root.is_object())
    return wrong_body("body", R"(no JSON object as in {"text":"…","published":"2022-02-04"})");
  PostedArticle posted;
  std::string published;
  const std::array<std::pair<std::string_view, std::string*>, 6> known = {{{"text", &posted.text},
                                                                           {"published", &published},
                                                                           {"title", &posted.fields.title},
                                                                           {"outlet", &posted.fields.outlet},
                                                                           {"url", &posted.fields.url},
                                                                           {"id", &posted.fields.id}}};
  const simdjson::dom::object fields = root.get_object().value_unsafe();
  for (const auto field : fields) {
    const auto found = std::ranges::find(known, field.key, &std::pair<std::string_view, std::string*>::first);
    if (found == known.end())
      return wrong_body("body", "no such field: " + std::string(field.key) + " (there are: text published title outlet url id)");
    std::string_view value;
    if (!field.value.is_null() && field.value.get(value) != simdjson::SUCCESS) return wrong_body(field.key, "no text");
    *found->second = value;
  }
  if (trim(posted.text).empty()) return wrong_body("text", "says nothing");
  if (posted.text.size() > kMostBodyText) return wrong_body("text", "has more than " + std::to_string(kMostBodyText) + " bytes");
  if (published.empty()) return posted;
  posted.fields.published = parse_day(published);
  if (!posted.fields.published || published.size() != 10)
    return wrong_body("published", "no such day: " + published + " (as in 2022-02-04)");
  posted.fields.published_from = "field";
  return posted;
}

/// The article that a body has, coded, and by whom.
struct CodedBody {
  Report report{};
  CoderInfo coder{};
};

Result<CodedBody> code_body(ServerData& data, const std::string& body) {
  Result<PostedArticle> posted = read_body(body);
  if (!posted) return std::move(posted).error();
  const Result<CoderTurn> turn = data.coding();
  if (!turn) return turn.error();
  if (posted->fields.id.empty()) posted->fields.id = "text";
  const Result<ArticlePtr> article = turn->coder().article(std::move(posted->fields), std::move(posted->text));
  if (!article) return article.error();
  return CodedBody{.report = turn->coder().code(*article), .coder = turn->coder().info()};
}

}  // namespace

void append_report_fields(const Report& report, std::string& out) {
  const Utf16Offsets offsets(report.article->text());
  append_records("events", report, only(&Layers::events), offsets, out);
  append_records("statements", report, only(&Layers::statements), offsets, out);
  append_records("places", report, only(&Layers::places), offsets, out);
  append_records("times", report, only(&Layers::times), offsets, out);
}

Result<ApiAnswer> answer_article(ServerData& data, const ApiCall& call) {
  const Result<StorePool::Lease> lease = data.stores.take();
  if (!lease) return lease.error();
  const Result<Snapshot> snapshot = Snapshot::take(lease->database());
  if (!snapshot) return snapshot.error();
  const Result<int64_t> row = find_article(lease->store(), call.id);
  if (!row) return row.error();
  const Result<std::optional<StoredReport>> stored = lease->store().load(*row);
  if (!stored) return stored.error();
  const std::optional<StoredReport>& found = *stored;
  if (!found) return Error{.code = ErrorCode::kNotFound, .message = "no article has the id " + call.id};
  ApiAnswer answer{.body = opened_article(*found->report.article)};
  answer.body += ",\"duplicate_of\":";
  JsonWriter(answer.body).string(found->duplicate_of);
  append_report_fields(found->report, answer.body);
  append_incidents(*call.crisis, found->report.article->article_id(), answer.body);
  answer.body += "}\n";
  return answer;
}

Result<ApiAnswer> answer_explanation(ServerData& data, const ApiCall& call) {
  const Result<StorePool::Lease> lease = data.stores.take();
  if (!lease) return lease.error();
  const Result<ListedRow> row = find_event(lease->database(), call.id);
  if (!row) return row.error();
  const Result<std::optional<ArticlePtr>> article = lease->store().load_article(row->article);
  if (!article) return article.error();
  const std::optional<ArticlePtr>& found = *article;
  if (!found) return Error{.code = ErrorCode::kNotFound, .message = "no event has the id " + call.id};
  const Result<CoderTurn> turn = data.coding();
  if (!turn) return turn.error();
  const std::string lines = turn->coder().explain(*found, call.id);
  if (lines.empty()) {
    return Error{.code = ErrorCode::kNotFound,
                 .message = "this casus does not read the event out of its article",
                 .remedy = "another coder did: casus recode --db " + data.settings.database + " reads its articles again"};
  }
  ListWriter list(call.format);
  uint64_t count = 0;
  for (const std::string_view line : split(lines, '\n')) {
    if (line.empty()) continue;
    list.add_json(line);
    ++count;
  }
  return list.finish("", count);
}

Result<ApiAnswer> answer_code(ServerData& data, const ApiCall& call) {
  const Result<CodedBody> coded = code_body(data, call.request.body);
  if (!coded) return coded.error();
  const Report* const report = &coded->report;
  ApiAnswer answer{.body = "{\"article\":" + opened_article(*report->article) + "}", .is_kept = false};
  append_report_fields(*report, answer.body);
  answer.body += "}\n";
  return answer;
}

Result<ApiAnswer> answer_new_article(ServerData& data, const ApiCall& call) {
  const Result<CodedBody> coded = code_body(data, call.request.body);
  if (!coded) return coded.error();
  const Report* const report = &coded->report;
  const std::lock_guard lock(data.writing);
  Result<Store> store = Store::open(data.settings.database, Database::Mode::kWrite);
  if (!store) return std::move(store).error();
  const Result<int64_t> batch = store->begin_batch({.command = "serve", .inputs = {"POST /articles"}, .coder = coded->coder});
  if (!batch) return batch.error();
  const Result<AddCounts> counts = store->add(std::span<const Report>(report, 1), *batch);
  if (!counts) return counts.error();
  if (Result<void> done = store->finish_batch(*batch); !done.ok()) return std::move(done).error();
  data.note_change();
  const std::string& article_id = report->article->article_id();
  ApiAnswer answer{.status = counts->added > 0 ? 201 : 200, .location = "/api/v1/articles/" + article_id, .is_kept = false};
  JsonWriter json(answer.body);
  json.begin_object().field("article_id", article_id).key("added").number(counts->added).key("corrected").number(counts->corrected);
  json.key("older").number(counts->older).key("known").number(counts->known);
  json.key("events").number(static_cast<uint64_t>(report->events.size()));
  json.key("statements").number(static_cast<uint64_t>(report->statements.size())).end_object();
  answer.body += '\n';
  return answer;
}

}  // namespace casus
