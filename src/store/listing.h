#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <casus/result.h>

#include "store/filters.h"
#include "store/sqlite.h"

namespace casus {

/// What a listing asks for.
struct ListingQuery {
  Listed listed = Listed::kEvents;
  Filters filters{};
  std::string order{};  ///< order_of
  uint64_t limit = 0;   ///< 0 for all
  Condition after{};    ///< listing_cursor.h; no SQL for a listing from its beginning
};

/// One record of a listing: where it lies. Its words are loaded, and checked, with its article (Store::load).
struct ListedRow {
  int64_t article = 0;  ///< row of its article
  int64_t record = 0;   ///< its place among the events, or statements, of the article; 0 for articles
};

/// The records of a listing one after another, in order, without holding them.
/// Ownership: must not outlive its database. Threads: one at a time.
class Listing {
 public:
  /// Errors: those of the file.
  [[nodiscard]] static Result<Listing> open(Database& database, const ListingQuery& query);

  /// The next one; nothing at the end. Errors: those of the file.
  [[nodiscard]] Result<std::optional<ListedRow>> next();

 private:
  explicit Listing(Query query) : query_(std::move(query)) {}
  Query query_;
};

/// How many records a listing has. Errors: those of the file.
[[nodiscard]] Result<int64_t> count_listed(Database& database, const ListingQuery& query);

/// Draws `size` events at random among those that filters let through, in the order in which they were drawn. Which, depends on `seed` and
/// on ids alone, not on what else is in the database or in which order it came. Errors: those of the file.
[[nodiscard]] Result<std::vector<ListedRow>> draw_events(Database& database, const Filters& filters, uint64_t size, uint64_t seed);

/// An article, or statement, that holds the words of a search.
struct Hit {
  ListedRow row{};
  std::string words{};  ///< of the text around them, marked by [ and ]
};

/// Finds articles, or with Listed::kStatements statements, by words: the best first. `words` is a query in the language of SQLite's FTS5
/// (words, "phrases", prefix*, OR, NOT) as far as it is one; else all of its words must be there. Errors: kBadOption for a query that
/// FTS5 does not take; those of the file.
[[nodiscard]] Result<std::vector<Hit>> search(Database& database, const std::string& words, const ListingQuery& query);

}  // namespace casus
