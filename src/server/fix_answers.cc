#include "server/fix_answers.h"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "base/json_writer.h"
#include "server/answer_writer.h"
#include "server/list_answers.h"
#include "store/fixes.h"
#include "store/record_fixes.h"

namespace casus {
namespace {

constexpr std::string_view kAuthor = "serve";  // of corrections that name nobody

std::string fix_json(const Fix& fix) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("fix").number(fix.fix).field("kind", fix.kind).field("article_id", fix.article_id).field("target", fix.target);
  json.field("author", fix.author).field("made_at", fix.made_at).field("undone_by", fix.undone_by).field("undone_at", fix.undone_at);
  json.key("value");
  out += fix.value.empty() ? "null" : fix.value;
  return out + "}";
}

/// What a correction asks for.
struct PostedFix {
  std::string event{};
  std::string author{kAuthor};
  bool reject = false;
  std::optional<std::string> type{};
  std::optional<std::string> mode{};
  std::optional<std::string> status{};
  std::optional<std::string> date{};
  std::optional<std::vector<std::string>> source{};  ///< "NAME/COUNTRY/SECTOR"; none for nobody
  std::optional<std::vector<std::string>> target{};
  std::vector<std::string> actors{};  ///< "WORDS=NAME/COUNTRY/SECTOR"

  [[nodiscard]] bool changes() const { return type || mode || status || date || source || target || !actors.empty(); }
};

Error wrong(std::string_view field, const std::string& what) {
  return {.code = ErrorCode::kBadRecord, .message = "--" + std::string(field) + ": " + what};
}

/// A list of short texts.
Result<std::vector<std::string>> read_texts(std::string_view field, const simdjson::dom::element& value) {
  simdjson::dom::array array;
  if (value.get(array) != simdjson::SUCCESS || array.size() > kMostValues) return wrong(field, "no short list of texts");
  std::vector<std::string> texts;
  for (const simdjson::dom::element one : array) {
    std::string_view text;
    if (one.get(text) != simdjson::SUCCESS || text.size() > kMostParameterBytes) return wrong(field, "no short list of short texts");
    texts.emplace_back(text);
  }
  return texts;
}

/// Sets a field that is a list. Whether it is one.
Result<bool> read_list(std::string_view field, const simdjson::dom::element& value, PostedFix& fix) {
  if (field != "source" && field != "target" && field != "actors") return false;
  Result<std::vector<std::string>> texts = read_texts(field, value);
  if (!texts) return std::move(texts).error();
  if (field == "actors")
    fix.actors = *std::move(texts);
  else
    (field == "source" ? fix.source : fix.target) = *std::move(texts);
  return true;
}

Result<PostedFix> read_fix(const std::string& body) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (body.empty() || parser.parse(simdjson::padded_string(body)).get(root) != simdjson::SUCCESS || !root.is_object())
    return wrong("body", R"(no JSON object as in {"event":"8f7d800a21178e24","reject":true})");
  PostedFix fix;
  const std::pair<std::string_view, std::optional<std::string>*> changes[] = {
      {"type", &fix.type}, {"mode", &fix.mode}, {"status", &fix.status}, {"date", &fix.date}};
  const simdjson::dom::object fields = root.get_object().value_unsafe();
  for (const auto field : fields) {
    if (field.key == "reject") {
      if (field.value.get(fix.reject) != simdjson::SUCCESS) return wrong("reject", "neither true nor false");
      continue;
    }
    const Result<bool> is_list = read_list(field.key, field.value, fix);
    if (!is_list) return is_list.error();
    if (*is_list) continue;
    std::string_view text;
    if (field.value.get(text) != simdjson::SUCCESS || text.size() > kMostParameterBytes) return wrong(field.key, "no short text");
    const auto* const found = std::ranges::find(changes, field.key, &std::pair<std::string_view, std::optional<std::string>*>::first);
    if (found != std::end(changes))
      *found->second = std::string(text);
    else if (field.key == "event")
      fix.event = text;
    else if (field.key == "author")
      fix.author = text;
    else
      return wrong("body", "no such field: " + std::string(field.key) +
                               " (there are: event reject type mode status date source target actors author)");
  }
  if (fix.event.empty()) return wrong("event", "names the event that is corrected");
  if (fix.reject == fix.changes()) return wrong("body", "either reject, or type, mode, status, date, source, target or actors");
  return fix;
}

std::string names_of(const std::vector<EventType>& types) {
  std::string names;
  for (const EventType& type : types) names += " " + type.name;
  return " (there are:" + names + ")";
}

/// What the ontology tells of a type or mode comes with it.
Result<void> set_type(const PostedFix& fix, const Event& event, const Ontology& ontology, EventChange& change) {
  if (!fix.type && !fix.mode) return {};
  const EventType* const type = ontology.type(fix.type.value_or(event.type));
  if (type == nullptr) return wrong("type", "no such type: " + fix.type.value_or(event.type) + names_of(ontology.types()));
  const std::string mode = fix.mode.value_or(kept_mode(*type, event));
  if (!mode.empty() && type->mode(mode) == nullptr) return wrong("mode", type->name + " has no such mode: " + mode);
  if (fix.type) change.type = type->name;
  if (mode != event.mode) change.mode = mode;
  set_type_values(ontology, *type, mode, {}, event, change);
  return {};
}

/// Names the field of the body that an error is about.
Error about(std::string_view field, const Error& error) { return wrong(field, error.message); }

