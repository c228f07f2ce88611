// Hostile bodies of reports: bounded time and memory, sane results. Bounds are wide, since machines that test are busy; what is quadratic
// breaks them.
#include <chrono>

#include <gtest/gtest.h>

#include "crisis/brief.h"
#include "crisis_reports.h"
#include "sanitized.h"

namespace casus {
namespace {

double seconds(const std::vector<Report>& reports, size_t& incidents) {
  const auto begin = std::chrono::steady_clock::now();
  const Crisis crisis = crisis_of(reports);
  static_cast<void>(brief_of(crisis, {}, shipped_rules(), shipped_lexicon()));
  incidents = crisis.incidents.size();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

Event call() { return act("CONSULT", "phone", {"USA=Joe Biden"}, {"RUS=Vladimir Putin"}, "2022-02-12"); }

TEST(bounds, one_article_a_hundred_thousand_times) {
  const std::vector<Report> reports(100'000 / kSlowness, report("A", "2022-02-12", {call()}));
  size_t incidents = 0;
  EXPECT_LT(seconds(reports, incidents), 60);
  EXPECT_EQ(incidents, 1u);
}

TEST(bounds, one_text_under_many_names_is_one_source) {
  std::vector<Report> reports;
  for (int i = 0; i < 5'000 / static_cast<int>(kSlowness); ++i) {
    std::string text;
    for (int word = 0; word < 120; ++word) text += "word" + std::to_string(word) + " ";
    reports.push_back(report("Outlet " + std::to_string(i), "2022-02-12", {call()}, text + std::to_string(i)));
  }
  const Crisis crisis = crisis_of(reports);
  ASSERT_EQ(crisis.incidents.size(), 1u);
  EXPECT_EQ(crisis.incidents[0].sources, 1u);
  EXPECT_EQ(crisis.incidents[0].outlets, reports.size());
}

TEST(bounds, an_act_of_five_hundred_actors) {
  std::vector<std::string> names;
  for (int i = 0; i < 500; ++i) names.push_back("NONE/=group" + std::string(1, static_cast<char>('a' + i % 26)) + std::to_string(i));
  std::vector<Report> reports;
  for (int i = 0; i < 200 / static_cast<int>(kSlowness); ++i)
    reports.push_back(report("A" + std::to_string(i), "2022-02-12", {act("ASSAULT", "", names, names, "2022")}));
  size_t incidents = 0;
  EXPECT_LT(seconds(reports, incidents), 60);
  EXPECT_EQ(incidents, 1u);
}

TEST(bounds, dates_of_other_ages_and_contradictions) {
  std::vector<Report> reports;
  const char* const dates[] = {"1600-01-01", "9999-12-31", "0000", "9999", "1600/9999", "2022-02-12/2022-02-13", "", "nonsense"};
  const char* const statuses[] = {"actual", "planned", "denied", "conditional", "unheard-of"};
  for (int i = 0; i < 2'000 / static_cast<int>(kSlowness); ++i) {
    std::vector<Event> events;
    for (const char* status : statuses) events.push_back(act("ASSAULT", "", {"RUS"}, {"UKR"}, dates[i % 8], status));
    reports.push_back(report("Outlet " + std::to_string(i), i % 3 == 0 ? "" : "2022-02-12", events));
  }
  size_t incidents = 0;
  EXPECT_LT(seconds(reports, incidents), 60);
  EXPECT_GE(incidents, 6u);
  EXPECT_LT(incidents, reports.size());
}

TEST(bounds, a_long_history_of_one_dyad_stays_near_linear) {
  const auto time_of = [](int count) {
    std::vector<Report> reports;
    for (int i = 0; i < count; ++i) {
      const int day = i / 4;
      const std::string date = std::to_string(1900 + day / 336) + "-" + (day / 28 % 12 < 9 ? "0" : "") + std::to_string(day / 28 % 12 + 1) +
                               "-" + (day % 28 < 9 ? "0" : "") + std::to_string(day % 28 + 1);
      reports.push_back(report("Outlet " + std::to_string(i % 50), date, {act("ASSAULT", "", {"RUS"}, {"UKR"}, date)}));
    }
    size_t incidents = 0;
    return seconds(reports, incidents);
  };
  const double few = time_of(3'000 / static_cast<int>(kSlowness)), many = time_of(12'000 / static_cast<int>(kSlowness));
  EXPECT_LT(many, 12 * few + 2);  // quadratic would be 16 times as long
}

}  // namespace
}  // namespace casus
