// The language of frames: what each form of a pattern line means, and that what is no pattern is refused with line and remedy.
#include "lexicon/frame_file.h"

#include <gtest/gtest.h>

namespace casus {
namespace {

const std::unordered_set<std::string> kPrepositions = {"with", "of", "on", "for", "to", "from"};

Result<FrameFile> parse(std::string_view patterns) {
  return parse_frames("frame f CONSULT - 040\n" + std::string(patterns), "x.frames", kPrepositions);
}

Pattern only_pattern(std::string_view line) {
  const auto file = parse(line);
  EXPECT_TRUE(file.ok()) << line;
  if (!file.ok() || file->patterns.size() != 1) return {};
  return file->patterns[0];
}

TEST(frame_file, a_header_gives_name_type_mode_and_code) {
  const auto file = parse_frames("frame visit CONSULT visit 042 contexts=diplomatic|economic symmetric\n", "x.frames", kPrepositions);
  ASSERT_TRUE(file.ok());
  const Frame& frame = file->frames.at(0);
  EXPECT_EQ(frame.name, "visit");
  EXPECT_EQ(frame.mode, "visit");
  EXPECT_EQ(frame.cameo, "042");
  EXPECT_EQ(frame.contexts, (std::vector<std::string>{"diplomatic", "economic"}));
  EXPECT_TRUE(frame.symmetric);
}

TEST(frame_file, slots_around_a_verb_are_subject_and_object) {
  const Pattern pattern = only_pattern("SOURCE visit|tour TARGET");
  EXPECT_EQ(pattern.triggers, (std::vector<std::string>{"tour", "visit"}));
  ASSERT_EQ(pattern.parts.size(), 2u);
  EXPECT_EQ(pattern.parts[0].place, FramePlace::kSubject);
  EXPECT_EQ(pattern.parts[0].role, FrameRole::kSource);
  EXPECT_EQ(pattern.parts[1].place, FramePlace::kObject);
  EXPECT_EQ(pattern.parts[1].role, FrameRole::kTarget);
}

TEST(frame_file, a_preposition_in_parentheses_may_be_missing) {
  const Pattern pattern = only_pattern("SOURCE meet (with) TARGET");
  ASSERT_EQ(pattern.parts.size(), 2u);
  EXPECT_EQ(pattern.parts[1].place, FramePlace::kObject);
  EXPECT_EQ(pattern.parts[1].prepositions, std::vector<std::string>{"with"});
  EXPECT_FALSE(pattern.parts[1].optional);
}

TEST(frame_file, a_group_in_parentheses_is_optional) {
  const Pattern pattern = only_pattern("SOURCE hold [joint] talk|meeting (with TARGET)");
  ASSERT_EQ(pattern.parts.size(), 3u);
  EXPECT_EQ(pattern.parts[1].modifiers, std::vector<std::string>{"joint"});
  EXPECT_EQ(pattern.parts[2].place, FramePlace::kPreposition);
  EXPECT_TRUE(pattern.parts[2].optional);
}

TEST(frame_file, particles_clauses_and_gerunds_are_parts) {
  const Pattern pattern = only_pattern("SOURCE call +off that TARGET to-do[meet|talk] for doing");
  ASSERT_EQ(pattern.parts.size(), 5u);
  EXPECT_EQ(pattern.parts[1].place, FramePlace::kParticle);
  EXPECT_EQ(pattern.parts[2].place, FramePlace::kClause);
  EXPECT_EQ(pattern.parts[2].role, FrameRole::kTarget);
  EXPECT_EQ(pattern.parts[3].place, FramePlace::kInfinitive);
  EXPECT_EQ(pattern.parts[3].words, (std::vector<std::string>{"meet", "talk"}));
  EXPECT_EQ(pattern.parts[4].place, FramePlace::kGerund);
}

TEST(frame_file, a_slot_may_be_bound_to_words_or_places) {
  const Pattern pattern = only_pattern("SOURCE[troop|tank] take TARGET@place");
  EXPECT_EQ(pattern.parts.at(0).words, (std::vector<std::string>{"tank", "troop"}));
  EXPECT_EQ(pattern.parts.at(1).kind, SlotKind::kPlace);
}

TEST(frame_file, noun_lines_have_owners_and_qualified_triggers) {
  const Pattern pattern = only_pattern("noun [phone] SOURCE's call with TARGET");
  EXPECT_EQ(pattern.kind, PatternKind::kNoun);
  EXPECT_EQ(pattern.modifiers, std::vector<std::string>{"phone"});
  EXPECT_EQ(pattern.parts.at(0).place, FramePlace::kOwner);
}

TEST(frame_file, patterns_are_numbered_within_their_frame) {
  const auto file = parse("SOURCE meet TARGET\nSOURCE visit TARGET\nframe g CONSULT - 040\nSOURCE phone TARGET\n");
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file->patterns[1].number, 2u);
  EXPECT_EQ(file->patterns[2].number, 1u);
  EXPECT_EQ(file->patterns[2].frame, 1u);
}

TEST(frame_file, comments_and_empty_lines_are_passed_over) {
  EXPECT_EQ(parse("\n# nothing\nSOURCE meet TARGET # why\n")->patterns.size(), 1u);
}

class BrokenLine : public ::testing::TestWithParam<const char*> {};

TEST_P(BrokenLine, is_refused_with_line_and_remedy) {
  const auto file = parse(GetParam());
  ASSERT_FALSE(file.ok()) << GetParam();
  EXPECT_EQ(file.error().code, ErrorCode::kBadData);
  EXPECT_EQ(file.error().line, 2u);
  EXPECT_FALSE(file.error().remedy.empty());
}

INSTANTIATE_TEST_SUITE_P(frame_file, BrokenLine,
                         ::testing::Values("SOURCE TARGET", "SOURCE meet (with TARGET", "SOURCE meet with) TARGET",
                                           "SOURCE meet ((with) TARGET)", "SOURCE meet TARGET[a", "SOURCE meet TARGET[]",
                                           "SOURCE meet with", "SOURCE Meet TARGET", "SOURCE's talk with TARGET", "noun SOURCE talk",
                                           "noun talk TARGET", "SOURCE hold [joint]", "+off SOURCE call", "that SOURCE say",
                                           "adj SOURCE ready talk", "frame g CONSULT", "frame g CONSULT - 040 colour=red", "SOURCE meet ()",
                                           "SOURCE meet a b c d e f g h i j k l m n o p q"));

TEST(frame_file, a_pattern_before_any_frame_is_refused) { EXPECT_FALSE(parse_frames("SOURCE meet TARGET\n", "x", kPrepositions).ok()); }

TEST(frame_file, broken_utf8_is_refused) {
  EXPECT_EQ(parse("SOURCE m\xFF"
                  "eet\n")
                .error()
                .code,
            ErrorCode::kBadEncoding);
}

TEST(frame_file, a_word_may_ask_for_the_one_before_it) {
  const Pattern pattern = only_pattern("noun SOURCE's air_strike|raid on TARGET");
  EXPECT_EQ(pattern.triggers, (std::vector<std::string>{"air_strike", "raid"}));
  EXPECT_TRUE(pattern.has_phrases);
  EXPECT_FALSE(only_pattern("noun SOURCE's raid on TARGET").has_phrases);
  EXPECT_FALSE(parse("SOURCE send money|[military] aid to TARGET").ok());
}

TEST(frame_file, an_object_may_be_demanded_or_forbidden) {
  EXPECT_EQ(only_pattern("SOURCE return THING to TARGET").parts.at(1).place, FramePlace::kThing);
  EXPECT_EQ(only_pattern("SOURCE return NOTHING to TARGET").parts.at(1).place, FramePlace::kNothing);
  EXPECT_FALSE(parse("THING fall").ok());
  EXPECT_FALSE(parse("noun SOURCE's return THING").ok());
}

TEST(frame_file, a_word_list_stands_for_its_words) {
  const WordLists lists = {{"food", "rice|wheat"}, {"relief", "rice|wheat|tent"}};
  const auto file = parse_frames("frame f AID - 073\n SOURCE send @relief|money TARGET@place\n SOURCE[@food] fall\n", "x", {}, lists);
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file->patterns.at(0).parts.at(1).words, (std::vector<std::string>{"money", "rice", "tent", "wheat"}));
  EXPECT_EQ(file->patterns.at(0).parts.at(2).kind, SlotKind::kPlace);
  EXPECT_EQ(file->patterns.at(1).parts.at(0).words, (std::vector<std::string>{"rice", "wheat"}));
  EXPECT_FALSE(parse("SOURCE send @nothing").ok());
}

