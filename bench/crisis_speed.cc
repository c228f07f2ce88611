// Incidents of a long made history, beside the truth.
//   crisis_speed [EVENTS [FILE]]    1,000,000 events by default, in a fifth as many articles; its rates: tests/support/made_history.h.
//                                   With FILE the history is kept in that database, unless it is there: what its incidents cost, and what
//                                   is asked of them, as the median of five runs after one that warms up. Answers are compared first.
//                                   Then the last articles are taken out and brought again, one and ten at a time, each with the update
//                                   of the incidents, and beside it all of them are made anew.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crisis/brief.h"
#include "crisis/crisis_builder.h"
#include "crisis/crisis_rules.h"
#include "crisis/views.h"
#include "made_history.h"
#include "store/incident_listing.h"
#include "store/inspect.h"
#include "store/store.h"
#include "store/stored_crisis.h"
#include "timing.h"

namespace {

using namespace casus;

template <class T>
T checked(Result<T> result) {
  if (result) return *std::move(result);
  std::fprintf(stderr, "crisis_speed: %s\n", result.error().to_string().c_str());
  std::exit(3);
}

void check(const Result<void>& done) {
  if (!done.ok()) static_cast<void>(checked<bool>(done.error()));
}

/// The most memory that the process has held, in MB.
long peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

void print(const char* what, const Agreement& agreement) {
  std::printf("%-24s B3 precision %.3f, recall %.3f, F1 %.3f\n", what, agreement.precision, agreement.recall, agreement.f1());
}

void store_history(const std::string& path, std::span<const Report> reports) {
  constexpr size_t kGroup = 1000;
  const double began = thread_seconds();
  Store store = checked(Store::open(path, Database::Mode::kCreate));
  const int64_t batch = checked(store.begin_batch({.command = "bench", .coder = {.version = "bench"}}));
  for (size_t at = 0; at < reports.size(); at += kGroup)
    static_cast<void>(checked(store.add(reports.subspan(at, std::min(kGroup, reports.size() - at)), batch)));
  std::printf("stored in %.1f s\n", thread_seconds() - began);
}

template <class Run>
void time(const char* what, Run run) {
  std::vector<double> rounds;
  size_t rows = run();
  for (int round = 0; round < 5; ++round) {
    const double began = thread_seconds();
    rows = run();
    rounds.push_back((thread_seconds() - began) * 1000);
  }
  std::ranges::sort(rounds);
  std::printf("%-52s %8.1f ms %10zu rows\n", what, rounds[rounds.size() / 2], rows);
}

/// What a listing is to show, by the whole crisis.
Crisis filtered(const Crisis& whole, const IncidentQuery& query, const Lexicon& lexicon) {
  const CrisisFilter filter = checked(crisis_filter_of(query.filters, query.actors, query.dyad, whole, lexicon));
  Crisis kept;
  for (const Incident& incident : whole.incidents) {
    if (kept.incidents.size() < query.limit && filter.keeps(incident, whole)) kept.incidents.push_back(incident);
  }
  return kept;
}

std::vector<std::string> ids_of(const Crisis& crisis) {
  std::vector<std::string> ids;
  for (const Incident& incident : crisis.incidents) ids.push_back(incident.id);
  return ids;
}

void time_database(const std::string& path, std::span<const Report> reports, const CrisisRules& rules, const Lexicon& lexicon) {
  if (!std::filesystem::exists(path)) store_history(path, reports);
  Store store = checked(Store::open(path, Database::Mode::kWrite));
  double began = thread_seconds();
  const bool made = checked(update_incidents(store, rules, lexicon));
  if (made) std::printf("its incidents made and stored in %.1f s; %ld MB\n", thread_seconds() - began, peak_megabytes());
  const auto listed = [&](const IncidentQuery& query) { return checked(load_listed(store, rules, lexicon, query)).value().crisis; };
  began = thread_seconds();
  const Crisis whole = checked(load_crisis(store, rules, lexicon)).crisis;
  std::printf("all %zu incidents loaded in %.1f s; %ld MB\n", whole.incidents.size(), thread_seconds() - began, peak_megabytes());
  const auto time_listing = [&](const char* what, const IncidentQuery& query) {
    if (ids_of(listed(query)) != ids_of(filtered(whole, query, lexicon))) {
      std::fprintf(stderr, "crisis_speed: %s: a listing differs from the whole\n", what);
      std::exit(1);
    }
    time(what, [&] { return listed(query).incidents.size(); });
  };
  time_listing("incidents --limit 100", {.limit = 100});
  time_listing("incidents --type ASSAULT --limit 100", {.filters = {.types = {"ASSAULT"}}, .limit = 100});
  time_listing("incidents --actor RUS --limit 100", {.actors = {"RUS"}, .limit = 100});
  time_listing("incidents --dyad RUS,UKR --limit 100", {.dyad = "RUS,UKR", .limit = 100});
  time_listing("incidents --since --limit 100", {.filters = {.since = "2018-05-01"}, .limit = 100});
  const std::string id = whole.incidents[whole.incidents.size() / 2].id;
  time("incidents --id", [&] { return checked(load_named(store, rules, lexicon, id)).value().crisis.incidents.size(); });
  time("brief", [&] {
    const Crisis recent = checked(load_crisis(store, rules, lexicon, {}, 0, kBriefDays)).crisis;
    return brief_of(recent, {}, rules, lexicon).sections.size();
  });
}

/// Takes articles out, and gives the seconds that the update of the incidents takes once they are back.
double update_seconds(Store& store, std::span<const Report> reports, const CrisisRules& rules, const Lexicon& lexicon) {
  std::vector<int64_t> rows;
  for (const Report& report : reports) {
    if (const std::optional<int64_t> row = checked(store.find(report.article->article_id()))) rows.push_back(*row);
  }
  check(store.forget(rows));
  static_cast<void>(checked(update_incidents(store, rules, lexicon)));
  const int64_t batch = checked(store.begin_batch({.command = "bench", .coder = {.version = "bench"}}));
  static_cast<void>(checked(store.add(reports, batch)));
  const double began = thread_seconds();
  static_cast<void>(checked(update_incidents(store, rules, lexicon)));
  return thread_seconds() - began;
}

std::vector<std::string> stored_ids(Store& store) {
  Query query = checked(store.database().prepare("SELECT id FROM incidents ORDER BY id"));
  std::vector<std::string> ids;
  while (checked(query.step())) ids.push_back(query.string(0));
  return ids;
}

void time_updates(const std::string& path, std::span<const Report> reports, const CrisisRules& rules, const Lexicon& lexicon) {
  Store store = checked(Store::open(path, Database::Mode::kWrite));
  std::vector<double> ones, tens;
  // Some of the last days, as a run of today brings them, and some of all years, as archives do.
  for (size_t i = 0; i < 5; ++i) {
    for (const size_t at : {reports.size() - 400 + 20 * i, reports.size() / 6 * (i + 1)}) {
      ones.push_back(update_seconds(store, reports.subspan(at, 1), rules, lexicon));
      tens.push_back(update_seconds(store, reports.subspan(at, 10), rules, lexicon));
    }
  }
  std::ranges::sort(ones);
  std::ranges::sort(tens);
  const double one = ones[ones.size() / 2], ten = tens[tens.size() / 2];
  const std::vector<std::string> kept_up = stored_ids(store);
  check(store.database().run("UPDATE incident_state SET made_by = NULL"));
  const double began = thread_seconds();
  static_cast<void>(checked(update_incidents(store, rules, lexicon)));
  const double whole = thread_seconds() - began;
  if (stored_ids(store) != kept_up) {
    std::fprintf(stderr, "crisis_speed: incidents that were kept up differ from those that are made anew\n");
    std::exit(1);
  }
  std::printf(
      "incidents made anew in %.2f s; kept up for one article more in %.3f s (at most %.3f; %.0f times as fast), for ten in %.3f s (at "
      "most %.3f; %.0f times)\n",
      whole, one, ones.back(), whole / one, ten, tens.back(), whole / ten);
}

}  // namespace

