#include "store/stored_mentions.h"

#include <utility>

#include "crisis/crisis_builder.h"
#include "crisis/day_span.h"
#include "store/report_rows.h"

namespace casus {
namespace {

const std::string kSeenColumns = "SELECT e.event, e.type, e.status, e.date, a.published FROM ";
const std::string kOfOriginals = " AND a.duplicate_of IS NULL";

}  // namespace

Result<const StoredMentions::Told*> StoredMentions::told(int64_t row) {
  if (const auto known = told_.find(row); known != told_.end()) return &known->second;
  const Result<std::optional<ArticlePtr>> article = store_.load_article(row);
  if (!article) return article.error();
  Told& told = told_[row];
  told.number = static_cast<uint32_t>(told_.size());
  const std::optional<ArticlePtr>& found = *article;
  if (!found) return &told;
  told.article = *found;
  told.published = day_count(told.article->fields().published);
  Result<StoredEvents> events = read_events(store_.database(), row, told.article);
  if (!events) return std::move(events).error();
  told.events = std::move(events->events);
  for (size_t i = 0; i < events->rows.size(); ++i) told.places.emplace(events->rows[i], i);
  return &told;
}

Result<KeptMention> StoredMentions::mention(int64_t article, int64_t event, int64_t group) {
  const Result<const Told*> found = told(article);
  if (!found) return found.error();
  const Told& told = **found;
  const auto found_place = told.places.find(event);
  if (found_place == told.places.end()) {
    return Error{.code = ErrorCode::kBadDatabase,
                 .message = "event " + std::to_string(event) + " is none of article " + std::to_string(article),
                 .file = store_.path(),
                 .remedy = "casus db check --db " + store_.path() + " names what is wrong"};
  }
  const size_t place = found_place->second;
  KeptMention kept{.number = event,
                   .group = group,
                   .article_id = told.article->article_id(),
                   .position = static_cast<int64_t>(place),
                   .published = told.published,
                   .mention = mention_of(told.events[place], *told.article, told.published, rules_, lexicon_)};
  kept.mention.article = told.number;
  return kept;
}

Result<std::vector<KeptMention>> StoredMentions::fresh() {
  const Result<Query*> kept = store_.database().kept(
      "SELECT e.article, e.event FROM ungrouped u JOIN articles a USING (article) JOIN events e USING (article) WHERE a.duplicate_of IS "
      "NULL "
      "AND NOT EXISTS (SELECT 1 FROM incident_mentions m WHERE m.event = e.event)");
  if (!kept) return kept.error();
  std::vector<KeptMention> mentions;
  for (;;) {
    const Result<bool> row = (*kept)->step();
    if (!row) return row.error();
    if (!*row) break;
    Result<KeptMention> found = mention((*kept)->integer(0), (*kept)->integer(1), 0);
    if (!found) return std::move(found).error();
    mentions.push_back(*std::move(found));
  }
  (*kept)->reset();
  return mentions;
}

Result<std::vector<KeptMention>> StoredMentions::near(const Neighbourhood& near) {
  if (Result<void> done = see_around(days_of_bin(near.bin)); !done.ok()) return done.error();
  std::vector<KeptMention> mentions;
  for (const size_t index : by_family_[near.family][near.bin]) {
    const Result<bool> is_near = names(near.country, seen_[index]);
    if (!is_near) return is_near.error();
    if (!*is_near) continue;
    const Result<int64_t> incident = incident_of(seen_[index].event);
    if (!incident) return incident.error();
    if (*incident == 0 || !given_.insert(*incident).second) continue;
    if (Result<void> done = add_incident(*incident, mentions); !done.ok()) return done.error();
  }
  return mentions;
}

/// Sees all events that may have these days in their reach.
Result<void> StoredMentions::see_around(DaySpan days) {
  const auto in_bins = [&](int32_t begin, int32_t end, std::set<int32_t>& done_already, const std::string& sql) -> Result<void> {
    const Bins bins = bins_of({begin, end});
    for (int32_t bin = bins.first; bin <= bins.last; ++bin) {
      if (!done_already.insert(bin).second) continue;
      const DaySpan of_bin = days_of_bin(bin);
      if (Result<void> done = see(sql, day_text(of_bin.begin), day_text(of_bin.end)); !done.ok()) return done;
    }
    return {};
  };
  static const std::string kPublished =
      kSeenColumns + "articles a CROSS JOIN events e USING (article) WHERE a.sort_key >= ? AND a.sort_key < ?" + kOfOriginals;
  // A reach ends within the day after its last one.
  if (Result<void> done =
          in_bins(days.begin - std::max(widest_.lasting, widest_.ahead) - 2, days.end + widest_.window, bins_published_, kPublished);
      !done.ok())
    return done;
  static const std::string kDated =
      kSeenColumns + "events e CROSS JOIN articles a USING (article) WHERE e.first_day >= ? AND e.first_day < ?" + kOfOriginals;
  if (Result<void> done = in_bins(days.begin - widest_.lasting - 2, days.end, bins_dated_, kDated); !done.ok()) return done;
  // Those that began before, and end on these days or later.
  static const std::string kOfManyDays =
      kSeenColumns +
      "events e CROSS JOIN articles a USING (article) WHERE e.last_day > e.first_day AND e.last_day >= ? AND e.last_day < ?" + kOfOriginals;
  if (Result<void> done = in_bins(days.begin - widest_.lasting - 2, days.end + kLongestRange, bins_of_many_days_, kOfManyDays); !done.ok())
    return done;
  if (has_seen_undated_ || !days.overlaps({-widest_.lasting, widest_.lasting + 2})) return {};  // window_of an unknown day
  has_seen_undated_ = true;
  return see(kPublished, "9999-99-99", "~");
}

Result<void> StoredMentions::see(const std::string& sql, const std::string& first, const std::string& end) {
  const Result<Query*> kept = store_.database().kept(sql);
  if (!kept) return kept.error();
  return (*kept)->bind(first).bind(end).each([&](const Query& row) { take_seen(row); });
}

void StoredMentions::take_seen(const Query& row) {
  if (!seen_events_.insert(row.integer(0)).second) return;
  const IncidentRule& rule = rules_.rule_of(row.text(1));
  const std::string_view status = row.text(2);
  const DaySpan reach =
      reach_of(parse_day_range(row.text(3)).value_or(window_of(status, parse_day_count(row.text(4)), rule)), status, rule);
  seen_.push_back({.event = row.integer(0), .reach = reach});
  const Bins bins = bins_of(reach);
  auto& by_bin = by_family_[rule.family];
  for (int32_t bin = bins.first; bin <= bins.last; ++bin) by_bin[bin].push_back(seen_.size() - 1);
}

Result<bool> StoredMentions::names(const std::string& country, Seen& seen) {
  if (!seen.countries) {
    const Result<Query*> kept = store_.database().kept("SELECT country FROM event_actors WHERE event = ?");
    if (!kept) return kept.error();
    std::set<std::string> countries;
    const Result<void> done = (*kept)->bind(seen.event).each([&](const Query& row) { countries.insert(row.string(0)); });
    if (!done.ok()) return done.error();
    seen.countries = std::move(countries);
  }
  return seen.countries->contains(country);
}

Result<int64_t> StoredMentions::incident_of(int64_t event) {
  const Result<Query*> kept = store_.database().kept("SELECT incident FROM incident_mentions WHERE event = ?");
  if (!kept) return kept.error();
  const Result<bool> row = (*kept)->bind(event).step();
  if (!row) return row.error();
  const int64_t incident = *row ? (*kept)->integer(0) : 0;
  (*kept)->reset();
  return incident;
}

Result<void> StoredMentions::add_incident(int64_t incident, std::vector<KeptMention>& mentions) {
  const Result<Query*> kept =
      store_.database().kept("SELECT e.article, e.event FROM incident_mentions m JOIN events e USING (event) WHERE m.incident = ?");
  if (!kept) return kept.error();
  (*kept)->bind(incident);
  for (;;) {
    const Result<bool> row = (*kept)->step();
    if (!row) return row.error();
    if (!*row) break;
    Result<KeptMention> found = mention((*kept)->integer(0), (*kept)->integer(1), incident);
    if (!found) return std::move(found).error();
    mentions.push_back(*std::move(found));
  }
  (*kept)->reset();
  return {};
}

}  // namespace casus
