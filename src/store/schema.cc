#include "store/schema.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "store/rollup_check.h"

namespace casus {
namespace {

/// One thing of the schema, as CREATE makes it. What it means stands in docs/store.md.
struct Made {
  std::string kind;
  std::string name;
  std::string sql;
};

// Long texts stand last in their rows, so that reading the rest does not read them. NULL is what is unknown; lists are JSON. Bytes are
// offsets into articles.text, from span_begin up to, without, span_end.
const Made kMade[] = {
    {"table", "coders", R"(CREATE TABLE coders (
  coder INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  version TEXT NOT NULL,
  lexicon TEXT NOT NULL,
  model TEXT NOT NULL,
  judge TEXT NOT NULL,
  options TEXT NOT NULL
) STRICT)"},
    {"table", "batches", R"(CREATE TABLE batches (
  batch INTEGER PRIMARY KEY,
  command TEXT NOT NULL,
  inputs TEXT NOT NULL,
  coder INTEGER NOT NULL REFERENCES coders (coder),
  started TEXT NOT NULL,
  finished TEXT
) STRICT)"},
    {"table", "articles", R"(CREATE TABLE articles (
  article INTEGER PRIMARY KEY,
  article_id TEXT NOT NULL UNIQUE,
  doc TEXT NOT NULL,
  sort_key TEXT NOT NULL UNIQUE,
  published TEXT,
  outlet TEXT,
  title TEXT,
  url TEXT,
  authors TEXT NOT NULL,
  published_from TEXT,
  updated TEXT,
  language TEXT,
  form TEXT,
  flags TEXT NOT NULL,
  dateline_place TEXT,
  origin TEXT,
  origin_line INTEGER NOT NULL,
  duplicate_of INTEGER REFERENCES articles (article) ON DELETE SET NULL,
  text_key INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  records_hash TEXT NOT NULL,
  coded_hash TEXT,
  coder INTEGER NOT NULL REFERENCES coders (coder),
  batch INTEGER NOT NULL REFERENCES batches (batch),
  blocks TEXT NOT NULL,
  warnings TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT)"},
    {"table", "old_versions", R"(CREATE TABLE old_versions (
  version INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles (article) ON DELETE CASCADE,
  content_hash TEXT NOT NULL,
  doc TEXT NOT NULL,
  published TEXT,
  outlet TEXT,
  title TEXT,
  url TEXT,
  authors TEXT NOT NULL,
  published_from TEXT,
  updated TEXT,
  language TEXT,
  form TEXT,
  flags TEXT NOT NULL,
  dateline_place TEXT,
  origin TEXT,
  origin_line INTEGER NOT NULL,
  batch INTEGER NOT NULL REFERENCES batches (batch),
  blocks TEXT NOT NULL,
  warnings TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (article, content_hash)
) STRICT)"},
    {"table", "events", R"(CREATE TABLE events (
  event INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles (article) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  mode TEXT,
  status TEXT NOT NULL,
  date TEXT,
  date_precision TEXT,
  first_day TEXT,
  last_day TEXT,
  date_begin INTEGER,
  date_end INTEGER,
  place_text TEXT,
  place_name TEXT,
  place_country TEXT,
  place_lat REAL,
  place_lon REAL,
  place_geonames_id INTEGER,
  place_precision TEXT,
  place_begin INTEGER,
  place_end INTEGER,
  attributed_to TEXT,
  attributed_begin INTEGER,
  attributed_end INTEGER,
  trigger_text TEXT,
  trigger_begin INTEGER NOT NULL,
  trigger_end INTEGER NOT NULL,
  sentence_begin INTEGER NOT NULL,
  sentence_end INTEGER NOT NULL,
  also TEXT,
  quantity TEXT,
  cameo TEXT,
  goldstein REAL NOT NULL,
  score REAL NOT NULL,
  quad INTEGER NOT NULL,
  contexts TEXT,
  confidence REAL NOT NULL,
  rule TEXT,
  fixed TEXT
) STRICT)"},
    {"table", "event_actors", R"(CREATE TABLE event_actors (
  event INTEGER NOT NULL REFERENCES events (event) ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('source', 'target')),
  position INTEGER NOT NULL,
  name TEXT,
  country TEXT,
  sector TEXT,
  text TEXT,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  PRIMARY KEY (event, side, position)
) STRICT, WITHOUT ROWID)"},
    {"table", "statements", R"(CREATE TABLE statements (
  statement INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles (article) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  cue TEXT,
  cue_begin INTEGER NOT NULL,
  cue_end INTEGER NOT NULL,
  date TEXT,
  first_day TEXT,
  last_day TEXT,
  speaker_name TEXT,
  speaker_country TEXT,
  speaker_sector TEXT,
  speaker_text TEXT,
  speaker_begin INTEGER,
  speaker_end INTEGER,
  addressee_name TEXT,
  addressee_country TEXT,
  addressee_sector TEXT,
  addressee_text TEXT,
  addressee_begin INTEGER,
  addressee_end INTEGER,
  sentence_begin INTEGER NOT NULL,
  sentence_end INTEGER NOT NULL,
  text_begin INTEGER,
  text_end INTEGER,
  events TEXT,
  fixed TEXT,
  text TEXT
) STRICT)"},
    // Only what follows the first piece, since most statements are of one.
    {"table", "statement_pieces", R"(CREATE TABLE statement_pieces (
  statement INTEGER NOT NULL REFERENCES statements (statement) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  PRIMARY KEY (statement, position)
) STRICT, WITHOUT ROWID)"},
    {"table", "places", R"(CREATE TABLE places (
  article INTEGER NOT NULL REFERENCES articles (article) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  name TEXT,
  country TEXT,
  lat REAL,
  lon REAL,
  geonames_id INTEGER,
  precision TEXT,
  rule TEXT,
  text TEXT,
  PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID)"},
    {"table", "times", R"(CREATE TABLE times (
  article INTEGER NOT NULL REFERENCES articles (article) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  type TEXT,
  value TEXT,
  text TEXT,
  PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID)"},
    {"table", "mentions", R"(CREATE TABLE mentions (
  article INTEGER NOT NULL REFERENCES articles (article) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  name TEXT,
  country TEXT,
  sector TEXT,
  rule TEXT,
  text TEXT,
  PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID)"},
    // `mutual`: how many of the events have the target among their sources and the source among their targets too, so that both directions
    // together can be told from their sums.
    {"table", "daily_dyads", R"(CREATE TABLE daily_dyads (
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  status TEXT NOT NULL,
  type TEXT NOT NULL,
  quad INTEGER NOT NULL,
  events INTEGER NOT NULL,
  mutual INTEGER NOT NULL,
  PRIMARY KEY (source, target, first_day, last_day, status, type, quad)
) STRICT, WITHOUT ROWID)"},
    {"table", "daily_countries", R"(CREATE TABLE daily_countries (
  country TEXT NOT NULL,
  side TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  status TEXT NOT NULL,
  type TEXT NOT NULL,
  quad INTEGER NOT NULL,
  events INTEGER NOT NULL,
  PRIMARY KEY (country, side, first_day, last_day, status, type, quad)
) STRICT, WITHOUT ROWID)"},
    {"table", "daily_articles", R"(CREATE TABLE daily_articles (
  published TEXT NOT NULL PRIMARY KEY,
  articles INTEGER NOT NULL
) STRICT, WITHOUT ROWID)"},
    // What people corrected. Of the records that this changes, how they were coded is kept in the tables that begin with "coded_".
    {"table", "fixes", R"(CREATE TABLE fixes (
  fix INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  article_id TEXT,
  target TEXT NOT NULL,
  value TEXT NOT NULL,
  author TEXT NOT NULL,
  made_at TEXT NOT NULL,
  undone_by TEXT,
  undone_at TEXT
) STRICT)"},
    {"index", "fixes_by_article", "CREATE INDEX fixes_by_article ON fixes (article_id) WHERE undone_at IS NULL"},
    {"index", "articles_by_outlet", "CREATE INDEX articles_by_outlet ON articles (outlet)"},
    {"index", "articles_by_words", "CREATE INDEX articles_by_words ON articles (text_key, published IS NULL, published, article_id)"},
    {"index", "articles_by_original", "CREATE INDEX articles_by_original ON articles (duplicate_of) WHERE duplicate_of IS NOT NULL"},
    {"index", "articles_by_batch", "CREATE INDEX articles_by_batch ON articles (batch)"},
    {"index", "events_by_article", "CREATE INDEX events_by_article ON events (article, position)"},
    {"index", "events_by_day", "CREATE INDEX events_by_day ON events (first_day, last_day)"},
    {"index", "events_of_many_days", "CREATE INDEX events_of_many_days ON events (last_day, first_day) WHERE last_day > first_day"},
    {"index", "event_actors_by_country", "CREATE INDEX event_actors_by_country ON event_actors (country, side)"},
    {"index", "statements_by_article", "CREATE INDEX statements_by_article ON statements (article, position)"},
    {"view", "event_list", R"(CREATE VIEW event_list AS SELECT
  e.event, e.id, a.published, e.date, e.type, e.mode, e.status,
  (SELECT group_concat(coalesce(country, '') || coalesce('/' || sector, '') || ' ' || coalesce(name, ''), ', ')
     FROM event_actors WHERE event = e.event AND side = 'source') AS source,
  (SELECT group_concat(coalesce(country, '') || coalesce('/' || sector, '') || ' ' || coalesce(name, ''), ', ')
     FROM event_actors WHERE event = e.event AND side = 'target') AS target,
  e.place_name, e.place_country, e.place_lat, e.place_lon, e.attributed_to,
  CAST(substr(CAST(a.text AS BLOB), e.trigger_begin + 1, e.trigger_end - e.trigger_begin) AS TEXT) AS trigger,
  CAST(substr(CAST(a.text AS BLOB), e.sentence_begin + 1, e.sentence_end - e.sentence_begin) AS TEXT) AS sentence,
  e.goldstein, e.quad, e.confidence, e.rule, e.fixed, a.outlet, a.title, a.url, e.article
FROM events e JOIN articles a USING (article) WHERE a.duplicate_of IS NULL)"},
    {"view", "statement_list", R"(CREATE VIEW statement_list AS SELECT
  s.statement, s.id, a.published, s.speaker_name, s.speaker_country, s.speaker_sector, s.kind,
  coalesce(s.text, CAST(substr(CAST(a.text AS BLOB), s.text_begin + 1, s.text_end - s.text_begin) AS TEXT)
    || coalesce((SELECT group_concat(words, '') FROM (
      SELECT ' ' || CAST(substr(CAST(a.text AS BLOB), p.span_begin + 1, p.span_end - p.span_begin) AS TEXT) AS words
      FROM statement_pieces p WHERE p.statement = s.statement ORDER BY p.position)), ''), '') AS text,
  s.date, s.fixed, a.outlet, a.title, a.url, s.article
FROM statements s JOIN articles a USING (article))"},
    {"view", "placed_events", R"(CREATE VIEW placed_events AS SELECT
  event, id, date, type, mode, status, source, target, place_name, place_country, place_lat AS latitude, place_lon AS longitude, sentence,
  outlet, published, url
FROM event_list WHERE place_lat IS NOT NULL)"},
    {"table", "articles_fts", R"(CREATE VIRTUAL TABLE articles_fts USING fts5 (
  title, text, content = 'articles', content_rowid = 'article', tokenize = 'porter unicode61 remove_diacritics 2'))"},
    {"table", "statements_fts", R"(CREATE VIRTUAL TABLE statements_fts USING fts5 (
  text, content = 'statement_list', content_rowid = 'statement', tokenize = 'porter unicode61 remove_diacritics 2'))"},
    // What the articles tell together, kept up at the end of each run. One row; `made_by` is NULL where it has to be made of all articles.
    {"table", "incident_state", R"(CREATE TABLE incident_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  changes INTEGER NOT NULL,
  made_by TEXT,
  crowded INTEGER NOT NULL
) STRICT)"},
    // Articles of which some event is in no incident yet, since the last run, or, with `text`, of which it is not known whose text they
    // share.
    {"table", "ungrouped", R"(CREATE TABLE ungrouped (
  article INTEGER PRIMARY KEY REFERENCES articles (article) ON DELETE CASCADE,
  text INTEGER NOT NULL
) STRICT)"},
    {"table", "incidents", R"(CREATE TABLE incidents (
  incident INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  mode TEXT,
  status TEXT NOT NULL,
  first_day TEXT,
  last_day TEXT,
  first_report TEXT,
  last_report TEXT,
  articles INTEGER NOT NULL,
  outlets INTEGER NOT NULL,
  sources INTEGER NOT NULL,
  confidence REAL NOT NULL,
  weight REAL NOT NULL,
  event INTEGER NOT NULL
) STRICT)"},
    // `id`: that the incident would have if this mention were the first; so ids of incidents that were merged lead to the one they are in.
    {"table", "incident_mentions", R"(CREATE TABLE incident_mentions (
  event INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL REFERENCES incidents (incident) ON DELETE CASCADE,
  id TEXT NOT NULL
) STRICT)"},
    {"table", "text_groups", R"(CREATE TABLE text_groups (
  article INTEGER PRIMARY KEY,
  text_group INTEGER NOT NULL
) STRICT)"},
    {"index", "incidents_in_order", "CREATE INDEX incidents_in_order ON incidents (coalesce(first_day, first_report, '9999-99-99'), id)"},
    {"index", "incident_mentions_by_incident", "CREATE INDEX incident_mentions_by_incident ON incident_mentions (incident)"},
    {"index", "incident_mentions_by_id", "CREATE INDEX incident_mentions_by_id ON incident_mentions (id)"},
};

