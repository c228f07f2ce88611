// Whole articles: the project's examples, and the seed articles where the folder beside the source tree has them.
#include <algorithm>
#include <map>
#include <string>

#include "base/text.h"
#include "support/article_test.h"

namespace casus {
namespace {

const std::string kSeeds = CASUS_SOURCE_DIR "/../shared/seeds";

/// Counts of kinds, and the words of everything that is neither paragraph nor title.
std::string furniture(const Article& article) {
  std::string out;
  for (const Block& block : article.blocks()) {
    if (block.kind == BlockKind::kParagraph) continue;
    if (!out.empty()) out += '\n';
    out += std::string(block_kind_name(block.kind)) + " " + std::string(article.view(block.span)).substr(0, 40);
  }
  return out;
}

class Seeds : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kSeeds)) GTEST_SKIP() << "no seed articles at " << kSeeds;
    items_ = read_items({kSeeds});
    ASSERT_TRUE(items_.errors.empty());
    ASSERT_EQ(items_.articles.size(), 5u);
  }
  [[nodiscard]] size_t paragraphs(size_t article) const {
    return static_cast<size_t>(
        std::ranges::count(items_.articles[article]->blocks(), BlockKind::kParagraph, [](const Block& block) { return block.kind; }));
  }
  ReadItems items_;
};

TEST_F(Seeds, HaveIdsDaysAndOutlets) {
  EXPECT_EQ(items_.ids(), (std::vector<std::string>{"000", "001", "002", "003", "004"}));
  EXPECT_EQ(items_.articles[0]->fields().published, parse_day("2022-02-12"));
  EXPECT_EQ(items_.articles[3]->fields().outlet, "Washington Examiner");
}

TEST_F(Seeds, First_HasSubheadsAndAnAgencyTail) {
  EXPECT_EQ(furniture(*items_.articles[0]),
            "heading Putin's calls with leaders of US, France\n"
            "heading What was said on the Blinken-Lavrov call\n"
            "heading What is the possibility of armed conflic\n"
            "heading Zelenskyy warns panic aids enemies\n"
            "noise ar/sms (AFP, AP, Reuters)");
  EXPECT_EQ(paragraphs(0), 18u);
}

TEST_F(Seeds, Second_HasATitleAndLinks) {
  EXPECT_EQ(furniture(*items_.articles[1]),
            "title France debriefs US as top UK diplomat fl\n"
            "noise READ MORE: Ukraine: European diplomatic \n"
            "heading UK's Truss travels to Moscow\n"
            "heading Russia rejects 'absurd' claims\n"
            "noise READ MORE: US general warns Russia-Ukrai");
  EXPECT_EQ(paragraphs(1), 16u);
}

TEST_F(Seeds, Third_HasADatelineAndMuchNoise) {
  const std::string expected_begin =
      "title Secretary of State Blinken to visit Ukra\n"
      "noise ·4 min read\n"
      "dateline WASHINGTON –\n"
      "noise Learn more: What's happening in Ukraine?\n"
      "noise More: Biden, Democrats call for sanction\n"
      "heading Russia wants its demands met; NATO allie\n"
      "heading US intelligence cites Russian 'false fla\n"
      "noise Follow Matthew Brown online @mrbrownsir.\n"
      "noise Contributing: The Associated Press\n"
      "noise This article originally appeared on USA \n"
      "noise Our goal is to create a safe and engagin";
  EXPECT_EQ(furniture(*items_.articles[2]), expected_begin);
  EXPECT_EQ(items_.articles[2]->fields().dateline_place, "WASHINGTON");
  EXPECT_EQ(paragraphs(2), 20u);
}

TEST_F(Seeds, Fourth_IsParagraphsOnly) {
  EXPECT_EQ(furniture(*items_.articles[3]), "");
  EXPECT_EQ(paragraphs(3), 12u);
}

TEST_F(Seeds, Fifth_HasSubheadsBetweenDashes) {
  EXPECT_EQ(furniture(*items_.articles[4]),
            "heading - Diplomatic efforts -\n"
            "heading - 'Imminent' invasion? -\n"
            "heading Erdogan eyes Ukraine summit with Putin\n"
            "heading - 'Offering to mediate' -\n"
            "heading - Special relationship -");
  EXPECT_EQ(paragraphs(4), 50u);
}

TEST(Examples, AreAllReadWithADayAndAnOutlet) {
  const ReadItems items = read_items({CASUS_SOURCE_DIR "/examples"});
  EXPECT_TRUE(items.errors.empty());
  EXPECT_GE(items.articles.size(), 15u);
  for (const ArticlePtr& article : items.articles) {
    EXPECT_TRUE(article->fields().published) << article->fields().id;
    EXPECT_FALSE(article->fields().outlet.empty()) << article->fields().id;
    EXPECT_TRUE(article->warnings().empty()) << article->fields().id;
  }
}

/// Only white space lies between blocks: nothing is dropped.
TEST(Examples, BlocksCoverTheText) {
  for (const ArticlePtr& article : read_items({CASUS_SOURCE_DIR "/examples"}).articles) {
    uint32_t end = 0;
    for (const Block& block : article->blocks()) {
      EXPECT_EQ(trim(article->text().substr(end, block.span.begin - end)), "");
      EXPECT_EQ(trim(article->view(block.span)), article->view(block.span));
      end = block.span.end;
    }
    EXPECT_EQ(trim(std::string_view(article->text()).substr(end)), "");
  }
}

}  // namespace
}  // namespace casus