int main(int argc, char** argv) {
  const size_t events = argc > 1 ? static_cast<size_t>(std::atoll(argv[1])) : 1'000'000;
  const auto lexicon = checked(Lexicon::load(CASUS_SOURCE_DIR "/data"));
  const auto rules = checked(CrisisRules::load(CASUS_SOURCE_DIR "/data", lexicon->ontology()));
  const MadeHistory history(events, *lexicon);
  std::printf("%zu events in %zu articles, %zu incidents; %ld MB\n", history.events(), history.reports().size(), history.incidents(),
              peak_megabytes());
  print("by dyad, type and day", agreement_of_dyad_type_day(history));
  double began = thread_seconds();
  const Crisis crisis = build_crisis(history.reports(), *rules, *lexicon);
  std::printf("built %zu incidents in %.1f s; %ld MB\n", crisis.incidents.size(), thread_seconds() - began, peak_megabytes());
  print("casus", agreement_of(history, crisis));
  began = thread_seconds();
  const Brief brief = brief_of(crisis, {}, *rules, *lexicon);
  std::printf("brief of %zu sections in %.2f s\n", brief.sections.size(), thread_seconds() - began);
  if (argc > 2) {
    time_database(argv[2], history.reports(), *rules, *lexicon);
    time_updates(argv[2], history.reports(), *rules, *lexicon);
  }
}
