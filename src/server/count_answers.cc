#include "server/count_answers.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "crisis/day_span.h"
#include "reading/record_rows.h"
#include "server/answer_writer.h"
#include "server/crisis_answers.h"
#include "server/fix_answers.h"
#include "server/list_answers.h"
#include "store/inspect.h"
#include "store/panel.h"
#include "store/panel_columns.h"

namespace casus {
namespace {

constexpr size_t kMostFacetValues = 200;
constexpr size_t kMostFacetDays = 20'000;
constexpr size_t kMostPlaces = 1'000;

/// Runs a query and hands on its rows.
Result<void> each_row(Database& database, const std::string& sql, const std::vector<std::string>& values,
                      const std::function<void(const Query&)>& take) {
  Result<Query> query = database.prepare(sql);
  if (!query) return std::move(query).error();
  for (const std::string& value : values) query->bind(value);
  for (;;) {
    const Result<bool> row = query->step();
    if (!row) return row.error();
    if (!*row) return {};
    take(*query);
  }
}

// --- info

void append_counts(const StoreInfo& info, JsonWriter& json) {
  for (const NamedCount& count : info.records) {
    if (count.name == "articles" || count.name == "events" || count.name == "statements") json.key(count.name).number(count.count);
  }
  json.key("first_day").string(info.first_published).key("last_day").string(info.last_published);
  json.key("batches").number(static_cast<uint64_t>(info.batches.size()));
  json.key("undated").number(info.undated).key("duplicates").number(info.duplicates);
}

void append_types(const Ontology& ontology, JsonWriter& json) {
  json.key("types").begin_array();
  for (const EventType& type : ontology.types())
    json.begin_object().field("type", type.name).key("quad").number(type.quad).key("score").number(type.score).end_object();
  json.end_array();
}

Result<void> append_outlets(Database& database, JsonWriter& json) {
  json.key("outlets").begin_array();
  Result<void> done = each_row(
      database,
      "SELECT outlet, count(*) FROM articles WHERE outlet IS NOT NULL AND duplicate_of IS NULL GROUP BY 1 ORDER BY 2 "
      "DESC, 1 LIMIT 1000",
      {}, [&](const Query& row) { json.begin_object().field("outlet", row.text(0)).key("articles").number(row.integer(1)).end_object(); });
  json.end_array();
  return done;
}

Result<void> append_days(Database& database, JsonWriter& json) {
  json.key("as_of_days").begin_array();
  Result<void> done = each_row(database, "SELECT published FROM daily_articles WHERE published <> '' ORDER BY 1 LIMIT 20000", {},
                               [&](const Query& row) { json.string(row.text(0)); });
  json.end_array();
  return done;
}

std::string judge_of(const StoreInfo& info) { return info.coders.empty() ? "" : info.coders.back().info.judge; }

// --- series

Result<PanelQuery> panel_query(const ServerData& data, const Parameters& parameters) {
  constexpr std::pair<std::string_view, PanelPeriod> kPeriods[] = {{"day", PanelPeriod::kDay},
                                                                   {"week", PanelPeriod::kWeek},
                                                                   {"month", PanelPeriod::kMonth},
                                                                   {"quarter", PanelPeriod::kQuarter},
                                                                   {"year", PanelPeriod::kYear}};
  const std::string unit = parameters.has("unit") ? parameters.text("unit") : "dyad";
  if (unit != "dyad" && unit != "country")
    return Error{.code = ErrorCode::kBadOption, .message = "--unit: neither: " + unit + " (there are: dyad country)"};
  const std::string by = parameters.has("by") ? parameters.text("by") : parameters.has("bucket") ? parameters.text("bucket") : "month";
  PanelQuery query{.unit = unit == "dyad" ? PanelUnit::kDyad : PanelUnit::kCountry,
                   .period = std::ranges::find(kPeriods, std::string_view(by), &std::pair<std::string_view, PanelPeriod>::first)->second,
                   .fill_zero = parameters.text("fill") != "none",
                   .statuses = parameters.list("status"),
                   .since = parameters.text("since"),
                   .until = parameters.text("until"),
                   .counts_left_out = false};
  if (query.statuses.empty()) query.statuses = {"actual"};
  const Filters filters = filters_of(parameters, data.names);
  std::vector<std::pair<const char*, ActorFilter>> sides;
  if (filters.dyad) {
    sides = {{"dyad", filters.dyad->source}, {"dyad", filters.dyad->target}};
    query.both_ways = filters.dyad->both_ways;
  } else if (!filters.actors.empty()) {
    sides = {{"actor", filters.actors.front()}};
  }
  for (const auto& [field, side] : sides) {
    if (side.country.empty() || !side.sector.empty())
      return Error{.code = ErrorCode::kBadOption, .message = std::string("--") + field + ": a series counts whole countries"};
  }
  if (filters.dyad && unit == "country") return Error{.code = ErrorCode::kBadOption, .message = "--dyad: goes with unit=dyad"};
  if (!sides.empty()) query.a = sides[0].second.country;
  if (sides.size() > 1) query.b = sides[1].second.country;
  return query;
}

bool is_number_column(std::string_view name, size_t index, size_t counts_from) { return index >= counts_from && !name.empty(); }

/// A row of a series as JSON: codes are texts, counts are numbers.
std::string series_json(const std::vector<std::string>& names, const std::vector<std::string>& cells, size_t counts_from, bool normalise) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  for (size_t i = 0; i < names.size(); ++i) {
    json.key(names[i]);
    if (is_number_column(names[i], i, counts_from))
      json.number(static_cast<int64_t>(std::stoll(cells[i])));
    else
      json.string(cells[i]);
  }
  if (normalise) {
    const double articles = std::stod(cells[counts_from]), events = std::stod(cells[counts_from + 1]);
    json.key("events_per_article");
    articles > 0 ? json.number(events / articles) : json.null();
  }
  json.end_object();
  return out;
}

// --- facets

/// The query that counts the values of a field over the events that a condition leaves.
std::string facet_sql(const std::string& of, const std::string& condition) {
  const std::string from = " FROM events e JOIN articles a ON a.article = e.article";
  const std::string where = " WHERE " + condition;
  if (of == "actor") {
    return "SELECT x.country, count(DISTINCT e.event)" + from + " JOIN event_actors x ON x.event = e.event" + where +
           " AND x.country IS NOT NULL GROUP BY 1";
  }
  const std::map<std::string, std::string> columns = {
      {"type", "e.type"}, {"status", "e.status"}, {"outlet", "a.outlet"}, {"country", "e.place_country"}, {"day", "e.first_day"}};
  const std::string& column = columns.at(of);
  return "SELECT " + column + ", count(*)" + from + where + " AND " + column + " IS NOT NULL GROUP BY 1";
}

using FacetCounts = std::map<std::string, uint64_t>;

/// Most first; days in their order.
void append_facet(const std::string& of, const FacetCounts& counts, JsonWriter& json) {
  const bool by_day = of == "day" || of == "published";
  std::vector<std::pair<std::string, uint64_t>> values(counts.begin(), counts.end());
  if (!by_day) std::ranges::stable_sort(values, [](const auto& a, const auto& b) { return a.second > b.second; });
  json.key(of).begin_array();
  for (size_t i = 0; i < values.size() && i < (by_day ? kMostFacetDays : kMostFacetValues); ++i)
    json.begin_object().field("value", values[i].first).key("count").number(values[i].second).end_object();
  json.end_array();
}

Result<FacetCounts> count_events(Database& database, const std::string& of, const Filters& filters) {
  const Condition condition = of == "published" ? article_condition(filters) : event_condition(filters);
  const std::string sql =
      of == "published" ? "SELECT a.published, count(*) FROM articles a WHERE " + condition.sql + " AND a.published IS NOT NULL GROUP BY 1"
                        : facet_sql(of, condition.sql);
  FacetCounts counts;
  Result<void> done =
      each_row(database, sql, condition.values, [&](const Query& row) { counts[row.string(0)] = static_cast<uint64_t>(row.integer(1)); });
  if (!done.ok()) return std::move(done).error();
  return counts;
}

/// The values that an incident has of a field.
std::set<std::string> values_of(const Incident& incident, const Crisis& crisis, const std::string& of) {
  std::set<std::string> values;
  if (of == "type") values.insert(incident.type);
  if (of == "status") values.insert(incident.status);
  if (of == "day" && incident.dated) values.insert(day_text(incident.window.begin));
  if (of == "published") values.insert(day_text(incident.first_report));
  if (of == "actor") {
    for (const std::vector<Party>* side : {&incident.source, &incident.target}) {
      for (const Party& party : *side) values.insert(party.country);
    }
  }
  for (const uint32_t index : incident.mentions) {
    const Mention& mention = crisis.mentions[index];
    if (of == "outlet") values.insert(crisis.articles[mention.article].outlet);
    if (of == "country" && mention.event.place) values.insert(mention.event.place->country);
  }
  values.erase("");
  return values;
}

Result<void> append_incident_facets(ServerData& data, const ApiCall& call, const std::vector<std::string>& fields, JsonWriter& json) {
  const Result<AskedCrisis> asked = crisis_of(data, call);
  if (!asked) return asked.error();
  const std::vector<uint32_t> incidents = asked->incidents();
  for (const std::string& of : fields) {
    FacetCounts counts;
    for (const uint32_t index : incidents) {
      for (const std::string& value : values_of(asked->crisis().incidents[index], asked->crisis(), of)) ++counts[value];
    }
    append_facet(of, counts, json);
  }
  return {};
}

Result<void> append_event_facets(ServerData& data, const ApiCall& call, const std::vector<std::string>& fields, JsonWriter& json) {
  const Result<StorePool::Lease> lease = data.stores.take();
  if (!lease) return lease.error();
  const Result<Snapshot> snapshot = Snapshot::take(lease->database());
  if (!snapshot) return snapshot.error();
  const Filters filters = filters_of(call.parameters, data.names);
  for (const std::string& of : fields) {
    const Result<FacetCounts> counts = count_events(lease->database(), of, filters);
    if (!counts) return counts.error();
    append_facet(of, *counts, json);
  }
  return {};
}

// --- map

struct Tally {
  uint64_t events = 0;
  uint64_t cooperative = 0;
  uint64_t hostile = 0;
  uint64_t planned = 0;
};

void add_tally(const Tally& tally, Record& record) {
  record.add("events", static_cast<int64_t>(tally.events)).add("cooperative", static_cast<int64_t>(tally.cooperative));
  record.add("hostile", static_cast<int64_t>(tally.hostile)).add("planned", static_cast<int64_t>(tally.planned));
}

constexpr std::string_view kTally = "count(*), sum(e.quad IN (1, 2)), sum(e.quad IN (3, 4)), sum(e.status = 'planned')";

Tally tally_of(const Query& row, int from) {
  const auto at = [&](int column) { return static_cast<uint64_t>(row.integer(from + column)); };
  return {.events = at(0), .cooperative = at(1), .hostile = at(2), .planned = at(3)};
}

Result<std::vector<Record>> places_of(Database& database, const Condition& condition) {
  std::vector<Record> places;
  Result<void> done = each_row(
      database,
      "SELECT e.place_name, coalesce(e.place_country, ''), e.place_lat, e.place_lon, coalesce(e.place_precision, ''), min(e.first_day), "
      "max(e.last_day), " +
          std::string(kTally) + " FROM events e JOIN articles a ON a.article = e.article WHERE " + condition.sql +
          " AND e.place_lat IS NOT NULL AND coalesce(e.place_precision, '') <> 'country' GROUP BY 1, 2, 3, 4, 5 ORDER BY count(*) DESC, 1 "
          "LIMIT " +
          std::to_string(kMostPlaces),
      condition.values, [&](const Query& row) {
        Record& place = places.emplace_back();
        place.add("name", row.string(0)).add("country", row.string(1)).add("lat", row.real(2)).add("lon", row.real(3));
        place.add("precision", row.string(4)).add("first_day", row.string(5)).add("last_day", row.string(6));
        add_tally(tally_of(row, 7), place);
      });
  if (!done.ok()) return std::move(done).error();
  return places;
}

Result<std::vector<Record>> countries_of(Database& database, const Condition& condition) {
  std::vector<Record> countries;
  Result<void> done = each_row(database,
                               "SELECT e.place_country, " + std::string(kTally) +
                                   " FROM events e JOIN articles a ON a.article = e.article WHERE " + condition.sql +
                                   " AND e.place_country IS NOT NULL AND (e.place_lat IS NULL OR e.place_precision = 'country') GROUP BY 1 "
                                   "ORDER BY count(*) DESC, 1",
                               condition.values, [&](const Query& row) {
                                 Record& country = countries.emplace_back();
                                 country.add("country", row.string(0));
                                 add_tally(tally_of(row, 1), country);
                               });
  if (!done.ok()) return std::move(done).error();
  return countries;
}

Result<int64_t> unplaced_events(Database& database, const Condition& condition) {
  int64_t count = 0;
  Result<void> done = each_row(database,
                               "SELECT count(*) FROM events e JOIN articles a ON a.article = e.article WHERE " + condition.sql +
                                   " AND e.place_country IS NULL AND e.place_lat IS NULL",
                               condition.values, [&](const Query& row) { count = row.integer(0); });
  if (!done.ok()) return std::move(done).error();
  return count;
}

/// Where a place lies, which its record tells too.
Point point_of_record(const Record& place) {
  const auto degrees = [&](std::string_view name) {
    return std::get<double>(std::ranges::find(place.fields, name, &std::pair<std::string, RecordValue>::first)->second);
  };
  return {.lat = degrees("lat"), .lon = degrees("lon")};
}

}  // namespace

