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

struct Statements {
  std::string_view add;
  std::string_view clear;
};

Result<void> write_sums(Database& database, const Statements& sql, const std::map<Rollup::Key, int64_t>& sums) {
  for (const auto& [key, times] : sums) {
    if (times == 0) continue;
    const auto bind = [&](Query& query) -> Query& {
      query.bind(std::get<0>(key)).bind(std::get<1>(key)).bind(std::get<2>(key)).bind(std::get<3>(key));
      return query.bind(std::get<4>(key)).bind(std::get<5>(key)).bind(std::get<6>(key));
    };
    const Result<Query*> add = database.kept(sql.add);
    if (!add) return add.error();
    if (Result<void> done = bind(**add).bind(times).run(); !done.ok()) return done;
    if (times > 0) continue;
    const Result<Query*> clear = database.kept(sql.clear);
    if (!clear) return clear.error();
    if (Result<void> done = bind(**clear).run(); !done.ok()) return done;
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
      for (const std::string& target : targets) dyads_[key(source, target)] += times;
    }
    for (const std::string& target : targets) countries_[key(target, "target")] += times;
  }
}

Result<void> Rollup::write(Database& database) {
  const Statements dyads = {
      "INSERT INTO daily_dyads (source, target, first_day, last_day, status, type, quad, events) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT DO UPDATE SET events = events + excluded.events",
      "DELETE FROM daily_dyads WHERE source = ? AND target = ? AND first_day = ? AND last_day = ? AND status = ? AND type = ? AND quad = ? "
      "AND events = 0"};
  const Statements countries = {
      "INSERT INTO daily_countries (country, side, first_day, last_day, status, type, quad, events) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT DO UPDATE SET events = events + excluded.events",
      "DELETE FROM daily_countries WHERE country = ? AND side = ? AND first_day = ? AND last_day = ? AND status = ? AND type = ? AND quad "
      "= ? "
      "AND events = 0"};
  if (Result<void> done = write_sums(database, dyads, dyads_); !done.ok()) return done;
  if (Result<void> done = write_sums(database, countries, countries_); !done.ok()) return done;
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
