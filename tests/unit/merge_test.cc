// Which mentions are one act, which are two, and which mention carries it.
#include "reading/merge.h"

#include <gtest/gtest.h>

#include "shipped_lexicon.h"

namespace casus {
namespace {

std::vector<Actor> actors(const std::vector<std::string>& countries) {
  std::vector<Actor> list;
  for (const std::string& country : countries) {
    Actor actor;
    actor.text = actor.name = actor.country = country;
    actor.sector = "GOV";
    list.push_back(actor);
  }
  return list;
}

Candidate mention(const std::string& type, const std::vector<std::string>& source, const std::vector<std::string>& target,
                  uint32_t sentence, const std::string& date = "") {
  Candidate candidate;
  candidate.event.type = type;
  candidate.event.status = "actual";
  candidate.event.source = actors(source);
  candidate.event.target = actors(target);
  candidate.event.date = date;
  candidate.event.sentence = {sentence, sentence + 10};
  return candidate;
}

std::vector<Event> merge(std::vector<Candidate> candidates) { return merge_mentions(std::move(candidates), shipped_lexicon()); }

TEST(merge, the_same_sides_and_type_are_one_act) {
  const auto events = merge({mention("ASSAULT", {"IRQ"}, {"KWT"}, 0), mention("ASSAULT", {"IRQ"}, {"KWT"}, 20)});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].also, (std::vector<ByteSpan>{{20, 30}}));
}

TEST(merge, the_fuller_mention_carries_the_act) {
  const auto events = merge({mention("ASSAULT", {"IRQ"}, {}, 0), mention("ASSAULT", {"IRQ"}, {"KWT"}, 20)});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].target.size(), 1u);
  EXPECT_EQ(events[0].also, (std::vector<ByteSpan>{{0, 10}}));
}

TEST(merge, a_heading_carries_an_act_only_alone) {
  Candidate heading = mention("ASSAULT", {"IRQ"}, {"KWT"}, 0, "1990-08-02");
  heading.in_heading = true;
  const auto both = merge({heading, mention("ASSAULT", {"IRQ"}, {}, 20)});
  ASSERT_EQ(both.size(), 1u);
  EXPECT_EQ(both[0].sentence.begin, 20u);
  EXPECT_EQ(merge({heading}).at(0).sentence.begin, 0u);
}

TEST(merge, other_sides_are_another_act) {
  EXPECT_EQ(merge({mention("ASSAULT", {"IRQ"}, {"KWT"}, 0), mention("ASSAULT", {"IRQ"}, {"IRN"}, 20)}).size(), 2u);
  EXPECT_EQ(merge({mention("ASSAULT", {"IRQ"}, {"IRN"}, 0), mention("ASSAULT", {"IRN"}, {"IRQ"}, 20)}).size(), 2u);
}

TEST(merge, a_symmetric_act_may_be_told_from_either_side) {
  EXPECT_EQ(merge({mention("CONSULT", {"IRQ"}, {"IRN"}, 0), mention("CONSULT", {"IRN"}, {"IRQ"}, 20)}).size(), 1u);
}

TEST(merge, two_days_are_two_acts) {
  EXPECT_EQ(merge({mention("CONSULT", {"IRQ"}, {"IRN"}, 0, "2022-02-01"), mention("CONSULT", {"IRQ"}, {"IRN"}, 20, "2022-02-02")}).size(),
            2u);
}

TEST(merge, a_day_lies_within_its_month) {
  EXPECT_EQ(merge({mention("CONSULT", {"IRQ"}, {"IRN"}, 0, "2022-02"), mention("CONSULT", {"IRQ"}, {"IRN"}, 20, "2022-02-02")}).size(), 1u);
}

TEST(merge, another_status_is_another_record) {
  Candidate planned = mention("CONSULT", {"IRQ"}, {"IRN"}, 20);
  planned.event.status = "planned";
  EXPECT_EQ(merge({mention("CONSULT", {"IRQ"}, {"IRN"}, 0), planned}).size(), 2u);
}

TEST(merge, another_mode_is_another_act) {
  Candidate call = mention("CONSULT", {"IRQ"}, {"IRN"}, 0);
  call.event.mode = "phone";
  Candidate visit = mention("CONSULT", {"IRQ"}, {"IRN"}, 20);
  visit.event.mode = "visit";
  EXPECT_EQ(merge({call, visit}).size(), 2u);
}

TEST(merge, words_to_somebody_are_not_words_to_nobody) {
  EXPECT_EQ(merge({mention("REQUEST", {"IRQ"}, {"IRN"}, 0), mention("REQUEST", {"IRQ"}, {}, 20)}).size(), 2u);
}

TEST(merge, a_feared_act_takes_the_one_doer_that_is_named) {
  Candidate feared = mention("ASSAULT", {}, {"KWT"}, 20);
  feared.event.status = "conditional";
  const auto one = merge({mention("ASSAULT", {"IRQ"}, {"KWT"}, 0), feared});
  ASSERT_EQ(one.size(), 2u);
  EXPECT_EQ(one[1].source.size(), 1u);
  const auto two = merge({mention("ASSAULT", {"IRQ"}, {"KWT"}, 0), mention("ASSAULT", {"IRN"}, {"KWT"}, 40), feared});
  EXPECT_TRUE(two.back().source.empty());
}

TEST(merge, two_towns_of_one_country_are_two_conquests) {
  Candidate first = mention("COERCE", {"IRQ"}, {"KWT"}, 0);
  Candidate second = mention("COERCE", {"IRQ"}, {"KWT"}, 20);
  first.event.target[0].name = "Khafji";
  second.event.target[0].name = "Jahra";
  for (Candidate* town : {&first, &second}) town->event.target[0].sector = "";
  EXPECT_EQ(merge({first, second}).size(), 2u);
}

TEST(merge, bodies_are_told_apart_by_name) {
  Candidate first = mention("REQUEST", {"USA"}, {"IGO"}, 0);
  Candidate second = mention("REQUEST", {"USA"}, {"IGO"}, 20);
  first.event.target[0].name = "NATO";
  second.event.target[0].name = "United Nations";
  EXPECT_EQ(merge({first, second}).size(), 2u);
}

TEST(merge, nothing_gives_nothing) { EXPECT_TRUE(merge({}).empty()); }

}  // namespace
}  // namespace casus
