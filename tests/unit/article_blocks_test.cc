// How the lines of a text are told apart: title, sub-heads, paragraphs; joined where they were broken to a width.
#include <string>

#include "article/paragraphs.h"
#include "support/article_test.h"

namespace casus {
namespace {

constexpr std::string_view kSentence = "The minister said on Monday that the talks would go on.\n";

std::string lines(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += std::string(part) + "\n";
  return text;
}

std::string kind_of(std::string_view line) {
  const ArticlePtr article =
      make_article({}, std::string(kSentence) + std::string(line) + "\n" + std::string(kSentence), test_article_options());
  return article->blocks().size() == 3 ? std::string(block_kind_name(article->blocks()[1].kind)) : "?";
}

TEST(Blocks, EachLine_IsABlock) {
  EXPECT_EQ(dump_blocks("One came. Two went.\nThree stayed.\n\nFour slept.\n"),
            "paragraph: One came. Two went.\nparagraph: Three stayed.\nparagraph: Four slept.\n");
}

TEST(Blocks, LineEnds_OfAnyKindSeparate) {
  EXPECT_EQ(dump_blocks("One came.\r\nTwo went.\rThree slept.\u2028Four ate.\fFive sang."),
            "paragraph: One came.\nparagraph: Two went.\nparagraph: Three slept.\nparagraph: Four ate.\nparagraph: Five sang.\n");
}

TEST(Blocks, WhiteSpaceAtTheEnds_IsOutsideOfSpans) { EXPECT_EQ(dump_blocks("\u00A0 One came. \t\n"), "paragraph: One came.\n"); }

TEST(Blocks, EmptyText_HasNone) {
  EXPECT_EQ(dump_blocks(""), "");
  EXPECT_EQ(dump_blocks(" \n\u3000\n"), "");
}

TEST(Blocks, OneLineWithoutFullStop_IsAParagraph) { EXPECT_EQ(dump_blocks("Russia masses troops"), "paragraph: Russia masses troops\n"); }

TEST(Blocks, ShortLinesOnly_AreNoHeadings) {
  EXPECT_EQ(dump_blocks("Russia masses troops\nKyiv calls up reserves"),
            "paragraph: Russia masses troops\nparagraph: Kyiv calls up reserves\n");
}

TEST(Headings, AreShortLinesThatAreNoSentences) {
  EXPECT_EQ(kind_of("Talks in Geneva"), "heading");
  EXPECT_EQ(kind_of("Russia rejects 'absurd' claims"), "heading");
  EXPECT_EQ(kind_of("Russia wants its demands met; NATO allies push back"), "heading");
  EXPECT_EQ(kind_of("2014: the annexation"), "heading");
  EXPECT_EQ(kind_of("\"No way back\""), "heading");
  EXPECT_EQ(kind_of("Élysée keeps its silence"), "heading");
}

TEST(Headings, BetweenDashes) {
  EXPECT_EQ(kind_of("- 'Offering to mediate' -"), "heading");
  EXPECT_EQ(kind_of("- 'Imminent' invasion? -"), "heading");
  EXPECT_EQ(kind_of("– Old wounds –"), "heading");
}

TEST(Headings, AreShortQuestionsByThemselves) {
  EXPECT_EQ(kind_of("What was said on the call?"), "heading");
  EXPECT_EQ(kind_of("Will the U.S. send more troops?"), "heading");
}

TEST(Headings, AreNot_ShortSentences) {
  EXPECT_EQ(kind_of("The talks failed."), "paragraph");
  EXPECT_EQ(kind_of("\"We are ready.\""), "paragraph");
  EXPECT_EQ(kind_of("He laughed!"), "paragraph");
  EXPECT_EQ(kind_of("And then…"), "paragraph");
}

TEST(Headings, AreNot_QuestionsInSpeechOrWithMore) {
  EXPECT_EQ(kind_of("\"Who will stop them?\""), "paragraph");
  EXPECT_EQ(kind_of("They had no answer. Who has?"), "paragraph");
}

TEST(Headings, AreNot_ListItemsAndLeadIns) {
  EXPECT_EQ(kind_of("- the withdrawal of all troops"), "paragraph");
  EXPECT_EQ(kind_of("• a halt to the flights"), "paragraph");
  EXPECT_EQ(kind_of("██ Held by the government"), "paragraph");
  EXPECT_EQ(kind_of("The demands are:"), "paragraph");
  EXPECT_EQ(kind_of("a ceasefire at once,"), "paragraph");
  EXPECT_EQ(kind_of("((WN)) What do you expect?"), "paragraph");
}

TEST(Headings, AreNot_LongLines) {
  EXPECT_EQ(
      kind_of(
          "The minister told reporters on the way to the airport that nobody should expect any of this to end before the spring or even"),
      "paragraph");
}

TEST(Title, IsTheFirstLineThatLooksLikeOne) {
  const ArticlePtr article =
      make_article({}, "France debriefs US as envoy flies to Moscow\n" + std::string(kSentence), test_article_options());
  EXPECT_EQ(article->blocks()[0].kind, BlockKind::kTitle);
  EXPECT_EQ(article->fields().title, "France debriefs US as envoy flies to Moscow");
}

TEST(Title, MayBeAQuestion) {
  EXPECT_TRUE(dump_blocks("Will they talk?\n" + std::string(kSentence)).starts_with("title: Will they talk?\n"));
}

TEST(Title, GivenOne_MarksTheLineThatEqualsIt) {
  ArticleFields fields;
  fields.title = "Talks  fail, says “minister”";
  EXPECT_EQ(
      dump_blocks("Analysis\nTalks fail, says \"Minister\".\n" + std::string(kSentence), fields),
      "heading: Analysis\ntitle: Talks fail, says \"Minister\".\nparagraph: The minister said on Monday that the talks would go on.\n");
}

TEST(Title, GivenOne_IsKeptWhereTheTextHasAnother) {
  ArticleFields fields;
  fields.title = "Talks fail";
  const ArticlePtr article = make_article(fields, "No end in sight\n" + std::string(kSentence), test_article_options());
  EXPECT_EQ(article->blocks()[0].kind, BlockKind::kTitle);
  EXPECT_EQ(article->fields().title, "Talks fail");
}

TEST(Title, IsNot_AFirstSentence) {
  EXPECT_TRUE(dump_blocks("The talks failed.\n" + std::string(kSentence)).starts_with("paragraph: The talks failed.\n"));
}

TEST(Title, IsNot_AFirstLineWithADateline) {
  EXPECT_TRUE(dump_blocks("MOSCOW (AP) — The talks have failed\n" + std::string(kSentence)).starts_with("dateline: MOSCOW (AP) —\n"));
}

TEST(Title, LeavesOutNoiseAboveIt) {
  EXPECT_EQ(
      dump_blocks("·4 min read\nTalks fail in Geneva\n" + std::string(kSentence)),
      "noise/reading-time: ·4 min read\ntitle: Talks fail in Geneva\nparagraph: The minister said on Monday that the talks would go on.\n");
}

TEST(BrokenLines, AreJoinedToParagraphs) {
  const std::string text = lines({"Talks in Geneva end without a result", "",                                 //
                                  "The foreign ministers of both countries met in Geneva on Friday for the",  //
                                  "third time this month, but neither side was ready to give way on the",     //
                                  "matter of the border, diplomats said.", "",                                //
                                  "Another meeting is planned for next week. It was not clear where it would", "be held."});
  EXPECT_EQ(dump_blocks(text),
            "title: Talks in Geneva end without a result\n"
            "paragraph: The foreign ministers of both countries met in Geneva on Friday for the~third time this month, but neither side "
            "was ready "
            "to give way on the~matter of the border, diplomats said.\n"
            "paragraph: Another meeting is planned for next week. It was not clear where it would~be held.\n");
}

TEST(BrokenLines, ShortLineAboveThem_StaysAHeading) {
  const std::string text = lines({"The foreign ministers of both countries met in Geneva on Friday for the",  //
                                  "third time this month, but neither side was ready to give way on the",     //
                                  "matter of the border, diplomats said.",                                    //
                                  "No way out",                                                               //
                                  "Another meeting is planned for next week. It was not clear where it would", "be held."});
  const std::string dump = dump_blocks(text);
  EXPECT_NE(dump.find("diplomats said.\nheading: No way out\nparagraph: Another"), std::string::npos) << dump;
}

TEST(BrokenLines, IndentedFirstLine_BeginsAParagraph) {
  const std::string text = lines({"   The foreign ministers of both countries met in Geneva on Friday for",    //
                                  "the third time this month, but neither side was ready to give way on it.",  //
                                  "   Another meeting is planned for next week, but it was not clear where it", "would be held."});
  EXPECT_EQ(make_article({}, text)->blocks().size(), 2u);
}

TEST(BrokenLines, ParagraphsOfOneLine_AreNotJoined) {
  const std::string text = lines({"The minister said on Monday that the talks would go on for another week.",   //
                                  "The president had asked him to stay in Geneva until an agreement is made.",  //
                                  "The other side has not said when its own delegation would have to leave.",   //
                                  "The talks are the third this month and have not led to a result so far."});
  EXPECT_EQ(make_article({}, text)->blocks().size(), 4u);
}

TEST(BrokenLines, LongLines_AreNotJoined) {
  const std::string text = std::string(200, 'a') + " and\n" + std::string(190, 'b') + " and\n" + std::string(195, 'c') + " end.\n";
  EXPECT_EQ(make_article({}, text)->blocks().size(), 3u);
}

TEST(Limit, MoreBlocks_BecomeOneWithAWarning) {
  ArticleOptions options = test_article_options();
  options.max_blocks = 3;
  const ArticlePtr article = make_article({}, "A came.\nB came.\nC came.\nD came.\nE came.\n", options);
  ASSERT_EQ(article->blocks().size(), 3u);
  EXPECT_EQ(article->view(article->blocks()[2].span), "C came.\nD came.\nE came.");
  ASSERT_EQ(article->warnings().size(), 1u);
}

TEST(AsIs, IsOneBlock) {
  ArticleOptions options = test_article_options();
  options.as_is = true;
  const ArticlePtr article = make_article({}, " Title: x\n\nREAD MORE: y\n", options);
  EXPECT_EQ(dump_blocks(*article), "paragraph: Title: x~~READ MORE: y\n");
  EXPECT_EQ(article->fields().title, "");
}

TEST(MakeArticle, RepairsBytes) {
  const ArticlePtr article = make_article({}, std::string("a\xFF\0b", 4));
  EXPECT_EQ(article->text(), "a\uFFFD\uFFFDb");
  EXPECT_EQ(article->warnings().size(), 2u);
}

TEST(MakeArticle, EmptyText_IsAnArticleWithoutBlocks) {
  ArticleFields fields;
  fields.id = "x";
  const ArticlePtr article = make_article(fields, "\n");
  EXPECT_TRUE(article->blocks().empty());
  EXPECT_EQ(article->fields().id, "x");
}

TEST(ArticleId, ComesFromTheUrlIfThereIsOne) {
  ArticleFields a, b, none;
  a.url = "HTTPS://News.Example/Talks#comments";
  b.url = "https://news.example/Talks";
  EXPECT_EQ(make_article(a, "One.")->article_id(), make_article(b, "Two.")->article_id());
  EXPECT_EQ(make_article(none, "One.")->article_id(), make_article(none, "One.")->article_id());
  EXPECT_NE(make_article(none, "One.")->article_id(), make_article(none, "Two.")->article_id());
  b.url = "https://news.example/talks";
  EXPECT_NE(make_article(a, "One.")->article_id(), make_article(b, "One.")->article_id());
}

}  // namespace
}  // namespace casus
