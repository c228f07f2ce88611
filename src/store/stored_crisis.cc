#include "store/stored_crisis.h"

#include <optional>
#include <utility>

#include "crisis/day_span.h"
#include "reading/confidence.h"

namespace casus {
namespace {

/// The rows of the articles that stand for themselves.
Result<std::vector<int64_t>> rows_of_originals(Database& database) {
  Result<Query> query = database.prepare("SELECT article FROM articles WHERE duplicate_of IS NULL ORDER BY sort_key");
  if (!query) return std::move(query).error();
  std::vector<int64_t> rows;
  for (;;) {
    const Result<bool> row = query->step();
    if (!row) return row.error();
    if (!*row) return rows;
    rows.push_back(query->integer(0));
  }
}

}  // namespace

Result<StoredCrisis> load_crisis(Store& store, const CrisisRules& rules, const Lexicon& lexicon, const CrisisOptions& options,
                                 double min_confidence) {
  const Result<Snapshot> snapshot = Snapshot::take(store.database());
  if (!snapshot) return snapshot.error();
  const Result<std::vector<int64_t>> rows = rows_of_originals(store.database());
  if (!rows) return rows.error();
  StoredCrisis stored;
  std::vector<Report> reports;
  for (const int64_t row : *rows) {
    Result<std::optional<StoredReport>> loaded = store.load(row);
    if (!loaded && loaded.error().code != ErrorCode::kBadDatabase) return std::move(loaded).error();
    if (!loaded) {
      stored.damaged.push_back(std::move(loaded).error());
      continue;
    }
    std::optional<StoredReport>& found = *loaded;
    if (!found) continue;
    drop_doubtful_events(min_confidence, found->report);
    reports.push_back(std::move(found->report));
  }
  stored.crisis = build_crisis(reports, rules, lexicon, options);
  return stored;
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