/// The tables whose records fixes change, which the records as they were coded have again under such names.
const char* const kCodedToo[] = {"events", "event_actors", "statements", "statement_pieces"};
const std::string kCodedPrefix = "coded_";

/// All of the present version, in the order in which it is made.
const std::vector<Made>& present_version() {
  static const std::vector<Made> kAll = [] {
    std::vector<Made> all(std::begin(kMade), std::end(kMade));
    const auto rename = [](std::string& sql, const std::string& words, const std::string& name) {
      if (const size_t at = sql.find(words + name + " ("); at != std::string::npos) sql.insert(at + words.size(), kCodedPrefix);
    };
    const auto add = [&](const char* name) {
      Made coded = *std::ranges::find(kMade, name, &Made::name);
      coded.name = kCodedPrefix + name;
      rename(coded.sql, "CREATE TABLE ", name);
      for (const char* other : kCodedToo) rename(coded.sql, "REFERENCES ", other);
      all.push_back(std::move(coded));
    };
    for (const char* name : kCodedToo) add(name);
    for (const std::string name : {"events", "statements"}) {
      const std::string index = kCodedPrefix + name + "_by_article";
      std::string sql = "CREATE INDEX ";
      sql.append(index).append(" ON ").append(kCodedPrefix).append(name).append(" (article, position)");
      all.push_back({"index", index, std::move(sql)});
    }
    return all;
  }();
  return kAll;
}

