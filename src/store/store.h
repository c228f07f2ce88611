#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>
#include <casus/report.h>
#include <casus/result.h>

#include "store/fixes.h"
#include "store/record_fixes.h"
#include "store/rollup.h"
#include "store/sqlite.h"
#include "store/versions.h"

namespace casus {

/// What read the articles, as far as records depend on it.
struct CoderInfo {
  std::string version{};  ///< of casus
  std::string lexicon{};  ///< Lexicon::fingerprint
  std::string model{};    ///< LanguageModel::name
  std::string judge{};    ///< a hash of its file, or "off"
  std::string options{};  ///< of reading, as given: "min-confidence=0.5", or ""

  [[nodiscard]] std::string fingerprint() const;
};

/// One run that writes.
struct BatchInfo {
  std::string command{};              ///< "ingest", "recode"
  std::vector<std::string> inputs{};  ///< as the user named them
  CoderInfo coder{};
};

/// What became of the articles of a group.
struct AddCounts {
  uint64_t added = 0;
  uint64_t corrected = 0;  ///< took the place of an earlier version
  uint64_t older = 0;      ///< went into the history of a later one
  uint64_t known = 0;

  void operator+=(const AddCounts& other);
};

/// An article with its records as the database has them, both checked against their hashes.
struct StoredReport {
  Report report{};
  std::string duplicate_of{};  ///< article_id of the article that has the same words and stands for it, or ""
};

/// A database of articles and their records (docs/store.md): one SQLite file.
/// Its logical content, which is all but row numbers, batches and origins, depends on the articles alone and not on their order,
/// on threads, or on how many processes wrote it.
/// Ownership: owns a connection; move only.
/// Threads:   one at a time; open one for each thread. Any number of processes may have the file open.
/// Errors:    of all functions: those of sqlite_error, with the file and a remedy. After an error of a function that writes nothing of it
///            is stored.
class Store {
 public:
  static constexpr int kBusyMs = 60'000;  ///< that a writer waits for another

  /// Opens a database; kCreate makes it where there is none, and kWrite and kCreate bring older schemas up to date.
  [[nodiscard]] static Result<Store> open(const std::string& path, Database::Mode mode, const std::string& vfs = "");

  /// Enters a run, before anything is added. Gives its number.
  [[nodiscard]] Result<int64_t> begin_batch(const BatchInfo& info);
  [[nodiscard]] Result<void> finish_batch(int64_t batch);

  /// What the article is to what is stored. For asking before it is read; add() decides.
  [[nodiscard]] Result<Standing> standing(const Article& article);

  /// Stores reports in one transaction: after success all of them are on the disk, after an error none.
  [[nodiscard]] Result<AddCounts> add(std::span<const Report> reports, int64_t batch);

  /// The article in row `row` with its records. Nothing if there is no such row. Errors besides: kBadDatabase if its text or records are
  /// not what was stored, so that nothing damaged is shown.
  [[nodiscard]] Result<std::optional<StoredReport>> load(int64_t row);

  /// The article in row `row` alone, checked against its hash. Nothing if there is no such row. Errors besides: kBadDatabase.
  [[nodiscard]] Result<std::optional<ArticlePtr>> load_article(int64_t row);

  /// The old version in row `row`, checked against its hash. Nothing if there is no such row. Errors besides: kBadDatabase.
  [[nodiscard]] Result<std::optional<ArticlePtr>> load_version(int64_t row);

  /// The row of an article, or nothing.
  [[nodiscard]] Result<std::optional<int64_t>> find(std::string_view article_id);

  /// The row of a coder, 0 if it has read nothing here.
  [[nodiscard]] Result<int64_t> find_coder(const CoderInfo& coder);

  /// Takes articles away with their records and history. `rows`: of articles.
  [[nodiscard]] Result<void> forget(std::span<const int64_t> rows);

