// Which events of which reports are one act, and what the act is then said to be.
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "crisis/day_span.h"
#include "crisis/view_records.h"
#include "crisis/wording.h"
#include "crisis_reports.h"

namespace casus {
namespace {

const std::vector<std::string> kBlinken = {"USA=Antony Blinken"}, kLavrov = {"RUS=Sergey Lavrov"}, kBiden = {"USA=Joe Biden"},
                               kPutin = {"RUS=Vladimir Putin"};

Event call(const std::vector<std::string>& source, const std::vector<std::string>& target, const std::string& date = "2022-02-12",
           const std::string& status = "actual") {
  return act("CONSULT", "phone", source, target, date, status);
}

TEST(incidents, the_same_call_in_two_papers_is_one) {
  const Incident incident =
      only_incident({report("A", "2022-02-12", {call(kBlinken, kLavrov)}), report("B", "2022-02-13", {call(kLavrov, kBlinken)})});
  EXPECT_EQ(incident.mentions.size(), 2u);
  EXPECT_EQ(incident.outlets, 2u);
  EXPECT_EQ(incident.sources, 2u);
  EXPECT_EQ(day_text(incident.first_report), "2022-02-12");
  EXPECT_EQ(day_text(incident.last_report), "2022-02-13");
}

TEST(incidents, other_ministers_make_another_call) {
  EXPECT_EQ(count_incidents({report("A", "2022-02-12", {call(kBlinken, kLavrov)}), report("B", "2022-02-12", {call(kBiden, kPutin)})}), 2u);
}

TEST(incidents, a_call_by_a_minister_is_one_by_his_government) {
  EXPECT_EQ(count_incidents({report("A", "2022-02-12", {call(kBlinken, kLavrov)}), report("B", "2022-02-12", {call({"USA"}, {"RUS"})})}),
            1u);
}

TEST(incidents, another_day_is_another_call) {
  EXPECT_EQ(
      count_incidents({report("A", "2022-02-12", {call(kBiden, kPutin)}), report("B", "2022-02-20", {call(kBiden, kPutin, "2022-02-19")})}),
      2u);
}

TEST(incidents, days_that_differ_by_one_stand_side_by_side) {
  const Incident incident =
      only_incident({report("A", "2022-02-12", {call(kBiden, kPutin)}), report("B", "2022-02-13", {call(kBiden, kPutin, "2022-02-13")})});
  ASSERT_EQ(incident.values.size(), 2u);
  EXPECT_TRUE(incident.values[0].conflicting && incident.values[1].conflicting);
}

TEST(incidents, a_visit_is_no_call) {
  EXPECT_EQ(count_incidents({report("A", "2022-02-12", {call(kBiden, kPutin)}),
                             report("B", "2022-02-12", {act("CONSULT", "visit", kBiden, kPutin, "2022-02-12")})}),
            2u);
}

TEST(incidents, an_undated_report_joins_the_act_of_its_days) {
  EXPECT_EQ(count_incidents({report("A", "2022-02-12", {call(kBiden, kPutin)}), report("B", "2022-02-13", {call(kBiden, kPutin, "")})}),
            1u);
  EXPECT_EQ(count_incidents({report("A", "2022-02-12", {call(kBiden, kPutin)}), report("B", "2022-03-13", {call(kBiden, kPutin, "")})}),
            2u);
}

TEST(incidents, a_plan_and_its_happening_are_one) {
  const Incident incident = only_incident(
      {report("A", "2022-02-10", {call(kBiden, kPutin, "2022-02-12", "planned")}), report("B", "2022-02-12", {call(kBiden, kPutin)})});
  EXPECT_EQ(incident.status, "actual");
  ASSERT_EQ(incident.history.size(), 2u);
  EXPECT_EQ(incident.history[0].status, "planned");
  EXPECT_EQ(day_text(incident.history[1].day), "2022-02-12");
}

TEST(incidents, what_one_article_tells_as_done_and_as_planned_is_two) {
  EXPECT_EQ(count_incidents({report("A", "2022-02-12", {call(kBiden, kPutin, ""), call(kBiden, kPutin, "", "planned")})}), 2u);
}

TEST(incidents, what_an_article_plans_for_its_day_and_speaks_of_as_settled_is_one_plan) {
  const Incident incident =
      only_incident({report("A", "2022-02-12", {call(kBiden, kPutin, "2022-02-12", "planned"), call(kBiden, kPutin, "")})});
  EXPECT_EQ(incident.status, "planned");
  EXPECT_EQ(incident.history.size(), 1u);
  EXPECT_EQ(count_incidents({report("A", "2022-02-12", {call(kBiden, kPutin, "2022-02-14", "planned"), call(kBiden, kPutin, "")})}), 2u);
  EXPECT_EQ(count_incidents({report("A", "2022-02-12", {call(kBiden, kPutin, "2022-02-12", "planned"), call({"USA"}, {"RUS"}, "")})}), 2u);
}

TEST(incidents, the_call_of_which_an_article_names_one_side_later_is_the_one_that_it_tells) {
  EXPECT_EQ(count_incidents({report("A", "2022-02-12", {call(kBiden, kPutin), call(kPutin, {}, "")})}), 1u);
  EXPECT_EQ(count_incidents({report("A", "2022-02-12", {call(kBiden, kPutin), call({"CHN=Xi Jinping"}, {}, "")})}), 2u);
}

TEST(incidents, what_was_done_before_it_was_planned_is_another_act) {
  EXPECT_EQ(count_incidents(
                {report("A", "2022-02-10", {call(kBiden, kPutin, "")}), report("B", "2022-02-11", {call(kBiden, kPutin, "", "planned")})}),
            2u);
}

TEST(incidents, a_possible_attack_is_not_the_attack) {
  EXPECT_EQ(count_incidents({report("A", "2022-02-12", {act("ASSAULT", "", {"RUS"}, {"UKR"}, "", "conditional")}),
                             report("B", "2022-02-12", {act("ASSAULT", "", {"RUS"}, {"UKR"}, "2014-03")})}),
            2u);
}

TEST(incidents, who_attacks_whom_is_not_turned) {
  EXPECT_EQ(count_incidents({report("A", "2022-02-12", {act("ASSAULT", "", {"RUS"}, {"UKR"}, "2022-02-12")}),
                             report("B", "2022-02-12", {act("ASSAULT", "", {"UKR"}, {"RUS"}, "2022-02-12")})}),
            2u);
}

TEST(incidents, numbers_that_differ_stand_side_by_side) {
  Event one = act("MOBILIZE", "troops", {"RUS"}, {"UKR"}, "2022-02-12"), other = one, near = one;
  one.quantity = {troops(100000)};
  other.quantity = {troops(30000)};
  near.quantity = {troops(101000, true)};
  const Incident differ = only_incident({report("A", "2022-02-12", {one}), report("B", "2022-02-12", {other})});
  EXPECT_EQ(std::ranges::count(differ.values, true, &ReportedValue::conflicting), 2);
  const Incident agree = only_incident({report("A", "2022-02-12", {one}), report("B", "2022-02-12", {near})});
  EXPECT_EQ(std::ranges::count(agree.values, true, &ReportedValue::conflicting), 0);
}

TEST(incidents, more_sources_are_surer_and_weigh_more) {
  const Incident one = only_incident({report("A", "2022-02-12", {call(kBiden, kPutin)})});
  const Incident two =
      only_incident({report("A", "2022-02-12", {call(kBiden, kPutin)}), report("B", "2022-02-12", {call(kBiden, kPutin)})});
  EXPECT_GT(two.confidence, one.confidence);
  EXPECT_GT(two.weight, one.weight);
}

TEST(incidents, the_id_stays_when_later_reports_come) {
  const Report first = report("A", "2022-02-10", {call(kBiden, kPutin, "", "planned")});
  const Report later = report("B", "2022-02-12", {call(kBiden, kPutin)});
  EXPECT_EQ(only_incident({first}).id, only_incident({first, later}).id);
}

TEST(incidents, an_article_that_comes_twice_counts_once) {
  const Report one = report("A", "2022-02-12", {call(kBiden, kPutin)});
  EXPECT_EQ(crisis_of({one, one, one}).articles.size(), 1u);
}

TEST(incidents, as_of_a_day_later_articles_are_unknown) {
  const std::vector<Report> reports = {report("A", "2022-02-10", {call(kBiden, kPutin, "2022-02-12", "planned")}),
                                       report("B", "2022-02-12", {call(kBiden, kPutin)}), report("C", "", {call(kBiden, kPutin)})};
  const Crisis crisis = crisis_of(reports, {.as_of = parse_day_range("2022-02-11")->begin});
  EXPECT_EQ(crisis.articles.size(), 1u);
  EXPECT_EQ(crisis.left_out, 2u);
  EXPECT_EQ(crisis.incidents.at(0).status, "planned");
}

std::string everything(const Crisis& crisis) {
  const Wording wording(crisis, shipped_rules(), shipped_lexicon());
  std::string text;
  for (const Incident& incident : crisis.incidents) append_json(incident_record(incident, crisis, wording), text);
  return text;
}

TEST(incidents, the_order_of_reports_does_not_matter) {
  std::vector<Report> reports;
  std::mt19937 random(7);
  const std::vector<std::string> states = {"USA", "RUS", "UKR", "FRA", "DEU"},
                                 types = {"CONSULT", "ASSAULT", "REQUEST", "MOBILIZE", "ACCUSE"},
                                 statuses = {"actual", "planned", "denied", "conditional"},
                                 dates = {"", "2022-02-10", "2022-02", "2022-02-09/2022-02-12", "2022"};
  const auto any = [&](const std::vector<std::string>& of) { return of[random() % of.size()]; };
  for (int i = 0; i < 60; ++i) {
    std::vector<Event> events;
    for (int j = 0; j < 4; ++j) events.push_back(act(any(types), "", {any(states)}, {any(states)}, any(dates), any(statuses)));
    reports.push_back(report("Outlet" + std::to_string(random() % 7), "2022-02-" + std::to_string(10 + random() % 15), events));
  }
  const std::string expected = everything(crisis_of(reports));
  for (int i = 0; i < 5; ++i) {
    std::shuffle(reports.begin(), reports.end(), random);
    EXPECT_EQ(everything(crisis_of(reports)), expected);
  }
}

}  // namespace
}  // namespace casus
