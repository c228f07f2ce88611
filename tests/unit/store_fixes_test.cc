// What people correct holds wherever records are read and summed, whatever is read again, and is as if it had never been once it is undone.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "made_report.h"
#include "reading/reading.h"
#include "store/inspect.h"
#include "store/record_fixes.h"
#include "store/report_rows.h"
#include "store/store.h"

namespace casus {
namespace {

std::string records_of(const Report& report) {
  std::string text;
  append_records_json(report, kAllLayers, text);
  return text;
}

class FixesTest : public testing::Test {
 protected:
  FixesTest() {
    batch_ = *store_.begin_batch({.command = "ingest", .inputs = {"a"}, .coder = {.version = "1"}});
    add(coded_);
  }

  void add(const Report& report) { ASSERT_TRUE(store_.add({&report, 1}, batch_).ok()); }
  Report load() { return (*store_.load(row()))->report; }
  int64_t row() { return **store_.find(coded_.article->article_id()); }
  const Event& event() { return coded_.events.front(); }
  Fix change(const EventChange& change) {
    return {.kind = std::string(kChangeFix),
            .article_id = coded_.article->article_id(),
            .target = event().id,
            .value = change_value(*coded_.article, event(), change),
            .author = "ann"};
  }
  Fix reject() {
    return {.kind = std::string(kRejectFix),
            .article_id = coded_.article->article_id(),
            .target = event().id,
            .value = reject_value(*coded_.article, event()),
            .author = "ann"};
  }
  int64_t enter(const Fix& fix) {
    const Result<int64_t> number = store_.enter_fix(fix);
    EXPECT_TRUE(number.ok()) << number.error().to_string();
    return number.ok() ? *number : 0;
  }
  void undo(int64_t fix) {
    const Result<void> done = store_.undo_fix(fix, "bob");
    EXPECT_TRUE(done.ok()) << done.error().to_string();
  }
  void recode(const Report& report) { ASSERT_TRUE(store_.replace_records({&report, 1}, batch_).ok()); }
  int64_t number(const std::string& sql) { return *store_.database().number(sql); }
  void expect_sound() {
    const Result<void> done = check_store(store_, [](const Error& fault) { ADD_FAILURE() << fault.to_string(); });
    EXPECT_TRUE(done.ok());
  }

