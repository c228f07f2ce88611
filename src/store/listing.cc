#include "store/listing.h"

#include <iterator>
#include <map>
#include <utility>

#include "base/hash.h"
#include "base/text.h"

namespace casus {
namespace {

struct Tables {
  std::string from;
  std::string columns;
  Condition condition;
};

Result<Query> prepared(Database& database, const std::string& sql, const Condition& condition, const std::string& first_value = "") {
  Result<Query> query = database.prepare(sql);
  if (!query) return query;
  if (!first_value.empty()) query->bind(first_value);
  for (const std::string& value : condition.values) query->bind(value);
  return query;
}

/// Above this many events, a listing that ends after some is faster read in its order than gathered and sorted.
constexpr int64_t kManyEvents = 10'000;
/// The same for listings that give all.
constexpr int64_t kMostGathered = 200'000;

/// Events that a filter leaves, as a query for their rows that an index answers.
Condition events_of(const ActorFilter& actor, const std::string& side) {
  const std::string on_side = side.empty() ? "" : " AND side = '" + side + "'";
  return {.sql = "SELECT event FROM event_actors WHERE country = ?" + on_side, .values = {actor.country}};
}

Condition events_of(const DyadFilter& dyad) {
  const auto one_way = [](const ActorFilter& source, const ActorFilter& target) {
    return Condition{
        .sql =
            "SELECT event FROM event_actors WHERE country = ? AND side = 'source' AND event IN (SELECT event FROM event_actors "
            "WHERE country = ? AND side = 'target')",
        .values = {source.country, target.country}};
  };
  Condition events = one_way(dyad.source, dyad.target);
  if (!dyad.both_ways) return events;
  const Condition back = one_way(dyad.target, dyad.source);
  events.sql += " UNION " + back.sql;
  events.values.insert(events.values.end(), back.values.begin(), back.values.end());
  return events;
}

Condition events_of_days(const std::string& since, const std::string& until) {
  Condition events{.sql = "SELECT event FROM events WHERE first_day >= ?", .values = {since}};
  if (!until.empty()) {
    events.sql += " AND first_day <= ?";
    events.values.push_back(until);
  }
  events.sql += " UNION ALL SELECT event FROM events WHERE last_day > first_day AND last_day >= ? AND first_day < ?";
  events.values.insert(events.values.end(), {since, since});
  return events;
}

/// A filter that an index can answer: its events, how many they are about, and what is left to be asked of them.
struct Candidate {
  Condition events{};
  Condition estimate{};
  Filters rest{};
};

/// Whether it asks for a country and nothing else, as sums and the index of countries do.
bool is_country(const ActorFilter& actor) { return !actor.country.empty() && actor.sector.empty() && actor.name.empty(); }

/// By the daily sums, of which each is one event or more, since to gather the events of a large dyad takes long.
Condition estimate_of(const DyadFilter& dyad, int64_t most) {
  Condition estimate{.sql = "SELECT coalesce(sum(events), 0) FROM (SELECT events FROM daily_dyads WHERE (source = ? AND target = ?)",
                     .values = {dyad.source.country, dyad.target.country}};
  if (dyad.both_ways) {
    estimate.sql += " OR (source = ? AND target = ?)";
    estimate.values.insert(estimate.values.end(), {dyad.target.country, dyad.source.country});
  }
  estimate.sql += " LIMIT " + std::to_string(most) + ")";
  return estimate;
}

/// Counts as far as it matters.
Condition estimate_of(const Condition& events, int64_t most) {
  return {.sql = "SELECT count(*) FROM (" + events.sql + " LIMIT " + std::to_string(most) + ")", .values = events.values};
}

std::vector<Candidate> candidates(const Filters& filters, int64_t most) {
  std::vector<Candidate> all;
  if (filters.dyad && !filters.dyad->source.country.empty() && !filters.dyad->target.country.empty()) {
    Candidate& dyad = all.emplace_back(Candidate{events_of(*filters.dyad), estimate_of(*filters.dyad, most), filters});
    if (is_country(filters.dyad->source) && is_country(filters.dyad->target)) dyad.rest.dyad.reset();
  }
  if (filters.actors.size() == 1 && !filters.actors.front().country.empty()) {
    const Condition events = events_of(filters.actors.front(), "");
    Candidate& actor = all.emplace_back(Candidate{events, estimate_of(events, most), filters});
    if (is_country(filters.actors.front())) actor.rest.actors.clear();
  }
  if (!filters.since.empty()) {
    const Condition events = events_of_days(filters.since, filters.until);
    all.emplace_back(Candidate{events, estimate_of(events, most), filters});
  }
  return all;
}

/// The filter that leaves so few events that they are best gathered first; nothing if none does.
Result<std::optional<Candidate>> narrowest(Database& database, const ListingQuery& query) {
  std::optional<Candidate> best;
  int64_t least = (query.limit > 0 ? kManyEvents : kMostGathered) + 1;
  for (Candidate& candidate : candidates(query.filters, least)) {
    Result<Query> count = prepared(database, candidate.estimate.sql, candidate.estimate);
    if (!count) return std::move(count).error();
    const Result<bool> row = count->step();
    if (!row) return row.error();
    if (count->integer(0) >= least) continue;
    least = count->integer(0);
    best = std::move(candidate);
  }
  return best;
}

Result<Tables> tables_of(Database& database, const ListingQuery& query) {
  if (query.listed == Listed::kArticles) return Tables{"articles a", "a.article, 0", article_condition(query.filters)};
  if (query.listed == Listed::kStatements)
    return Tables{"statements s JOIN articles a ON a.article = s.article", "s.article, s.position", statement_condition(query.filters)};
  Tables tables{"events e JOIN articles a ON a.article = e.article", "e.article, e.position", {}};
  Result<std::optional<Candidate>> gathered = narrowest(database, query);
  if (!gathered) return std::move(gathered).error();
  const std::optional<Candidate>& best = *gathered;
  tables.condition = event_condition(best ? best->rest : query.filters);
  // CROSS JOIN holds the planner to the order of the tables.
  if (best) {
    tables.from = "events e CROSS JOIN articles a ON a.article = e.article";
    tables.condition.sql = "e.event IN (" + best->events.sql + ") AND " + tables.condition.sql;
    tables.condition.values.insert(tables.condition.values.begin(), best->events.values.begin(), best->events.values.end());
  } else if (query.order.starts_with("a.sort_key")) {
    tables.from = "articles a CROSS JOIN events e ON e.article = a.article";
  } else if (query.order.starts_with("e.")) {
    tables.from = "events e CROSS JOIN articles a ON a.article = e.article";
  }
  return tables;
}

/// Whether the daily sums know all that filters ask for: countries, types, statuses and days of the act, duplicates aside.
bool is_summed(const Filters& filters) {
  const bool asks_more = !filters.published_since.empty() || !filters.published_until.empty() || !filters.as_of.empty() ||
                         !filters.outlets.empty() || !filters.place.empty() || !filters.article.empty() || filters.min_confidence > 0 ||
                         filters.duplicates;
  if (asks_more) return false;
  if (filters.dyad) return filters.actors.empty() && is_country(filters.dyad->source) && is_country(filters.dyad->target);
  return filters.actors.size() == 1 && is_country(filters.actors.front());
}

/// What types, statuses and days leave of rows of the sums.
Condition of_sums(const Filters& filters) {
  Condition condition{.sql = ""};
  const auto add_list = [&](const std::string& column, const std::vector<std::string>& values) {
    for (size_t i = 0; i < values.size(); ++i) condition.sql += i == 0 ? " AND " + column + " IN (?" : ", ?";
    if (!values.empty()) condition.sql += ")";
    condition.values.insert(condition.values.end(), values.begin(), values.end());
  };
  add_list("type", filters.types);
  add_list("status", filters.statuses);
  if (!filters.since.empty() || !filters.until.empty()) condition.sql += " AND first_day <> ''";
  for (const auto& [sql, day] : {std::pair(" AND last_day >= ?", &filters.since), std::pair(" AND first_day <= ?", &filters.until)}) {
    if (day->empty()) continue;
    condition.sql += sql;
    condition.values.push_back(*day);
  }
  return condition;
}

/// Adds up a column of the daily sums of one dyad, or one side of a country.
Result<int64_t> sum_of(Database& database, const std::string& column, const std::string& rows, const std::string& a, const std::string& b,
                       const Filters& filters) {
  const Condition condition = of_sums(filters);
  Result<Query> query = database.prepare("SELECT coalesce(sum(" + column + "), 0) FROM " + rows + condition.sql);
  if (!query) return std::move(query).error();
  query->bind(a).bind(b);
  for (const std::string& value : condition.values) query->bind(value);
  const Result<bool> row = query->step();
  if (!row) return row.error();
  return query->integer(0);
}

/// The number of events by the daily sums. An event of both directions of a dyad is in the sums of both. One with a country on both sides
/// is in two sums of that country, and in the one of the country with itself.
Result<int64_t> count_by_sums(Database& database, const Filters& filters) {
  const std::string dyads = "daily_dyads WHERE source = ? AND target = ?", sides = "daily_countries WHERE country = ? AND side = ?";
  struct Summand {
    std::string column;
    std::string rows;
    std::string a;
    std::string b;
    int64_t times = 1;
  };
  std::vector<Summand> summands;
  if (filters.dyad) {
    const std::string a = filters.dyad->source.country, b = filters.dyad->target.country;
    summands.push_back({.column = "events", .rows = dyads, .a = a, .b = b});
    if (filters.dyad->both_ways && a != b) summands.push_back({.column = "events - mutual", .rows = dyads, .a = b, .b = a});
  } else {
    const std::string& country = filters.actors.front().country;
    summands = {{.column = "events", .rows = sides, .a = country, .b = "source"},
                {.column = "events", .rows = sides, .a = country, .b = "target"},
                {.column = "events", .rows = dyads, .a = country, .b = country, .times = -1}};
  }
  int64_t number = 0;
  for (const Summand& summand : summands) {
    const Result<int64_t> sum = sum_of(database, summand.column, summand.rows, summand.a, summand.b, filters);
    if (!sum) return sum.error();
    number += summand.times * *sum;
  }
  return number;
}

std::string limit_of(const ListingQuery& query) { return query.limit > 0 ? " LIMIT " + std::to_string(query.limit) : ""; }

/// Whether FTS5 takes a word as it is.
bool is_plain(std::string_view words) {
  for (const char c : words) {
    const bool plain = is_ascii_alpha(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0x80;
    if (!plain && std::string_view(" \"*()").find(c) == std::string_view::npos) return false;
  }
  return true;
}

std::string match_of(const std::string& words) {
  if (is_plain(words)) return words;
  std::string match;
  for (const std::string_view word : split_words(words)) {
    match += match.empty() ? "\"" : " \"";
    for (const char c : word) c == '"' ? match.append("\"\"") : match.append(1, c);
    match += '"';
  }
  return match;
}

}  // namespace

Result<Listing> Listing::open(Database& database, const ListingQuery& query) {
  Result<Tables> tables = tables_of(database, query);
  if (!tables) return std::move(tables).error();
  if (!query.after.sql.empty()) {
    tables->condition.sql += " AND " + query.after.sql;
    tables->condition.values.insert(tables->condition.values.end(), query.after.values.begin(), query.after.values.end());
  }
  const std::string sql = "SELECT " + tables->columns + " FROM " + tables->from + " WHERE " + tables->condition.sql + " ORDER BY " +
                          query.order + limit_of(query);
  Result<Query> made = prepared(database, sql, tables->condition);
  if (!made) return std::move(made).error();
  return Listing(*std::move(made));
}

Result<std::optional<ListedRow>> Listing::next() {
  const Result<bool> row = query_.step();
  if (!row) return row.error();
  if (!*row) return std::optional<ListedRow>();
  return std::optional(ListedRow{.article = query_.integer(0), .record = query_.integer(1)});
}

Result<int64_t> count_listed(Database& database, const ListingQuery& query) {
  if (query.listed == Listed::kEvents && is_summed(query.filters)) return count_by_sums(database, query.filters);
  const Result<Tables> tables = tables_of(database, query);
  if (!tables) return tables.error();
  Result<Query> made = prepared(database, "SELECT count(*) FROM " + tables->from + " WHERE " + tables->condition.sql, tables->condition);
  if (!made) return std::move(made).error();
  const Result<bool> row = made->step();
  if (!row) return row.error();
  return made->integer(0);
}

Result<std::vector<ListedRow>> draw_events(Database& database, const Filters& filters, uint64_t size, uint64_t seed) {
  const Condition condition = event_condition(filters);
  Result<Query> query =
      prepared(database, "SELECT e.article, e.position, e.id FROM events e JOIN articles a ON a.article = e.article WHERE " + condition.sql,
               condition);
  if (!query) return std::move(query).error();
  // The events with the lowest hashes of seed and id, of which no more are held than are wanted.
  std::map<std::pair<uint64_t, std::string>, ListedRow> drawn;
  const std::string salt = std::to_string(seed) + ' ';
  for (;;) {
    const Result<bool> row = query->step();
    if (!row) return row.error();
    if (!*row) break;
    std::pair<uint64_t, std::string> key(hash64(salt + query->string(2)), query->string(2));
    if (drawn.size() == size && drawn.rbegin()->first < key) continue;
    drawn.emplace(std::move(key), ListedRow{.article = query->integer(0), .record = query->integer(1)});
    if (drawn.size() > size) drawn.erase(std::prev(drawn.end()));
  }
  std::vector<ListedRow> rows;
  rows.reserve(drawn.size());
  for (const auto& [key, row] : drawn) rows.push_back(row);
  return rows;
}

Result<std::vector<Hit>> search(Database& database, const std::string& words, const ListingQuery& query) {
  const bool statements = query.listed == Listed::kStatements;
  const Condition condition = statements ? statement_condition(query.filters) : article_condition(query.filters);
  const std::string columns = statements ? "s.article, s.position" : "a.article, 0";
  const std::string index = statements ? "statements_fts" : "articles_fts";
  const std::string key = statements ? "s.statement" : "a.article";
  const std::string column = statements ? "0" : "-1";
  const std::string sql = "SELECT " + columns + ", snippet(" + index + ", " + column + ", '[', ']', '…', 24) FROM " + index + " f JOIN " +
                          (statements ? "statements s ON s.statement = f.rowid JOIN articles a ON a.article = s.article"
                                      : "articles a ON a.article = f.rowid") +
                          " WHERE " + index + " MATCH ? AND " + condition.sql + " ORDER BY f.rank, a.article_id, " + key + limit_of(query);
  Result<Query> made = prepared(database, sql, condition, match_of(words));
  if (!made) return std::move(made).error();
  std::vector<Hit> hits;
  for (;;) {
    const Result<bool> row = made->step();
    if (!row && row.error().message.find("fts5") != std::string::npos) {
      return Error{.code = ErrorCode::kBadOption,
                   .message = "the search cannot be understood: " + words,
                   .remedy = "words, \"phrases\", prefix*, OR and NOT between them"};
    }
    if (!row) return row.error();
    if (!*row) return hits;
    hits.push_back({.row = {.article = made->integer(0), .record = made->integer(1)}, .words = made->string(2)});
  }
}

}  // namespace casus
