#include "store/stored_crisis.h"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "crisis/day_span.h"
#include "crisis/incident_edits.h"
#include "crisis/incidents.h"
#include "reading/confidence.h"
#include "store/fixes.h"
#include "store/incident_fixes.h"
#include "store/incident_rows.h"
#include "store/stored_changes.h"

namespace casus {
namespace {

/// Where more than one in so many articles awaits being grouped, all are.
constexpr int64_t kLeastKept = 5;

std::string maker_of(const CrisisRules& rules, const Lexicon& lexicon) {
  return "incidents 3 " + rules.fingerprint() + " " + lexicon.fingerprint();
}

/// The reports of articles that stand for themselves.
struct LoadedReports {
  std::vector<Report> reports{};
  std::unordered_map<int64_t, std::string> article_ids{};  ///< by row
  std::vector<Error> damaged{};
};

/// The rows of those published on that day or later, or on an unknown one; all for "".
Result<std::vector<int64_t>> rows_of_originals(Database& database, const std::string& published_since) {
  Result<Query> query = database.prepare(
      "SELECT article FROM articles WHERE duplicate_of IS NULL AND sort_key >= ? ORDER BY sort_key");  // without a day they come last
  if (!query) return std::move(query).error();
  return query->bind(published_since).integers();
}

Result<LoadedReports> load_rows(Store& store, std::span<const int64_t> rows, double min_confidence) {
  LoadedReports all;
  for (const int64_t row : rows) {
    Result<std::optional<StoredReport>> loaded = store.load(row);
    if (!loaded && loaded.error().code != ErrorCode::kBadDatabase) return std::move(loaded).error();
    if (!loaded) {
      all.damaged.push_back(std::move(loaded).error());
      continue;
    }
    std::optional<StoredReport>& found = *loaded;
    if (!found) continue;
    drop_doubtful_events(min_confidence, found->report);
    all.article_ids.emplace(row, found->report.article->article_id());
    all.reports.push_back(std::move(found->report));
  }
  return all;
}

Result<LoadedReports> load_reports(Store& store, const std::string& published_since, double min_confidence) {
  const Result<std::vector<int64_t>> rows = rows_of_originals(store.database(), published_since);
  if (!rows) return rows.error();
  return load_rows(store, *rows, min_confidence);
}

/// Where each article's mentions begin in a crisis, by article_id.
std::unordered_map<std::string, uint32_t> first_mentions(const Crisis& crisis) {
  std::unordered_map<std::string, uint32_t> first;
  for (uint32_t i = 0; i < crisis.mentions.size(); ++i) first.try_emplace(crisis.articles[crisis.mentions[i].article].article_id, i);
  return first;
}

/// Gives the crisis the fixes of its incidents.
void add_fixes(const std::vector<Fix>& fixes, const CrisisOptions& options, const std::string& file, StoredCrisis& made) {
  FoundFixes found = find_fixed(made.crisis, fixes, options.as_of, file);
  made.crisis.fixes = std::move(found.fixes);
  made.damaged.insert(made.damaged.end(), found.broken.begin(), found.broken.end());
}

/// The groups of loaded articles, as indices of mentions.
std::vector<std::vector<uint32_t>> groups_of(const LoadedReports& loaded, const StoredGroups& stored, const Crisis& crisis) {
  const std::unordered_map<std::string, uint32_t> first = first_mentions(crisis);
  std::vector<std::vector<uint32_t>> groups;
  for (const std::vector<EventPlace>& incident : stored.incidents) {
    std::vector<uint32_t>& group = groups.emplace_back();
    for (const EventPlace& place : incident) {
      const auto article = loaded.article_ids.find(place.article);
      if (article != loaded.article_ids.end()) group.push_back(first.at(article->second) + static_cast<uint32_t>(place.position));
    }
    std::ranges::sort(group);
  }
  return groups;
}

Result<std::vector<Fix>> incident_fixes(Database& database) {
  return read_fixes(database, {.kinds = {kJoinFix, kSplitFix, kHappenedFix, kNotHappenedFix}});
}

Result<std::string> last_published(Database& database) {
  Result<Query> query = database.prepare("SELECT coalesce(max(published), '') FROM daily_articles");
  if (!query) return std::move(query).error();
  const Result<bool> row = query->step();
  if (!row) return row.error();
  return query->string(0);
}

/// The day from which on articles count that are no older than so many days; "" for all.
Result<std::string> first_recent(Database& database, std::optional<int32_t> recent_days) {
  const Result<std::string> last = last_published(database);
  if (!last) return last.error();
  const std::optional<int32_t> day = parse_day_count(*last);
  return day && recent_days ? day_text(*day - *recent_days) : std::string();
}

Result<StoredCrisis> load_from_groups(Store& store, const CrisisRules& rules, const Lexicon& lexicon, std::optional<int32_t> recent_days,
                                      const std::vector<Fix>& fixes) {
  const Result<std::string> since = first_recent(store.database(), recent_days);
  if (!since) return since.error();
  const Result<LoadedReports> loaded = load_reports(store, *since, 0);
  if (!loaded) return loaded.error();
  const Result<StoredGroups> stored = read_groups(store.database(), *since);
  if (!stored) return stored.error();
  Result<Query> older =
      store.database().prepare("SELECT coalesce(sum(articles), 0) FROM daily_articles WHERE published > '' AND published < ?");
  if (!older) return std::move(older).error();
  const Result<bool> row = older->bind(*since).step();
  if (!row) return row.error();
  StoredCrisis made{.crisis = assemble_crisis(loaded->reports, rules, lexicon, {}, &stored->text_groups), .damaged = loaded->damaged};
  add_fixes(fixes, {}, store.path(), made);
  made.crisis.incidents = incidents_of_groups(groups_of(*loaded, *stored, made.crisis), made.crisis, rules, lexicon);
  made.crisis.older = static_cast<uint64_t>(older->integer(0));
  return made;
}

/// The articles of which some event is in these groups.
std::vector<int64_t> articles_of(const StoredGroups& groups) {
  std::set<int64_t> articles;
  for (const std::vector<EventPlace>& incident : groups.incidents) {
    for (const EventPlace& place : incident) articles.insert(place.article);
  }
  return {articles.begin(), articles.end()};
}

/// The crisis of stored groups, of the articles that report them.
Result<StoredCrisis> crisis_of_groups(Store& store, const CrisisRules& rules, const Lexicon& lexicon, const StoredGroups& groups) {
  const Result<LoadedReports> loaded = load_rows(store, articles_of(groups), 0);
  if (!loaded) return loaded.error();
  const Result<std::vector<Fix>> fixes = incident_fixes(store.database());
  if (!fixes) return fixes.error();
  const Result<std::string> last = last_published(store.database());
  if (!last) return last.error();
  StoredCrisis made{.crisis = assemble_crisis(loaded->reports, rules, lexicon, {}, &groups.text_groups), .damaged = loaded->damaged};
  made.crisis.as_of = parse_day_count(*last);
  add_fixes(*fixes, {}, store.path(), made);
  made.crisis.incidents = incidents_of_groups(groups_of(*loaded, groups, made.crisis), made.crisis, rules, lexicon);
  return made;
}

/// Whether the stored incidents are best kept up: few articles await being grouped, and no person joined or split incidents, so that those
/// that are stored are the ones that mentions found by themselves.
Result<bool> can_be_kept_up(Store& store, const std::string& made_by) {
  Database& database = store.database();
  Result<bool> others = are_others_present(database, made_by);
  if (!others || !*others) return others;
  const Result<std::vector<Fix>> edits = read_fixes(database, {.kinds = {kJoinFix, kSplitFix}});
  if (!edits) return edits.error();
  if (!edits->empty()) return false;
  const Result<int64_t> waiting = database.number(
      "SELECT count(*) FROM ungrouped u WHERE u.text = 0 OR NOT EXISTS (SELECT 1 FROM text_groups g WHERE g.article = u.article)");
  if (!waiting) return waiting.error();
  const Result<int64_t> all = database.number("SELECT count(*) FROM text_groups");
  if (!all) return all.error();
  return *waiting * kLeastKept <= *all;
}

/// What becomes of the stored incidents by what awaits being grouped; nothing where all are to be made anew.
Result<std::optional<GroupChanges>> find_changes(Store& store, const std::string& made_by, const CrisisRules& rules,
                                                 const Lexicon& lexicon) {
  const Result<bool> can = can_be_kept_up(store, made_by);
  if (!can) return can.error();
  if (!*can) return std::optional<GroupChanges>();
  Result<GroupChanges> changes = changes_of(store, rules, lexicon);
  // What is damaged is for those who read all of it.
  if (!changes && changes.error().code == ErrorCode::kBadDatabase) return std::optional<GroupChanges>();
  if (!changes) return std::move(changes).error();
  return std::optional(*std::move(changes));
}

Result<StoredCrisis> whole_crisis(Store& store, const CrisisRules& rules, const Lexicon& lexicon, IncidentMaker& maker) {
  Result<LoadedReports> loaded = load_reports(store, "", 0);
  if (!loaded) return std::move(loaded).error();
  const Result<std::vector<Fix>> fixes = incident_fixes(store.database());
  if (!fixes) return fixes.error();
  StoredCrisis made{.crisis = assemble_crisis(loaded->reports, rules, lexicon), .damaged = std::move(loaded->damaged)};
  add_fixes(*fixes, {}, store.path(), made);
  if (made.damaged.empty()) made.crisis.incidents = build_incidents(made.crisis, rules, lexicon, &maker.is_crowded);
  return made;
}

}  // namespace

Result<bool> has_incidents(Store& store, const CrisisRules& rules, const Lexicon& lexicon) {
  return are_incidents_present(store.database(), maker_of(rules, lexicon));
}

Result<StoredCrisis> load_incidents(Store& store, const CrisisRules& rules, const Lexicon& lexicon, std::span<const int64_t> incidents) {
  const Result<StoredGroups> stored = read_groups_of(store.database(), incidents);
  if (!stored) return stored.error();
  return crisis_of_groups(store, rules, lexicon, *stored);
}

Result<StoredCrisis> load_crisis(Store& store, const CrisisRules& rules, const Lexicon& lexicon, const CrisisOptions& options,
                                 double min_confidence, std::optional<int32_t> recent_days) {
  const Result<Snapshot> snapshot = Snapshot::take(store.database());
  if (!snapshot) return snapshot.error();
  const Result<std::vector<Fix>> fixes = incident_fixes(store.database());
  if (!fixes) return fixes.error();
  if (!options.as_of && min_confidence == 0) {
    const Result<bool> present = are_incidents_present(store.database(), maker_of(rules, lexicon));
    if (!present) return present.error();
    if (*present) return load_from_groups(store, rules, lexicon, recent_days, *fixes);
  }
  Result<LoadedReports> loaded = load_reports(store, "", min_confidence);
  if (!loaded) return std::move(loaded).error();
  StoredCrisis made{.crisis = assemble_crisis(loaded->reports, rules, lexicon, options), .damaged = std::move(loaded->damaged)};
  add_fixes(*fixes, options, store.path(), made);
  made.crisis.incidents = build_incidents(made.crisis, rules, lexicon);
  if (recent_days) made.crisis = recent_part(made.crisis, *recent_days, rules, lexicon);
  return made;
}

Result<bool> update_incidents(Store& store, const CrisisRules& rules, const Lexicon& lexicon, bool may_read_all) {
  IncidentMaker maker{.made_by = maker_of(rules, lexicon)};
  const Result<bool> present = are_incidents_present(store.database(), maker.made_by);
  if (!present) return present.error();
  if (*present) return false;
  std::optional<GroupChanges> changes;
  StoredCrisis made;
  {
    const Result<Snapshot> snapshot = Snapshot::take(store.database());
    if (!snapshot) return snapshot.error();
    const Result<int64_t> counted = count_changes(store.database());
    if (!counted) return counted.error();
    maker.changes = *counted;
    Result<std::optional<GroupChanges>> found = find_changes(store, maker.made_by, rules, lexicon);
    if (!found) return std::move(found).error();
    changes = *std::move(found);
    if (!changes && !may_read_all) return false;
    Result<StoredCrisis> crisis =
        changes ? crisis_of_groups(store, rules, lexicon, changes->groups) : whole_crisis(store, rules, lexicon, maker);
    if (!crisis) return std::move(crisis).error();
    if (!crisis->damaged.empty()) return false;  // what is damaged is told by whoever reads it
    made = *std::move(crisis);
  }
  if (!changes) return write_incidents(store.database(), made.crisis, maker);
  maker.is_crowded = changes->is_crowded;
  return write_changes(store.database(), *changes, made.crisis, maker);
}

Result<CrisisFilter> crisis_filter_of(const Filters& filters, const std::vector<std::string>& actors, const std::string& dyad,
                                      const Crisis& crisis, const Lexicon& lexicon) {
  CrisisFilter filter{.types = filters.types,
                      .statuses = filters.statuses,
                      .since = parse_day_count(filters.since),
                      .until = parse_day_count(filters.until),
                      .published_since = parse_day_count(filters.published_since),
                      .published_until = parse_day_count(filters.published_until),
                      .outlets = filters.outlets,
                      .place = filters.place};
  for (const std::string& name : actors) {
    Result<ActorFilter> actor = find_actor(name, crisis, lexicon);
    if (!actor) return std::move(actor).error();
    filter.actors.push_back(*std::move(actor));
  }
  if (dyad.empty()) return filter;
  Result<DyadFilter> sides = find_dyad(dyad, crisis, lexicon);
  if (!sides) return std::move(sides).error();
  filter.dyad = *std::move(sides);
  return filter;
}

}  // namespace casus
