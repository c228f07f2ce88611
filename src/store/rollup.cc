#include "store/rollup.h"

#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "base/calendar.h"

namespace casus {
namespace {

std::set<std::string> countries_of(const std::vector<Actor>& actors) {
  std::set<std::string> countries;
  for (const Actor& actor : actors) {
    if (!actor.country.empty()) countries.insert(actor.country);
  }
  return countries;
}

Query& bind_key(const Rollup::Key& key, Query& query) {
  query.bind(std::get<0>(key)).bind(std::get<1>(key)).bind(std::get<2>(key)).bind(std::get<3>(key));
  return query.bind(std::get<4>(key)).bind(std::get<5>(key)).bind(std::get<6>(key));
}

Result<void> write(Database& database, const Rollup::Key& key, const Rollup::DyadSum& sum) {
  const Result<Query*> add = database.kept(
      "INSERT INTO daily_dyads (source, target, first_day, last_day, status, type, quad, events, mutual) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
      "?) "
      "ON CONFLICT DO UPDATE SET events = events + excluded.events, mutual = mutual + excluded.mutual");
  if (!add) return add.error();
  return bind_key(key, **add).bind(sum.events).bind(sum.mutual).run();
}

Result<void> write(Database& database, const Rollup::Key& key, int64_t events) {
  const Result<Query*> add = database.kept(
      "INSERT INTO daily_countries (country, side, first_day, last_day, status, type, quad, events) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT DO UPDATE SET events = events + excluded.events");
  if (!add) return add.error();
  return bind_key(key, **add).bind(events).run();
}

int64_t events_of(int64_t sum) { return sum; }
int64_t events_of(const Rollup::DyadSum& sum) { return sum.events; }
bool is_nothing(int64_t sum) { return sum == 0; }
bool is_nothing(const Rollup::DyadSum& sum) { return sum.events == 0 && sum.mutual == 0; }

/// `clear`: takes a row away whose sum has become 0.
template <class Sum>
Result<void> write_sums(Database& database, const std::map<Rollup::Key, Sum>& sums, std::string_view clear) {
  for (const auto& [key, sum] : sums) {
    if (is_nothing(sum)) continue;
    if (Result<void> done = write(database, key, sum); !done.ok()) return done;
    if (events_of(sum) > 0) continue;
    const Result<Query*> cleared = database.kept(clear);
    if (!cleared) return cleared.error();
    if (Result<void> done = bind_key(key, **cleared).run(); !done.ok()) return done;
  }
  return {};
}

}  // namespace

void Rollup::add(const Report& report, int64_t times) {
  const std::optional<Day>& published = report.article->fields().published;
  articles_[published ? format_day(*published) : ""] += times;
  for (const Event& event : report.events) {
    const std::optional<DayRange> days = days_of_date(event.date);
    const std::string first_day = days ? format_day(days->first) : "", last_day = days ? format_day(days->last) : "";
    const std::set<std::string> sources = countries_of(event.source), targets = countries_of(event.target);
    const auto key = [&](const std::string& who, const std::string& other) {
      return Key(who, other, first_day, last_day, event.status, event.type, event.quad);
    };
    for (const std::string& source : sources) {
      countries_[key(source, "source")] += times;
      for (const std::string& target : targets) {
        DyadSum& sum = dyads_[key(source, target)];
        sum.events += times;
        sum.mutual += sources.contains(target) && targets.contains(source) ? times : 0;
      }
    }
    for (const std::string& target : targets) countries_[key(target, "target")] += times;
  }
}

Result<void> Rollup::write(Database& database) {
  Result<void> dyads =
      write_sums(database, dyads_,
                 "DELETE FROM daily_dyads WHERE source = ? AND target = ? AND first_day = ? AND last_day = ? AND status = ? "
                 "AND type = ? AND quad = ? AND events = 0");
  if (!dyads.ok()) return dyads;
  Result<void> countries = write_sums(database, countries_,
                                      "DELETE FROM daily_countries WHERE country = ? AND side = ? AND first_day = ? AND last_day = ? AND "
                                      "status = ? AND type = ? AND quad = ? AND events = 0");
  if (!countries.ok()) return countries;
  for (const auto& [day, times] : articles_) {
    const Result<Query*> add = database.kept(
        "INSERT INTO daily_articles (published, articles) VALUES (?, ?) ON CONFLICT DO UPDATE SET articles = articles + excluded.articles");
    if (!add) return add.error();
    if (Result<void> done = (*add)->bind(day).bind(times).run(); !done.ok()) return done;
    const Result<Query*> clear = database.kept("DELETE FROM daily_articles WHERE published = ? AND articles = 0");
    if (!clear) return clear.error();
    if (Result<void> done = (*clear)->bind(day).run(); !done.ok()) return done;
  }
  *this = {};
  return {};
}

}  // namespace casus
