// Incidents of a database that is changed bit by bit are those that all of its articles make together.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/hash.h"
#include "crisis/candidates.h"
#include "crisis/day_span.h"
#include "crisis/incident_edits.h"
#include "crisis/incidents.h"
#include "crisis/view_records.h"
#include "crisis_reports.h"
#include "made_history.h"
#include "made_report.h"
#include "store/incident_fixes.h"
#include "store/incident_rows.h"
#include "store/record_fixes.h"
#include "store/stored_crisis.h"

namespace casus {
namespace {

/// The columns of an incident as text, by its id.
using Rows = std::map<std::string, std::string>;

std::string joined(const std::vector<std::string>& cells) {
  std::string text;
  for (const std::string& cell : cells) text += cell + "|";
  return text;
}

/// A report of another article: `fields` with the words and events of `report`, whose ids become others.
Report retold(ArticleFields fields, const Report& report, const std::string& why) {
  Report made = report;
  made.article = std::make_shared<const Article>(std::move(fields), report.article->text(), report.article->blocks());
  for (Event& event : made.events) event.id = hash_hex(why + made.article->article_id() + event.id);
  return made;
}

class StoredIncidents : public testing::Test {
 protected:
  StoredIncidents() { batch_ = *store_.begin_batch({.command = "ingest", .inputs = {"a"}, .coder = {.version = "1"}}); }

  void add(const std::vector<Report>& reports) {
    const auto counts = store_.add(reports, batch_);
    ASSERT_TRUE(counts.ok()) << counts.error().to_string();
  }
  void forget(const Article& article) {
    const auto row = store_.find(article.article_id());
    ASSERT_TRUE(row.ok() && *row);
    ASSERT_TRUE(store_.forget(std::vector{**row}).ok());
  }
  void fix(Fix made) {
    made.author = "ann";
    const auto entered = store_.enter_fix(made);
    ASSERT_TRUE(entered.ok()) << entered.error().to_string();
    last_fix_ = *entered;
  }
  int64_t number(const std::string& sql) { return *store_.database().number(sql); }

  /// All of it, grouped anew: a confidence that is asked for needs other groups than those that are stored.
  Crisis grouped_anew() { return load_crisis(store_, shipped_rules(), shipped_lexicon(), {}, 1e-9)->crisis; }

  Rows rows_of(const Crisis& crisis) {
    Rows rows;
    char numbers[64];
    for (const Incident& incident : crisis.incidents) {
      const auto event = [&](uint32_t mention) { return crisis.mentions[mention].event.id; };
      std::set<std::string> mentions;
      for (const uint32_t mention : incident.mentions) mentions.insert(event(mention) + " " + incident_id(crisis.mentions[mention].event));
      std::snprintf(numbers, sizeof numbers, "%.6f|%.6f", incident.confidence, incident.weight);
      rows[incident.id] = joined({incident.type, incident.mode, incident.status, incident.dated ? day_text(incident.window.begin) : "",
                                  incident.dated ? day_text(incident.window.end - 1) : "", day_text(incident.first_report),
                                  day_text(incident.last_report), std::to_string(incident.articles), std::to_string(incident.outlets),
                                  std::to_string(incident.sources), numbers, event(incident.lead)}) +
                          joined({mentions.begin(), mentions.end()});
    }
    return rows;
  }

  Rows stored_rows() {
    auto query = *store_.database().prepare(
        "SELECT i.id, i.type, i.mode, i.status, i.first_day, i.last_day, i.first_report, i.last_report, i.articles, i.outlets, i.sources, "
        "printf('%.6f|%.6f', i.confidence, i.weight), lead.id, (SELECT group_concat(told, '|') FROM (SELECT e.id || ' ' || m.id AS told "
        "FROM "
        "incident_mentions m JOIN events e USING (event) WHERE m.incident = i.incident ORDER BY 1)) FROM incidents i LEFT JOIN events lead "
        "USING (event)");
    Rows rows;
    while (*query.step()) {
      std::string& row = rows[query.string(0)];
      for (int column = 1; column < query.columns(); ++column) row += query.string(column) + "|";
    }
    return rows;
  }

