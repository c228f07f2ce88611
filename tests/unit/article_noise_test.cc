// Noise: the language of wordings, the rules of data/article, dates and words behind them.
#include <string>
#include <vector>

#include "article/word_template.h"
#include "base/text.h"
#include "support/article_test.h"

namespace casus {
namespace {

using Zone = NoiseRules::Zone;

const PageWords& words() { return test_noise_rules()->words(); }

bool fits(std::string_view pattern, std::string_view line, std::string_view outlet = "") {
  const Result<WordTemplate> wording = WordTemplate::parse(pattern);
  if (!wording) {
    ADD_FAILURE() << wording.error().message;
    return false;
  }
  return wording->matches(split_words(line), {words(), outlet});
}

std::string reason(std::string_view line, Zone zone = Zone::kAny) {
  return std::string(test_noise_rules()->reason(line, zone, "Daily Post"));
}

std::string fault(std::string_view pattern) {
  const Result<WordTemplate> wording = WordTemplate::parse(pattern);
  return wording ? "" : wording.error().message;
}

TEST(Wording, ComparesAllWordsWithoutCase) {
  EXPECT_TRUE(fits("Read the rest", "READ the rest."));
  EXPECT_FALSE(fits("Read the rest", "Read the rest here"));
  EXPECT_FALSE(fits("Read the rest", "Read the"));
  EXPECT_FALSE(fits("Read the rest", ""));
}

TEST(Wording, AnyWords) {
  EXPECT_TRUE(fits("More: ...", "More: Biden calls for sanctions"));
  EXPECT_TRUE(fits("More: ...", "More:"));
  EXPECT_FALSE(fits("More: ...", "More than that"));
  EXPECT_TRUE(fits("... by cookies ...", "This is run by cookies alone"));
  EXPECT_TRUE(fits("... a ... a ...", "a b a"));
  EXPECT_FALSE(fits("... a ... a ...", "a b c"));
}

TEST(Wording, BeginningOfAWord) {
  EXPECT_TRUE(fits("Copyright*", "Copyrighted"));
  EXPECT_FALSE(fits("Copyright*", "Copy"));
}

TEST(Wording, WhatMayBeMissing) {
  EXPECT_TRUE(fits("{date} {time}?", "Feb 2, 2022"));
  EXPECT_TRUE(fits("{date} {time}?", "Feb 2, 2022 at 5:00 p.m. EST"));
  EXPECT_FALSE(fits("{date} {time}?", "Feb 2, 2022 was cold"));
}

TEST(Wording, Gaps) {
  EXPECT_TRUE(fits("{number} min read", "·4 min read"));
  EXPECT_FALSE(fits("{number} min read", "four min read"));
  EXPECT_TRUE(fits("Follow {name} online {handle}", "Follow Matthew Brown online @mrbrownsir."));
  EXPECT_FALSE(fits("Follow {name} online {handle}", "Follow the leader online @mrbrownsir."));
  EXPECT_TRUE(fits("By {names}", "By Jane van Dyke, JOHN SMITH and Élise Roux"));
  EXPECT_FALSE(fits("By {names}", "By the end of May he had gone"));
  EXPECT_TRUE(fits("{agencies}", "(AFP, AP, Reuters)"));
  EXPECT_TRUE(fits("{agencies}", "The Associated Press and Reuters"));
  EXPECT_TRUE(fits("{agencies}", "Reuters/AP"));
  EXPECT_FALSE(fits("{agencies}", "(AFP, Smith)"));
  EXPECT_TRUE(fits("{initials} {agencies}", "ar/sms (AFP, AP, Reuters)"));
  EXPECT_TRUE(fits("{desk}", "bur-dw/kjm"));
  EXPECT_FALSE(fits("{desk}", "sms"));
  EXPECT_TRUE(fits("{outlet} {date}", "Daily Post, February 2", "daily post"));
  EXPECT_FALSE(fits("{outlet}", "Daily Post", ""));
}

TEST(Wording, BrokenOnes_AreRefused) {
  EXPECT_EQ(fault(""), "the pattern is empty");
  EXPECT_EQ(fault("By {nmaes}"), "unknown gap: {nmaes}");
  EXPECT_EQ(fault("..."), "the pattern would fit everything");
  EXPECT_EQ(fault("{name}? ..."), "the pattern would fit everything");
  std::string many;
  for (int i = 0; i < 40; ++i) many += "a ";
  EXPECT_EQ(fault(many), "the pattern is over the limit of 32 words");
}

TEST(Wording, ManyGapsInALongLine_StayQuick) {
  std::string line;
  for (int i = 0; i < 2000; ++i) line += "a ";
  EXPECT_FALSE(fits("... a ... a ... a ... a ... a ... a ... a ... a ... b", line));
}

TEST(Rules, KnowTheFurnitureOfPages) {
  EXPECT_EQ(reason("READ MORE: US general warns of war"), "read-more");
  EXPECT_EQ(reason("More: Biden, Democrats call for sanctions"), "read-more");
  EXPECT_EQ(reason("Learn more: What's happening in Ukraine?"), "read-more");
  EXPECT_EQ(reason("·4 min read"), "reading-time");
  EXPECT_EQ(reason("5 minute read"), "reading-time");
  EXPECT_EQ(reason("Follow Jane Doe online @janedoe."), "follow");
  EXPECT_EQ(reason("Contributing: The Associated Press"), "contributing");
  EXPECT_EQ(reason("(Reporting by Jane Doe; Editing by John Doe)"), "contributing");
  EXPECT_EQ(reason("This article originally appeared on USA TODAY: Blinken visits"), "syndication");
  EXPECT_EQ(reason("We use cookies to improve your experience."), "cookies");
  EXPECT_EQ(reason("Sign up for our newsletter"), "newsletter");
  EXPECT_EQ(reason("© 2022 The Daily Post"), "copyright");
  EXPECT_EQ(reason("Copyright 2022 The Daily Post. All rights reserved."), "copyright");
  EXPECT_EQ(reason("Advertisement"), "page-control");
  EXPECT_EQ(reason("Editor’s note: This was changed."), "editors-note");
  EXPECT_EQ(reason("A soldier near the border. Image: Jane Doe."), "credit");
  EXPECT_EQ(reason("* * *"), "separator");
  EXPECT_EQ(reason("______"), "separator");
}

TEST(Rules, LeaveSentencesAlone) {
  EXPECT_EQ(reason("More than 100 people were killed in the attack."), "");
  EXPECT_EQ(reason("Follow-up talks are planned for Friday."), "");
  EXPECT_EQ(reason("Reuters news agency reported that Putin sought the call."), "");
  EXPECT_EQ(reason("By Friday the army had taken the town."), "");
  EXPECT_EQ(reason("File after file was burnt."), "");
  EXPECT_EQ(reason("Україна"), "");
  EXPECT_EQ(reason("中国"), "");
}

TEST(Rules, LongLines_AreText) { EXPECT_EQ(reason("More: " + std::string(400, 'a')), ""); }

TEST(Rules, HeadAndTail_AreAppliedThereOnly) {
  EXPECT_EQ(reason("By Jane Doe"), "");
  EXPECT_EQ(reason("By Jane Doe", Zone::kHead), "byline");
  EXPECT_EQ(reason("ar/sms (AFP, AP, Reuters)"), "");
  EXPECT_EQ(reason("ar/sms (AFP, AP, Reuters)", Zone::kTail), "agency-tail");
  EXPECT_EQ(reason("Daily Post | Saturday, December 1, 1990", Zone::kHead), "date");
}

TEST(NoiseBlocks, StandWhereTheyStood) {
  EXPECT_EQ(dump_blocks("Talks fail\nBy Jane Doe, Associated Press\nFebruary 2, 2022\n\nTalks failed.\nREAD MORE: How it began\nThey go "
                        "on.\nar/sms (AFP, dpa)\n© 2022 Post\n"),
            "title: Talks fail\nnoise/byline: By Jane Doe, Associated Press\nnoise/date: February 2, 2022\nparagraph: Talks failed.\n"
            "noise/read-more: READ MORE: How it began\nparagraph: They go on.\nnoise/agency-tail: ar/sms (AFP, dpa)\nnoise/copyright: © "
            "2022 Post\n");
}

TEST(NoiseBlocks, BylineBelowAStandfirst_IsOne) {
  EXPECT_EQ(
      dump_blocks("Talks fail\nMinisters left without a word.\nBy Jane Doe\nThe talks failed on Friday.\n"),
      "title: Talks fail\nparagraph: Ministers left without a word.\nnoise/byline: By Jane Doe\nparagraph: The talks failed on Friday.\n");
}

TEST(NoiseBlocks, TailRules_StopAtTheText) {
  EXPECT_EQ(dump_blocks("The talks failed.\nIt was late.\nReuters\nThey go on.\n"),
            "paragraph: The talks failed.\nparagraph: It was late.\nheading: Reuters\nparagraph: They go on.\n");
}

TEST(NoiseBlocks, DateLine_GivesTheDayOfPublication) {
  const std::string text = "Friday, January 4, 2019\n\nThe talks failed.\n";
  EXPECT_EQ(make_article({}, text, test_article_options())->fields().published, parse_day("2019-01-04"));
  ArticleFields fields;
  fields.published = parse_day("2019-01-05");
  EXPECT_EQ(make_article(fields, text, test_article_options())->fields().published, parse_day("2019-01-05"));
  ArticleOptions options = test_article_options();
  options.published = parse_day("2019-01-06");
  EXPECT_EQ(make_article({}, text, options)->fields().published, parse_day("2019-01-06"));
}

TEST(NoiseBlocks, UpdateLine_GivesNoDay) {
  EXPECT_FALSE(make_article({}, "Updated February 3, 2022\nThe talks failed.\n", test_article_options())->fields().published);
}

TEST(NoiseBlocks, WithoutRules_ThereAreNone) {
  EXPECT_EQ(dump_blocks(*make_article({}, "The talks failed.\nREAD MORE: How it began.\n")),
            "paragraph: The talks failed.\nparagraph: READ MORE: How it began.\n");
}

TEST(NoiseBlocks, Reason_OutlivesTheRules) {
  ArticlePtr article;
  {
    Result<std::shared_ptr<const NoiseRules>> rules = NoiseRules::load(CASUS_SOURCE_DIR "/data/article");
    ASSERT_TRUE(rules);
    article = make_article({}, "The talks failed.\nREAD MORE: How it began\n", {.noise_rules = *rules});
  }
  EXPECT_EQ(article->blocks()[1].reason, "read-more");
}

std::string day_of(std::string_view text) {
  const std::optional<Day> day = read_publication_day(text, &words());
  return day ? format_day(*day) : "";
}

TEST(PublicationDay, IsReadFromTheUsualForms) {
  EXPECT_EQ(day_of("2022-02-02"), "2022-02-02");
  EXPECT_EQ(day_of("2022-02-02T10:00:00Z"), "2022-02-02");
  EXPECT_EQ(day_of("20220202"), "2022-02-02");
  EXPECT_EQ(day_of("Feb. 2, 2022"), "2022-02-02");
  EXPECT_EQ(day_of("Wednesday, 2nd February 2022"), "2022-02-02");
  EXPECT_EQ(day_of("Wed, 02 Feb 2022 10:00:00 +0100"), "2022-02-02");
  EXPECT_EQ(day_of(" Feb 2, 2022 at 5:00 p.m. EST "), "2022-02-02");
}

TEST(PublicationDay, IsNot_Guessed) {
  for (const std::string_view text :
       {"", "02/03/2022", "2022-02-30", "Feb 30, 2022", "Feb 2", "Monday", "2022", "20221345", "yesterday", "Feb 2, 2022 or later"}) {
    EXPECT_EQ(day_of(text), "") << text;
  }
}

TEST(PublicationDay, WithoutWords_OnlyFigures) {
  EXPECT_TRUE(read_publication_day("2022-02-02", nullptr));
  EXPECT_FALSE(read_publication_day("Feb 2, 2022", nullptr));
}

class RuleFiles : public testing::Test {
 protected:
  std::string load(std::string_view words_file, std::string_view noise_file) {
    folder_.write("words.tsv", words_file);
    folder_.write("noise.tsv", noise_file);
    folder_.write("page.tsv", "");
    folder_.write("fields.tsv", "");
    const auto rules = NoiseRules::load(folder_.path());
    return rules ? "" : std::string(error_name(rules.error().code)) + " " + rules.error().to_string().substr(folder_.path().size() + 1);
  }
  TestFolder folder_;
};

TEST_F(RuleFiles, WrongRows_AreNamedWithFileAndLine) {
  EXPECT_EQ(load("month\tMay\t5\n", "x\tany\t10\tfoo\n"), "");
  EXPECT_EQ(load("month\tMay\t13\n", ""), "bad-data words.tsv:1: a row of kind month needs a number, 1 to 12, in the third column");
  EXPECT_EQ(load("#\nmoth\tMay\n", ""), "bad-data words.tsv:2: unknown kind of word: moth");
  EXPECT_EQ(load("agency\tAP\t5\n", ""), "bad-data words.tsv:1: a row of kind agency has no third column");
  EXPECT_EQ(load("agency\n", ""), "bad-data words.tsv:1: a row has a kind, a word and, for some kinds, a number");
  EXPECT_EQ(load("", "x\tany\t10\n"), "bad-data noise.tsv:1: a rule has four columns: reason, where, at most, wording");
  EXPECT_EQ(load("", "x\tnowhere\t10\tfoo\n"), "bad-data noise.tsv:1: the second column is any, head or tail");
  EXPECT_EQ(load("", "x\tany\t1o\tfoo\n"), "bad-data noise.tsv:1: the third column is a number of characters, 1 to 2000");
  EXPECT_EQ(load("", "x\tany\t0\tfoo\n"), "bad-data noise.tsv:1: the third column is a number of characters, 1 to 2000");
  EXPECT_EQ(load("", "\tany\t10\tfoo\n"), "bad-data noise.tsv:1: the reason has 1 to 32 bytes");
  EXPECT_EQ(load("", "x\tany\t10\t{foo}\n"), "bad-data noise.tsv:1: unknown gap: {foo}");
}

TEST_F(RuleFiles, MissingFile_IsNotFound) {
  const auto rules = NoiseRules::load(folder_.path());
  ASSERT_FALSE(rules);
  EXPECT_EQ(rules.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(rules.error().file, folder_.path("words.tsv"));
}

}  // namespace
}  // namespace casus
