// "did you mean": near words are found, far ones are not forced.
#include <gtest/gtest.h>

#include "cli/suggest.h"

namespace casus {
namespace {

const std::vector<std::string> kKnown = {"--format", "--threads", "--limit", "--published", "--outlet"};

TEST(Suggest, finds_the_word_behind_a_slip) {
  EXPECT_EQ(suggest("--treads", kKnown), "--threads");  // left out
  EXPECT_EQ(suggest("--formatt", kKnown), "--format");  // doubled
  EXPECT_EQ(suggest("--lmiit", kKnown), "--limit");     // swapped
  EXPECT_EQ(suggest("--outlat", kKnown), "--outlet");   // mistaken
  EXPECT_EQ(suggest("--publ", kKnown), "--published");  // cut short
}

TEST(Suggest, far_words_have_none) {
  EXPECT_EQ(suggest("--colour", kKnown), "");
  EXPECT_EQ(suggest("", kKnown), "");
  EXPECT_EQ(suggest("--format", {}), "");
  EXPECT_EQ(suggest(std::string(10'000, 'x'), kKnown), "");
}

}  // namespace
}  // namespace casus
