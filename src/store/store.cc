#include "store/store.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "article/seen_articles.h"
#include "base/calendar.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "crisis/incident_edits.h"
#include "store/article_row.h"
#include "store/incident_rows.h"
#include "store/now.h"
#include "store/report_rows.h"
#include "store/rollup_check.h"
#include "store/schema.h"
#include "store/ungrouped.h"

namespace casus {
namespace {

constexpr int kRetryMs = 20;

std::string column_updates() {
  std::string text = article_columns();
  for (size_t at = 0; (at = text.find(", ", at)) != std::string::npos; at += 4) text.replace(at, 2, "=?, ");
  return text + "=?";
}

// SQLite's integers have signs.
int64_t text_key_of(const Article& article) { return static_cast<int64_t>(text_key(article)); }

/// What listings are sorted by: day of publication, unknown ones last, then the id.
std::string sort_key_of(const Article& article) {
  const std::optional<Day>& published = article.fields().published;
  return (published ? format_day(*published) : "9999-99-99") + " " + article.article_id();
}

}  // namespace

std::string CoderInfo::fingerprint() const { return hash_hex(version + '\n' + lexicon + '\n' + model + '\n' + judge + '\n' + options); }

void AddCounts::operator+=(const AddCounts& other) {
  added += other.added;
  corrected += other.corrected;
  older += other.older;
  known += other.known;
}

/// The article that is stored under an id.
struct Store::Stored {
  int64_t row = 0;
  int64_t batch = 0;
  std::string content_hash{};
  ArticlePtr article{};
};

Result<Store> Store::open(const std::string& path, Database::Mode mode, const std::string& vfs) {
  Result<Database> database = Database::open(path, mode, kBusyMs, vfs);
  if (!database) return std::move(database).error();
  // The order matters: the first use tells whether the file is a database at all.
  const Result<int> version = schema_version(*database);
  if (!version) return version.error();
  constexpr const char* kSettings =
      "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY; "
      "PRAGMA mmap_size = 268435456";
  if (const Result<void> done = database->run(kSettings); !done.ok()) return done.error();
  if (mode == Database::Mode::kRead) {
    if (const Result<void> checked = check_schema(*database); !checked.ok()) return checked.error();
    return Store(*std::move(database));
  }
  // FULL: what is reported as committed outlives a power cut.
  constexpr const char* kWriting =
      "PRAGMA page_size = 2048; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = OFF";
  Result<void> set = database->run(kWriting);
  // Changing the journal's kind waits for nobody, and another process may be doing so to a new file.
  for (int waited_ms = 0; !set.ok() && set.error().code == ErrorCode::kBusy && waited_ms < kBusyMs; waited_ms += kRetryMs) {
    std::this_thread::sleep_for(std::chrono::milliseconds(kRetryMs));
    set = database->run(kWriting);
  }
  if (!set.ok()) return set.error();
  if (const Result<void> prepared = prepare_schema(*database); !prepared.ok()) return prepared.error();
  return Store(*std::move(database));
}

Result<void> Store::run_on(std::string_view sql, int64_t row) {
  const Result<Query*> query = database_.kept(sql);
  if (!query) return query.error();
  return (*query)->bind(row).run();
}

Result<int64_t> Store::coder_row(const CoderInfo& coder) {
  const Result<Query*> insert = database_.kept(
      "INSERT INTO coders (fingerprint, version, lexicon, model, judge, options) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
  if (!insert) return insert.error();
  (*insert)->bind(coder.fingerprint()).bind(coder.version).bind(coder.lexicon).bind(coder.model).bind(coder.judge).bind(coder.options);
  if (const Result<void> done = (*insert)->run(); !done.ok()) return done.error();
  return find_coder(coder);
}

Result<int64_t> Store::begin_batch(const BatchInfo& info) {
  Result<Transaction> transaction = Transaction::begin(database_);
  if (!transaction) return transaction.error();
  const Result<int64_t> coder = coder_row(info.coder);
  if (!coder) return coder.error();
  const Result<Query*> insert = database_.kept("INSERT INTO batches (command, inputs, coder, started) VALUES (?, ?, ?, ?)");
  if (!insert) return insert.error();
  (*insert)->bind(info.command).bind(json_list(info.inputs)).bind(*coder).bind(now_text());
  if (const Result<void> done = (*insert)->run(); !done.ok()) return done.error();
  const int64_t batch = database_.last_row();
  if (const Result<void> done = transaction->commit(); !done.ok()) return done.error();
  return batch;
}

Result<void> Store::finish_batch(int64_t batch) {
  const Result<Query*> update = database_.kept("UPDATE batches SET finished = ? WHERE batch = ?");
  if (!update) return update.error();
  return (*update)->bind(now_text()).bind(batch).run();
}

Result<std::optional<Store::Stored>> Store::find_stored(const std::string& article_id) {
  static const std::string kSql = "SELECT article, batch, content_hash, " + article_columns() + " FROM articles WHERE article_id = ?";
  const Result<Query*> kept = database_.kept(kSql);
  if (!kept) return kept.error();
  Query& query = **kept;
  const Result<bool> row = query.bind(article_id).step();
  if (!row) return row.error();
  if (!*row) return std::optional<Stored>();
  Stored stored{.row = query.integer(0), .batch = query.integer(1), .content_hash = query.string(2)};
  const Result<ArticlePtr> article = read_article(query, 3, path());
  query.reset();
  if (!article) return article.error();
  stored.article = *article;
  return std::optional(std::move(stored));
}

Result<Standing> Store::standing(const Article& article) {
  const Result<Query*> query = database_.kept("SELECT content_hash FROM articles WHERE article_id = ?");
  if (!query) return query.error();
  const Result<bool> row = (*query)->bind(article.article_id()).step();
  if (!row) return row.error();
  const bool is_there = *row;
  const bool is_same = is_there && (*query)->text(0) == content_hash(article);
  (*query)->reset();
  if (!is_there) return Standing::kNew;
  if (is_same) return Standing::kKnown;
  const Result<std::optional<Stored>> stored = find_stored(article.article_id());
  if (!stored) return stored.error();
  return standing(article, *stored);
}

Result<Standing> Store::standing(const Article& article, const std::optional<Stored>& stored) {
  if (!stored) return Standing::kNew;
  const Standing standing = compare_versions(*stored->article, article);
  if (standing == Standing::kKnown) return standing;
  const Result<Query*> query = database_.kept("SELECT 1 FROM old_versions WHERE article = ? AND content_hash = ?");
  if (!query) return query.error();
  const Result<bool> row = (*query)->bind(stored->row).bind(content_hash(article)).step();
  if (!row) return row.error();
  const bool was_there = *row;
  (*query)->reset();
  return was_there ? Standing::kKnown : standing;
}

Result<AddCounts> Store::add(std::span<const Report> reports, int64_t batch) {
  AddCounts counts;
  rollup_ = {};
  rollup_is_stale_ = false;
  Result<Transaction> transaction = Transaction::begin(database_);
  if (!transaction) return transaction.error();
  for (const Report& report : reports) {
    if (const Result<void> done = add(report, batch, counts); !done.ok()) return done.error();
  }
  if (const Result<void> done = write_sums(); !done.ok()) return done.error();
  if (const Result<void> done = transaction->commit(); !done.ok()) return done.error();
  return counts;
}

Result<void> Store::add(const Report& report, int64_t batch, AddCounts& counts) {
  const Result<std::optional<Stored>> found = find_stored(report.article->article_id());
  if (!found) return found.error();
  const std::optional<Stored>& stored = *found;
  if (!stored) {
    ++counts.added;
    return insert(report, batch);
  }
  const Result<Standing> decided = standing(*report.article, stored);
  if (!decided) return decided.error();
  if (*decided == Standing::kCorrection) {
    ++counts.corrected;
    return replace(*stored, report, batch);
  }
  if (*decided == Standing::kOlder) {
    ++counts.older;
    return keep_version(stored->row, *report.article, batch);
  }
  ++counts.known;
  return {};
}

Result<void> Store::insert(const Report& report, int64_t batch) {
  const Result<FixedReport> shown = fixed(report);
  if (!shown) return shown.error();
  static const std::string kSql = "INSERT INTO articles (article_id, sort_key, text_key, content_hash, records_hash, batch, coder, " +
                                  article_columns() + ") VALUES (?, ?, ?, ?, ?, ?, (SELECT coder FROM batches WHERE batch = ?), " +
                                  article_parameters() + ")";
  const Result<Query*> query = database_.kept(kSql);
  if (!query) return query.error();
  const Article& article = *report.article;
  (*query)
      ->bind(article.article_id())
      .bind(sort_key_of(article))
      .bind(text_key_of(article))
      .bind(content_hash(article))
      .bind("");  // with the records
  (*query)->bind(batch).bind(batch);
  bind_article(article, **query);
  if (Result<void> done = (*query)->run(); !done.ok()) return done;
  const int64_t row = database_.last_row();
  if (Result<void> done =
          run_on("INSERT INTO articles_fts (rowid, title, text) SELECT article, title, text FROM articles WHERE article = ?", row);
      !done.ok())
    return done;
  return write_records(row, report, *shown);
}

constexpr std::string_view kUnindexArticle =
    "INSERT INTO articles_fts (articles_fts, rowid, title, text) SELECT 'delete', article, title, text FROM articles WHERE article = ?";

Result<void> Store::replace(const Stored& stored, const Report& report, int64_t batch) {
  static const std::string kSql =
      "UPDATE articles SET sort_key = ?, text_key = ?, content_hash = ?, batch = ?, coder = (SELECT coder FROM batches WHERE batch = ?), " +
      column_updates() + " WHERE article = ?";
  const Article& article = *report.article;
  const Result<FixedReport> shown = fixed(report);
  if (!shown) return shown.error();
  if (stored.article->text() != article.text()) {
    if (Result<void> done = keep_version(stored.row, *stored.article, stored.batch); !done.ok()) return done;
  }
  if (Result<void> done = ungroup_text(database_, stored.row); !done.ok()) return done;
  if (Result<void> done = leave_group(stored.row); !done.ok()) return done;
  if (Result<void> done = delete_records(database_, stored.row); !done.ok()) return done;
  if (Result<void> done = run_on(kUnindexArticle, stored.row); !done.ok()) return done;
  const Result<Query*> query = database_.kept(kSql);
  if (!query) return query.error();
  (*query)->bind(sort_key_of(article)).bind(text_key_of(article)).bind(content_hash(article)).bind(batch).bind(batch);
  bind_article(article, **query);
  (*query)->bind(stored.row);
  if (Result<void> done = (*query)->run(); !done.ok()) return done;
  if (Result<void> done =
          run_on("INSERT INTO articles_fts (rowid, title, text) SELECT article, title, text FROM articles WHERE article = ?", stored.row);
      !done.ok())
    return done;
  return write_records(stored.row, report, *shown);
}

Result<FixedReport> Store::fixed(const Report& coded) {
  const Result<std::vector<Fix>> fixes =
      read_fixes(database_, {.kinds = {kRejectFix, kChangeFix, kActorFix}, .article_id = coded.article->article_id()});
  if (!fixes) return fixes.error();
  return apply_fixes(coded, *fixes, path());
}

// Where no fix acts, the records as coded are those that are shown, and are not stored twice.
Result<void> Store::write_records(int64_t row, const Report& coded, const FixedReport& shown) {
  const Result<Query*> hashes = database_.kept("UPDATE articles SET records_hash = ?, coded_hash = ? WHERE article = ?");
  if (!hashes) return hashes.error();
  const bool is_fixed = !shown.acting.empty();
  (*hashes)->bind(records_hash(shown.report)).bind_known(is_fixed ? records_hash(coded) : "").bind(row);
  if (Result<void> done = (*hashes)->run(); !done.ok()) return done;
  if (Result<void> done = insert_records(database_, row, shown.report); !done.ok()) return done;
  if (is_fixed) {
    if (Result<void> done = insert_records(database_, row, coded, RecordSet::kCoded); !done.ok()) return done;
  }
  return join_group(row, shown.report);
}

Result<void> Store::keep_version(int64_t row, const Article& article, int64_t batch) {
  static const std::string kSql = "INSERT INTO old_versions (article, content_hash, batch, " + article_columns() + ") VALUES (?, ?, ?, " +
                                  article_parameters() + ") ON CONFLICT DO NOTHING";
  const Result<Query*> query = database_.kept(kSql);
  if (!query) return query.error();
  (*query)->bind(row).bind(content_hash(article)).bind(batch);
  bind_article(article, **query);
  return (*query)->run();
}

// The first by day of publication, then by id, among the articles of the words of `row`; 0 if there is none.
Result<int64_t> Store::first_of_group(int64_t row, bool with_itself) {
  const Result<Query*> query = database_.kept(
      "SELECT article FROM articles WHERE text_key = (SELECT text_key FROM articles WHERE article = ?1) AND text_key <> 0 AND "
      "(?2 OR article <> ?1) ORDER BY published IS NULL, published, article_id LIMIT 1");
  if (!query) return query.error();
  const Result<bool> found = (*query)->bind(row).bind(with_itself ? 1 : 0).step();
  if (!found) return found.error();
  const int64_t first = *found ? (*query)->integer(0) : 0;
  (*query)->reset();
  return first;
}

// All others of its group are its duplicates from now on.
Result<void> Store::set_original(int64_t row) {
  if (Result<void> done = run_on("UPDATE articles SET duplicate_of = NULL WHERE article = ?", row); !done.ok()) return done;
  return run_on(
      "UPDATE articles SET duplicate_of = ?1 WHERE text_key = (SELECT text_key FROM articles WHERE article = ?1) AND article <> ?1", row);
}

Result<void> Store::join_group(int64_t row, const Report& report) {
  const Result<int64_t> other = first_of_group(row, false);
  if (!other) return other.error();
  if (*other == 0) {
    rollup_.add(report, 1);
    return await_grouping(database_, row);
  }
  const Result<int64_t> first = first_of_group(row, true);
  if (!first) return first.error();
  if (*first == row) {
    if (Result<void> done = count(*other, -1); !done.ok()) return done;
    if (Result<void> done = ungroup_events(database_, *other); !done.ok()) return done;
    if (Result<void> done = ungroup_text(database_, *other); !done.ok()) return done;
    if (Result<void> done = await_grouping(database_, row); !done.ok()) return done;
    rollup_.add(report, 1);
    return set_original(row);
  }
  const Result<Query*> query = database_.kept("UPDATE articles SET duplicate_of = ? WHERE article = ?");
  if (!query) return query.error();
  return (*query)->bind(*other).bind(row).run();
}

Result<void> Store::leave_group(int64_t row) {
  const Result<Query*> query = database_.kept("SELECT duplicate_of IS NULL FROM articles WHERE article = ?");
  if (!query) return query.error();
  const Result<bool> found = (*query)->bind(row).step();
  if (!found) return found.error();
  const bool is_original = *found && (*query)->integer(0) == 1;
  (*query)->reset();
  if (!is_original) return run_on("UPDATE articles SET duplicate_of = NULL WHERE article = ?", row);
  if (Result<void> done = count(row, -1); !done.ok()) return done;
  if (Result<void> done = ungroup_events(database_, row); !done.ok()) return done;
  const Result<int64_t> next = first_of_group(row, false);
  if (!next) return next.error();
  if (*next == 0) return {};
  if (Result<void> done = count(*next, 1); !done.ok()) return done;
  if (Result<void> done = await_grouping(database_, *next); !done.ok()) return done;
  if (Result<void> done = set_original(*next); !done.ok()) return done;
  return run_on("UPDATE articles SET duplicate_of = NULL WHERE article = ?", row);  // it may come back with other words
}

Result<void> Store::count(int64_t row, int64_t times) {
  const Result<std::optional<StoredReport>> loaded = load(row);
  if (!loaded && loaded.error().code != ErrorCode::kBadDatabase) return loaded.error();
  if (!loaded) {
    rollup_is_stale_ = true;
    return {};
  }
  const std::optional<StoredReport>& stored = *loaded;
  if (stored) rollup_.add(stored->report, times);
  return {};
}

/// What stands beside an article in its row.
struct Store::Hashes {
  std::string records{};
  std::string coded{};  ///< "" where no fix acts
  std::string duplicate_of{};
};

Result<std::optional<ArticlePtr>> Store::load_article(int64_t row) {
  Hashes hashes;
  return load_article(row, hashes);
}

Result<std::optional<ArticlePtr>> Store::load_article(int64_t row, Hashes& hashes) {
  static const std::string kSql =
      "SELECT article_id, content_hash, records_hash, (SELECT article_id FROM articles o WHERE o.article = articles.duplicate_of), "
      "coded_hash, " +
      article_columns() + " FROM articles WHERE article = ?";
  const Result<Query*> kept = database_.kept(kSql);
  if (!kept) return kept.error();
  Query& query = **kept;
  const Result<bool> found = query.bind(row).step();
  if (!found) return found.error();
  if (!*found) return std::optional<ArticlePtr>();
  const std::string article_id = query.string(0), content = query.string(1);
  hashes = {.records = query.string(2), .coded = query.string(4), .duplicate_of = query.string(3)};
  const Result<ArticlePtr> article = read_article(query, 5, path());
  query.reset();
  if (!article) return damaged(path(), article_id, article.error().message);
  if ((*article)->article_id() != article_id || content_hash(**article) != content)
    return damaged(path(), article_id, "its text is not what was stored");
  return std::optional(*article);
}

Result<std::optional<StoredReport>> Store::load(int64_t row) {
  Hashes hashes;
  const Result<std::optional<ArticlePtr>> found = load_article(row, hashes);
  if (!found) return found.error();
  const std::optional<ArticlePtr>& article = *found;
  if (!article) return std::optional<StoredReport>();
  Result<Report> report = read_records(database_, row, *article);
  if (!report) return std::move(report).error();
  if (records_hash(*report) != hashes.records) return damaged(path(), (*article)->article_id(), "its records are not what was stored");
  return std::optional(StoredReport{.report = *std::move(report), .duplicate_of = hashes.duplicate_of});
}

Result<std::optional<StoredReport>> Store::load_coded(int64_t row) {
  Hashes hashes;
  const Result<std::optional<ArticlePtr>> found = load_article(row, hashes);
  if (!found) return found.error();
  const std::optional<ArticlePtr>& article = *found;
  if (!article || hashes.coded.empty()) return load(row);
  Result<Report> report = read_records(database_, row, *article, RecordSet::kCoded);
  if (!report) return std::move(report).error();
  if (records_hash(*report) != hashes.coded)
    return damaged(path(), (*article)->article_id(), "its records before the fixes are not what was stored");
  return std::optional(StoredReport{.report = *std::move(report), .duplicate_of = hashes.duplicate_of});
}

Result<std::optional<ArticlePtr>> Store::load_version(int64_t row) {
  static const std::string kSql = "SELECT content_hash, " + article_columns() + " FROM old_versions WHERE version = ?";
  const Result<Query*> kept = database_.kept(kSql);
  if (!kept) return kept.error();
  const Result<bool> found = (*kept)->bind(row).step();
  if (!found) return found.error();
  if (!*found) return std::optional<ArticlePtr>();
  const std::string hash = (*kept)->string(0);
  const Result<ArticlePtr> article = read_article(**kept, 1, path());
  (*kept)->reset();
  if (article && content_hash(**article) == hash) return std::optional(*article);
  return Error{.code = ErrorCode::kBadDatabase,
               .message = "old version " + std::to_string(row) + " of an article is not what was stored",
               .file = path(),
               .remedy = "restore a copy from before; casus db check finds all such"};
}

Result<int64_t> Store::find_coder(const CoderInfo& coder) {
  const Result<Query*> query = database_.kept("SELECT coder FROM coders WHERE fingerprint = ?");
  if (!query) return query.error();
  const Result<bool> row = (*query)->bind(coder.fingerprint()).step();
  if (!row) return row.error();
  const int64_t number = *row ? (*query)->integer(0) : 0;
  (*query)->reset();
  return number;
}

Result<void> Store::write_sums() {
  if (Result<void> done = count_change(database_); !done.ok()) return done;
  return rollup_is_stale_ ? rebuild_rollup(database_) : rollup_.write(database_);
}

Result<std::optional<int64_t>> Store::find(std::string_view article_id) {
  const Result<Query*> query = database_.kept("SELECT article FROM articles WHERE article_id = ?");
  if (!query) return query.error();
  const Result<bool> found = (*query)->bind(article_id).step();
  if (!found) return found.error();
  const std::optional<int64_t> row = *found ? std::optional((*query)->integer(0)) : std::nullopt;
  (*query)->reset();
  return row;
}

Result<void> Store::forget(int64_t row) {
  if (Result<void> done = ungroup_text(database_, row); !done.ok()) return done;
  if (Result<void> done = leave_group(row); !done.ok()) return done;
  if (Result<void> done = delete_records(database_, row); !done.ok()) return done;
  if (Result<void> done = run_on(kUnindexArticle, row); !done.ok()) return done;
  return run_on("DELETE FROM articles WHERE article = ?", row);
}

Result<void> Store::forget(std::span<const int64_t> rows) {
  rollup_ = {};
  rollup_is_stale_ = false;
  Result<Transaction> transaction = Transaction::begin(database_);
  if (!transaction) return transaction.error();
  for (const int64_t row : rows) {
    if (Result<void> done = forget(row); !done.ok()) return done;
  }
  if (Result<void> done = write_sums(); !done.ok()) return done;
  return transaction->commit();
}

Result<uint64_t> Store::replace_records(std::span<const Report> reports, int64_t batch) {
  uint64_t changed = 0;
  rollup_ = {};
  rollup_is_stale_ = false;
  Result<Transaction> transaction = Transaction::begin(database_);
  if (!transaction) return transaction.error();
  for (const Report& report : reports) {
    const Result<bool> replaced = replace_records(report, batch);
    if (!replaced) return replaced.error();
    changed += *replaced ? 1 : 0;
  }
  if (const Result<void> done = write_sums(); !done.ok()) return done.error();
  if (const Result<void> done = transaction->commit(); !done.ok()) return done.error();
  return changed;
}

Result<bool> Store::replace_records(const Report& report, int64_t batch) {
  const Result<std::optional<Stored>> stored = find_stored(report.article->article_id());
  if (!stored) return stored.error();
  const std::optional<Stored>& present = *stored;
  if (!present || present->content_hash != content_hash(*report.article)) return false;
  const int64_t row = present->row;
  const Result<Query*> coder = database_.kept("UPDATE articles SET coder = (SELECT coder FROM batches WHERE batch = ?) WHERE article = ?");
  if (!coder) return coder.error();
  if (const Result<void> done = (*coder)->bind(batch).bind(row).run(); !done.ok()) return done.error();
  return rewrite_records(row, report);
}

Result<bool> Store::rewrite_records(int64_t row, const Report& coded) {
  const Result<FixedReport> shown = fixed(coded);
  if (!shown) return shown.error();
  const Result<Query*> before = database_.kept("SELECT records_hash, coalesce(coded_hash, '') FROM articles WHERE article = ?");
  if (!before) return before.error();
  const Result<bool> found = (*before)->bind(row).step();
  if (!found) return found.error();
  const std::string coded_hash = shown->acting.empty() ? "" : records_hash(coded);
  bool is_same = *found && (*before)->text(0) == records_hash(shown->report) && (*before)->text(1) == coded_hash;
  (*before)->reset();
  is_same =
      is_same && load(row).ok() && (coded_hash.empty() || load_coded(row).ok());  // else something damaged the records, and these mend them
  if (is_same) return false;
  if (const Result<void> done = leave_group(row); !done.ok()) return done.error();
  if (const Result<void> done = delete_records(database_, row); !done.ok()) return done.error();
  if (const Result<void> done = write_records(row, coded, *shown); !done.ok()) return done.error();
  return true;
}

Result<std::vector<int64_t>> Store::rows_of(std::string_view sql, const std::vector<std::string>& values) {
  Result<Query> query = database_.prepare(sql);
  if (!query) return std::move(query).error();
  for (const std::string& value : values) query->bind(value);
  return query->integers();
}

/// The articles on which a fix may act, now or until now.
Result<std::vector<int64_t>> Store::rows_about(const Fix& fix) {
  if (!fix.article_id.empty()) return rows_of("SELECT article FROM articles WHERE article_id = ?", {fix.article_id});
  std::string phrase = "\"";
  for (const char c : fix.target) phrase.append(c == '"' ? 2 : 1, c);
  // A name that was coded need not stand in its article, and words that stand there need not be a coded name.
  return rows_of(
      "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?1 UNION "
      "SELECT article FROM events JOIN event_actors USING (event) WHERE name = ?2 UNION "
      "SELECT article FROM statements WHERE ?2 IN (speaker_name, addressee_name) UNION "
      "SELECT article FROM articles WHERE coded_hash IS NOT NULL",
      {phrase + '"', fix.target});
}

/// Gives on how many articles the fix acts.
Result<uint64_t> Store::apply_to_rows(const Fix& fix) {
  const Result<std::vector<int64_t>> rows = rows_about(fix);
  if (!rows) return rows.error();
  uint64_t acts = 0;
  for (const int64_t row : *rows) {
    const Result<std::optional<StoredReport>> coded = load_coded(row);
    if (!coded) return coded.error();
    const std::optional<StoredReport>& found = *coded;
    if (!found) continue;
    const Result<FixedReport> shown = fixed(found->report);
    if (!shown) return shown.error();
    acts += std::ranges::find(shown->acting, fix.fix, &ActingFix::fix) != shown->acting.end() ? 1 : 0;
    if (const Result<bool> done = rewrite_records(row, found->report); !done) return done.error();
  }
  return acts;
}

/// A fix of an incident acts from now on, or no longer. What a join or a split did to the groups is not told by them.
Result<void> Store::ungroup_corrected(const Fix& fix) {
  if (Result<void> done = count_change(database_); !done.ok()) return done;
  const bool is_of_groups = fix.kind == kJoinFix || fix.kind == kSplitFix;
  return is_of_groups ? ungroup_all(database_) : ungroup_incident_of(database_, fix.article_id, fix.target);
}

Result<int64_t> Store::enter_fix(const Fix& fix) {
  rollup_ = {};
  rollup_is_stale_ = false;
  Result<Transaction> transaction = Transaction::begin(database_);
  if (!transaction) return transaction.error();
  Result<int64_t> number = insert_fix(database_, fix);
  if (!number) return number.error();
  if (is_record_fix(fix.kind)) {
    Fix entered = fix;
    entered.fix = *number;
    const Result<uint64_t> acts = apply_to_rows(entered);
    if (!acts) return acts.error();
    if (*acts == 0) {
      return Error{.code = ErrorCode::kNotFound,
                   .message = "has no record that this fix would act on: " + fix.target,
                   .file = path(),
                   .remedy = "casus events --db " + path() + " --format jsonl shows ids and names"};
    }
    if (const Result<void> done = write_sums(); !done.ok()) return done.error();
  } else if (const Result<void> done = ungroup_corrected(fix); !done.ok()) {
    return done.error();
  }
  if (const Result<void> done = transaction->commit(); !done.ok()) return done.error();
  return number;
}

Result<void> Store::undo_fix(int64_t fix, const std::string& author) {
  rollup_ = {};
  rollup_is_stale_ = false;
  Result<Transaction> transaction = Transaction::begin(database_);
  if (!transaction) return transaction.error();
  const Result<Fix> undone = mark_undone(database_, fix, author);
  if (!undone) return undone.error();
  if (is_record_fix(undone->kind)) {
    if (const Result<uint64_t> done = apply_to_rows(*undone); !done) return done.error();
    if (Result<void> done = write_sums(); !done.ok()) return done;
  } else if (Result<void> done = ungroup_corrected(*undone); !done.ok()) {
    return done;
  }
  return transaction->commit();
}

Result<std::vector<ActingFix>> Store::acting_fixes(int64_t row) {
  const Result<std::optional<StoredReport>> coded = load_coded(row);
  if (!coded) return coded.error();
  const std::optional<StoredReport>& found = *coded;
  if (!found) return std::vector<ActingFix>();
  const Result<FixedReport> shown = fixed(found->report);
  if (!shown) return shown.error();
  return shown->acting;
}

}  // namespace casus
