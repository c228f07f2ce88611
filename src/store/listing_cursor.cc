#include "store/listing_cursor.h"

#include <charconv>

#include "base/json_writer.h"
#include "base/text.h"

namespace casus {
namespace {

constexpr std::string_view kDown = " DESC";

/// One of the expressions that a listing is sorted by.
struct OrderTerm {
  std::string sql;
  bool down = false;
};

/// The terms of what order_of gives, which has no commas but between them.
std::vector<OrderTerm> terms_of(std::string_view order) {
  std::vector<OrderTerm> terms;
  for (std::string_view term : split(order, ',')) {
    term = trim(term);
    const bool down = term.ends_with(kDown);
    if (down) term.remove_suffix(kDown.size());
    // In brackets, since "x IS NULL > 0" would be read as "x IS (NULL > 0)".
    const bool is_plain = term.find(' ') == std::string_view::npos;
    terms.push_back({.sql = is_plain ? std::string(term) : "(" + std::string(term) + ")", .down = down});
  }
  return terms;
}

std::string value_text(const Query& query, int column) {
  if (query.is_null(column)) return "n";
  if (query.is_integer(column)) return "i" + std::to_string(query.integer(column));
  std::string text = "r";
  if (query.is_real(column)) {
    JsonWriter(text).number(query.real(column));
    return text;
  }
  return "t" + query.string(column);
}

/// What stands in SQL for a value of a cursor; values are bound as texts.
std::string_view bound(const std::string& value) {
  return value[0] == 'i' ? "CAST(? AS INTEGER)" : value[0] == 'r' ? "CAST(? AS REAL)" : "?";
}

bool is_value(const std::string& value) {
  if (value.empty() || std::string_view("nirt").find(value[0]) == std::string_view::npos) return false;
  if (value[0] == 'n') return value.size() == 1;
  if (value[0] == 't') return true;
  double number = 0;
  const char* const end = value.data() + value.size();
  const auto read = std::from_chars(value.data() + 1, end, number);
  return read.ec == std::errc() && read.ptr == end;
}

void add_same(const OrderTerm& term, const std::string& value, Condition& condition) {
  condition.sql += term.sql + " IS ";
  if (value == "n") {
    condition.sql += "NULL AND ";
    return;
  }
  (condition.sql += bound(value)) += " AND ";
  condition.values.push_back(value.substr(1));
}

/// From the smallest on unknown values come first, from the greatest on last (order_of puts them last either way).
void add_behind(const OrderTerm& term, const std::string& value, Condition& condition) {
  if (value == "n") {
    condition.sql += term.down ? "0" : term.sql + " IS NOT NULL";
    return;
  }
  if (term.down) condition.sql += "(";
  condition.sql += term.sql + (term.down ? " < " : " > ");
  condition.sql += bound(value);
  if (term.down) condition.sql += " OR " + term.sql + " IS NULL)";
  condition.values.push_back(value.substr(1));
}

std::string from_of(Listed listed) {
  if (listed == Listed::kEvents) return "events e JOIN articles a ON a.article = e.article WHERE a.article = ? AND e.position = ?";
  if (listed == Listed::kStatements) return "statements s JOIN articles a ON a.article = s.article WHERE a.article = ? AND s.position = ?";
  return "articles a WHERE a.article = ? AND 0 = ?";
}

}  // namespace

Result<ListingCursor> cursor_behind(Database& database, const ListingQuery& query, const ListedRow& row) {
  const std::vector<OrderTerm> terms = terms_of(query.order);
  std::string sql = "SELECT ";
  for (const OrderTerm& term : terms) sql += (&term == &terms.front() ? "" : ", ") + term.sql;
  Result<Query> made = database.prepare(sql + " FROM " + from_of(query.listed));
  if (!made) return std::move(made).error();
  made->bind(row.article).bind(row.record);
  const Result<bool> found = made->step();
  if (!found) return found.error();
  if (!*found) return Error{.code = ErrorCode::kNotFound, .message = "the record has gone"};
  ListingCursor cursor;
  for (size_t i = 0; i < terms.size(); ++i) cursor.push_back(value_text(*made, static_cast<int>(i)));
  return cursor;
}

Result<Condition> condition_behind(std::string_view order, const ListingCursor& cursor) {
  const std::vector<OrderTerm> terms = terms_of(order);
  bool fits = terms.size() == cursor.size();
  for (const std::string& value : cursor) fits = fits && is_value(value);
  if (!fits) return Error{.code = ErrorCode::kBadOption, .message = "--cursor: is of another listing"};
  Condition condition;
  // Said once more for the first term, so that its index is used.
  if (terms.front().sql == "a.sort_key") condition = {.sql = "a.sort_key >= ? AND ", .values = {cursor.front().substr(1)}};
  condition.sql += "(";
  for (size_t i = 0; i < terms.size(); ++i) {
    condition.sql += i == 0 ? "(" : " OR (";
    for (size_t before = 0; before < i; ++before) add_same(terms[before], cursor[before], condition);
    add_behind(terms[i], cursor[i], condition);
    condition.sql += ")";
  }
  condition.sql += ")";
  return condition;
}

}  // namespace casus
