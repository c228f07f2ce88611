#include "store/sqlite.h"

#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "base/utf8.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxCellBytes = 256'000'000;  // a longer text or blob is an error: no hostile row takes all memory
constexpr int kMaxSqlBytes = 1'000'000;

Error no_file(const std::string& path) {
  return {.code = ErrorCode::kNotFound,
          .message = "no database there",
          .file = path,
          .remedy = "casus ingest INPUT… --db " + path + " makes one"};
}

/// Where reading needs no other file beside: SQLite cannot make its shared memory in a folder that may not be written to, and after a
/// clean end there is nothing in it.
bool must_be_immutable(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  if (::access(folder.empty() ? "." : folder.c_str(), W_OK) == 0) return false;
  std::error_code failed;
  return !fs::exists(path + "-wal", failed) || fs::file_size(path + "-wal", failed) == 0;
}

std::string uri_of(const std::string& path, bool immutable) {
  constexpr std::string_view kPlain = "/.-_~";
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || kPlain.find(c) != std::string_view::npos;
    if (plain)
      uri += c;
    else
      (uri += '%').append({kDigits[byte >> 4], kDigits[byte & 15]});
  }
  return immutable ? uri + "?immutable=1" : uri;
}

/// Whether the file is empty or begins as SQLite's do. SQLite itself would take a file of a few bytes for an empty one, and write over it.
/// The file is read by SQLite's own means: to open and close it here would give up all locks that this process holds on it (POSIX).
bool may_be_database(sqlite3* connection) {
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  sqlite3_file* file = nullptr;
  if (sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file)) != SQLITE_OK) return true;
  if (file == nullptr || file->pMethods == nullptr) return true;
  sqlite3_int64 size = 0;
  if (file->pMethods->xFileSize(file, &size) != SQLITE_OK || size == 0) return true;
  char begin[kMagic.size()] = {};
  const int code = file->pMethods->xRead(file, begin, sizeof begin, 0);
  return (code == SQLITE_OK && std::string_view(begin, sizeof begin) == kMagic) || (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ);
}

}  // namespace

Error sqlite_error(int code, std::string_view raw_message, const std::string& file) {
  uint64_t replaced = 0;
  const std::string message = repair_utf8(raw_message, replaced);  // it may quote what is damaged
  Error error{.code = ErrorCode::kUnreadable, .message = "database: " + message, .file = file};
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return {ErrorCode::kUnwritable, "the disk is full; what was committed before is there", file, 0, 0, "make room, then run it again"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {ErrorCode::kUnwritable,
              "cannot be written to",
              file,
              0,
              0,
              "give write permission to the file and its folder, or copy it elsewhere"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::kBusy, "another process is writing to it and did not finish in time", file, 0, 0, "try again when it is done"};
    case SQLITE_NOTADB:
      return {ErrorCode::kBadDatabase, "is no database of casus", file, 0, 0, "name the file that casus ingest --db made"};
    case SQLITE_CORRUPT:
      error.code = ErrorCode::kBadDatabase;
      error.message = "is damaged (" + message + ")";
      error.remedy = "casus db check --db " + file + " tells what is wrong; a copy from before, or ingesting anew, mends it";
      return error;
    case SQLITE_IOERR:
      error.code = ErrorCode::kUnwritable;
      error.message = "reading or writing failed (" + message + "); what was committed before is there";
      error.remedy = "look at the disk, then run it again";
      return error;
    case SQLITE_CANTOPEN:
      error.message = "cannot be opened";
      error.remedy = "name a file in a folder that exists and may be read and written to";
      return error;
    case SQLITE_INTERRUPT:
      return {ErrorCode::kInterrupted, "the question takes too long", file, 0, 0, "ask for fewer days, actors or types"};
    case SQLITE_TOOBIG:
      error.code = ErrorCode::kBadDatabase;
      error.message = "holds a text of more than " + std::to_string(kMaxCellBytes / 1'000'000) + " MB, or one is to be stored";
      return error;
    default: return error;
  }
}

Query::Query(sqlite3* connection, sqlite3_stmt* statement, std::string file)
    : connection_(connection), statement_(statement), file_(std::move(file)) {}

Query::~Query() { sqlite3_finalize(statement_); }

Query::Query(Query&& other) noexcept
    : connection_(other.connection_),
      statement_(std::exchange(other.statement_, nullptr)),
      file_(std::move(other.file_)),
      next_parameter_(other.next_parameter_),
      bind_failure_(other.bind_failure_) {}

Query& Query::operator=(Query&& other) noexcept {
  if (this == &other) return *this;
  sqlite3_finalize(statement_);
  connection_ = other.connection_;
  statement_ = std::exchange(other.statement_, nullptr);
  file_ = std::move(other.file_);
  next_parameter_ = other.next_parameter_;
  bind_failure_ = other.bind_failure_;
  return *this;
}

Query& Query::bind(int64_t value) {
  if (const int code = sqlite3_bind_int64(statement_, next_parameter_++, value); code != SQLITE_OK) bind_failure_ = code;
  return *this;
}

Query& Query::bind(double value) {
  if (const int code = sqlite3_bind_double(statement_, next_parameter_++, value); code != SQLITE_OK) bind_failure_ = code;
  return *this;
}

