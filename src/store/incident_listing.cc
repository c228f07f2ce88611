#include "store/incident_listing.h"

#include <utility>

#include "crisis/crisis_filter.h"

namespace casus {
namespace {

/// Actors with fewer events than this are looked up by their events; of others most incidents that are come to fit.
constexpr int64_t kRare = 10'000;

/// Incidents whose ids begin alike that are told of.
constexpr int kMostNamed = 20;

using Rows = std::vector<int64_t>;

/// The conditions that the tables can answer. They let through all that the filter of a crisis keeps, and sometimes more.
class Conditions {
 public:
  void add(const std::string& sql, std::vector<std::string> values = {}) {
    all_.sql += " AND " + sql;
    all_.values.insert(all_.values.end(), values.begin(), values.end());
  }
  void add_list(const std::string& column, const std::vector<std::string>& values) {
    if (values.empty()) return;
    std::string marks = "?";
    for (size_t i = 1; i < values.size(); ++i) marks += ", ?";
    add(column + " IN (" + marks + ")", values);
  }
  /// Some mention has it: a condition of events e of articles a.
  void add_of_mention(const std::string& sql, std::vector<std::string> values) {
    add("EXISTS (SELECT 1 FROM incident_mentions m JOIN events e USING (event) JOIN articles a USING (article) WHERE m.incident = "
        "i.incident AND " +
            sql + ")",
        std::move(values));
  }
  [[nodiscard]] const Condition& get() const { return all_; }