Result<void> set_actors(const PostedFix& fix, const ServerData& data, EventChange& change) {
  const Ontology& ontology = data.lexicon->ontology();
  const auto set_side = [&](std::string_view field, const std::optional<std::vector<std::string>>& wanted,
                            std::optional<std::vector<NamedActor>>& side) -> Result<void> {
    if (!wanted) return {};
    std::vector<NamedActor>& actors = side.emplace();
    for (const std::string& text : *wanted) {
      Result<NamedActor> actor = read_named_actor(text, ontology, data.names);
      if (!actor) return about(field, actor.error());
      actors.push_back(*std::move(actor));
    }
    return {};
  };
  if (Result<void> done = set_side("source", fix.source, change.source); !done.ok()) return done;
  if (Result<void> done = set_side("target", fix.target, change.target); !done.ok()) return done;
  for (const std::string& text : fix.actors) {
    const size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) return wrong("actors", "no WORDS=NAME/COUNTRY/SECTOR: " + text);
    Result<ActorBinding> bound = read_actor_binding(text, ontology, data.names);
    if (!bound) return about("actors", bound.error());
    change.actors.push_back(*std::move(bound));
  }
  return {};
}

Result<EventChange> change_of(const PostedFix& fix, const Event& event, const ServerData& data) {
  EventChange change{.status = fix.status, .date = fix.date};
  const std::vector<std::string>& statuses = data.specs.find("status")->second.allowed;
  if (fix.status && std::ranges::find(statuses, *fix.status) == statuses.end())
    return wrong("status", "no such status: " + *fix.status + " (there are: actual planned conditional denied)");
  if (fix.date && !fix.date->empty() && !days_of_date(*fix.date))
    return wrong("date", "no such date: " + *fix.date + " (as in 2022, 2022-02, 2022-02-04 or 2022-02-04/2022-02-06)");
  if (Result<void> set = set_type(fix, event, data.lexicon->ontology(), change); !set.ok()) return std::move(set).error();
  if (Result<void> set = set_actors(fix, data, change); !set.ok()) return std::move(set).error();
  return change;
}

/// An event as it is shown, which is what a further correction changes; as it was coded where it is rejected.
Result<Event> present_event(Store& store, int64_t article, const Event& coded) {
  const Result<std::optional<StoredReport>> loaded = store.load(article);
  if (!loaded) return loaded.error();
  const std::optional<StoredReport>& stored = *loaded;
  if (!stored) return coded;
  const auto shown = std::ranges::find(stored->report.events, coded.id, &Event::id);
  return shown == stored->report.events.end() ? coded : *shown;
}

}  // namespace

Result<ApiAnswer> answer_fixes(ServerData& data, const ApiCall& call) {
  const Result<StorePool::Lease> lease = data.stores.take();
  if (!lease) return lease.error();
  const Result<std::vector<Fix>> fixes = read_fixes(lease->database(), {.undone = true});
  if (!fixes) return fixes.error();
  ListWriter list(call.format);
  for (const Fix& fix : *fixes) list.add_json(fix_json(fix));
  return list.finish("", fixes->size());
}

Result<ApiAnswer> answer_new_fix(ServerData& data, const ApiCall& call) {
  const Result<PostedFix> posted = read_fix(call.request.body);
  if (!posted) return posted.error();
  const std::lock_guard lock(data.writing);
  Result<Store> store = Store::open(data.settings.database, Database::Mode::kWrite);
  if (!store) return std::move(store).error();
  const Result<ListedRow> row = find_event(store->database(), posted->event);
  if (!row) return row.error();
  const Result<std::optional<StoredReport>> stored = store->load_coded(row->article);
  if (!stored) return stored.error();
  const std::optional<StoredReport>& found = *stored;
  const Error none{.code = ErrorCode::kNotFound, .message = "no event has the id " + posted->event};
  if (!found) return none;
  const auto event = std::ranges::find(found->report.events, posted->event, &Event::id);
  if (event == found->report.events.end()) return none;
  const Article& article = *found->report.article;
  Fix fix{.kind = std::string(posted->reject ? kRejectFix : kChangeFix),
          .article_id = article.article_id(),
          .target = posted->event,
          .author = posted->author};
  if (posted->reject) {
    fix.value = reject_value(article, *event);
  } else {
    const Result<Event> present = present_event(*store, row->article, *event);
    if (!present) return present.error();
    const Result<EventChange> change = change_of(*posted, *present, data);
    if (!change) return change.error();
    fix.value = change_value(article, *event, *change);
  }
  const Result<int64_t> number = store->enter_fix(fix);
  if (!number) return number.error();
  data.note_change();
  fix.fix = *number;
  return ApiAnswer{.body = fix_json(fix) + "\n", .status = 201, .location = "/api/v1/fixes", .is_kept = false};
}

Result<ApiAnswer> answer_undone_fix(ServerData& data, const ApiCall& call) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(call.id.data(), call.id.data() + call.id.size(), number);
  if (error != std::errc() || end != call.id.data() + call.id.size())
    return Error{.code = ErrorCode::kNotFound, .message = "no correction has the number " + call.id};
  const std::lock_guard lock(data.writing);
  Result<Store> store = Store::open(data.settings.database, Database::Mode::kWrite);
  if (!store) return std::move(store).error();
  if (Result<void> undone = store->undo_fix(number, std::string(kAuthor)); !undone.ok()) return std::move(undone).error();
  data.note_change();
  return ApiAnswer{.body = "{\"undone\":" + std::to_string(number) + "}\n", .is_kept = false};
}

}  // namespace casus
