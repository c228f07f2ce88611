#include "store/inspect.h"
#include "store/incident_fixes.h"

#include <utility>

#include "base/utf8.h"
#include "store/rollup_check.h"
#include "store/schema.h"

namespace casus {
namespace {

using Reporter = std::function<void(const Error&)>;

Error fault(const Store& store, const std::string& message, std::string remedy) {
  uint64_t replaced = 0;
  return {.code = ErrorCode::kBadDatabase, .message = repair_utf8(message, replaced), .file = store.path(), .remedy = std::move(remedy)};
}

/// Runs a query over all of its rows.
template <class Take>
Result<void> each(Database& database, std::string_view sql, Take take) {
  Result<Query> query = database.prepare(sql);
  if (!query) return std::move(query).error();
  return query->each(take);
}

/// What SQLite itself finds wrong.
Result<void> check_file(Store& store, const Reporter& report) {
  Result<void> pages = each(store.database(), "PRAGMA integrity_check(100)", [&](const Query& row) {
    if (row.text(0) != "ok") report(fault(store, "the file is damaged: " + row.string(0), "restore a copy from before, or ingest anew"));
  });
  if (!pages.ok()) return pages;
  return each(store.database(), "PRAGMA foreign_key_check", [&](const Query& row) {
    report(fault(store,
                 "row " + row.string(1) + " of table " + row.string(0) + " belongs to a row of " + row.string(2) + " that is not there",
                 "restore a copy from before, or ingest anew"));
  });
}

// The check is a command that is written to the index, so it needs a transaction, which is taken back.
Result<void> check_indices(Store& store, const Reporter& report) {
  Result<Transaction> transaction = Transaction::begin(store.database());
  if (!transaction) return transaction.error();
  for (const std::string index : {"articles_fts", "statements_fts"}) {
    const Result<void> checked = store.database().run(
        std::string("INSERT INTO ").append(index).append(" (").append(index).append(", rank) VALUES ('integrity-check', 1)"));
    if (checked.ok()) continue;
    if (checked.error().code != ErrorCode::kBadDatabase) return checked;
    report(fault(store, "the full-text index " + index + " does not fit the texts",
                 "casus db vacuum --db " + store.path() + " makes it anew"));
  }
  return {};
}

std::vector<int64_t> rows_of(Store& store, std::string_view sql, Result<void>& done) {
  std::vector<int64_t> rows;
  done = each(store.database(), sql, [&](const Query& row) { rows.push_back(row.integer(0)); });
  return rows;
}

Result<void> check_articles(Store& store, const Reporter& report) {
  Result<void> done;
  for (const int64_t row : rows_of(store, "SELECT article FROM articles ORDER BY article", done)) {
    Result<std::optional<StoredReport>> stored = store.load(row);
    if (stored) stored = store.load_coded(row);
    if (stored) continue;
    if (stored.error().code != ErrorCode::kBadDatabase) return stored.error();
    report(stored.error());
  }
  return done;
}

Result<void> check_fixes(Store& store, const Reporter& report) {
  const Result<std::vector<Fix>> fixes = read_fixes(store.database());
  if (!fixes) return fixes.error();
  for (const Fix& fix : *fixes) {
    if (const Result<void> read = check_fix(fix, store.path()); !read.ok()) report(read.error());
    if (const Result<void> read = check_incident_fix(fix, store.path()); !read.ok()) report(read.error());
  }
  return {};
}

Result<void> check_old_versions(Store& store, const Reporter& report) {
  Result<void> done;
  for (const int64_t row : rows_of(store, "SELECT version FROM old_versions ORDER BY version", done)) {
    const Result<std::optional<ArticlePtr>> version = store.load_version(row);
    if (version) continue;
    if (version.error().code != ErrorCode::kBadDatabase) return version.error();
    report(version.error());
  }
  return done;
}

Result<void> check_sums(Store& store, const Reporter& report) {
  const Result<bool> right = rollup_is_right(store.database());
  if (!right) return right.error();
  if (!*right)
    report(fault(store, "the daily sums are not those of the events", "casus db vacuum --db " + store.path() + " makes them anew"));
  return {};
}

}  // namespace

Result<void> check_store(Store& store, const Reporter& report) {
  for (const auto check : {check_file, check_indices, check_articles, check_fixes, check_old_versions, check_sums}) {
    const Result<void> done = check(store, report);
    if (done.ok()) continue;
    if (done.error().code != ErrorCode::kBadDatabase) return done;
    report(done.error());  // so damaged that this check could not go on
  }
  return {};
}

Result<StoreInfo> inspect_store(Store& store) {
  Database& database = store.database();
  StoreInfo info;
  const Result<int> version = schema_version(database);
  if (!version) return version.error();
  info.schema_version = *version;
  Result<void> done = each(database,
                           "SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size), "
                           "coalesce(sum(length(CAST(text AS BLOB))), 0), min(published), max(published), count(DISTINCT outlet), "
                           "count(duplicate_of), count(*) - count(published) FROM articles",
                           [&](const Query& row) {
                             info.file_bytes = row.integer(0);
                             info.text_bytes = row.integer(1);
                             info.first_published = row.string(2);
                             info.last_published = row.string(3);
                             info.outlets = row.integer(4);
                             info.duplicates = row.integer(5);
                             info.undated = row.integer(6);
                           });
  if (!done.ok()) return done.error();
  for (const std::string table : {"articles", "old_versions", "events", "statements", "places", "times", "mentions", "fixes"}) {
    const Result<int64_t> count = database.number("SELECT count(*) FROM " + table);
    if (!count) return count.error();
    info.records.push_back({.name = table, .count = *count});
  }
  done =
      each(database,
           "SELECT coder, version, lexicon, model, judge, options, (SELECT count(*) FROM articles a WHERE a.coder = c.coder) FROM coders c "
           "ORDER BY coder",
           [&](const Query& row) {
             info.coders.push_back({.coder = row.integer(0),
                                    .info = {row.string(1), row.string(2), row.string(3), row.string(4), row.string(5)},
                                    .articles = row.integer(6)});
           });
  if (!done.ok()) return done.error();
  done = each(
      database,
      "SELECT batch, command, started, finished, coder, (SELECT count(*) FROM articles a WHERE a.batch = b.batch), inputs FROM batches "
      "b ORDER BY batch",
      [&](const Query& row) {
        info.batches.push_back(
            {row.integer(0), row.string(1), row.string(2), row.string(3), row.integer(4), row.integer(5), row.string(6)});
      });
  if (!done.ok()) return done.error();
  return info;
}

Result<void> vacuum_store(Store& store) {
  Database& database = store.database();
  {
    Result<Transaction> transaction = Transaction::begin(database);
    if (!transaction) return transaction.error();
    if (Result<void> done = rebuild_rollup(database); !done.ok()) return done;
    if (Result<void> done = database.run("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild'); "
                                         "INSERT INTO statements_fts (statements_fts) VALUES ('rebuild'); "
                                         "INSERT INTO articles_fts (articles_fts) VALUES ('optimize'); "
                                         "INSERT INTO statements_fts (statements_fts) VALUES ('optimize')");
        !done.ok())
      return done;
    if (Result<void> done = transaction->commit(); !done.ok()) return done;
  }
  return database.run("VACUUM; PRAGMA analysis_limit = 1000; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace casus
