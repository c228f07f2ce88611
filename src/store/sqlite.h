#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <casus/result.h>

struct sqlite3;
struct sqlite3_stmt;

namespace casus {

/// A prepared statement of SQL. Parameters are numbered from 1, columns from 0, as SQLite has it.
/// Ownership: owns its statement; must not outlive its Database.
/// Threads:   those of its Database: one at a time.
class Query {
 public:
  Query() = default;
  Query(sqlite3* connection, sqlite3_stmt* statement, std::string file);
  ~Query();
  Query(Query&& other) noexcept;
  Query& operator=(Query&& other) noexcept;
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  // Binds the next parameter. Texts are copied. A failure, which only a lack of memory or of parameters can cause, comes out of step().
  Query& bind(int64_t value);
  Query& bind(uint32_t value) { return bind(static_cast<int64_t>(value)); }
  Query& bind(int value) { return bind(static_cast<int64_t>(value)); }
  Query& bind(double value);
  Query& bind(std::string_view text);
  Query& bind(const std::string& text) { return bind(std::string_view(text)); }
  Query& bind(const char* text) { return bind(std::string_view(text)); }
  Query& bind_null();
  /// The text, or NULL for "": what is unknown is missing.
  Query& bind_known(std::string_view text) { return text.empty() ? bind_null() : bind(text); }
  template <class T>
  Query& bind(const std::optional<T>& value) {
    return value ? bind(*value) : bind_null();
  }

  /// The next row: true if there is one. Errors: those of Database::error.
  [[nodiscard]] Result<bool> step();
  /// Runs a statement that gives no rows.
  [[nodiscard]] Result<void> run();
  /// Calls `take` with each row that is left, as take(query), and resets. Errors: those of step().
  template <class Take>
  [[nodiscard]] Result<void> each(Take take) {
    for (;;) {
      const Result<bool> row = step();
      if (!row) return row.error();
      if (!*row) break;
      take(*this);
    }
    reset();
    return {};
  }
  /// The first column of each row that is left, as whole numbers; resets. Errors: those of step().
  [[nodiscard]] Result<std::vector<int64_t>> integers();
  /// Ready to be bound and run again.
  void reset();

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] bool is_integer(int column) const;
  [[nodiscard]] bool is_real(int column) const;
  /// The bytes of a text; "" for NULL. Good until the next step or reset.
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::string string(int column) const { return std::string(text(column)); }
  [[nodiscard]] int columns() const;
  [[nodiscard]] std::string column_name(int column) const;

 private:
  sqlite3* connection_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
  std::string file_ = {};
  int next_parameter_ = 1;
  int bind_failure_ = 0;
};

/// A connection to one SQLite file.
/// Ownership: owns the connection; move only.
/// Threads:   one at a time; several connections to one file may be used at once, also by several processes.
class Database {
 public:
  enum class Mode : uint8_t {
    kRead,    ///< the file must exist; nothing is written
    kWrite,   ///< the file must exist
    kCreate,  ///< the file is made if there is none
  };

  Database() = default;
  ~Database();
  Database(Database&& other) noexcept;
  Database& operator=(Database&& other) noexcept;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Opens the file; waits up to `busy_ms` for other processes whenever it is used. `vfs`: the name of a file system layer of SQLite, ""
  /// for the usual one. Errors: kNotFound, kUnreadable, kUnwritable, kBadDatabase.
  [[nodiscard]] static Result<Database> open(const std::string& path, Mode mode, int busy_ms, const std::string& vfs = "");

  /// Runs statements that give no rows.
  [[nodiscard]] Result<void> run(const std::string& sql);
  [[nodiscard]] Result<Query> prepare(std::string_view sql);
  /// A statement prepared once and kept, reset; one user at a time. Errors: those of prepare.
  [[nodiscard]] Result<Query*> kept(std::string_view sql);
  /// The first column of the first row as a number, 0 where there is none.
  [[nodiscard]] Result<int64_t> number(std::string_view sql);

  [[nodiscard]] int64_t last_row() const;
  /// Rows that the last statement changed.
  [[nodiscard]] int64_t changes() const;
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] sqlite3* handle() const { return connection_; }

 private:
  sqlite3* connection_ = nullptr;
  std::string path_ = {};
  std::unordered_map<std::string, Query> kept_ = {};
};

/// What SQLite's result code of a file means, with a remedy: kUnwritable (full disk, read-only, I/O), kBusy, kBadDatabase (damaged, no
/// database), kInterrupted (by a progress handler), kUnreadable.
[[nodiscard]] Error sqlite_error(int code, std::string_view message, const std::string& file);

/// A transaction that takes the right to write at once, so that two processes wait for each other and neither fails half-way. It is
/// rolled back unless committed.
class Transaction {
 public:
  /// Errors: kBusy if another process writes for longer than the busy time; those of the file.
  [[nodiscard]] static Result<Transaction> begin(Database& database);
  ~Transaction();
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  /// After success all of it is on the disk; after an error none of it.
  [[nodiscard]] Result<void> commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

/// A view of the database as it is now, for several reads that must fit together. One that is taken inside of another, or of a transaction,
/// is that one.
class Snapshot {
 public:
  [[nodiscard]] static Result<Snapshot> take(Database& database);
  ~Snapshot();
  Snapshot(Snapshot&& other) noexcept;
  Snapshot& operator=(Snapshot&&) = delete;
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  explicit Snapshot(Database* database) : database_(database) {}
  Database* database_;  ///< null inside of another
};

}  // namespace casus