std::string sql_of(std::string_view name) {
  const std::vector<Made>& all = present_version();
  return std::ranges::find(all, name, &Made::name)->sql;
}

/// From the first version that was released on. A new version's tables are those of present_version(), which these steps end with; a
/// database of each released version is kept in tests/old_databases.
const std::vector<Migration>& migrations() {
  static const std::vector<Migration> kSteps = {
      {.from = 1,
       .sql = "DROP TABLE daily_dyads; " + sql_of("daily_dyads") + "; INSERT INTO daily_dyads " + std::string(dyad_sums()) +
              "; DROP INDEX incidents_by_day; DROP INDEX incidents_by_report; " + sql_of("incidents_in_order")},
      {.from = 2, .sql = "DROP TABLE incident_state; " + sql_of("incident_state") + "; " + sql_of("ungrouped")}};
  return kSteps;
}

Error not_ours(const Database& database) {
  return {.code = ErrorCode::kBadDatabase,
          .message = "is a database, but none of casus",
          .file = database.path(),
          .remedy = "name the file that casus ingest --db made, or a new one"};
}

Error newer(const Database& database, int64_t version) {
  return {.code = ErrorCode::kBadDatabase,
          .message = "has schema version " + std::to_string(version) + ", and this casus knows up to " + std::to_string(kSchemaVersion),
          .file = database.path(),
          .remedy = "use the newer casus that wrote it"};
}

