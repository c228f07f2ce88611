#include "store/stored_changes.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

#include "crisis/regroup.h"
#include "store/stored_mentions.h"
#include "store/stored_texts.h"

namespace casus {
namespace {

Result<std::vector<EventPlace>> places_of(Database& database, const std::vector<int64_t>& events) {
  const Result<Query*> query = database.kept("SELECT article, position FROM events WHERE event = ?");
  if (!query) return query.error();
  std::vector<EventPlace> places;
  for (const int64_t event : events) {
    const Result<bool> row = (*query)->bind(event).step();
    if (!row) return row.error();
    if (*row) places.push_back({.article = (*query)->integer(0), .position = (*query)->integer(1)});
    (*query)->reset();
  }
  return places;
}

/// The incidents that an article reports; how many sources they have depends on its text group.
Result<void> add_incidents_of(Database& database, int64_t article, std::set<int64_t>& incidents) {
  const Result<Query*> query = database.kept("SELECT m.incident FROM events e JOIN incident_mentions m USING (event) WHERE e.article = ?");
  if (!query) return query.error();
  return (*query)->bind(article).each([&](const Query& row) { incidents.insert(row.integer(0)); });
}

/// Adds incidents that have the same events as before and other sources.
Result<void> add_recounted(Database& database, GroupChanges& changes) {
  std::set<int64_t> recounted;
  for (const auto& [article, group] : changes.text_groups) {
    if (Result<void> done = add_incidents_of(database, article, recounted); !done.ok()) return done;
  }
  for (const int64_t gone : changes.gone) recounted.erase(gone);
  const std::vector<int64_t> rows(recounted.begin(), recounted.end());
  Result<StoredGroups> groups = read_groups_of(database, rows);
  if (!groups) return std::move(groups).error();
  changes.gone.insert(changes.gone.end(), rows.begin(), rows.end());
  std::ranges::move(groups->incidents, std::back_inserter(changes.groups.incidents));
  return {};
}

/// The text groups of the articles of all groups, as they are from now on.
Result<void> add_text_groups(Database& database, GroupChanges& changes) {
  std::set<int64_t> articles;
  for (const std::vector<EventPlace>& incident : changes.groups.incidents) {
    for (const EventPlace& place : incident) articles.insert(place.article);
  }
  const std::vector<int64_t> rows(articles.begin(), articles.end());
  if (Result<void> done = read_text_groups(database, rows, changes.groups.text_groups); !done.ok()) return done;
  const Result<Query*> query = database.kept("SELECT article_id FROM articles WHERE article = ?");
  if (!query) return query.error();
  for (const auto& [article, group] : changes.text_groups) {
    const Result<bool> row = (*query)->bind(article).step();
    if (!row) return row.error();
    if (*row) changes.groups.text_groups[(*query)->string(0)] = static_cast<uint32_t>(group);
    (*query)->reset();
  }
  return {};
}

}  // namespace

Result<GroupChanges> changes_of(Store& store, const CrisisRules& rules, const Lexicon& lexicon) {
  Database& database = store.database();
  Result<std::vector<std::pair<int64_t, int64_t>>> texts = regroup_texts(store);
  if (!texts) return std::move(texts).error();
  StoredMentions mentions(store, rules, lexicon);
  Result<std::vector<KeptMention>> fresh = mentions.fresh();
  if (!fresh) return std::move(fresh).error();
  Result<Regrouped> found = regroup(*std::move(fresh), mentions, rules, lexicon);
  if (!found) return std::move(found).error();
  const Result<int64_t> crowded = database.number("SELECT crowded FROM incident_state");
  if (!crowded) return crowded.error();
  GroupChanges changes{.gone = std::move(found->gone), .text_groups = *std::move(texts), .is_crowded = found->is_crowded || *crowded != 0};
  for (const std::vector<int64_t>& group : found->groups) {
    Result<std::vector<EventPlace>> places = places_of(database, group);
    if (!places) return std::move(places).error();
    changes.groups.incidents.push_back(*std::move(places));
  }
  if (Result<void> done = add_recounted(database, changes); !done.ok()) return done.error();
  if (Result<void> done = add_text_groups(database, changes); !done.ok()) return done.error();
  return changes;
}

}  // namespace casus