 private:
  Condition all_{.sql = "1"};
};

Result<bool> is_rare(Database& database, const std::string& country) {
  Result<Query> query =
      database.prepare("SELECT count(*) FROM (SELECT 1 FROM event_actors WHERE country = ? LIMIT " + std::to_string(kRare) + ")");
  if (!query) return std::move(query).error();
  const Result<bool> row = query->bind(country).step();
  if (!row) return row.error();
  return query->integer(0) < kRare;
}

Result<void> add_country(Database& database, const std::string& country, Conditions& conditions) {
  if (country.empty()) return {};
  const Result<bool> rare = is_rare(database, country);
  if (!rare) return rare.error();
  if (*rare) {
    conditions.add("i.incident IN (SELECT m.incident FROM event_actors x JOIN incident_mentions m USING (event) WHERE x.country = ?)",
                   {country});
  } else {
    // CROSS and "+": from the incident's few mentions to their actors, not from all acts of a country.
    conditions.add(
        "EXISTS (SELECT 1 FROM incident_mentions m CROSS JOIN event_actors x USING (event) WHERE m.incident = i.incident AND +x.country = "
        "?)",
        {country});
  }
  return {};
}

/// Some mention has them on its two sides.
void add_pair(const std::string& source, const std::string& target, Conditions& conditions) {
  conditions.add(
      "EXISTS (SELECT 1 FROM incident_mentions m CROSS JOIN event_actors x USING (event) JOIN event_actors y USING (event) WHERE "
      "m.incident "
      "= i.incident AND +x.country = ? AND +y.country = ? AND x.side <> y.side)",
      {source, target});
}

/// `filter`: the same as what the query asks for, with its actors found.
Result<Condition> conditions_of(Database& database, const IncidentQuery& query, const CrisisFilter& filter) {
  Conditions conditions;
  const Filters& filters = query.filters;
  conditions.add_list("i.type", filters.types);
  conditions.add_list("i.status", filters.statuses);
  if (!filters.since.empty()) conditions.add("coalesce(i.last_day, i.first_report) >= ?", {filters.since});
  if (!filters.until.empty()) conditions.add("coalesce(i.first_day, i.first_report) <= ?", {filters.until});
  if (!filters.published_since.empty()) conditions.add_of_mention("a.published >= ?", {filters.published_since});
  if (!filters.published_until.empty()) conditions.add_of_mention("a.published <= ?", {filters.published_until});
  // Of several actors one is enough.
  if (filter.actors.size() == 1) {
    if (Result<void> done = add_country(database, filter.actors.front().country, conditions); !done.ok()) return std::move(done).error();
  }
  if (filter.dyad) {
    const std::string &source = filter.dyad->source.country, &target = filter.dyad->target.country;
    for (const std::string& country : {source, target}) {
      if (Result<void> done = add_country(database, country, conditions); !done.ok()) return std::move(done).error();
    }
    if (!source.empty() && !target.empty()) add_pair(source, target, conditions);
  }
  return conditions.get();
}

/// The rows of the first incidents, in the order of a crisis.
Result<Rows> rows_of(Database& database, const Condition& condition, uint64_t limit) {
  Result<Query> query =
      database.prepare("SELECT i.incident FROM incidents i WHERE " + condition.sql +
                       " ORDER BY coalesce(i.first_day, i.first_report, '9999-99-99'), i.id LIMIT " + std::to_string(limit));
  if (!query) return std::move(query).error();
  for (const std::string& value : condition.values) query->bind(value);
  return query->integers();
}

/// Leaves only the incidents that a filter keeps, as many as are asked for.
void keep(const CrisisFilter& filter, uint64_t limit, Crisis& crisis) {
  std::vector<Incident> kept;
  for (Incident& incident : crisis.incidents) {
    if (kept.size() < limit && filter.keeps(incident, crisis)) kept.push_back(std::move(incident));
  }
  crisis.incidents = std::move(kept);
}

}  // namespace

Result<std::optional<StoredCrisis>> load_listed(Store& store, const CrisisRules& rules, const Lexicon& lexicon,
                                                const IncidentQuery& query) {
  const Result<Snapshot> snapshot = Snapshot::take(store.database());
  if (!snapshot) return snapshot.error();
  if (!query.filters.as_of.empty() || query.filters.min_confidence > 0) return std::optional<StoredCrisis>();
  const Result<bool> present = has_incidents(store, rules, lexicon);
  if (!present) return present.error();
  const Result<CrisisFilter> filter = crisis_filter_of(query.filters, query.actors, query.dyad, {}, lexicon);
  if (!*present || !filter) return std::optional<StoredCrisis>();
  const Result<Condition> condition = conditions_of(store.database(), query, *filter);
  if (!condition) return condition.error();
  // Twice as many each time, until enough of them are kept or there are no more.
  for (uint64_t size = query.limit;; size *= 2) {
    const Result<Rows> rows = rows_of(store.database(), *condition, size);
    if (!rows) return rows.error();
    Result<StoredCrisis> loaded = load_incidents(store, rules, lexicon, *rows);
    if (!loaded) return std::move(loaded).error();
    keep(*filter, query.limit, loaded->crisis);
    if (loaded->crisis.incidents.size() == query.limit || rows->size() < size) return std::optional(*std::move(loaded));
  }
}

Result<std::optional<StoredCrisis>> load_named(Store& store, const CrisisRules& rules, const Lexicon& lexicon,
                                               const std::string& beginning) {
  const Result<Snapshot> snapshot = Snapshot::take(store.database());
  if (!snapshot) return snapshot.error();
  const Result<bool> present = has_incidents(store, rules, lexicon);
  if (!present) return present.error();
  if (!*present) return std::optional<StoredCrisis>();
  const std::string limit = std::to_string(kMostNamed);
  Result<Query> query = store.database().prepare(
      "SELECT incident FROM (SELECT incident FROM incidents WHERE id >= ?1 AND id < ?2 LIMIT " + limit +
      ") UNION SELECT incident FROM (SELECT incident FROM incident_mentions WHERE id >= ?1 AND id < ?2 LIMIT " + limit + ")");
  if (!query) return std::move(query).error();
  const Result<Rows> rows = query->bind(beginning).bind(beginning + "g").integers();  // behind all hex digits
  if (!rows) return rows.error();
  Result<StoredCrisis> loaded = load_incidents(store, rules, lexicon, *rows);
  if (!loaded) return std::move(loaded).error();
  return std::optional(*std::move(loaded));
}

}  // namespace casus
