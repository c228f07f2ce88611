// Panels: which period an event counts in, zeros, who counts.
#include "store/panel.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "made_report.h"
#include "store/listing.h"
#include "store/store.h"

namespace casus {
namespace {

class PanelTest : public testing::Test {
 protected:
  /// Stores one article with an act of POL towards BLR on each of these dates.
  void add(const std::vector<std::string>& dates, const std::string& status = "actual") {
    Report report = made_report({.text = "A report of Warsaw and Minsk tells of the border near Brest, number " + std::to_string(++number_),
                                 .published = "2022-02-07"});
    const Event event = report.events[0];
    report.events.clear();
    for (const std::string& date : dates) {
      report.events.push_back(event);
      report.events.back().date = date;
      report.events.back().status = status;
    }
    ASSERT_TRUE(store_.add(std::span(&report, 1), batch_).ok());
  }
  std::vector<std::string> rows(const PanelQuery& query) {
    std::vector<std::string> rows;
    const auto made = make_panel(store_.database(), query, [&](const PanelRow& row) {
      rows.push_back(std::string(row.source) + (row.target.empty() ? "" : ">" + std::string(row.target)) + " " + std::string(row.period) +
                     " " + std::to_string(row.counts->events) + "/" + std::to_string(row.received->events) + " of " +
                     std::to_string(row.articles));
      return true;
    });
    EXPECT_TRUE(made.ok()) << made.error().to_string();
    if (made) left_out_ = *made;
    return rows;
  }
  using Rows = std::vector<std::string>;

  TemporaryFolder folder_;
  Store store_ = *Store::open(folder_.file("a.db"), Database::Mode::kCreate);
  int64_t batch_ = *store_.begin_batch({.command = "ingest", .coder = {.version = "1"}});
  int number_ = 0;
  PanelLeftOut left_out_{};
};

TEST_F(PanelTest, Weeks_BeginOnMonday) {
  add({"2022-02-06", "2022-02-07", "2022-02-13", "2022-02-14"});
  EXPECT_EQ(rows({.period = PanelPeriod::kWeek}),
            (Rows{"POL>BLR 2022-01-31 1/0 of 0", "POL>BLR 2022-02-07 2/0 of 1", "POL>BLR 2022-02-14 1/0 of 0"}));
}

TEST_F(PanelTest, ACount_HasAnEventOfBothWaysOnce) {
  add({"2022-02-07", "2022-02-08"});
  Report report = made_report({.text = "A report of talks of both capitals among themselves", .published = "2022-02-07"});
  Event& event = report.events[0];
  event.source.push_back(event.target[0]);
  event.target.push_back(event.source[0]);
  ASSERT_TRUE(store_.add(std::span(&report, 1), batch_).ok());
  const auto count = [&](const std::string& status) {
    Filters filters{.dyad = DyadFilter{.source = {.country = "POL"}, .target = {.country = "BLR"}, .both_ways = true}};
    filters.statuses = {status};
    const auto number = count_listed(store_.database(), {.listed = Listed::kEvents, .filters = filters});
    return number.ok() ? *number : -1;
  };
  EXPECT_EQ(count(event.status), 3);
  EXPECT_EQ(count("denied"), 0);
}

TEST_F(PanelTest, EmptyPeriods_AreZerosOnlyWhereAsked) {
  add({"2022-01-31", "2022-04-01"});
  EXPECT_EQ(rows({.period = PanelPeriod::kMonth}), (Rows{"POL>BLR 2022-01-01 1/0 of 0", "POL>BLR 2022-02-01 0/0 of 1",
                                                         "POL>BLR 2022-03-01 0/0 of 0", "POL>BLR 2022-04-01 1/0 of 0"}));
  EXPECT_EQ(rows({.period = PanelPeriod::kMonth, .fill_zero = false}),
            (Rows{"POL>BLR 2022-01-01 1/0 of 0", "POL>BLR 2022-04-01 1/0 of 0"}));
  EXPECT_EQ(rows({.period = PanelPeriod::kQuarter}), (Rows{"POL>BLR 2022-01-01 1/0 of 1", "POL>BLR 2022-04-01 1/0 of 0"}));
}

TEST_F(PanelTest, DatesThatFitNoPeriod_AreLeftOutAndCounted) {
  add({"", "2022", "2022-02", "2022-02-28/2022-03-01", "2022-02-01/2022-02-03"});
  EXPECT_EQ(rows({.period = PanelPeriod::kMonth, .since = "2022-02-01", .until = "2022-02-28"}), (Rows{"POL>BLR 2022-02-01 2/0 of 1"}));
  EXPECT_EQ(left_out_.undated, 1U);
  EXPECT_EQ(left_out_.spanning, 2U);
  EXPECT_EQ(rows({.period = PanelPeriod::kYear}), (Rows{"POL>BLR 2022-01-01 4/0 of 1"}));
}

TEST_F(PanelTest, Statuses_CountOnlyWhereAsked) {
  add({"2022-02-07"});
  add({"2022-02-08"}, "denied");
  EXPECT_EQ(rows({.period = PanelPeriod::kYear, .statuses = {"actual"}}), (Rows{"POL>BLR 2022-01-01 1/0 of 2"}));
  EXPECT_EQ(rows({.period = PanelPeriod::kYear}), (Rows{"POL>BLR 2022-01-01 2/0 of 2"}));
}

TEST_F(PanelTest, Countries_TellWhatTheyDidAndWhatWasDone) {
  add({"2022-02-07", "2022-02-08"});
  EXPECT_EQ(rows({.unit = PanelUnit::kCountry, .period = PanelPeriod::kYear}),
            (Rows{"BLR 2022-01-01 0/2 of 1", "POL 2022-01-01 2/0 of 1"}));
  EXPECT_EQ(rows({.unit = PanelUnit::kCountry, .period = PanelPeriod::kYear, .a = "POL"}), (Rows{"POL 2022-01-01 2/0 of 1"}));
}

TEST_F(PanelTest, Dyads_GoOneWayOrBoth) {
  add({"2022-02-07"});
  EXPECT_EQ(rows({.period = PanelPeriod::kYear, .a = "BLR", .b = "POL"}), Rows{});
  EXPECT_EQ(rows({.period = PanelPeriod::kYear, .a = "BLR", .b = "POL", .both_ways = true}), (Rows{"POL>BLR 2022-01-01 1/0 of 1"}));
}

TEST_F(PanelTest, NothingThere_GivesNoRows) { EXPECT_EQ(rows({}), Rows{}); }

TEST_F(PanelTest, TooManyPeriods_AreRefused) {
  add({"2022-02-07"});
  const auto made = make_panel(store_.database(), {.period = PanelPeriod::kDay, .since = "0001-01-01", .until = "9999-12-31"},
                               [](const PanelRow&) { return true; });
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace casus