Result<ApiAnswer> answer_info(ServerData& data, const ApiCall& /*call*/) {
  const Result<StorePool::Lease> lease = data.stores.take();
  if (!lease) return lease.error();
  const Result<Snapshot> snapshot = Snapshot::take(lease->database());
  if (!snapshot) return snapshot.error();
  const Result<StoreInfo> info = inspect_store(lease->store());
  if (!info) return info.error();
  ApiAnswer answer;
  JsonWriter json(answer.body);
  json.begin_object().field("version", data.settings.version).key("schema").number(info->schema_version);
  append_counts(*info, json);
  json.key("data_version").number(data.data_version.load()).field("judge", judge_of(*info));
  append_types(data.lexicon->ontology(), json);
  json.key("statuses").begin_array();
  for (const std::string& status : data.specs.find("status")->second.allowed) json.string(status);
  json.end_array();
  if (Result<void> done = append_outlets(lease->database(), json); !done.ok()) return std::move(done).error();
  if (Result<void> done = append_days(lease->database(), json); !done.ok()) return std::move(done).error();
  const bool may_write = !data.settings.token.empty();
  json.key("read_only").boolean(!may_write).key("can_ingest").boolean(may_write).key("can_fix").boolean(may_write && kCanFix).end_object();
  answer.body += '\n';
  return answer;
}

