// How the server finds incidents and keeps their rows: the same as asking and making each anew.
#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "crisis/incidents.h"
#include "crisis/views.h"
#include "crisis_reports.h"
#include "made_history.h"
#include "server/crisis_moment.h"
#include "server/http.h"
#include "server/incident_index.h"
#include "server/incident_rows.h"

namespace casus {
namespace {

const Crisis& crisis() {
  static const Crisis made = crisis_of(MadeHistory(6'000, shipped_lexicon()).reports());
  return made;
}

template <class T>
const T& any_of(const std::vector<T>& all, std::mt19937& random) {
  return all[random() % all.size()];
}

/// Values that the crisis has, and some that it has not.
CrisisFilter random_filter(std::mt19937& random) {
  const auto one_in = [&](unsigned times) { return random() % times == 0; };
  const auto incident = [&]() -> const Incident& { return any_of(crisis().incidents, random); };
  const auto actor = [&] {
    const Mention& mention = crisis().mentions[incident().mentions.front()];
    const std::vector<Actor>& side = one_in(2) || mention.event.target.empty() ? mention.event.source : mention.event.target;
    if (side.empty() || one_in(9)) return ActorFilter{.country = "XXX"};
    return ActorFilter{
        .country = one_in(6) ? "" : side[0].country, .sector = one_in(3) ? side[0].sector : "", .name = one_in(6) ? side[0].name : ""};
  };
  CrisisFilter filter;
  for (unsigned i = random() % 4; i > 1; --i) filter.types.push_back(one_in(9) ? "NONE" : incident().type);
  for (unsigned i = random() % 4; i > 1; --i) filter.statuses.push_back(one_in(9) ? "none" : incident().status);
  for (unsigned i = random() % 4; i > 1; --i) filter.actors.push_back(actor());
  if (one_in(4)) filter.dyad = DyadFilter{.source = actor(), .target = actor(), .both_ways = one_in(2)};
  if (one_in(2)) filter.since = incident().window.begin + static_cast<int32_t>(random() % 80) - 40;
  if (one_in(2)) filter.until = incident().window.begin + static_cast<int32_t>(random() % 80);
  if (one_in(5)) filter.published_since = incident().first_report;
  if (one_in(5)) filter.outlets = {crisis().articles.front().outlet};
  return filter;
}

TEST(IncidentIndex, KeepsWhatAskingEachKeeps) {
  const IncidentIndex index(crisis());
  std::mt19937 random(11);
  size_t found = 0, some = 0;
  for (int i = 0; i < 3'000; ++i) {
    const CrisisFilter filter = random_filter(random);
    const std::vector<uint32_t> kept = index.kept(filter);
    ASSERT_EQ(kept, kept_incidents(crisis(), filter)) << i;
    found += kept.size();
    some += kept.empty() ? 0 : 1;
  }
  EXPECT_GT(some, 1'000U);
  EXPECT_GT(found, 10'000U);
}

TEST(IncidentIndex, FindsLongActsAndThoseWithoutADay) {
  Crisis made;
  const auto add = [&](DaySpan window, bool dated, std::optional<int32_t> reported) {
    made.mentions.push_back({});
    made.articles.push_back({});
    made.mentions.back().article = static_cast<uint32_t>(made.articles.size() - 1);
    Incident incident{.mentions = {static_cast<uint32_t>(made.mentions.size() - 1)}, .window = window, .dated = dated};
    incident.first_report = reported;
    made.incidents.push_back(incident);
  };
  add({-500, 400}, true, 0);
  add({0, 365}, true, 0);
  add({10, 40}, true, 0);
  add({}, false, 90);
  add({200, 201}, true, 0);
  add({}, false, std::nullopt);
  const IncidentIndex index(made);
  for (int32_t since = -510; since < 420; since += 7) {
    for (const int32_t days : {0, 1, 31, 400}) {
      const CrisisFilter filter{.since = since, .until = since + days};
      ASSERT_EQ(index.kept(filter), kept_incidents(made, filter)) << since << " " << days;
    }
  }
  EXPECT_EQ(index.kept({}).size(), made.incidents.size());
}

TEST(CrisisMoment, KnowsWhereMergedIncidentsWent) {
  const CrisisMoment moment(crisis(), shipped_rules(), shipped_lexicon(), 1);
  size_t merged = 0;
  for (uint32_t i = 0; i < moment.crisis.incidents.size(); ++i) {
    for (const uint32_t mention : moment.crisis.incidents[i].mentions) {
      const std::string id = incident_id(moment.crisis.mentions[mention].event);
      if (id == moment.crisis.incidents[i].id) continue;
      ASSERT_TRUE(moment.merged.contains(id));
      ++merged;
    }
  }
  EXPECT_GT(merged, 100U);
}

TEST(IncidentRows, EachIsMadeOnce) {
  IncidentRows rows(50);
  std::atomic<int> made = 0;
  const auto ask = [&] {
    const std::shared_ptr<IncidentRows::Kind> kind = rows.kind("id,");
    for (uint32_t i = 0; i < 50; ++i) {
      std::string out = "before ";
      kind->append(
          i,
          [&](std::string& row) {
            ++made;
            row += "row " + std::to_string(i);
          },
          out);
      EXPECT_EQ(out, "before row " + std::to_string(i));
    }
  };
  ask();
  EXPECT_EQ(made, 50);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(ask);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made, 50);
}

TEST(IncidentRows, TakeNoMoreThanTheyMay) {
  IncidentRows rows(300);
  const auto fill = [&](const std::string& name, size_t bytes) {
    const std::shared_ptr<IncidentRows::Kind> kind = rows.kind(name);
    std::string out;
    for (uint32_t i = 0; i < 300; ++i) {
      out.clear();
      kind->append(i, [&](std::string& row) { row.assign(bytes, 'x'); }, out);
      ASSERT_EQ(out.size(), bytes);
    }
  };
  fill("large", 1'000'000);
  EXPECT_LE(rows.bytes(), IncidentRows::kMostBytes);
  EXPECT_GT(rows.bytes(), IncidentRows::kMostBytes / 2);
  for (size_t i = 0; i < IncidentRows::kMostKinds; ++i) fill(std::to_string(i), 10);
  EXPECT_LE(rows.bytes(), 300U * 8 * 100);  // "large" was asked for longest ago and made room
}

TEST(Waiting, WakesEachOnce) {
  Waiting waiting;
  int woken = 0;
  waiting.then([&] { ++woken; });
  waiting.then([&] { ++woken; });
  EXPECT_EQ(woken, 0);
  waiting.finish();
  EXPECT_EQ(woken, 2);
  waiting.then([&] { ++woken; });
  EXPECT_EQ(woken, 3);
}

}  // namespace
}  // namespace casus
