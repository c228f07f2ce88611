// Explanations: parts of patterns as the dictionaries write them, entries by their place in the data folder.
#include "cli/explanation.h"

#include <gtest/gtest.h>

#include "lexicon/frame_file.h"

namespace casus {
namespace {

/// The parts of a pattern line, each written again.
std::string written_again(std::string_view line) {
  const std::unordered_set<std::string> prepositions{"with", "of", "to"};
  const auto file = parse_frames("frame meet CONSULT meet 040\n" + std::string(line), "x.frames", prepositions);
  EXPECT_TRUE(file.ok()) << file.error().to_string();
  std::string text;
  for (const FramePart& part : file->patterns.at(0).parts) text += (text.empty() ? "" : " ") + part_text(part);
  return text;
}

TEST(Explanation, parts_are_written_as_in_the_dictionaries) {
  EXPECT_EQ(written_again("SOURCE meet (with) TARGET"), "SOURCE (with) TARGET");
  EXPECT_EQ(written_again("SOURCE call +off talk|meeting with TARGET"), "SOURCE +off meeting|talk with TARGET");
  EXPECT_EQ(written_again("SOURCE[tank|troop] enter TARGET@place"), "SOURCE[tank|troop] TARGET@place");
  EXPECT_EQ(written_again("ANY[war|famine] kill TARGET"), "ANY[famine|war] TARGET");
  EXPECT_EQ(written_again("SOURCE return THING to ANY"), "SOURCE THING to ANY");
  EXPECT_EQ(written_again("SOURCE return NOTHING"), "SOURCE NOTHING");
  EXPECT_EQ(written_again("SOURCE agree to-do[meet|talk]"), "SOURCE to-do[meet|talk]");
  EXPECT_EQ(written_again("SOURCE demand that-do[must] TARGET"), "SOURCE that-do[must] TARGET");
  EXPECT_EQ(written_again("SOURCE accuse TARGET of doing"), "SOURCE TARGET of doing");
  EXPECT_EQ(written_again("SOURCE hold [phone|video] call with TARGET"), "SOURCE [phone|video] call with TARGET");
  EXPECT_EQ(written_again("noun SOURCE's visit to TARGET"), "SOURCE's to TARGET");
}

TEST(Explanation, long_lists_are_cut) { EXPECT_EQ(written_again("SOURCE hold a|b|c|d|e|f|g"), "SOURCE a|b|c|d|e|…"); }

TEST(Explanation, entries_are_named_from_the_data_folder) {
  const auto article = std::make_shared<const Article>(ArticleFields{}, "", std::vector<Block>{});
  const Document doc(*article, std::make_shared<const LabelTable>());
  const auto lexicon = Lexicon::load(CASUS_SOURCE_DIR "/data");
  ASSERT_TRUE(lexicon.ok());
  Report report;
  report.article = article;
  const ReadingTrace trace;
  const auto place = [&](const std::string& folder, const std::string& file) {
    const Reading reading{.report = report, .doc = doc, .trace = trace, .lexicon = **lexicon, .data_folder = folder};
    return reading.place_in_data(file, 7);
  };
  EXPECT_EQ(place("/a/data", "/a/data/frames/aid.frames"), "data/frames/aid.frames:7");
  EXPECT_EQ(place("/a/data/", "/a/data/frames/aid.frames"), "data/frames/aid.frames:7");
  EXPECT_EQ(place("/a/./data", "/a/data/frames/aid.frames"), "data/frames/aid.frames:7");
  EXPECT_EQ(place("/a/data", "/b/frames/aid.frames"), "/b/frames/aid.frames:7");
}

}  // namespace
}  // namespace casus
