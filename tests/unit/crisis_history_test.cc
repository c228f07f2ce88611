// A made history of known truth: what is grouped is what belongs together. docs/crisis.md has the figures of a long one.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "crisis/brief.h"
#include "crisis/incident_edits.h"
#include "crisis/incidents.h"
#include "crisis/view_records.h"
#include "crisis/views.h"
#include "crisis_reports.h"
#include "made_history.h"
#include "reading/confidence.h"

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

std::string told(const Crisis& crisis) {
  const Wording wording(crisis, shipped_rules(), shipped_lexicon());
  std::string records = std::to_string(crisis.as_of.value_or(0)) + " " + std::to_string(crisis.left_out) + "\n";
  for (const Incident& incident : crisis.incidents) append_json(incident_record(incident, crisis, wording), records);
  for (const TimelineDay& day : timeline_of(crisis, {}, 0)) append_json(timeline_record(day, crisis, wording), records);
  append_brief_json(brief_of(crisis, {}, shipped_rules(), shipped_lexicon()), crisis, records);
  return records;
}

TEST(history, as_of_a_day_is_the_same_made_of_the_whole) {
  std::vector<Report> reports = history().reports();
  ArticleFields fields = reports.front().article->fields();
  fields.published.reset();  // known on no day
  fields.id = "undated";
  fields.url = "https://news.example/undated";
  Report undated = reports.front();
  undated.article = std::make_shared<const Article>(fields, undated.article->text(), undated.article->blocks());
  reports.push_back(undated);
  const Crisis whole = crisis_of(reports);
  ASSERT_TRUE(whole.as_of);
  for (const int32_t back : {0, 60, 210, 250, 100'000}) {
    const CrisisOptions options{.as_of = *whole.as_of - back};
    EXPECT_TRUE(told(crisis_as_of(whole, options, 0, shipped_rules(), shipped_lexicon())) ==
                told(build_crisis(reports, shipped_rules(), shipped_lexicon(), options)))
        << back;
  }
  std::vector<Report> sure = reports;
  for (Report& report : sure) drop_doubtful_events(0.7, report);
  EXPECT_TRUE(told(crisis_as_of(whole, {}, 0.7, shipped_rules(), shipped_lexicon())) == told(crisis_of(sure)));
}

TEST(history, corrections_of_incidents_act_as_of_a_day_too) {
  const std::vector<Report>& reports = history().reports();
  // Of a part: every third incident of several mentions is split, every fifth plan of the last days happened, neighbours are one act.
  const auto corrected = [](Crisis crisis, const std::vector<IncidentFix>& fixes) {
    crisis.fixes = fixes;
    crisis.incidents = build_incidents(crisis, shipped_rules(), shipped_lexicon());
    return crisis;
  };
  const Crisis plain = crisis_of(reports);
  std::vector<IncidentFix> fixes;
  for (size_t i = 0; i + 1 < plain.incidents.size(); ++i) {
    const Incident& incident = plain.incidents[i];
    const uint32_t mention = incident.mentions.back();
    if (i % 40 == 0 && incident.mentions.size() > 1) fixes.push_back({.kind = std::string(kSplitFix), .mention = mention});
    if (i % 40 == 1) fixes.push_back({.kind = std::string(kJoinFix), .mention = mention, .other = plain.incidents[i + 1].mentions.front()});
    if (i % 5 == 2 && incident.status == "planned") fixes.push_back({.kind = std::string(kHappenedFix), .mention = mention});
  }
  const Crisis whole = corrected(plain, fixes);
  ASSERT_TRUE(told(whole) != told(plain));
  for (const int32_t back : {0, 210, 250}) {
    const CrisisOptions options{.as_of = *whole.as_of - back};
    const Crisis part = assemble_crisis(reports, shipped_rules(), shipped_lexicon(), options);
    std::vector<IncidentFix> known;  // mentions of a day are the first of all
    for (const IncidentFix& fix : fixes) {
      if (fix.mention >= part.mentions.size() || (fix.other && *fix.other >= part.mentions.size())) continue;
      if (fix.kind == kHappenedFix && part.mentions[fix.mention].window.begin > *options.as_of) continue;
      known.push_back(fix);
    }
    EXPECT_TRUE(back == 0 || known.size() < fixes.size());
    EXPECT_TRUE(told(crisis_as_of(whole, options, 0, shipped_rules(), shipped_lexicon())) == told(corrected(part, known))) << back;
  }
}

TEST(agreement, of_groups_with_themselves_is_whole) {
  EXPECT_EQ(b_cubed({1, 1, 2}, {7, 7, 9}).f1(), 1);
  EXPECT_EQ(b_cubed({1, 1, 1, 1}, {1, 2, 3, 4}).recall, 0.25);
  EXPECT_EQ(b_cubed({1, 2, 3, 4}, {1, 1, 1, 1}).precision, 0.25);
}

}  // namespace
}  // namespace casus