Error older(const Database& database, int version) {
  return {.code = ErrorCode::kBadDatabase,
          .message =
              "has schema version " + std::to_string(version) + " of an earlier casus, and reading needs " + std::to_string(kSchemaVersion),
          .file = database.path(),
          .remedy = "casus db vacuum --db " + database.path() + " brings it up to date"};
}

Error changed(const Database& database, const std::string& what) {
  uint64_t replaced = 0;
  return {.code = ErrorCode::kBadDatabase,
          .message = repair_utf8(what, replaced) + " is not as casus made it",
          .file = database.path(),
          .remedy = "restore a copy from before, or ingest anew; tables and triggers of a database must not be changed"};
}

Result<void> create(Database& database) {
  Result<Transaction> transaction = Transaction::begin(database);
  if (!transaction) return transaction.error();
  // Another process may have made it meanwhile.
  const Result<int> version = schema_version(database);
  if (!version) return version.error();
  if (*version != 0) return {};
  for (const Made& made : present_version()) {
    if (Result<void> done = database.run(made.sql); !done.ok()) return done;
  }
  const std::string marks =
      "PRAGMA application_id = " + std::to_string(kApplicationId) + "; PRAGMA user_version = " + std::to_string(kSchemaVersion);
  if (Result<void> done = database.run(marks); !done.ok()) return done;
  return transaction->commit();
}

}  // namespace