  /// Stores the incidents and compares them with those that all articles make.
  void update(const std::string& what) {
    const auto updated = update_incidents(store_, shipped_rules(), shipped_lexicon());
    ASSERT_TRUE(updated.ok()) << updated.error().to_string();
    ASSERT_TRUE(*has_incidents(store_, shipped_rules(), shipped_lexicon())) << what;
    const Rows expected = rows_of(grouped_anew()), found = stored_rows();
    size_t told = 0;
    for (const auto& [id, row] : expected) {
      const auto same = found.find(id);
      if ((same == found.end() || same->second != row) && ++told <= 3)
        ADD_FAILURE() << what << ": " << id << "\n" << row << "\n" << (same == found.end() ? "is missing" : same->second);
    }
    EXPECT_EQ(found.size(), expected.size()) << what;
    EXPECT_EQ(number("SELECT count(*) FROM incident_mentions"),
              number("SELECT count(*) FROM events JOIN articles USING (article) WHERE duplicate_of IS NULL"))
        << what;
    EXPECT_EQ(number("SELECT count(*) FROM incident_mentions m LEFT JOIN incidents i USING (incident) WHERE i.id IS NULL"), 0) << what;
    EXPECT_EQ(number("SELECT count(*) FROM text_groups"), number("SELECT count(*) FROM articles WHERE duplicate_of IS NULL")) << what;
  }

  /// Whether some rows were left as they were: all of those that are made of all articles are numbered by day.
  bool is_kept_up() {
    return number(
               "SELECT count(*) FROM (SELECT incident, row_number() OVER (ORDER BY coalesce(first_day, first_report, '9999-99-99'), id) AS "
               "place FROM incidents) WHERE incident <> place") > 0;
  }

