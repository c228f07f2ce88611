#include "store/listing.h"

#include <utility>

#include "base/text.h"

namespace casus {
namespace {

struct Tables {
  std::string from;
  std::string columns;
  Condition condition;
};

Tables tables_of(const ListingQuery& query) {
  switch (query.listed) {
    case Listed::kEvents:
      return {"events e JOIN articles a ON a.article = e.article", "e.article, e.position", event_condition(query.filters)};
    case Listed::kStatements:
      return {"statements s JOIN articles a ON a.article = s.article", "s.article, s.position", statement_condition(query.filters)};
    case Listed::kArticles: break;
  }
  return {"articles a", "a.article, 0", article_condition(query.filters)};
}

std::string limit_of(const ListingQuery& query) { return query.limit > 0 ? " LIMIT " + std::to_string(query.limit) : ""; }

Result<Query> prepared(Database& database, const std::string& sql, const Condition& condition, const std::string& first_value = "") {
  Result<Query> query = database.prepare(sql);
  if (!query) return query;
  if (!first_value.empty()) query->bind(first_value);
  for (const std::string& value : condition.values) query->bind(value);
  return query;
}

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
  Tables tables = tables_of(query);
  // By default articles lead, in order of their index; what sorts the rows otherwise may begin with the other table.
  const std::string sql =
      "SELECT " + tables.columns + " FROM " + tables.from + " WHERE " + tables.condition.sql + " ORDER BY " + query.order + limit_of(query);
  Result<Query> made = prepared(database, sql, tables.condition);
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
  const Tables tables = tables_of(query);
  Result<Query> made = prepared(database, "SELECT count(*) FROM " + tables.from + " WHERE " + tables.condition.sql, tables.condition);
  if (!made) return std::move(made).error();
  const Result<bool> row = made->step();
  if (!row) return row.error();
  return made->integer(0);
}

Result<std::vector<Hit>> search(Database& database, const std::string& words, const ListingQuery& query) {
  const bool statements = query.listed == Listed::kStatements;
  const Tables tables = tables_of(query);
  const std::string index = statements ? "statements_fts" : "articles_fts";
  const std::string key = statements ? "s.statement" : "a.article";
  const std::string column = statements ? "0" : "-1";
  const std::string sql =
      "SELECT " + tables.columns + ", snippet(" + index + ", " + column + ", '[', ']', '…', 24) FROM " + index + " f JOIN " +
      (statements ? "statements s ON s.statement = f.rowid JOIN articles a ON a.article = s.article"
                  : "articles a ON a.article = f.rowid") +
      " WHERE " + index + " MATCH ? AND " + tables.condition.sql + " ORDER BY f.rank, a.article_id, " + key + limit_of(query);
  Result<Query> made = prepared(database, sql, tables.condition, match_of(words));
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
