// The names and lines of data/article/page.tsv: how they are found, and what is wrong with files.
#include <fstream>
#include <string>

#include "article/html/page_rules.h"
#include "support/article_test.h"

namespace casus {
namespace {

Result<PageRules> rules_of(std::string_view rows) {
  const std::string path = ::testing::TempDir() + "/page_rules_test.tsv";
  std::ofstream(path, std::ios::binary) << rows;
  return PageRules::load(path);
}

std::string names(const PageRules& rules, std::string_view value) {
  PageMarks marks;
  rules.read_names(value, marks);
  std::string out;
  for (const PageReason reason : marks.out()) out += (out.empty() ? "" : " ") + std::string(page_reason_name(reason));
  if (marks.body) out += " BODY";
  if (marks.live) out += " LIVE";
  return out;
}

std::string wrong(std::string_view rows) {
  const Result<PageRules> rules = rules_of(rows);
  return rules ? "" : rules.error().message;
}

constexpr std::string_view kRows =
    "out\ttags\ttag post-tag\nout\tcomments\tcomment comment-list\nout\tshare\tshare\nbody\t-\tpost-content\nlive\t-\tlive-entry\n"
    "value\t-\ttag\nsection\trelated\tmore from ...\nsection\trelated\trelated\nwall\t-\tsubscribe to continue ...\n";

TEST(PageRules, NamesAreTakenApart) {
  const PageRules rules = *rules_of(kRows);
  for (const std::string_view name : {"post-tag", "PostTags", "post_tags", "c-post-tags__list", "x POST-TAG y"})
    EXPECT_EQ(names(rules, name), "tags") << name;
  for (const std::string_view name : {"posttag", "post", "tagged", "stag", ""}) EXPECT_EQ(names(rules, name), "") << name;
}

TEST(PageRules, TheLongestCounts) {
  const PageRules rules = *rules_of(kRows);
  EXPECT_EQ(names(rules, "comment-list"), "comments");
  EXPECT_EQ(names(rules, "share-comments"), "share comments");
}

TEST(PageRules, TheSitesOwnWordsSayNothing) {
  const PageRules rules = *rules_of(kRows);
  EXPECT_EQ(names(rules, "tag-share"), "");
  EXPECT_EQ(names(rules, "tags"), "tags");
}

TEST(PageRules, BodyNamesEndSo) {
  const PageRules rules = *rules_of(kRows);
  EXPECT_EQ(names(rules, "single-postContent"), " BODY");
  EXPECT_EQ(names(rules, "post-content-comments"), "comments");
  EXPECT_EQ(names(rules, "live-entry"), " LIVE");
}

TEST(PageRules, LongAndManyNamesAreBounded) {
  const PageRules rules = *rules_of(kRows);
  std::string value;
  for (int i = 0; i < 1000; ++i) value += "share-x-";
  EXPECT_EQ(names(rules, value + " " + value), "share share share share share share");
}

TEST(PageRules, LinesAreFound) {
  const PageRules rules = *rules_of(kRows);
  EXPECT_EQ(rules.section("MORE FROM Europe:"), PageReason::kRelated);
  EXPECT_EQ(rules.section("Related"), PageReason::kRelated);
  EXPECT_EQ(rules.section("Related to the talks"), PageReason::kNone);
  EXPECT_EQ(rules.section("No more from them"), PageReason::kNone);
  EXPECT_TRUE(rules.is_wall("Subscribe to continue reading this article"));
  EXPECT_FALSE(rules.is_wall("They had to subscribe to continue"));
  EXPECT_EQ(rules.section("Subscribe to continue reading"), PageReason::kNone);
}

TEST(PageRules, WhatIsWrongIsSaid) {
  EXPECT_EQ(wrong("out\ttags\n"), "a row has three columns: what, reason, words");
  EXPECT_EQ(wrong("inside\ttags\ttag\n"), "the first column is out, body, live, value, section or wall");
  EXPECT_EQ(wrong("out\tmagic\ttag\n"), "there is no reason \"magic\"");
  EXPECT_EQ(wrong("out\ttitle\ttag\n"), "there is no reason \"title\"");
  EXPECT_EQ(wrong("body\ttags\ttag\n"), "the second column is - here");
  EXPECT_EQ(wrong("out\ttags\tpost-tag\nout\tshare\tpostTags\n"), "is there twice: postTags");
  EXPECT_EQ(wrong("section\trelated\t...\n"), "a line has 1 to 9 words");
}

TEST(PageRules, TheProjectsOwnAreRead) {
  const PageRules& rules = test_noise_rules()->page();
  EXPECT_EQ(names(rules, "entry-content"), " BODY");
  EXPECT_EQ(names(rules, "sidebar"), "sidebar");
  EXPECT_TRUE(rules.is_wall("Subscribe to continue reading."));
}

}  // namespace
}  // namespace casus
