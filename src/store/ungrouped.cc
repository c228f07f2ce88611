#include "store/ungrouped.h"

#include <string_view>
#include <vector>

#include "crisis/text_groups.h"

namespace casus {
namespace {

Result<void> run_on(Database& database, std::string_view sql, int64_t parameter) {
  const Result<Query*> query = database.kept(sql);
  if (!query) return query.error();
  return (*query)->bind(parameter).run();
}

/// Takes an incident away; its events await being grouped. Where mentions are compared with a part of all incidents only, which part that
/// is may change for others too.
Result<void> ungroup(Database& database, int64_t incident) {
  constexpr std::string_view kSteps[] = {
      "INSERT INTO ungrouped (article, text) SELECT DISTINCT e.article, 0 FROM incident_mentions m JOIN events e USING (event) WHERE "
      "m.incident = ? ON CONFLICT DO NOTHING",
      "DELETE FROM incidents WHERE incident = ?"};  // its mentions go with it
  for (const std::string_view step : kSteps) {
    if (Result<void> done = run_on(database, step, incident); !done.ok()) return done;
  }
  return database.run("UPDATE incident_state SET made_by = NULL WHERE crowded <> 0");
}

Result<void> ungroup_each(Database& database, Query& query) {
  const Result<std::vector<int64_t>> incidents = query.integers();
  if (!incidents) return incidents.error();
  for (const int64_t incident : *incidents) {
    if (Result<void> done = ungroup(database, incident); !done.ok()) return done;
  }
  return {};
}

}  // namespace

Result<void> await_grouping(Database& database, int64_t article) {
  return run_on(database,
                "INSERT INTO ungrouped (article, text) SELECT ?1, NOT EXISTS (SELECT 1 FROM text_groups WHERE article = ?1) WHERE true "
                "ON CONFLICT DO UPDATE SET text = max(text, excluded.text)",
                article);
}

Result<void> ungroup_events(Database& database, int64_t article) {
  const Result<Query*> query =
      database.kept("SELECT DISTINCT m.incident FROM events e JOIN incident_mentions m USING (event) WHERE e.article = ?");
  if (!query) return query.error();
  return ungroup_each(database, (*query)->bind(article));
}

// What came after a text that others may copy is compared again.
Result<void> ungroup_text(Database& database, int64_t article) {
  static const std::string kLater =
      "INSERT INTO ungrouped (article, text) SELECT later.article, 1 FROM text_groups g JOIN articles a USING (article) JOIN articles "
      "later "
      "ON later.sort_key > a.sort_key AND later.sort_key < coalesce(date(a.published, '+" +
      std::to_string(kCopyDays + 1) +
      " days'), 'none is later') WHERE g.article = ? AND g.text_group = g.article AND later.duplicate_of IS NULL ON CONFLICT DO UPDATE SET "
      "text = 1";
  if (Result<void> done = run_on(database, kLater, article); !done.ok()) return done;
  return run_on(database, "DELETE FROM text_groups WHERE article = ?", article);
}

Result<void> ungroup_incident_of(Database& database, const std::string& article_id, const std::string& event_id) {
  const Result<Query*> query = database.kept(
      "SELECT m.incident FROM articles a JOIN events e USING (article) JOIN incident_mentions m USING (event) WHERE a.article_id = ? AND "
      "e.id = ?");
  if (!query) return query.error();
  const Result<std::vector<int64_t>> incidents = (*query)->bind(article_id).bind(event_id).integers();
  if (!incidents) return incidents.error();
  if (incidents->empty()) return ungroup_all(database);
  for (const int64_t incident : *incidents) {
    if (Result<void> done = ungroup(database, incident); !done.ok()) return done;
  }
  return {};
}

Result<void> ungroup_all(Database& database) { return database.run("UPDATE incident_state SET made_by = NULL"); }

}  // namespace casus
