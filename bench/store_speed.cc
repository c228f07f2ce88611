// Listings and panels of a large database of generated events.
//   store_speed FILE [ARTICLES]    makes FILE unless it is there (100,000 articles of 10 events: a million), then times each question,
//                                  as the median of five runs after one that warms up.
// Before anything is timed the database is checked: as many events as were made, and the sums of the panel are theirs.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "store/inspect.h"
#include "store/listing.h"
#include "store/panel.h"
#include "store/store.h"

namespace {

using namespace casus;
using Clock = std::chrono::steady_clock;

constexpr int kEventsPerArticle = 10;
constexpr int kDays = 3653;  // ten years
constexpr const char* kCountries[] = {"RUS", "UKR", "USA", "DEU", "FRA", "GBR", "CHN", "POL", "TUR", "IRN",
                                      "ISR", "SYR", "IND", "PAK", "JPN", "KOR", "PRK", "BLR", "ROU", "HUN",
                                      "ITA", "ESP", "EGY", "SAU", "IRQ", "NGA", "ETH", "SDN", "BRA", "VEN"};
constexpr const char* kTypes[] = {"AGREE",  "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",      "RETREAT", "REQUEST",
                                  "ACCUSE", "REJECT",  "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE",  "ASSAULT"};

[[noreturn]] void stop(const Error& error) {
  std::fprintf(stderr, "store_speed: %s\n", error.to_string().c_str());
  std::exit(3);
}

template <class T>
T checked(Result<T> result) {
  if (!result) stop(result.error());
  return *std::move(result);
}

std::string day_text(int day) { return format_day(std::chrono::sys_days(std::chrono::year{2012} / 1 / 1) + std::chrono::days(day)); }

/// Few pairs have many events and many pairs few, as in the world.
class Generator {
 public:
  Report report(int number) {
    ArticleFields fields;
    fields.id = "made-" + std::to_string(number);
    fields.url = "https://wire.example/" + std::to_string(number);
    fields.outlet = "Outlet " + std::to_string(number % 40);
    fields.title = "Report " + std::to_string(number);
    const int day = static_cast<int>(static_cast<int64_t>(number) * kDays / 100'000) % kDays;
    fields.published = parse_day(day_text(day));
    std::string text =
        "Forces of one side and envoys of another met, fought and talked near the border, report " + std::to_string(number) + ".";
    const auto size = static_cast<uint32_t>(text.size());
    Report made;
    made.article = std::make_shared<const Article>(std::move(fields), std::move(text), std::vector<Block>{{.span = {0, size}}});
    for (int i = 0; i < kEventsPerArticle; ++i) made.events.push_back(event(number, i, day));
    return made;
  }

 private:
  Event event(int number, int i, int day) {
    Event event;
    char id[17];
    std::snprintf(id, sizeof id, "%08x%08x", static_cast<unsigned>(number), static_cast<unsigned>(i));
    event.id = id;
    const size_t type = random_() % std::size(kTypes);
    event.type = kTypes[type];
    event.quad = static_cast<int>(type / 4) + 1;
    event.status = random_() % 10 == 0 ? "planned" : "actual";
    event.source = {actor()};
    event.target = {actor()};
    event.date = day_text(std::max(0, day - static_cast<int>(random_() % 7)));
    event.date_precision = "day";
    event.trigger_span = {7, 10};
    event.trigger = "of ";
    event.sentence = {0, 20};
    event.confidence = 0.5;
    event.rule = "made";
    return event;
  }
  Actor actor() {
    const size_t a = random_() % std::size(kCountries), b = random_() % std::size(kCountries);
    return {.text = "Forces",
            .name = "Forces",
            .country = kCountries[std::min(a, b) * (a % 3 == 0 ? 1 : a) / std::max<size_t>(1, a)],
            .sector = "MIL",
            .span = {0, 6}};
  }
  std::mt19937 random_{7};
};

void make(const std::string& path, int articles) {
  Store store = checked(Store::open(path, Database::Mode::kCreate));
  const int64_t batch = checked(store.begin_batch({.command = "bench", .coder = {.version = "bench"}}));
  Generator generator;
  std::vector<Report> group;
  const auto began = Clock::now();
  for (int number = 0; number < articles; ++number) {
    group.push_back(generator.report(number));
    if (group.size() < 1000 && number + 1 < articles) continue;
    static_cast<void>(checked(store.add(group, batch)));
    group.clear();
  }
  if (const Result<void> done = store.finish_batch(batch); !done.ok()) stop(done.error());
  if (const Result<void> done = vacuum_store(store); !done.ok()) stop(done.error());
  std::printf("made %d events in %.0f s\n", articles * kEventsPerArticle, std::chrono::duration<double>(Clock::now() - began).count());
}

template <class Run>
void time(const char* what, Run run) {
  std::vector<double> rounds;
  uint64_t rows = run();
  for (int round = 0; round < 5; ++round) {
    const auto began = Clock::now();
    rows = run();
    rounds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
  }
  std::ranges::sort(rounds);
  std::printf("%-52s %8.1f ms %10llu rows\n", what, rounds[2], static_cast<unsigned long long>(rows));
}

/// Lists as casus events does: each article is loaded and checked.
uint64_t list(Store& store, const Filters& filters, const std::string& sort, uint64_t limit) {
  const ListingQuery query{
      .listed = Listed::kEvents, .filters = filters, .order = checked(order_of(Listed::kEvents, sort)), .limit = limit};
  Listing listing = checked(Listing::open(store.database(), query));
  uint64_t rows = 0;
  int64_t article = -1;
  while (const std::optional<ListedRow> row = checked(listing.next())) {
    if (row->article != article && !checked(store.load(row->article))) std::exit(3);
    article = row->article;
    ++rows;
  }
  return rows;
}

uint64_t panel(Store& store, const PanelQuery& query) {
  uint64_t events = 0, rows = 0;
  static_cast<void>(checked(make_panel(store.database(), query, [&](const PanelRow& row) {
    events += row.counts->events;
    return ++rows > 0;
  })));
  return query.fill_zero ? rows : events;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: store_speed FILE [ARTICLES]\n");
    return 2;
  }
  const int articles = argc > 2 ? std::atoi(argv[2]) : 100'000;
  if (!std::filesystem::exists(argv[1])) make(argv[1], articles);
  Store store = checked(Store::open(argv[1], Database::Mode::kRead));
  const int64_t events = checked(store.database().number("SELECT count(*) FROM events"));
  const int64_t counted = checked(store.database().number("SELECT sum(events) FROM daily_dyads"));
  if (events != counted || events != static_cast<int64_t>(articles) * kEventsPerArticle) {
    std::fprintf(stderr, "store_speed: %lld events, %lld in the sums\n", static_cast<long long>(events), static_cast<long long>(counted));
    return 1;
  }
  const DyadFilter common{.source = {.country = "RUS"}, .target = {.country = "UKR"}, .both_ways = true};
  const DyadFilter rare{.source = {.country = "VEN"}, .target = {.country = "BRA"}, .both_ways = false};
  time("events, first 100", [&] { return list(store, {}, "", 100); });
  time("events --type ASSAULT --limit 100", [&] { return list(store, {.types = {"ASSAULT"}}, "", 100); });
  time("events --dyad RUS,UKR --limit 100", [&] { return list(store, {.dyad = common}, "", 100); });
  time("events --dyad VEN>BRA --limit 100", [&] { return list(store, {.dyad = rare}, "", 100); });
  time("events --since --until, a week, --limit 100", [&] { return list(store, {.since = "2018-05-01", .until = "2018-05-07"}, "", 100); });
  time("events --outlet, --published-since, --limit 100",
       [&] { return list(store, {.published_since = "2020-01-01", .outlets = {"Outlet 7"}}, "", 100); });
  time("events --actor IRN --type THREATEN --limit 100",
       [&] { return list(store, {.actors = {{.country = "IRN"}}, .types = {"THREATEN"}}, "", 100); });
  time("events --sort -date --limit 100", [&] { return list(store, {}, "-date", 100); });
  time("events --dyad RUS,UKR --count", [&] {
    return static_cast<uint64_t>(checked(count_listed(store.database(), {.listed = Listed::kEvents, .filters = {.dyad = common}})));
  });
  time("panel, dyad-weeks of ten years, with zeros", [&] { return panel(store, {.period = PanelPeriod::kWeek, .statuses = {"actual"}}); });
  time("panel, country-months, with zeros",
       [&] { return panel(store, {.unit = PanelUnit::kCountry, .period = PanelPeriod::kMonth, .statuses = {"actual"}}); });
  return 0;
}
