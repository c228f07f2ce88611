#include "store/fixes.h"

#include "store/now.h"

namespace casus {
namespace {

Fix fix_of(const Query& row) {
  return {.fix = row.integer(0),
          .kind = row.string(1),
          .article_id = row.string(2),
          .target = row.string(3),
          .value = row.string(4),
          .author = row.string(5),
          .made_at = row.string(6),
          .undone_by = row.string(7),
          .undone_at = row.string(8)};
}

std::string question(const FixFilter& filter) {
  std::string sql = "SELECT fix, kind, article_id, target, value, author, made_at, undone_by, undone_at FROM fixes WHERE ";
  sql += filter.undone ? "1" : "undone_at IS NULL";
  for (size_t i = 0; i < filter.kinds.size(); ++i) sql += i == 0 ? " AND kind IN (?" : ", ?";
  if (!filter.kinds.empty()) sql += ")";
  if (!filter.article_id.empty()) sql += " AND (article_id = ? OR article_id IS NULL)";
  if (!filter.target.empty()) sql += " AND target = ?";
  return sql + " ORDER BY fix";
}

}  // namespace

bool is_record_fix(std::string_view kind) { return kind == kRejectFix || kind == kChangeFix || kind == kActorFix; }

Result<std::vector<Fix>> read_fixes(Database& database, const FixFilter& filter) {
  const Result<Query*> query = database.kept(question(filter));
  if (!query) return query.error();
  for (const std::string_view kind : filter.kinds) (*query)->bind(kind);
  if (!filter.article_id.empty()) (*query)->bind(filter.article_id);
  if (!filter.target.empty()) (*query)->bind(filter.target);
  std::vector<Fix> fixes;
  for (;;) {
    const Result<bool> row = (*query)->step();
    if (!row) return row.error();
    if (!*row) break;
    fixes.push_back(fix_of(**query));
  }
  (*query)->reset();
  return fixes;
}

Result<int64_t> insert_fix(Database& database, const Fix& fix) {
  const Result<Query*> query =
      database.kept("INSERT INTO fixes (kind, article_id, target, value, author, made_at) VALUES (?, ?, ?, ?, ?, ?)");
  if (!query) return query.error();
  (*query)->bind(fix.kind).bind_known(fix.article_id).bind(fix.target).bind(fix.value).bind(fix.author);
  (*query)->bind(fix.made_at.empty() ? now_text() : fix.made_at);
  if (const Result<void> done = (*query)->run(); !done.ok()) return done.error();
  return database.last_row();
}

Result<Fix> mark_undone(Database& database, int64_t fix, const std::string& author) {
  const Result<Query*> update = database.kept(
      "UPDATE fixes SET undone_by = ?, undone_at = ? WHERE fix = ? AND undone_at IS NULL RETURNING fix, kind, article_id, target, value, "
      "author, made_at, undone_by, undone_at");
  if (!update) return update.error();
  const Result<bool> row = (*update)->bind(author).bind(now_text()).bind(fix).step();
  if (!row) return row.error();
  if (!*row) {
    return Error{.code = ErrorCode::kNotFound,
                 .message = "has no fix " + std::to_string(fix) + " that acts",
                 .file = database.path(),
                 .remedy = "casus fix --list --db " + database.path() + " shows those there are"};
  }
  Fix undone = fix_of(**update);
  (*update)->reset();
  return undone;
}

}  // namespace casus
