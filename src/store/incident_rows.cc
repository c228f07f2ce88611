#include "store/incident_rows.h"

#include <utility>

#include "crisis/day_span.h"
#include "crisis/incidents.h"

namespace casus {
namespace {

/// Writes the rows of a crisis.
class IncidentWriter {
 public:
  IncidentWriter(Database& database, const Crisis& crisis) : database_(database), crisis_(crisis) {}

  /// Beside the rows that are there.
  Result<void> write() {
    const Result<int64_t> last = database_.number("SELECT max(incident) FROM incidents");
    if (!last) return last.error();
    last_ = *last;
    if (Result<void> done = find_mentions(); !done.ok()) return done;
    for (const Incident& incident : crisis_.incidents) {
      if (Result<void> done = write(incident); !done.ok()) return done;
    }
    return {};
  }

 private:
  /// The rows of events, by mention.
  Result<void> find_mentions() {
    uint32_t mention = 0;
    rows_.resize(crisis_.mentions.size());
    for (uint32_t i = 0; i < crisis_.articles.size(); ++i) {
      while (mention < crisis_.mentions.size() && crisis_.mentions[mention].article == i) ++mention;
      if (Result<void> done = find_events(crisis_.articles[i], mention); !done.ok()) return done;
    }
    return {};
  }

  /// `end`: behind the article's last mention.
  Result<void> find_events(const CrisisArticle& article, uint32_t end) {
    const Result<Query*> events = database_.kept(
        "SELECT event FROM events WHERE article = (SELECT article FROM articles WHERE article_id = ?) ORDER BY position DESC");
    if (!events) return events.error();
    (*events)->bind(article.article_id);
    for (uint32_t at = end; at > 0; --at) {
      const Result<bool> row = (*events)->step();
      if (!row) return row.error();
      if (!*row) break;
      rows_[at - 1] = (*events)->integer(0);
    }
    (*events)->reset();
    return {};
  }