  TemporaryFolder folder_;
  Store store_ = *Store::open(folder_.file("a.db"), Database::Mode::kCreate);
  int64_t batch_ = 0;
  Report coded_ = made_report();
};

TEST_F(FixesTest, ChangedFields_AreShownSummedAndMarked) {
  enter(change({.type = "AID", .mode = "", .date = "2022-02", .quad = 2}));
  const Event fixed = load().events.front();
  EXPECT_EQ(fixed.type, "AID");
  EXPECT_EQ(fixed.mode, "");
  EXPECT_EQ(fixed.date_precision, "month");
  EXPECT_FALSE(fixed.date_span);
  EXPECT_EQ(fixed.id, event().id);
  ASSERT_EQ(fixed.fixed.size(), 3U);
  EXPECT_EQ(fixed.fixed[0].field, "type");
  EXPECT_EQ(fixed.fixed[0].coded, "COERCE");
  EXPECT_EQ(fixed.fixed[0].author, "ann");
  EXPECT_EQ(fixed.fixed[0].made_at.size(), 20U);
  EXPECT_NE(records_of(load()).find(R"("fixed":[{"field":"type","coded":"COERCE","author":"ann")"), std::string::npos);
  EXPECT_EQ(number("SELECT sum(events) FROM daily_dyads WHERE type = 'AID' AND quad = 2 AND first_day = '2022-02-01'"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM daily_dyads WHERE type = 'COERCE'"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM coded_events WHERE type = 'COERCE'"), 1);
  expect_sound();
}

TEST_F(FixesTest, RejectedEvent_IsNowhere) {
  enter(reject());
  const Report shown = load();
  ASSERT_EQ(shown.events.size(), 1U);
  EXPECT_EQ(shown.events.front().id, coded_.events[1].id);
  EXPECT_EQ(records_of(shown).find(event().id), std::string::npos) << "statements name it no more either";
  EXPECT_EQ(number("SELECT count(*) FROM event_list"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM daily_dyads"), 0);
  EXPECT_EQ(store_.load_coded(row()).value()->report.events.size(), 2U);
  expect_sound();
}

TEST_F(FixesTest, UndoneFix_LeavesNoTraceInRecords) {
  const std::string before = records_of(load());
  for (const Fix& fix : {reject(), change({.status = "planned", .source = std::vector<NamedActor>{{"Brest", "BLR", "GOV"}}})}) {
    const int64_t number_entered = enter(fix);
    EXPECT_NE(records_of(load()), before);
    undo(number_entered);
    EXPECT_EQ(records_of(load()), before);
    EXPECT_EQ(store_.undo_fix(number_entered, "bob").error().code, ErrorCode::kNotFound);
  }
  EXPECT_EQ(number("SELECT count(*) FROM coded_events"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM daily_dyads WHERE status = 'actual' AND type = 'COERCE'"), 1);
  EXPECT_EQ(read_fixes(store_.database())->size(), 0U);
  const std::vector<Fix> all = *read_fixes(store_.database(), {.undone = true});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].undone_by, "bob");
  expect_sound();
}

TEST_F(FixesTest, LaterFix_ActsOnTopOfTheEarlier) {
  const int64_t first = enter(change({.type = "AID"}));
  const int64_t second = enter(change({.type = "ASSAULT"}));
  EXPECT_EQ(load().events.front().type, "ASSAULT");
  EXPECT_EQ(load().events.front().fixed.front().coded, "COERCE");
  undo(second);
  EXPECT_EQ(load().events.front().type, "AID");
  undo(first);
  EXPECT_EQ(load().events.front().type, "COERCE");
}

TEST_F(FixesTest, Source_HasTheWordsOfTheTextWhereTheyStand) {
  enter(change({.source = std::vector<NamedActor>{{"Belarus", "BLR", "GOV"}, {"said", "POL", "MED"}, {"Nobody there", "RUS", ""}}}));
  const Event fixed = load().events.front();
  ASSERT_EQ(fixed.source.size(), 3U);
  EXPECT_EQ(fixed.source[0].span, event().target[0].span);
  EXPECT_EQ(fixed.source[1].text, "said");
  EXPECT_EQ(coded_.article->view(fixed.source[1].span), "said");
  EXPECT_EQ(fixed.source[2].text, "");
  EXPECT_EQ(fixed.fixed.front().coded, "POL/GOV Poland, /CVL Wars");
  expect_sound();
}

TEST_F(FixesTest, BoundName_HoldsForEventsAndStatementsOfAllArticles) {
  const Report other = made_report({.url = "https://wire.example/other"});
  add(other);
  const int64_t fix =
      enter({.kind = std::string(kActorFix), .target = "Poland", .value = actor_value({"Poland's army", "POL", "MIL"}), .author = "ann"});
  const Report late = made_report({.url = "https://wire.example/late"});
  add(late);
  for (const Report* report : std::initializer_list<const Report*>{&coded_, &other, &late}) {
    const Report shown = (*store_.load(**store_.find(report->article->article_id())))->report;
    EXPECT_EQ(shown.events.front().source.front().sector, "MIL");
    EXPECT_EQ(shown.statements.front().speaker.name, "Poland's army");
    EXPECT_EQ(shown.statements.front().fixed.front().field, "speaker");
  }
  undo(fix);
  for (const Report* report : std::initializer_list<const Report*>{&coded_, &other, &late})
    EXPECT_EQ(records_of((*store_.load(**store_.find(report->article->article_id())))->report), records_of(*report));
  expect_sound();
}

TEST_F(FixesTest, NewerReading_KeepsTheFix) {
  enter(change({.type = "AID"}));
  Report newer = coded_;
  newer.events.front().id = "00000000000000f1";  // as another status would give
  newer.events.front().status = "planned";
  newer.events.front().confidence = 0.1;
  recode(newer);
  EXPECT_EQ(load().events.front().type, "AID");
  EXPECT_EQ(load().events.front().status, "planned");
  EXPECT_EQ(store_.load_coded(row()).value()->report.events.front().confidence, 0.1);
  expect_sound();
}

TEST_F(FixesTest, NewerReadingOfAnotherType_IsNotRejected) {
  enter(reject());
  Report newer = coded_;
  newer.events.front().id = "00000000000000f1";
  newer.events.front().type = "AID";
  recode(newer);
  EXPECT_EQ(load().events.size(), 2U);
  EXPECT_TRUE(store_.acting_fixes(row())->empty());
  recode(coded_);
  EXPECT_EQ(load().events.size(), 1U);
  expect_sound();
}

TEST_F(FixesTest, ForgottenArticle_ComesBackFixed) {
  enter(change({.type = "AID"}));
  ASSERT_TRUE(store_.forget(std::vector<int64_t>{row()}).ok());
  EXPECT_EQ(number("SELECT count(*) FROM coded_events"), 0);
  add(coded_);
  EXPECT_EQ(load().events.front().type, "AID");
  expect_sound();
}

TEST_F(FixesTest, CorrectedText_KeepsFixesOfWordsThatStayed) {
  const Report first = made_report({.url = "https://wire.example/c"});
  add(first);
  enter({.kind = std::string(kRejectFix),
         .article_id = first.article->article_id(),
         .target = first.events.front().id,
         .value = reject_value(*first.article, first.events.front()),
         .author = "ann"});
  Report second = made_report({.text = first.article->text() + " More words.", .url = "https://wire.example/c", .updated = "2022-02-06"});
  second.events.front().id = "00000000000000f2";
  const uint32_t moved = second.events.front().trigger_span.begin;
  ASSERT_EQ(moved, first.events.front().trigger_span.begin);
  add(second);
  EXPECT_EQ((*store_.load(**store_.find(first.article->article_id())))->report.events.size(), 1U);
  expect_sound();
}

TEST_F(FixesTest, FixOfNothing_IsRefusedAndNotKept) {
  Fix fix = reject();
  fix.target = "00000000000000ff";
  fix.value = R"({"event":{"type":"COERCE","trigger":"x","sentence":"x","begin":1,"end":2}})";
  EXPECT_EQ(store_.enter_fix(fix).error().code, ErrorCode::kNotFound);
  fix = reject();
  fix.article_id = "0000000000000000";
  EXPECT_EQ(store_.enter_fix(fix).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(number("SELECT count(*) FROM fixes"), 0);
}

TEST_F(FixesTest, BrokenValue_IsNamedAndCanBeUndone) {
  ASSERT_TRUE(
      store_.database().run("INSERT INTO fixes (kind, target, value, author, made_at) VALUES ('actor', 'Poland', '{', 'x', 'y')").ok());
  const Result<int64_t> refused = store_.enter_fix(reject());
  EXPECT_EQ(refused.error().code, ErrorCode::kBadDatabase);
  EXPECT_NE(refused.error().remedy.find("--undo"), std::string::npos);
  size_t faults = 0;
  ASSERT_TRUE(check_store(store_, [&](const Error&) { ++faults; }).ok());
  EXPECT_EQ(faults, 1U);
  undo(1);
  enter(reject());
  expect_sound();
}

TEST_F(FixesTest, ChangedCodedRecords_AreDamage) {
  enter(change({.type = "AID"}));
  ASSERT_TRUE(store_.database().run("UPDATE coded_events SET type = 'ASSAULT'").ok());
  EXPECT_EQ(store_.load_coded(row()).error().code, ErrorCode::kBadDatabase);
  size_t faults = 0;
  ASSERT_TRUE(check_store(store_, [&](const Error&) { ++faults; }).ok());
  EXPECT_EQ(faults, 1U);
  recode(coded_);
  expect_sound();
}

TEST_F(FixesTest, OtherKinds_AreKeptForOtherStages) {
  const int64_t fix = enter({.kind = "join", .target = "00000000000000e1 00000000000000e2", .value = "{}", .author = "ann"});
  EXPECT_EQ(records_of(load()), records_of(coded_));
  const std::vector<Fix> joins = *read_fixes(store_.database(), {.kinds = {"join"}});
  ASSERT_EQ(joins.size(), 1U);
  EXPECT_EQ(joins.front().target, "00000000000000e1 00000000000000e2");
  undo(fix);
  EXPECT_TRUE(read_fixes(store_.database(), {.kinds = {"join"}})->empty());
}

}  // namespace
}  // namespace casus
