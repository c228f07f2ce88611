// Which articles are one independent source.
#include <gtest/gtest.h>

#include "crisis/incidents.h"
#include "crisis/text_groups.h"
#include "crisis_reports.h"

namespace casus {
namespace {

/// Words that no other seed has, so that texts share nothing by chance.
std::string words(size_t count, const std::string& seed) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += seed + std::to_string(i * 7919 % 1009) + " ";
  return text;
}

ComparedText compared(const std::string& text, std::optional<int32_t> day) {
  return {.day = day, .shingles = shingles_of(*report("", "2022-02-12", {}, text).article)};
}

std::vector<uint32_t> groups(const std::vector<std::string>& texts) {
  std::vector<ComparedText> all;
  for (const std::string& text : texts) all.push_back(compared(text, 100));
  return group_texts(all);
}

TEST(sources, a_wire_copy_is_one_source_whoever_prints_it) {
  const std::string wire = words(300, "w");
  EXPECT_EQ(groups({wire, "Our headline. " + wire, words(300, "x")}), (std::vector<uint32_t>{0, 0, 2}));
}

TEST(sources, a_shortened_copy_is_one) { EXPECT_EQ(groups({words(600, "w"), words(200, "w")}), (std::vector<uint32_t>{0, 0})); }

TEST(sources, a_common_quotation_makes_no_copy) {
  const std::string quotation = words(30, "q");
  EXPECT_EQ(groups({words(300, "a") + quotation, words(300, "b") + quotation}), (std::vector<uint32_t>{0, 1}));
}

TEST(sources, short_texts_are_compared_whole) {
  EXPECT_EQ(groups({"Two words", "Two words", "Other words"}), (std::vector<uint32_t>{0, 0, 2}));
  EXPECT_EQ(groups({"—", "—"}), (std::vector<uint32_t>{0, 0}));
}

TEST(sources, what_repeats_a_text_later_is_no_copy) {
  const std::string wire = words(300, "w");
  const auto on = [&](std::optional<int32_t> day) { return compared(wire, day); };
  EXPECT_EQ(group_texts(std::vector{on(100), on(100 + kCopyDays), on(101 + kCopyDays), on(std::nullopt), on(std::nullopt)}),
            (std::vector<uint32_t>{0, 0, 2, 3, 3}));
}

TEST(sources, a_phrase_of_many_texts_leads_to_the_latest) {
  std::vector<ComparedText> texts;
  for (uint64_t i = 0; i < 40; ++i)
    texts.push_back({.day = 100, .shingles = {7, 1000 + 10 * i, 1001 + 10 * i, 1002 + 10 * i, 1003 + 10 * i}});
  texts.push_back({.day = 100, .shingles = {7}});  // a text that is the phrase
  const std::vector<uint32_t> found = group_texts(texts);
  EXPECT_EQ(found[39], 39u);
  EXPECT_EQ(found[40], 40 - kMaxTextsOfShingle);
}

TEST(sources, a_leader_that_is_known_is_found_as_one_that_was_placed) {
  const std::string wire = words(300, "w");
  TextGrouper grouper;
  grouper.lead(5, compared(wire, 100));
  EXPECT_EQ(grouper.place(6, compared(wire, 101)), 5u);
  EXPECT_EQ(grouper.place(7, compared(words(300, "x"), 101)), 7u);
}

TEST(sources, outlets_and_texts_join) {
  const auto article = [](const std::string& outlet, uint32_t group) {
    CrisisArticle made;
    made.outlet = outlet;
    made.text_group = group;
    return made;
  };
  // A and B print one text, B has another of its own, C and a nameless one stand alone.
  const std::vector<CrisisArticle> articles = {article("A", 0), article("B", 0), article("B", 2),
                                               article("C", 3), article("", 4),  article("", 5)};
  EXPECT_EQ(count_sources(articles, {0, 1, 2, 3}), 2u);
  EXPECT_EQ(count_sources(articles, {4, 5}), 2u);
  EXPECT_EQ(count_sources(articles, {}), 0u);
}

}  // namespace
}  // namespace casus
