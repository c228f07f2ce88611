// Days of publication that the text contradicts, and those that it does not.
#include <string>

#include "support/article_test.h"

namespace casus {
namespace {

bool is_doubtful(std::string text, std::string_view published) {
  ArticleFields fields;
  fields.published = parse_day(published);
  const ArticlePtr article = make_article(fields, std::move(text), test_article_options());
  const auto& flags = article->fields().flags;
  return std::find(flags.begin(), flags.end(), "date-doubtful") != flags.end();
}

TEST(DateCheck, date_line_far_away_is_doubtful) {
  EXPECT_TRUE(is_doubtful("February 2, 2022\n\nThe talks failed on Friday.", "2015-06-01"));
  EXPECT_TRUE(is_doubtful("Posted on 2 February 2022\n\nThe talks failed on Friday.", "2023-02-02"));
  EXPECT_FALSE(is_doubtful("February 2, 2022\n\nThe talks failed on Friday.", "2022-02-03"));
  EXPECT_FALSE(is_doubtful("February 2, 2022\n\nThe talks failed on Friday.", "2022-02-20"));
}

TEST(DateCheck, dateline_far_away_is_doubtful) {
  EXPECT_TRUE(is_doubtful("KYIV, Feb 24 (Reuters) - Troops crossed the border.", "2022-09-01"));
  EXPECT_TRUE(is_doubtful("KYIV, Feb. 24, 2022 (AP) -- Troops crossed the border.", "2021-02-24"));
  EXPECT_FALSE(is_doubtful("KYIV, Feb 24 (Reuters) - Troops crossed the border.", "2022-02-25"));
  EXPECT_FALSE(is_doubtful("KYIV, Dec 31 (Reuters) - Troops crossed the border.", "2022-01-01"));
  EXPECT_FALSE(is_doubtful("KYIV (Reuters) - Troops crossed the border.", "2022-02-25"));
}

TEST(DateCheck, text_of_later_years_is_doubtful) {
  const std::string text = "Troops crossed the border on 24 February 2022.\n\nThey left the north by April 6, 2022.\n";
  EXPECT_TRUE(is_doubtful(text, "2020-03-01"));
  EXPECT_FALSE(is_doubtful(text, "2022-04-10"));
  EXPECT_FALSE(is_doubtful(text, "2030-01-01"));
}

TEST(DateCheck, announced_days_are_not) {
  EXPECT_FALSE(is_doubtful("The treaty ends on 5 February 2026, the ministry said.", "2021-02-03"));
  EXPECT_FALSE(is_doubtful("Voters go to the polls on 4 March 2018 and again on 18 March 2018.", "2018-01-10"));
  EXPECT_FALSE(is_doubtful("They met on 3 February 2021. The treaty ends on 5 February 2026, its annex on 1 May 2027.", "2021-02-04"));
  EXPECT_FALSE(is_doubtful("By 2050 and 2060 emissions shall end; 1999 troops and 2024 tanks are there.", "2001-02-04"));
}

TEST(DateCheck, without_a_day_nothing_is_doubtful) {
  EXPECT_FALSE(is_doubtful("Troops crossed the border on 24 February 2022. They left by April 6, 2022.", ""));
}

}  // namespace
}  // namespace casus