TEST(frame_file, few_lines_that_name_long_lists_are_bounded) {
  std::string word = "a", lines = "frame f AID - 073\n";
  for (size_t size = 2; size < kMaxDataLineBytes - 100; size += 2) word += "|a";
  for (size_t size = 0; size <= kMaxExpandedBytes; size += word.size()) lines += " SOURCE @long\n";
  const auto file = parse_frames(lines, "x", {}, {{"long", word}});
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().code, ErrorCode::kTooLarge);
}

TEST(frame_file, off_takes_a_frame_or_a_pattern_away) {
  const auto file = parse_frames("off meet\noff talk: SOURCE talk  to TARGET # why\n", "x", kPrepositions);
  ASSERT_TRUE(file.ok());
  ASSERT_EQ(file->off.size(), 2u);
  EXPECT_EQ(file->off[0].frame, "meet");
  EXPECT_FALSE(file->off[0].pattern);
  EXPECT_TRUE(file->off[1].pattern->says_the_same(only_pattern("SOURCE talk to TARGET")));
  EXPECT_FALSE(file->off[1].pattern->says_the_same(only_pattern("SOURCE talk with TARGET")));
}

TEST(frame_file, off_without_a_name_or_with_a_broken_pattern_is_refused) {
  for (const std::string_view line : {"off", "off a b", "off : SOURCE meet TARGET", "off a: SOURCE (", "off a:"}) {
    const auto file = parse_frames(line, "x", kPrepositions);
    ASSERT_FALSE(file.ok()) << line;
    EXPECT_EQ(file.error().line, 1u);
  }
}

}  // namespace
}  // namespace casus
