#include "store/rollup_check.h"

#include <string>

namespace casus {
namespace {

constexpr const char* kDyads =
    "SELECT s.country, t.country, coalesce(e.first_day, ''), coalesce(e.last_day, ''), e.status, e.type, e.quad, count(DISTINCT e.event), "
    "count(DISTINCT CASE WHEN s.country IN (SELECT country FROM event_actors WHERE event = e.event AND side = 'target') AND "
    "t.country IN (SELECT country FROM event_actors WHERE event = e.event AND side = 'source') THEN e.event END) "
    "FROM events e JOIN articles a USING (article) JOIN event_actors s ON s.event = e.event AND s.side = 'source' "
    "JOIN event_actors t ON t.event = e.event AND t.side = 'target' "
    "WHERE a.duplicate_of IS NULL AND s.country IS NOT NULL AND t.country IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7";
constexpr const char* kCountries =
    "SELECT c.country, c.side, coalesce(e.first_day, ''), coalesce(e.last_day, ''), e.status, e.type, e.quad, count(DISTINCT e.event) "
    "FROM events e JOIN articles a USING (article) JOIN event_actors c ON c.event = e.event "
    "WHERE a.duplicate_of IS NULL AND c.country IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7";
constexpr const char* kArticles = "SELECT coalesce(published, ''), count(*) FROM articles WHERE duplicate_of IS NULL GROUP BY 1";

std::string differs(const std::string& table, const std::string& sums) {
  return "SELECT EXISTS (SELECT * FROM " + table + " EXCEPT " + sums + ") OR EXISTS (SELECT * FROM (" + sums + ") EXCEPT SELECT * FROM " +
         table + ")";
}

}  // namespace

std::string_view dyad_sums() { return kDyads; }

Result<void> rebuild_rollup(Database& database) {
  return database.run(std::string("DELETE FROM daily_dyads; DELETE FROM daily_countries; DELETE FROM daily_articles; ") +
                      "INSERT INTO daily_dyads " + kDyads + "; INSERT INTO daily_countries " + kCountries +
                      "; INSERT INTO daily_articles " + kArticles);
}

Result<bool> rollup_is_right(Database& database) {
  for (const auto& [table, sums] :
       {std::pair("daily_dyads", kDyads), std::pair("daily_countries", kCountries), std::pair("daily_articles", kArticles)}) {
    const Result<int64_t> wrong = database.number(differs(table, sums));
    if (!wrong) return wrong.error();
    if (*wrong != 0) return false;
  }
  return true;
}

}  // namespace casus