  /// Replaces the records of stored articles by these, which a newer coder made of the same articles; articles that have gone or
  /// changed meanwhile are passed over. Gives how many articles have other records now.
  [[nodiscard]] Result<uint64_t> replace_records(std::span<const Report> reports, int64_t batch);

  /// The article in row `row` with its records as they were coded, before any fix. Otherwise as load().
  [[nodiscard]] Result<std::optional<StoredReport>> load_coded(int64_t row);

  /// Enters a fix and applies it, in one transaction, to the records that it is about; gives its number. Fixes of incidents are
  /// entered, and the stored incidents are out of date then. Errors besides: kNotFound if it would act on nothing now; kBadDatabase for an
  /// article that is damaged.
  [[nodiscard]] Result<int64_t> enter_fix(const Fix& fix);

  /// Undoes a fix: records are as if it had never been made. Errors besides: kNotFound; kBadDatabase for an article that is damaged.
  [[nodiscard]] Result<void> undo_fix(int64_t fix, const std::string& author);

  /// The fixes that act on records of the article in row `row`; nothing if there is no such row.
  [[nodiscard]] Result<std::vector<ActingFix>> acting_fixes(int64_t row);

  [[nodiscard]] Database& database() { return database_; }
  [[nodiscard]] const std::string& path() const { return database_.path(); }

 private:
  explicit Store(Database database) : database_(std::move(database)) {}

  struct Stored;
  struct Hashes;
  [[nodiscard]] Result<std::optional<ArticlePtr>> load_article(int64_t row, Hashes& hashes);
  [[nodiscard]] Result<std::optional<Stored>> find_stored(const std::string& article_id);
  [[nodiscard]] Result<Standing> standing(const Article& article, const std::optional<Stored>& stored);
  [[nodiscard]] Result<void> add(const Report& report, int64_t batch, AddCounts& counts);
  [[nodiscard]] Result<void> insert(const Report& report, int64_t batch);
  [[nodiscard]] Result<void> replace(const Stored& stored, const Report& report, int64_t batch);
  [[nodiscard]] Result<void> forget(int64_t row);
  [[nodiscard]] Result<void> keep_version(int64_t row, const Article& article, int64_t batch);
  [[nodiscard]] Result<bool> replace_records(const Report& report, int64_t batch);

  // Records as coded become records as shown where fixes act.
  [[nodiscard]] Result<FixedReport> fixed(const Report& coded);
  [[nodiscard]] Result<void> write_records(int64_t row, const Report& coded, const FixedReport& shown);
  [[nodiscard]] Result<bool> rewrite_records(int64_t row, const Report& coded);  ///< whether they differ from those there are
  [[nodiscard]] Result<std::vector<int64_t>> rows_about(const Fix& fix);
  [[nodiscard]] Result<std::vector<int64_t>> rows_of(std::string_view sql, const std::vector<std::string>& values);
  [[nodiscard]] Result<uint64_t> apply_to_rows(const Fix& fix);
  [[nodiscard]] Result<void> ungroup_corrected(const Fix& fix);

  // Articles of the same words, whatever their addresses: the earliest published is the original, the others are its duplicates. Only
  // originals are in the daily sums.
  [[nodiscard]] Result<void> join_group(int64_t row, const Report& report);
  [[nodiscard]] Result<void> leave_group(int64_t row);
  [[nodiscard]] Result<int64_t> first_of_group(int64_t row, bool with_itself);
  [[nodiscard]] Result<void> set_original(int64_t row);
  [[nodiscard]] Result<void> count(int64_t row, int64_t times);
  [[nodiscard]] Result<void> write_sums();

  [[nodiscard]] Result<int64_t> coder_row(const CoderInfo& coder);
  [[nodiscard]] Result<void> run_on(std::string_view sql, int64_t row);

  Database database_;
  Rollup rollup_{};
  bool rollup_is_stale_ = false;  ///< something damaged went without being counted off
};

}  // namespace casus
