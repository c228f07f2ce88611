// A made history of known truth: what is grouped is what belongs together. docs/crisis.md has the figures of a long one.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "crisis_reports.h"
#include "made_history.h"

namespace casus {
namespace {

const MadeHistory& history() {
  static const MadeHistory made(20'000, shipped_lexicon());
  return made;
}

TEST(history, incidents_are_those_of_the_truth) {
  const Agreement found = agreement_of(history(), crisis_of(history().reports()));
  const Agreement simple = agreement_of_dyad_type_day(history());
  EXPECT_GE(found.f1(), 0.90) << found.precision << " " << found.recall;
  EXPECT_GE(found.f1(), simple.f1() + 0.15) << simple.f1();
}

TEST(history, the_order_of_the_reports_changes_nothing) {
  std::vector<Report> reports = history().reports();
  const Crisis in_order = crisis_of(reports);
  std::mt19937 random(5);
  std::ranges::shuffle(reports, random);
  const Crisis shuffled = crisis_of(reports);
  ASSERT_EQ(shuffled.incidents.size(), in_order.incidents.size());
  for (size_t i = 0; i < in_order.incidents.size(); ++i) {
    EXPECT_EQ(shuffled.incidents[i].id, in_order.incidents[i].id);
    EXPECT_EQ(shuffled.incidents[i].mentions, in_order.incidents[i].mentions);
  }
}

TEST(agreement, of_groups_with_themselves_is_whole) {
  EXPECT_EQ(b_cubed({1, 1, 2}, {7, 7, 9}).f1(), 1);
  EXPECT_EQ(b_cubed({1, 1, 1, 1}, {1, 2, 3, 4}).recall, 0.25);
  EXPECT_EQ(b_cubed({1, 2, 3, 4}, {1, 1, 1, 1}).precision, 0.25);
}

}  // namespace
}  // namespace casus