Result<ApiAnswer> answer_series(ServerData& data, const ApiCall& call) {
  const Result<PanelQuery> query = panel_query(data, call.parameters);
  if (!query) return query.error();
  std::vector<std::string> codes = call.parameters.list("codes");
  if (codes.empty()) codes = {"iso3"};
  const Result<std::shared_ptr<const PanelColumns>> loaded = data.panel_columns(query->unit, codes);
  if (!loaded) return loaded.error();
  const PanelColumns& columns = **loaded;
  const std::vector<std::string> names = columns.names();
  const auto counts_from = static_cast<size_t>(std::ranges::find(names, "articles") - names.begin());
  const Result<StorePool::Lease> lease = data.stores.take();
  if (!lease) return lease.error();
  const Result<Snapshot> snapshot = Snapshot::take(lease->database());
  if (!snapshot) return snapshot.error();
  const bool is_csv = call.format == AnswerFormat::kCsv;
  ListWriter list(call.format);
  std::string rows;
  if (is_csv) append_row(names, RowDialect::kCommas, rows);
  const uint64_t most = page_size(call);
  uint64_t count = 0;
  const Result<PanelLeftOut> made = make_panel(lease->database(), *query, [&](const PanelRow& row) {
    if (count == most) return false;
    ++count;
    const std::vector<std::string> cells = columns.cells(row);
    if (is_csv)
      append_row(cells, RowDialect::kCommas, rows);
    else
      list.add_json(series_json(names, cells, counts_from, call.parameters.text("normalise") == "articles"));
    return true;
  });
  if (!made) return made.error();
  if (is_csv) return ApiAnswer{.body = std::move(rows)};
  return list.finish("", count < most ? std::optional<uint64_t>(count) : std::nullopt);
}