Result<int> schema_version(Database& database) {
  // In one statement, since another process may be making the schema meanwhile.
  Result<Query> query = database.prepare(
      "SELECT (SELECT user_version FROM pragma_user_version), (SELECT application_id FROM pragma_application_id), count(*) FROM "
      "sqlite_schema");
  if (!query) return std::move(query).error();
  const Result<bool> row = query->step();
  if (!row) return row.error();
  const int64_t version = query->integer(0), application = query->integer(1), things = query->integer(2);
  if (application == kApplicationId && version > kSchemaVersion) return newer(database, version);
  if (application == kApplicationId && version > 0) return static_cast<int>(version);
  if (things == 0) return 0;
  return not_ours(database);
}

Result<void> migrate(Database& database, std::span<const Migration> steps) {
  for (const Migration& step : steps) {
    Result<Transaction> transaction = Transaction::begin(database);
    if (!transaction) return transaction.error();
    const Result<int64_t> version = database.number("PRAGMA user_version");  // inside, as another process may have taken the step
    if (!version) return version.error();
    if (*version != step.from) continue;
    if (Result<void> done = database.run(step.sql); !done.ok()) return done;
    if (Result<void> done = database.run("PRAGMA user_version = " + std::to_string(step.from + 1)); !done.ok()) return done;
    if (Result<void> done = transaction->commit(); !done.ok()) return done;
  }
  return {};
}

Result<void> prepare_schema(Database& database) {
  const Result<int> version = schema_version(database);
  if (!version) return version.error();
  if (*version == 0) {
    if (Result<void> created = create(database); !created.ok()) return created;
  }
  if (Result<void> done = migrate(database, migrations()); !done.ok()) return done;
  return check_schema(database);
}

Result<void> check_schema(Database& database) {
  const Result<int> version = schema_version(database);
  if (!version) return version.error();
  if (*version == 0) return not_ours(database);
  if (*version < kSchemaVersion) return older(database, *version);
  std::map<std::string, std::string> made;
  Result<Query> query = database.prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema");
  if (!query) return query.error();
  for (;;) {
    const Result<bool> row = query->step();
    if (!row) return row.error();
    if (!*row) break;
    if (query->text(0) == "trigger") return changed(database, "trigger " + query->string(1));
    made[query->string(1)] = query->string(2);
  }
  for (const Made& expected : present_version()) {
    const auto found = made.find(expected.name);
    if (found == made.end()) return changed(database, expected.kind + " " + expected.name + ", which is missing,");
    if (found->second != expected.sql) return changed(database, expected.kind + " " + expected.name);
  }
  return {};
}

}  // namespace casus