  TemporaryFolder folder_;
  Store store_ = *Store::open(folder_.file("a.db"), Database::Mode::kCreate);
  int64_t batch_ = 0;
  int64_t last_fix_ = 0;
};

/// Reports of a made history, some of them published on no known day, some the text of another article.
std::vector<Report> history(size_t events, uint32_t seed) {
  std::vector<Report> reports = MadeHistory(events, shipped_lexicon(), {}, seed).reports();
  const size_t count = reports.size();
  for (size_t i = 0; i < count; i += 25) {
    ArticleFields fields = reports[i].article->fields();
    fields.url += "/again";
    if (i % 2 == 0) fields.published.reset();
    if (i % 3 == 0) fields.published = parse_day(day_text(*day_count(reports[i].article->fields().published) + 40));
    reports.push_back(retold(std::move(fields), reports[(i + i % 4) % count], "again"));
  }
  return reports;
}

TEST_F(StoredIncidents, BitByBit_AreThoseOfAllArticles) {
  std::mt19937 random(11);
  std::vector<Report> reports = history(2500, 3);
  std::ranges::shuffle(reports, random);
  constexpr size_t kFirst = 300;
  add({reports.begin(), reports.begin() + kFirst});
  update("first");
  EXPECT_FALSE(is_kept_up());
  constexpr size_t kSizes[] = {1, 1, 40, 1, 7, 1, 1, 60, 3, 1, 25, 1};
  size_t at = kFirst;
  for (size_t round = 0; at < reports.size(); ++round) {
    const size_t end = std::min(reports.size(), at + kSizes[round % std::size(kSizes)]);
    add({reports.begin() + static_cast<ptrdiff_t>(at), reports.begin() + static_cast<ptrdiff_t>(end)});
    at = end;
    const size_t other = random() % at;
    if (round % 4 == 1) forget(*reports[other].article);
    if (round % 4 == 2) add({retold(reports[other].article->fields(), reports[(other * 7 + 1) % at], "corrected")});
    if (round % 4 == 1) add({reports[other]});  // it comes back at once, or is changed back
    update("round " + std::to_string(round));
    EXPECT_TRUE(is_kept_up()) << round;
    if (HasFailure()) return;
  }
}

TEST_F(StoredIncidents, ArticlesThatGo_TakeOnlyTheirsAlong) {
  std::mt19937 random(5);
  const std::vector<Report> reports = history(2500, 4);
  add(reports);
  update("all");
  for (int round = 0; round < 12; ++round) {
    const size_t count = 1 + random() % 3;
    for (size_t i = 0; i < count; ++i) {
      const auto row = store_.find(reports[random() % reports.size()].article->article_id());
      if (*row) {
        ASSERT_TRUE(store_.forget(std::vector{**row}).ok());
      }
    }
    update("round " + std::to_string(round));
    EXPECT_TRUE(is_kept_up());
    if (HasFailure()) return;
  }
}

TEST_F(StoredIncidents, CorrectedRecordsAndOutcomes_AreKeptUp) {
  const std::vector<Report> reports = history(1000, 6);
  add(reports);
  update("all");
  for (int round = 0; round < 8; ++round) {
    const Crisis crisis = grouped_anew();
    const auto is_plan = [&](uint32_t i) { return outcome_fix(crisis, i, true).ok(); };
    uint32_t index = static_cast<uint32_t>(round * 20);
    while (round % 2 == 1 && index < crisis.incidents.size() && !is_plan(index)) ++index;
    ASSERT_LT(index, crisis.incidents.size());
    const Mention& mention = crisis.mentions[crisis.incidents[index].mentions.back()];
    const auto row = store_.find(crisis.articles[mention.article].article_id);
    ASSERT_TRUE(*row);
    if (round % 2 == 1)
      fix(*outcome_fix(crisis, index, round % 4 == 1));
    else
      fix({.kind = std::string(kRejectFix),
           .article_id = crisis.articles[mention.article].article_id,
           .target = mention.event.id,
           .value = reject_value(**(*store_.load_article(**row)), mention.event)});
    EXPECT_FALSE(*has_incidents(store_, shipped_rules(), shipped_lexicon()));
    update("fix " + std::to_string(round));
    EXPECT_TRUE(is_kept_up());
    if (HasFailure()) return;
  }
  ASSERT_GT(last_fix_, 0);
  ASSERT_TRUE(store_.undo_fix(last_fix_, "ann").ok());
  update("undone");
  EXPECT_TRUE(is_kept_up());
}

TEST_F(StoredIncidents, JoinsAndSplits_AreMadeOfAllArticles) {
  const std::vector<Report> reports = history(600, 12);
  add({reports.begin(), reports.end() - 3});
  update("all");
  const Crisis crisis = grouped_anew();
  fix(*join_fix(crisis, 3, 4));
  update("joined");
  const Crisis joined = grouped_anew();
  const auto several = std::ranges::find_if(joined.incidents, [](const Incident& incident) { return incident.mentions.size() > 2; });
  fix(*split_fix(joined, several->mentions[1]));
  update("split");
  for (auto one = reports.end() - 3; one != reports.end(); ++one) {
    add({*one});
    update("one more");
  }
  for (int64_t number = last_fix_; number > 0; --number) {
    ASSERT_TRUE(store_.undo_fix(number, "ann").ok());
    update("undone");
  }
}

/// Attacks on many towns in one month, more than a mention is compared with.
std::vector<Report> many_attacks() {
  std::vector<Report> reports;
  std::mt19937 random(8);
  for (size_t i = 0; i < kMaxCandidates + 60; ++i) {
    const std::string town = "Town" + std::to_string(i % (kMaxCandidates + 30));
    Event event = act("ASSAULT", "aerial", {"RUS/MIL"}, {"UKR"}, i % 3 == 0 ? "2022-03-0" + std::to_string(1 + i % 9) : "");
    event.place = Place{.text = town, .name = town, .country = "UKR", .precision = "city"};
    const std::string day = "2022-03-" + std::to_string(10 + random() % 10);
    Report made = report("Outlet " + std::to_string(i % 7), day, {event}, "Shells fell on " + town + " on day " + std::to_string(i) + ".");
    reports.push_back(std::move(made));
  }
  return reports;
}

TEST_F(StoredIncidents, OfMoreThanCanBeCompared_AreThoseOfAllArticles) {
  std::mt19937 random(9);
  std::vector<Report> reports = many_attacks();
  std::ranges::shuffle(reports, random);
  const auto half = reports.begin() + static_cast<ptrdiff_t>(reports.size() * 9 / 10);
  add({reports.begin(), half});
  update("most");
  for (auto one = half; one != reports.end(); ++one) {
    add({*one});
    if ((one - half) % 5 == 2) forget(*reports[random() % 100].article);
    if ((one - half) % 5 == 2) break;
    update("one more");
    EXPECT_TRUE(is_kept_up());
    if (HasFailure()) return;
  }
  EXPECT_EQ(number("SELECT crowded FROM incident_state"), 1);
  update("one less");
  EXPECT_FALSE(is_kept_up()) << "what goes lets others be compared, so all are made anew";
}

TEST_F(StoredIncidents, ArticlesThatChangedMeanwhile_AreWaitedFor) {
  const std::vector<Report> reports = history(400, 7);
  add({reports.begin(), reports.end() - 2});
  update("all");
  add({reports[reports.size() - 2]});
  const int64_t before = *count_changes(store_.database());
  add({reports.back()});
  const Rows rows = stored_rows();
  const auto written = write_changes(store_.database(), {.gone = {1}}, {}, {.made_by = "somebody", .changes = before});
  ASSERT_TRUE(written.ok());
  EXPECT_FALSE(*written);
  EXPECT_EQ(stored_rows(), rows);
  update("both");
}

}  // namespace
}  // namespace casus