Result<ApiAnswer> answer_facets(ServerData& data, const ApiCall& call) {
  std::vector<std::string> fields = call.parameters.list("of");
  if (fields.empty()) fields = {"type", "status", "actor", "outlet", "country"};
  const std::string unit = call.parameters.text("unit");
  if (unit == "dyad" || unit == "country")
    return Error{.code = ErrorCode::kBadOption, .message = "--unit: neither: " + unit + " (there are: events incidents)"};
  ApiAnswer answer;
  JsonWriter json(answer.body);
  json.begin_object();
  Result<void> done =
      unit == "incidents" ? append_incident_facets(data, call, fields, json) : append_event_facets(data, call, fields, json);
  if (!done.ok()) return std::move(done).error();
  json.end_object();
  answer.body += '\n';
  return answer;
}

Result<ApiAnswer> answer_map(ServerData& data, const ApiCall& call) {
  const Result<StorePool::Lease> lease = data.stores.take();
  if (!lease) return lease.error();
  const Result<Snapshot> snapshot = Snapshot::take(lease->database());
  if (!snapshot) return snapshot.error();
  const Condition condition = event_condition(filters_of(call.parameters, data.names));
  Result<std::vector<Record>> places = places_of(lease->database(), condition);
  if (!places) return std::move(places).error();
  if (call.format == AnswerFormat::kGeoJson) {
    ListWriter list(call.format);
    for (const Record& place : *places) list.add_feature(place, point_of_record(place));
    return list.finish("", places->size());
  }
  Result<std::vector<Record>> countries = countries_of(lease->database(), condition);
  if (!countries) return std::move(countries).error();
  const Result<int64_t> unplaced = unplaced_events(lease->database(), condition);
  if (!unplaced) return unplaced.error();
  Record map;
  map.add("places", *std::move(places)).add("countries", *std::move(countries)).add("unplaced", *unplaced);
  ApiAnswer answer;
  append_json(map, answer.body);
  answer.body += '\n';
  return answer;
}

Result<ApiAnswer> answer_suggestions(ServerData& data, const ApiCall& call) {
  const Result<std::vector<Suggestion>> found =
      data.suggestions.find(call.parameters.text("q"), data.stores, data.lexicon->ontology(), data.data_version);
  if (!found) return found.error();
  ListWriter list(AnswerFormat::kJson);
  for (const Suggestion& suggestion : *found) {
    std::string item;
    JsonWriter(item)
        .begin_object()
        .field("text", suggestion.text)
        .field("kind", suggestion.kind)
        .field("filter", suggestion.filter)
        .key("count")
        .number(suggestion.count)
        .end_object();
    list.add_json(item);
  }
  return list.finish("", found->size());
}

}  // namespace casus
