#include "server/crisis_answers.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "base/text.h"
#include "crisis/brief.h"
#include "crisis/day_span.h"
#include "crisis/view_records.h"
#include "crisis/views.h"
#include "server/answer_writer.h"
#include "server/atom.h"
#include "server/list_answers.h"
#include "server/routes.h"
#include "store/record_kind.h"
#include "store/stored_crisis.h"

namespace casus {
namespace {

constexpr size_t kTextColumns = 100;  // of a brief as plain text
constexpr uint64_t kMostDyadRows = 20'000;

/// The record with these fields only, in this order. Errors: kBadOption for one that there is not.
Result<Record> only(const Record& record, const std::vector<std::string>& columns) {
  if (columns.empty()) return record;
  Record kept;
  for (const std::string& name : columns) {
    const auto found = std::ranges::find(record.fields, name, &std::pair<std::string, RecordValue>::first);
    if (found == record.fields.end()) {
      std::string there_are;
      for (const auto& field : record.fields) there_are.append(" ").append(field.first);
      std::string message("--columns: no such field: ");
      message.append(name).append(" (there are:").append(there_are).append(")");
      return Error{.code = ErrorCode::kBadOption, .message = std::move(message)};
    }
    kept.fields.push_back(*found);
  }
  return kept;
}

/// The place in a list behind the item that a cursor names; where that has gone, behind the place where it stood.
template <class Row, class Key>
Result<size_t> begin_of_page(const ApiCall& call, const std::vector<Row>& rows, const Key& key_of) {
  if (!call.parameters.has("cursor")) return size_t{0};
  const Result<std::vector<std::string>> cursor = read_cursor(call.route, call.parameters.text("cursor"));
  if (!cursor) return cursor.error();
  if (cursor->size() != 2) return Error{.code = ErrorCode::kBadOption, .message = "--cursor: is none of this list"};
  size_t stood = 0;
  const std::string& place = (*cursor)[0];
  std::from_chars(place.data(), place.data() + place.size(), stood);
  const std::string& key = (*cursor)[1];
  if (stood < rows.size() && key_of(rows[stood]) == key) return stood + 1;
  const auto found = std::ranges::find_if(rows, [&](const Row& row) { return key_of(row) == key; });
  return found == rows.end() ? std::min(stood, rows.size()) : static_cast<size_t>(found - rows.begin()) + 1;
}

/// Which rows of a list a page has, and the cursor of the next one.
struct Page {
  size_t begin = 0;
  size_t end = 0;
  std::string next{};
};

/// `key_of` names a row so that it is found again in the same list when others have come.
template <class Row, class Key>
Result<Page> bounds_of_page(const ApiCall& call, const std::vector<Row>& rows, uint64_t most, const Key& key_of) {
  const Result<size_t> begin = begin_of_page(call, rows, key_of);
  if (!begin) return begin.error();
  Page page{.begin = *begin, .end = *begin + std::min<size_t>(most, rows.size() - *begin)};
  if (page.end < rows.size()) page.next = write_cursor(call.route, {std::to_string(page.end - 1), key_of(rows[page.end - 1])});
  return page;
}

/// A page of rows; `record_of` makes the record of one, which `add` hands to the list.
template <class Row, class Key, class Make, class Add>
Result<ApiAnswer> page_with(const ApiCall& call, const std::vector<Row>& rows, uint64_t most, const Key& key_of, const Make& record_of,
                            const Add& add) {
  const Result<Page> page = bounds_of_page(call, rows, most, key_of);
  if (!page) return page.error();
  const std::vector<std::string> columns = call.parameters.list("columns");
  ListWriter list(call.format);
  for (size_t i = page->begin; i < page->end; ++i) {
    const Result<Record> record = only(record_of(rows[i]), columns);
    if (!record) return record.error();
    add(rows[i], *record, list);
  }
  return list.finish(page->next, rows.size());
}

template <class Row, class Key, class Make>
Result<ApiAnswer> page_of(const ApiCall& call, const std::vector<Row>& rows, uint64_t most, const Key& key_of, const Make& record_of) {
  return page_with(call, rows, most, key_of, record_of,
                   [](const Row& /*row*/, const Record& record, ListWriter& list) { list.add_record(record); });
}

/// The same as a map: features at the points that `point_of_row` gives.
template <class Row, class Key, class Make, class Where>
Result<ApiAnswer> map_of(const ApiCall& call, const std::vector<Row>& rows, const Key& key_of, const Make& record_of,
                         const Where& point_of_row) {
  return page_with(call, rows, page_size(call), key_of, record_of,
                   [&](const Row& row, const Record& record, ListWriter& list) { list.add_feature(record, point_of_row(row)); });
}

/// The orders that incidents may have, by the name of a field; nullopt where it is unknown of one.
using SortValue = std::optional<double> (*)(const Incident& incident);
constexpr std::pair<std::string_view, SortValue> kOrders[] = {
    {"weight", [](const Incident& incident) { return std::optional<double>(incident.weight); }},
    {"day", [](const Incident& incident) { return std::optional<double>(incident.day()); }},
    {"first_report", [](const Incident& incident) { return std::optional<double>(incident.first_report); }},
    {"last_report", [](const Incident& incident) { return std::optional<double>(incident.last_report); }},
    {"sources", [](const Incident& incident) { return std::optional<double>(incident.sources); }}};

/// Sorts as asked, so far as the first page needs it where that is asked for. What is unknown comes last.
Result<void> sort_incidents(const ApiCall& call, const Crisis& crisis, std::vector<uint32_t>& rows) {
  std::string sort = call.parameters.text("sort");
  if (sort.empty() && call.format == AnswerFormat::kAtom) sort = "-last_report";  // the newest are what a feed is for
  if (sort.empty()) return {};
  const bool down = sort.starts_with('-');
  const std::string name = sort.substr(down ? 1 : 0);
  const auto* const order = std::ranges::find(kOrders, name, &std::pair<std::string_view, SortValue>::first);
  if (order == std::end(kOrders)) {
    return Error{.code = ErrorCode::kBadOption,
                 .message = "--sort: no such order: " + name + " (there are: weight day first_report last_report sources)"};
  }
  std::vector<std::pair<double, uint32_t>> keys;  // of one value the first in the list comes first
  keys.reserve(rows.size());
  for (const uint32_t row : rows) {
    const std::optional<double> value = order->second(crisis.incidents[row]);
    keys.emplace_back(!value ? std::numeric_limits<double>::infinity() : down ? -*value : *value, row);
  }
  const size_t needed = call.parameters.has("cursor") ? keys.size() : std::min<size_t>(keys.size(), page_size(call) + 1);
  std::ranges::partial_sort(keys, keys.begin() + static_cast<ptrdiff_t>(needed));
  std::ranges::transform(keys, rows.begin(), &std::pair<double, uint32_t>::second);
  return {};
}

/// Incidents as a feed. Columns choose nothing of it: its entries have what a feed reader shows.
ApiAnswer feed_of(const ApiCall& call, const std::vector<uint32_t>& rows, const CrisisMoment& moment) {
  const Crisis& crisis = moment.crisis;
  AtomFeed feed(call);
  for (size_t i = 0; i < rows.size() && i < page_size(call); ++i) {
    const Incident& incident = crisis.incidents[rows[i]];
    const Mention& lead = crisis.mentions[incident.lead];
    feed.add({.kind = "incident",
              .id = incident.id,
              .title = moment.wording.incident_text(incident),
              .day = day_text(incident.last_report),
              .summary = lead.words,
              .outlet = crisis.articles[lead.article].outlet,
              .page = "/incidents/" + incident.id});
  }
  return {.body = feed.finish()};
}

/// A mention of an incident: the article and the record of the event in it.
void append_mention(Store& store, const Mention& mention, const Crisis& crisis, std::string& out) {
  const CrisisArticle& article = crisis.articles[mention.article];
  out += R"({"article":)";
  append_json(source_record(article), out);
  out += ',';
  std::string fields;
  JsonWriter json(fields);
  json.begin_object().field("event", mention.event.id).field("article_id", article.article_id).field("doc", article.doc);
  json.field("outlet", article.outlet).field("published", day_text(article.published)).field("status", mention.event.status);
  json.field("date", mention.event.date).field("attributed_to", mention.event.attributed_to).field("sentence", mention.words);
  json.key("record");
  out += std::string_view(fields).substr(1);
  std::string record = "null";
  const Result<std::optional<int64_t>> found_row = store.find(article.article_id);
  const std::optional<int64_t> row = found_row.ok() ? *found_row : std::nullopt;
  const Result<std::optional<StoredReport>> loaded = row ? store.load(*row) : Result<std::optional<StoredReport>>(std::nullopt);
  const std::optional<StoredReport> stored = loaded.ok() ? *loaded : std::nullopt;
  if (stored) {
    const std::vector<Event>& events = stored->report.events;
    const auto found = std::ranges::find(events, mention.event.id, &Event::id);
    if (found != events.end()) {
      record.clear();
      RecordKind(Listed::kEvents, false)
          .append_json({.report = &stored->report, .record = static_cast<size_t>(found - events.begin())}, record);
      record.pop_back();
    }
  }
  out += record + "}";
}

/// Where an incident is that another one took in.
ApiAnswer moved_incident(const ApiCall& call, const std::string& into) {
  const std::string query = call.parameters.canonical();
  ApiAnswer answer{
      .status = 308, .location = std::string(kApiBase) + "/incidents/" + into + (query.empty() ? "" : "?" + query), .is_kept = false};
  JsonWriter(answer.body).begin_object().field("merged_into", into).end_object();
  answer.body += '\n';
  return answer;
}

std::string pair_key(const DyadDay& day) { return day.a + " " + day.b; }

/// Who deals with whom over all days.
struct NetworkLink {
  std::string source{};
  std::string target{};
  uint64_t cooperative = 0;
  uint64_t hostile = 0;
};

std::vector<NetworkLink> links_of(const std::vector<DyadDay>& days) {
  std::map<std::string, NetworkLink> links;
  for (const DyadDay& day : days) {
    NetworkLink& link = links[pair_key(day)];
    link.source = day.a;
    link.target = day.b;
    link.cooperative += day.quads[0] + day.quads[1];
    link.hostile += day.quads[2] + day.quads[3];
  }
  std::vector<NetworkLink> all;
  all.reserve(links.size());
  for (auto& [key, link] : links) all.push_back(std::move(link));
  return all;
}

Record link_record(const NetworkLink& link) {
  Record record;
  record.add("source", link.source).add("target", link.target).add("cooperative", static_cast<int64_t>(link.cooperative));
  record.add("hostile", static_cast<int64_t>(link.hostile)).add("events", static_cast<int64_t>(link.cooperative + link.hostile));
  return record;
}

std::string posture_key(const PostureLine& line) {
  return line.owner.key + "|" + line.place + "|" + line.movement + "|" + line.kind + "|" + line.status;
}

}  // namespace

std::vector<uint32_t> AskedCrisis::incidents() const {
  std::vector<uint32_t> kept = kept_incidents(crisis(), filter);
  if (undated || (!filter.since && !filter.until)) return kept;
  std::erase_if(kept, [&](uint32_t index) { return !crisis().incidents[index].dated; });
  return kept;
}

Result<AskedCrisis> crisis_of(ServerData& data, const ApiCall& call) {
  const Parameters& parameters = call.parameters;
  const CrisisMoment& moment = *call.crisis;
  Result<CrisisFilter> filter =
      crisis_filter_of(filters_of(parameters, data.names), parameters.list("actor"), parameters.text("dyad"), moment.crisis, *data.lexicon);
  if (!filter) {
    Error error = std::move(filter).error();
    if (!error.message.starts_with("--")) error.message.insert(0, parameters.has("actor") ? "--actor: " : "--dyad: ");
    return error;
  }
  filter->known = std::make_shared<const std::vector<uint32_t>>(moment.index.kept(*filter));
  return AskedCrisis{.moment = call.crisis, .filter = *std::move(filter), .undated = parameters.text("undated") != "0"};
}

Result<ApiAnswer> answer_brief(ServerData& data, const ApiCall& call) {
  const Result<AskedCrisis> asked = crisis_of(data, call);
  if (!asked) return asked.error();
  const Crisis& crisis = asked->crisis();
  const Brief brief = brief_of(crisis, asked->filter, *data.rules, *data.lexicon, {.since = call.parameters.day("since")});
  const Wording& wording = asked->moment->wording;
  ApiAnswer answer;
  if (call.format == AnswerFormat::kMarkdown)
    append_brief_markdown(brief, wording, answer.body);
  else if (call.format == AnswerFormat::kHtml)
    append_brief_html(brief, wording, answer.body);
  else if (call.format == AnswerFormat::kText)
    append_brief_text(brief, wording, kTextColumns, answer.body);
  else
    append_brief_json(brief, crisis, answer.body);
  return answer;
}

Result<ApiAnswer> answer_timeline(ServerData& data, const ApiCall& call) {
  const Result<AskedCrisis> asked = crisis_of(data, call);
  if (!asked) return asked.error();
  const auto top = static_cast<size_t>(call.parameters.number("top").value_or(0));
  const std::vector<TimelineDay> days = timeline_of(asked->crisis(), asked->filter, top);
  return page_of(
      call, days, page_size(call), [](const TimelineDay& day) { return day_text(day.day); },
      [&](const TimelineDay& day) { return timeline_record(day, asked->crisis(), asked->moment->wording); });
}

Result<ApiAnswer> answer_incidents(ServerData& data, const ApiCall& call) {
  const Result<AskedCrisis> asked = crisis_of(data, call);
  if (!asked) return asked.error();
  const Crisis& crisis = asked->crisis();
  std::vector<uint32_t> rows = asked->incidents();
  if (Result<void> sorted = sort_incidents(call, crisis, rows); !sorted.ok()) return std::move(sorted).error();
  const auto key_of = [&](uint32_t row) { return crisis.incidents[row].id; };
  const auto record_of = [&](uint32_t row) { return incident_record(crisis.incidents[row], crisis, asked->moment->wording); };
  if (call.format == AnswerFormat::kCsv) return page_of(call, rows, page_size(call), key_of, record_of);
  if (call.format == AnswerFormat::kGeoJson)
    return map_of(call, rows, key_of, record_of, [&](uint32_t row) { return point_of_incident(crisis.incidents[row], crisis); });
  if (call.format == AnswerFormat::kAtom) return feed_of(call, rows, *asked->moment);
  const std::vector<std::string> columns = call.parameters.list("columns");
  std::string kind_name;
  for (const std::string& column : columns) (kind_name += column) += ',';
  const std::shared_ptr<IncidentRows::Kind> kind = asked->moment->rows.kind(kind_name);
  if (!rows.empty()) {
    // Whether there are such columns, before rows are made of them.
    if (const Result<Record> record = only(record_of(rows.front()), columns); !record) return record.error();
  }
  const Result<Page> page = bounds_of_page(call, rows, page_size(call), key_of);
  if (!page) return page.error();
  ListWriter list(call.format);
  std::string item;
  for (size_t i = page->begin; i < page->end; ++i) {
    item.clear();
    kind->append(rows[i], [&](std::string& made) { append_json(*only(record_of(rows[i]), columns), made); }, item);
    list.add_json(item);
  }
  return list.finish(page->next, rows.size());
}

Result<ApiAnswer> answer_incident(ServerData& data, const ApiCall& call) {
  const CrisisMoment& moment = *call.crisis;
  const Crisis& crisis = moment.crisis;
  const auto found = moment.incidents.find(call.id);
  if (const auto into = moment.merged.find(call.id); found == moment.incidents.end() && into != moment.merged.end())
    return moved_incident(call, crisis.incidents[into->second].id);
  if (found == moment.incidents.end()) return Error{.code = ErrorCode::kNotFound, .message = "no incident has the id " + call.id};
  const Incident& incident = crisis.incidents[found->second];
  Record record = incident_record(incident, crisis, moment.wording);
  std::erase_if(record.fields, [](const auto& field) { return field.first == "mentions"; });
  const Result<StorePool::Lease> lease = data.stores.take();
  if (!lease) return lease.error();
  const Result<Snapshot> snapshot = Snapshot::take(lease->database());
  if (!snapshot) return snapshot.error();
  ApiAnswer answer;
  append_json(record, answer.body);
  answer.body.pop_back();
  answer.body += R"(,"mentions":[)";
  for (size_t i = 0; i < incident.mentions.size(); ++i) {
    if (i > 0) answer.body += ",\n";
    append_mention(lease->store(), crisis.mentions[incident.mentions[i]], crisis, answer.body);
  }
  answer.body += "]}\n";
  return answer;
}

Result<ApiAnswer> answer_calendar(ServerData& data, const ApiCall& call) {
  const Result<AskedCrisis> asked = crisis_of(data, call);
  if (!asked) return asked.error();
  const Crisis& crisis = asked->crisis();
  const std::vector<CalendarEntry> entries = calendar_of(crisis, asked->filter, *data.rules, *data.lexicon);
  if (call.format == AnswerFormat::kIcs) {
    ApiAnswer answer;
    append_calendar_ics(entries, crisis, asked->moment->wording, answer.body);
    return answer;
  }
  return page_of(
      call, entries, page_size(call), [&](const CalendarEntry& entry) { return crisis.incidents[entry.incident].id; },
      [&](const CalendarEntry& entry) { return calendar_record(entry, crisis, asked->moment->wording); });
}

Result<ApiAnswer> answer_demands(ServerData& data, const ApiCall& call) {
  const Result<AskedCrisis> asked = crisis_of(data, call);
  if (!asked) return asked.error();
  const Crisis& crisis = asked->crisis();
  const std::vector<Demand> demands = demands_of(crisis, asked->filter, *data.rules, *data.lexicon);
  return page_of(
      call, demands, page_size(call), [&](const Demand& demand) { return crisis.incidents[demand.incident].id; },
      [&](const Demand& demand) { return demand_record(demand, crisis, asked->moment->wording); });
}

Result<ApiAnswer> answer_posture(ServerData& data, const ApiCall& call) {
  const Result<AskedCrisis> asked = crisis_of(data, call);
  if (!asked) return asked.error();
  const std::vector<PostureLine> lines = posture_of(asked->crisis(), asked->filter, *data.rules);
  const auto record_of = [&](const PostureLine& line) { return posture_record(line, asked->crisis(), asked->moment->wording); };
  if (call.format == AnswerFormat::kGeoJson)
    return map_of(call, lines, posture_key, record_of, [](const PostureLine& line) { return line.point; });
  return page_of(call, lines, page_size(call), posture_key, record_of);
}

Result<ApiAnswer> answer_dyads(ServerData& data, const ApiCall& call) {
  const Result<AskedCrisis> asked = crisis_of(data, call);
  if (!asked) return asked.error();
  const std::vector<DyadDay> days = dyads_of(asked->crisis(), asked->filter);
  // A series is drawn as a whole.
  const auto limit = call.parameters.number("limit");
  const uint64_t most = call.parameters.has("dyad") && limit ? std::min(static_cast<uint64_t>(*limit), kMostDyadRows) : page_size(call);
  return page_of(
      call, days, most, [](const DyadDay& day) { return pair_key(day) + " " + day_text(day.day); },
      [&](const DyadDay& day) { return dyad_record(day, asked->crisis()); });
}

Result<ApiAnswer> answer_actors(ServerData& data, const ApiCall& call) {
  const Result<AskedCrisis> asked = crisis_of(data, call);
  if (!asked) return asked.error();
  const std::vector<ActorLine> lines = actors_of(asked->crisis(), asked->filter);
  return page_of(
      call, lines, page_size(call), [](const ActorLine& line) { return line.party.key; },
      [&](const ActorLine& line) { return actor_record(line, asked->moment->wording); });
}

Result<ApiAnswer> answer_network(ServerData& data, const ApiCall& call) {
  const Result<AskedCrisis> asked = crisis_of(data, call);
  if (!asked) return asked.error();
  const std::vector<NetworkLink> links = links_of(dyads_of(asked->crisis(), asked->filter));
  if (call.format != AnswerFormat::kJson) {
    ListWriter list(call.format);
    for (const NetworkLink& link : links) list.add_record(link_record(link));
    return list.finish("", links.size());
  }
  std::map<std::string, uint64_t> events;
  for (const NetworkLink& link : links) {
    for (const std::string& end : {link.source, link.target}) events[end] += link.cooperative + link.hostile;
  }
  std::map<std::string, std::string> names;
  for (const ActorLine& line : actors_of(asked->crisis(), asked->filter))
    names.emplace(line.party.key, asked->moment->wording.party_text(line.party));
  std::vector<Record> nodes, lines;
  for (const auto& [key, count] : events) {
    const auto name = names.find(key);
    Record& node = nodes.emplace_back();
    node.add("key", key).add("name", name == names.end() ? key : name->second).add("events", static_cast<int64_t>(count));
  }
  for (const NetworkLink& link : links) lines.push_back(link_record(link));
  Record network;
  network.add("nodes", std::move(nodes)).add("links", std::move(lines));
  ApiAnswer answer;
  append_json(network, answer.body);
  answer.body += '\n';
  return answer;
}

}  // namespace casus