Query& Query::bind(std::string_view text) {
  const char* data = text.data() == nullptr ? "" : text.data();
  const int code = sqlite3_bind_text64(statement_, next_parameter_++, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (code != SQLITE_OK) bind_failure_ = code;
  return *this;
}

Query& Query::bind_null() {
  if (const int code = sqlite3_bind_null(statement_, next_parameter_++); code != SQLITE_OK) bind_failure_ = code;
  return *this;
}

Result<bool> Query::step() {
  if (bind_failure_ != SQLITE_OK) return sqlite_error(bind_failure_, sqlite3_errstr(bind_failure_), file_);
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return sqlite_error(sqlite3_extended_errcode(connection_), sqlite3_errmsg(connection_), file_);
}

Result<void> Query::run() {
  const Result<bool> stepped = step();
  sqlite3_reset(statement_);
  if (!stepped) return stepped.error();
  return {};
}

Result<std::vector<int64_t>> Query::integers() {
  std::vector<int64_t> all;
  if (const Result<void> done = each([&](const Query& row) { all.push_back(row.integer(0)); }); !done.ok()) return done.error();
  return all;
}

void Query::reset() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  next_parameter_ = 1;
  bind_failure_ = SQLITE_OK;
}

bool Query::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }
bool Query::is_integer(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_INTEGER; }

bool Query::is_real(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_FLOAT; }

double Query::real(int column) const { return sqlite3_column_double(statement_, column); }
int Query::columns() const { return sqlite3_column_count(statement_); }

std::string_view Query::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return bytes == nullptr ? std::string_view() : std::string_view(bytes, static_cast<size_t>(sqlite3_column_bytes(statement_, column)));
}

std::string Query::column_name(int column) const {
  const char* name = sqlite3_column_name(statement_, column);
  return name == nullptr ? "" : name;
}

Database::~Database() {
  kept_.clear();  // before the connection that they belong to
  sqlite3_close_v2(connection_);
}

Database::Database(Database&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)), path_(std::move(other.path_)), kept_(std::move(other.kept_)) {}

Database& Database::operator=(Database&& other) noexcept {
  if (this == &other) return *this;
  kept_.clear();
  sqlite3_close_v2(connection_);
  connection_ = std::exchange(other.connection_, nullptr);
  path_ = std::move(other.path_);
  kept_ = std::move(other.kept_);
  return *this;
}

Result<Database> Database::open(const std::string& path, Mode mode, int busy_ms, const std::string& vfs) {
  std::error_code failed;
  const bool exists = fs::exists(path, failed);
  if (!exists && mode != Mode::kCreate) return no_file(path);
  if (exists && fs::is_directory(path, failed))
    return Error{.code = ErrorCode::kUnreadable, .message = "is a folder, not a database", .file = path, .remedy = "name a file"};

  Database database;
  database.path_ = path;
  int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= mode == Mode::kRead ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (mode == Mode::kCreate) flags |= SQLITE_OPEN_CREATE;
  const std::string uri = uri_of(path, mode == Mode::kRead && must_be_immutable(path));
  const int code = sqlite3_open_v2(uri.c_str(), &database.connection_, flags, vfs.empty() ? nullptr : vfs.c_str());
  if (code != SQLITE_OK) return sqlite_error(code, sqlite3_errstr(code), path);

  sqlite3* const connection = database.connection_;
  // A journal beside it is of a writer that was cut off, and SQLite will put the file right by it.
  if (!fs::exists(path + "-journal", failed) && !may_be_database(connection)) return sqlite_error(SQLITE_NOTADB, "", path);
  sqlite3_busy_timeout(connection, busy_ms);
  sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, kMaxCellBytes);
  sqlite3_limit(connection, SQLITE_LIMIT_SQL_LENGTH, kMaxSqlBytes);
  // What a file of unknown origin holds in its schema must not act.
  sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  if (mode != Mode::kRead && sqlite3_db_readonly(connection, "main") == 1) return sqlite_error(SQLITE_READONLY, "", path);
  return database;
}

Result<void> Database::run(const std::string& sql) {
  const int code = sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return sqlite_error(code, sqlite3_errmsg(connection_), path_);
  return {};
}

Result<Query> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(connection_, sql.data(), static_cast<int>(sql.size()), 0, &statement, nullptr);
  if (code != SQLITE_OK) return sqlite_error(code, sqlite3_errmsg(connection_), path_);
  return Query(connection_, statement, path_);
}

Result<Query*> Database::kept(std::string_view sql) {
  const std::string key(sql);
  if (const auto found = kept_.find(key); found != kept_.end()) {
    found->second.reset();
    return &found->second;
  }
  Result<Query> query = prepare(sql);
  if (!query) return std::move(query).error();
  return &kept_.emplace(key, *std::move(query)).first->second;
}

Result<int64_t> Database::number(std::string_view sql) {
  Result<Query> query = prepare(sql);
  if (!query) return std::move(query).error();
  const Result<bool> row = query->step();
  if (!row) return row.error();
  return *row ? query->integer(0) : 0;
}

int64_t Database::last_row() const { return sqlite3_last_insert_rowid(connection_); }
int64_t Database::changes() const { return sqlite3_changes64(connection_); }

Result<Transaction> Transaction::begin(Database& database) {
  if (const Result<void> begun = database.run("BEGIN IMMEDIATE"); !begun.ok()) return begun.error();
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  if (database_ != nullptr) static_cast<void>(database_->run("ROLLBACK"));
}

Result<void> Transaction::commit() {
  Result<void> committed = database_->run("COMMIT");
  if (committed.ok()) database_ = nullptr;
  return committed;
}

Result<Snapshot> Snapshot::take(Database& database) {
  if (sqlite3_get_autocommit(database.handle()) == 0) return Snapshot(nullptr);
  if (const Result<void> begun = database.run("BEGIN"); !begun.ok()) return begun.error();
  return Snapshot(&database);
}

Snapshot::Snapshot(Snapshot&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Snapshot::~Snapshot() {
  if (database_ != nullptr) static_cast<void>(database_->run("ROLLBACK"));
}

}  // namespace casus
