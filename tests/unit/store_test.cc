// What is stored comes back as it was, whatever came before and after it; versions, duplicates, sums; damage is seen.
#include "store/store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "made_report.h"
#include "reading/reading.h"
#include "store/article_row.h"
#include "store/listing.h"
#include "store/report_rows.h"
#include "store/rollup_check.h"

namespace casus {
namespace {

std::string records_of(const Report& report) {
  std::string text;
  append_records_json(report, kAllLayers, text);
  return text;
}

/// A database in a folder of its own, with a batch begun.
class StoreTest : public testing::Test {
 protected:
  StoreTest() { batch_ = *store_.begin_batch({.command = "ingest", .inputs = {"a"}, .coder = {.version = "1"}}); }

  AddCounts add(const std::vector<Report>& reports) {
    const auto counts = store_.add(reports, batch_);
    EXPECT_TRUE(counts.ok()) << counts.error().to_string();
    return counts.ok() ? *counts : AddCounts{};
  }
  Report load(const std::string& article_id) {
    const auto row = store_.find(article_id);
    EXPECT_TRUE(row.ok() && *row);
    const auto stored = store_.load(**row);
    EXPECT_TRUE(stored.ok()) << stored.error().to_string();
    return (*stored)->report;
  }
  int64_t number(const std::string& sql) {
    const auto value = store_.database().number(sql);
    EXPECT_TRUE(value.ok()) << value.error().to_string();
    return value.ok() ? *value : -1;
  }
  /// What is logical content, as text: all tables but what counts rows and runs.
  std::string content() {
    std::string all;
    for (const char* sql :
         {"SELECT article_id, content_hash, records_hash, (SELECT article_id FROM articles o WHERE o.article = a.duplicate_of) FROM "
          "articles a ORDER BY 1",
          "SELECT (SELECT article_id FROM articles a WHERE a.article = v.article), content_hash FROM old_versions v ORDER BY 1, 2",
          "SELECT * FROM daily_dyads", "SELECT * FROM daily_countries", "SELECT * FROM daily_articles"}) {
      auto query = store_.database().prepare(sql);
      while (*query->step()) {
        for (int i = 0; i < query->columns(); ++i) all += query->string(i) + "|";
        all += "\n";
      }
    }
    return all;
  }
  void expect_sound() {
    EXPECT_TRUE(*rollup_is_right(store_.database()));
    EXPECT_TRUE(store_.database().run("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)").ok());
    EXPECT_TRUE(store_.database().run("INSERT INTO statements_fts (statements_fts, rank) VALUES ('integrity-check', 1)").ok());
    EXPECT_EQ(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
  }

  TemporaryFolder folder_;
  Store store_ = *Store::open(folder_.file("a.db"), Database::Mode::kCreate);
  int64_t batch_ = 0;
};

TEST_F(StoreTest, Report_ComesBackAsItWas) {
  const Report report = made_report();
  EXPECT_EQ(add({report}).added, 1U);
  const Report back = load(report.article->article_id());
  EXPECT_EQ(records_of(back), records_of(report));
  EXPECT_EQ(content_hash(*back.article), content_hash(*report.article));
  EXPECT_EQ(back.article->fields().origin, "made.txt");
  ASSERT_EQ(back.article->warnings().size(), 1U);
  EXPECT_EQ(back.article->warnings()[0].line, 3U);
  expect_sound();
}

TEST_F(StoreTest, SameReportAgain_ChangesNothing) {
  add({made_report()});
  const std::string before = content();
  EXPECT_EQ(*store_.standing(*made_report().article), Standing::kKnown);
  EXPECT_EQ(add({made_report()}).known, 1U);
  EXPECT_EQ(content(), before);
}

TEST_F(StoreTest, SameAddressNewText_ReplacesAndKeepsTheOldVersion) {
  const Report first = made_report({.url = "https://wire.example/a"});
  const Report second = made_report(
      {.text = "Warsaw said on Sunday that the border is open to 20 trucks again near Brest.", .url = "https://wire.example/a"});
  add({first});
  EXPECT_EQ(*store_.standing(*second.article), Standing::kCorrection);
  EXPECT_EQ(add({second}).corrected, 1U);
  EXPECT_EQ(load(first.article->article_id()).article->text(), second.article->text());
  EXPECT_EQ(number("SELECT count(*) FROM old_versions"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'sunday'"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'friday'"), 0);
  expect_sound();
  // The first version is known now, as history, and does not come back.
  EXPECT_EQ(add({first}).known, 1U);
  EXPECT_EQ(load(first.article->article_id()).article->text(), second.article->text());
}

TEST_F(StoreTest, CorrectedOriginal_IsNoDuplicateOfThoseThatStoodBehindIt) {
  const Report original = made_report({.url = "https://wire.example/a", .published = "2022-02-01"});
  const Report duplicate = made_report({.url = "https://post.example/a"});
  const Report corrected = made_report({.text = "Warsaw opened the border to everybody on Sunday, and Minsk did so too.",
                                        .url = "https://wire.example/a",
                                        .published = "2022-02-01"});
  add({original, duplicate});
  add({corrected});
  EXPECT_EQ(number("SELECT count(*) FROM articles WHERE duplicate_of IS NOT NULL"), 0);
  expect_sound();
}

TEST_F(StoreTest, EarlierVersionAfterTheLater_GoesIntoHistory) {
  const Report late = made_report({.text = "Warsaw opened the border to everybody on Sunday, and Minsk did so too.",
                                   .url = "https://wire.example/a",
                                   .updated = "2022-02-06"});
  const Report early = made_report({.url = "https://wire.example/a"});
  add({late});
  const AddCounts counts = add({early});
  EXPECT_EQ(counts.older, 1U);
  EXPECT_EQ(load(late.article->article_id()).article->text(), late.article->text());
  const std::string content_late_first = content();
  const TemporaryFolder other_folder;
  Store other = *Store::open(other_folder.file("b.db"), Database::Mode::kCreate);
  const int64_t batch = *other.begin_batch({.command = "ingest", .coder = {.version = "1"}});
  ASSERT_TRUE(other.add(std::vector<Report>{early}, batch).ok());
  ASSERT_TRUE(other.add(std::vector<Report>{late}, batch).ok());
  std::swap(store_, other);
  EXPECT_EQ(content(), content_late_first);
}

TEST_F(StoreTest, TeaserAndReport_TheReportStaysInEitherOrder) {
  const Report teaser =
      made_report({.text = "Warsaw closes the border, and more is behind.", .url = "https://wire.example/a", .flags = {"summary"}});
  const Report whole = made_report({.url = "https://wire.example/a", .published = "2022-02-01"});
  EXPECT_EQ(compare_versions(*teaser.article, *whole.article), Standing::kCorrection);
  EXPECT_EQ(compare_versions(*whole.article, *teaser.article), Standing::kOlder);
}

TEST_F(StoreTest, SameTextWithoutAddress_TheFullerAccountStaysInEitherOrder) {
  const Report poor = made_report({.doc = "a", .outlet = ""}), rich = made_report({.doc = "b"});
  ASSERT_EQ(poor.article->article_id(), rich.article->article_id());
  EXPECT_EQ(compare_versions(*poor.article, *rich.article), Standing::kCorrection);
  EXPECT_EQ(compare_versions(*rich.article, *poor.article), Standing::kKnown);
  const Report other = made_report({.doc = "c"});
  EXPECT_EQ(compare_versions(*rich.article, *other.article), Standing::kKnown);
  EXPECT_EQ(compare_versions(*other.article, *rich.article), Standing::kCorrection);
}

TEST_F(StoreTest, DuplicatesInAnyOrder_GiveTheSameContent) {
  std::vector<Report> reports;
  for (int i = 0; i < 4; ++i)
    reports.push_back(made_report({.url = "https://wire.example/" + std::to_string(i),
                                   .published = i == 2   ? "2022-02-01"
                                                : i == 3 ? ""
                                                         : "2022-02-04"}));
  reports.push_back(made_report({.text = "Other words altogether, of Minsk and Warsaw and Brest, on a Friday."}));
  std::vector<int> order = {0, 1, 2, 3, 4};
  std::string expected;
  do {
    const TemporaryFolder folder;
    Store store = *Store::open(folder.file("b.db"), Database::Mode::kCreate);
    const int64_t batch = *store.begin_batch({.command = "ingest", .coder = {.version = "1"}});
    std::vector<Report> ordered;
    for (const int i : order) ordered.push_back(reports[static_cast<size_t>(i)]);
    ASSERT_TRUE(store.add(std::span(ordered).first(2), batch).ok());
    ASSERT_TRUE(store.add(std::span(ordered).subspan(2), batch).ok());
    std::swap(store, store_);
    if (expected.empty()) expected = content();
    ASSERT_EQ(content(), expected);
    EXPECT_EQ(number("SELECT count(*) FROM articles WHERE duplicate_of IS NULL"), 2);
    ASSERT_TRUE(*rollup_is_right(store_.database()));
    std::swap(store, store_);
  } while (std::ranges::next_permutation(order).found);
}

TEST_F(StoreTest, ForgottenOriginal_LeavesItsPlaceToTheNext) {
  const Report first = made_report({.url = "https://wire.example/1", .published = "2022-02-01"});
  const Report second = made_report({.url = "https://wire.example/2"}), third = made_report({.url = "https://wire.example/3"});
  add({second, third});
  const std::string without = content();
  add({first});
  expect_sound();
  const int64_t row = **store_.find(first.article->article_id());
  ASSERT_TRUE(store_.forget(std::span(&row, 1)).ok());
  EXPECT_EQ(content(), without);
  expect_sound();
  for (const char* table : {"events", "event_actors", "statements", "places", "times", "mentions"})
    EXPECT_GT(number(std::string("SELECT count(*) FROM ") + table), 0) << table;
}

TEST_F(StoreTest, NewRecordsOfTheSameArticle_ReplaceTheOld) {
  Report report = made_report();
  add({report});
  EXPECT_EQ(*store_.replace_records(std::vector<Report>{report}, batch_), 0U);
  report.events[0].type = "SANCTION";
  report.mentions.clear();
  EXPECT_EQ(*store_.replace_records(std::vector<Report>{report}, batch_), 1U);
  EXPECT_EQ(records_of(load(report.article->article_id())), records_of(report));
  expect_sound();
  EXPECT_EQ(*store_.replace_records(
                std::vector<Report>{made_report({.text = "Never stored, this text of Warsaw and of Brest and of Minsk."})}, batch_),
            0U);
}

TEST_F(StoreTest, FlippedValues_AreNeverShown) {
  const Report report = made_report();
  add({report});
  const int64_t row = **store_.find(report.article->article_id());
  for (const char* flip :
       {"UPDATE articles SET text = replace(text, 'Warsaw', 'Moscow')", "UPDATE articles SET published = '2022-02-05'",
        "UPDATE articles SET published = 'yesterday'", "UPDATE articles SET url = 'https://wire.example/z'",
        "UPDATE articles SET blocks = '[[0,5000,\"paragraph\"]]'", "UPDATE articles SET blocks = '[[8,9'",
        "UPDATE events SET type = 'AID' WHERE position = 0", "UPDATE events SET trigger_end = 4000000000",
        "UPDATE events SET trigger_begin = -1", "UPDATE events SET quantity = '[{\"unit\":1}]'", "UPDATE events SET also = '[[9,1]]'",
        "UPDATE event_actors SET country = 'RUS' WHERE side = 'target'", "UPDATE statements SET cue = 'denied'",
        "UPDATE places SET lat = 0", "UPDATE times SET value = '2023'", "DELETE FROM mentions WHERE position = 1",
        "UPDATE events SET mode = CAST(x'FFFE' AS TEXT)", "DELETE FROM event_actors"}) {
    ASSERT_TRUE(store_.database().run("SAVEPOINT before").ok());
    ASSERT_TRUE(store_.database().run(flip).ok()) << flip;
    const auto stored = store_.load(row);
    ASSERT_FALSE(stored.ok()) << flip;
    EXPECT_EQ(stored.error().code, ErrorCode::kBadDatabase) << flip;
    EXPECT_NE(stored.error().to_string().find(report.article->article_id()), std::string::npos) << flip;
    ASSERT_TRUE(store_.database().run("ROLLBACK TO before; RELEASE before").ok());
  }
  EXPECT_TRUE(store_.load(row).ok());
}

TEST_F(StoreTest, DamagedArticle_CanBeForgotten) {
  add({made_report(), made_report({.text = "Other words altogether, of Minsk and Warsaw and Brest, on a Friday."})});
  ASSERT_TRUE(store_.database().run("UPDATE events SET type = 'AID' WHERE event = 1").ok());
  const int64_t row = 1;
  ASSERT_TRUE(store_.forget(std::span(&row, 1)).ok());
  expect_sound();
}

TEST_F(StoreTest, FailedGroup_LeavesNothing) {
  const std::string before = content();
  ASSERT_TRUE(store_.database().run("PRAGMA ignore_check_constraints = OFF").ok());
  Report broken = made_report();
  EXPECT_FALSE(store_.add(std::vector<Report>{broken}, 999).ok());  // no such batch
  EXPECT_EQ(content(), before);
  EXPECT_EQ(add({broken}).added, 1U);
}

TEST_F(StoreTest, CountsOfDyads_AreThoseOfEventsHoweverManySidesTheyHave) {
  std::mt19937 random(7);
  const std::vector<std::string> countries = {"RUS", "UKR", "USA"};
  const auto side = [&] {
    std::vector<Actor> actors;
    for (const std::string& country : countries) {
      if (random() % 2 == 0) actors.push_back({.text = country, .name = country, .country = country, .sector = "GOV", .span = {0, 3}});
    }
    return actors;
  };
  std::vector<Event> all;
  for (int number = 0; number < 60; ++number) {
    Report report = made_report({.text = "The words of report " + std::to_string(number) + ", which are long enough for the spans of it."});
    for (Event& event : report.events) {
      event.source = side();
      event.target = side();
    }
    add({report});
    all.insert(all.end(), report.events.begin(), report.events.end());
  }
  expect_sound();
  const auto has = [](const std::vector<Actor>& actors, const std::string& country) {
    return std::ranges::find(actors, country, &Actor::country) != actors.end();
  };
  for (const std::string& a : countries) {
    for (const std::string& b : countries) {
      const auto forth = [&](const Event& event) { return has(event.source, a) && has(event.target, b); };
      const auto both = [&](const Event& event) { return forth(event) || (has(event.source, b) && has(event.target, a)); };
      for (const bool both_ways : {false, true}) {
        const Filters filters{.dyad = DyadFilter{.source = {.country = a}, .target = {.country = b}, .both_ways = both_ways}};
        const Result<int64_t> counted = count_listed(store_.database(), {.listed = Listed::kEvents, .filters = filters});
        ASSERT_TRUE(counted.ok()) << counted.error().to_string();
        EXPECT_EQ(*counted, both_ways ? std::ranges::count_if(all, both) : std::ranges::count_if(all, forth)) << a << " " << b;
      }
    }
  }
  ASSERT_TRUE(rebuild_rollup(store_.database()).ok());
  EXPECT_TRUE(*rollup_is_right(store_.database()));
}

}  // namespace
}  // namespace casus