  Result<void> write(const Incident& incident) {
    const Result<Query*> kept = database_.kept(
        "INSERT INTO incidents (incident, id, type, mode, status, first_day, last_day, first_report, last_report, articles, outlets, "
        "sources, confidence, weight, event) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!kept) return kept.error();
    Query& query = **kept;
    const DaySpan window = incident.window;
    query.bind(++last_).bind(incident.id).bind(incident.type).bind_known(incident.mode).bind(incident.status);
    query.bind_known(incident.dated ? day_text(window.begin) : "").bind_known(incident.dated ? day_text(window.end - 1) : "");
    query.bind_known(day_text(incident.first_report)).bind_known(day_text(incident.last_report));
    query.bind(incident.articles).bind(incident.outlets).bind(incident.sources).bind(incident.confidence).bind(incident.weight);
    query.bind(rows_[incident.lead]);
    if (Result<void> done = query.run(); !done.ok()) return done;
    for (const uint32_t mention : incident.mentions) {
      const Result<Query*> row = database_.kept("INSERT INTO incident_mentions (event, incident, id) VALUES (?, ?, ?)");
      if (!row) return row.error();
      if (Result<void> done = (*row)->bind(rows_[mention]).bind(last_).bind(incident_id(crisis_.mentions[mention].event)).run(); !done.ok())
        return done;
    }
    return {};
  }

  Database& database_;
  const Crisis& crisis_;
  std::vector<int64_t> rows_{};  ///< of events, by mention
  int64_t last_ = 0;
};

/// Calls `take` with each row of a query whose parameter is a day, or "" for all.
template <class Take>
Result<void> each_since(Database& database, const std::string& sql, const std::string& day, Take take) {
  Result<Query> query = database.prepare(sql);
  if (!query) return std::move(query).error();
  return query->bind(day).each(take);
}

Result<bool> is_true(Database& database, std::string_view sql, const std::string& parameter) {
  const Result<Query*> query = database.kept(sql);
  if (!query) return query.error();
  const Result<bool> row = (*query)->bind(parameter).step();
  if (!row) return row.error();
  const bool found = *row && (*query)->integer(0) == 1;
  (*query)->reset();
  return found;
}

/// Runs `write` in a transaction, after which nothing awaits being grouped.
template <class Write>
Result<bool> write_unless_changed(Database& database, const IncidentMaker& maker, Write write) {
  Result<Transaction> transaction = Transaction::begin(database);
  if (!transaction) return transaction.error();
  const Result<int64_t> now = count_changes(database);
  if (!now) return now.error();
  if (*now != maker.changes) return false;
  if (const Result<void> done = write(); !done.ok()) return done.error();
  if (const Result<void> done = database.run("DELETE FROM ungrouped"); !done.ok()) return done.error();
  const Result<Query*> mark = database.kept("UPDATE incident_state SET made_by = ?, crowded = ?");
  if (!mark) return mark.error();
  if (const Result<void> done = (*mark)->bind(maker.made_by).bind(maker.is_crowded ? 1 : 0).run(); !done.ok()) return done.error();
  if (const Result<void> done = transaction->commit(); !done.ok()) return done.error();
  return true;
}

}  // namespace

Result<void> count_change(Database& database) {
  return database.run(
      "INSERT INTO incident_state (one, changes, crowded) VALUES (1, 1, 0) ON CONFLICT DO UPDATE SET changes = changes + 1");
}

Result<int64_t> count_changes(Database& database) { return database.number("SELECT changes FROM incident_state"); }

Result<bool> are_incidents_present(Database& database, const std::string& made_by) {
  return is_true(database, "SELECT made_by = ? AND NOT EXISTS (SELECT 1 FROM ungrouped) FROM incident_state", made_by);
}

Result<bool> are_others_present(Database& database, const std::string& made_by) {
  return is_true(database, "SELECT made_by = ? FROM incident_state", made_by);
}

Result<bool> write_incidents(Database& database, const Crisis& crisis, const IncidentMaker& maker) {
  return write_unless_changed(database, maker, [&]() -> Result<void> {
    constexpr const char* kClear = "DELETE FROM incident_mentions; DELETE FROM incidents; DELETE FROM text_groups";
    if (Result<void> done = database.run(kClear); !done.ok()) return done;
    for (const CrisisArticle& article : crisis.articles) {
      const Result<Query*> group = database.kept(
          "INSERT INTO text_groups (article, text_group) SELECT a.article, leader.article FROM articles a, articles leader WHERE "
          "a.article_id = ? AND leader.article_id = ?");
      if (!group) return group.error();
      if (Result<void> done = (*group)->bind(article.article_id).bind(crisis.articles[article.text_group].article_id).run(); !done.ok())
        return done;
    }
    return IncidentWriter(database, crisis).write();
  });
}

Result<bool> write_changes(Database& database, const GroupChanges& changes, const Crisis& crisis, const IncidentMaker& maker) {
  return write_unless_changed(database, maker, [&]() -> Result<void> {
    for (const int64_t gone : changes.gone) {
      const Result<Query*> incident = database.kept("DELETE FROM incidents WHERE incident = ?");  // its mentions go with it
      if (!incident) return incident.error();
      if (Result<void> done = (*incident)->bind(gone).run(); !done.ok()) return done;
    }
    for (const auto& [article, text_group] : changes.text_groups) {
      const Result<Query*> group = database.kept("INSERT OR REPLACE INTO text_groups (article, text_group) VALUES (?, ?)");
      if (!group) return group.error();
      if (Result<void> done = (*group)->bind(article).bind(text_group).run(); !done.ok()) return done;
    }
    return IncidentWriter(database, crisis).write();
  });
}

Result<StoredGroups> read_groups(Database& database, const std::string& published_since) {
  StoredGroups groups;
  int64_t last = -1;
  // CROSS: from the articles of those days, which may be few, to their events. Those without a day come last.
  const Result<void> incidents = each_since(
      database,
      "SELECT m.incident, e.article, e.position FROM articles a CROSS JOIN events e USING (article) CROSS JOIN incident_mentions m USING "
      "(event) WHERE a.sort_key >= ? ORDER BY m.incident, m.event",
      published_since, [&](const Query& row) {
        if (groups.incidents.empty() || row.integer(0) != last) groups.incidents.emplace_back();
        last = row.integer(0);
        groups.incidents.back().push_back({.article = row.integer(1), .position = row.integer(2)});
      });
  if (!incidents.ok()) return incidents.error();
  const Result<void> texts = each_since(
      database, "SELECT a.article_id, g.text_group FROM articles a CROSS JOIN text_groups g USING (article) WHERE a.sort_key >= ?",
      published_since, [&](const Query& row) { groups.text_groups[row.string(0)] = static_cast<uint32_t>(row.integer(1)); });
  if (!texts.ok()) return texts.error();
  return groups;
}

Result<void> read_text_groups(Database& database, std::span<const int64_t> articles, TextGroups& groups) {
  const Result<Query*> query =
      database.kept("SELECT a.article_id, g.text_group FROM text_groups g JOIN articles a USING (article) WHERE article = ?");
  if (!query) return query.error();
  for (const int64_t article : articles) {
    const Result<bool> row = (*query)->bind(article).step();
    if (!row) return row.error();
    if (*row) groups[(*query)->string(0)] = static_cast<uint32_t>((*query)->integer(1));
    (*query)->reset();
  }
  return {};
}

Result<StoredGroups> read_groups_of(Database& database, std::span<const int64_t> incidents) {
  StoredGroups groups;
  const Result<Query*> mentions = database.kept(
      "SELECT e.article, e.position, a.article_id, g.text_group FROM incident_mentions m JOIN events e USING (event) JOIN articles a USING "
      "(article) JOIN text_groups g USING (article) WHERE m.incident = ? ORDER BY m.event");
  if (!mentions) return mentions.error();
  for (const int64_t incident : incidents) {
    std::vector<EventPlace>& group = groups.incidents.emplace_back();
    (*mentions)->bind(incident);
    for (;;) {
      const Result<bool> row = (*mentions)->step();
      if (!row) return row.error();
      if (!*row) break;
      group.push_back({.article = (*mentions)->integer(0), .position = (*mentions)->integer(1)});
      groups.text_groups[(*mentions)->string(2)] = static_cast<uint32_t>((*mentions)->integer(3));
    }
    (*mentions)->reset();
  }
  return groups;
}

}  // namespace casus
