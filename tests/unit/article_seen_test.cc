// Which articles are the same one: by address, by text.
#include <string>

#include "article/seen_articles.h"
#include "support/article_test.h"

namespace casus {
namespace {

const std::string kLong =
    "Envoys of both states met in Geneva on Monday for a first round of talks. They spoke for three hours about the border, the return of "
    "prisoners and the price of gas. Both sides said that they would meet again in March, and that neither expects an agreement before.";

ArticlePtr article(std::string url, std::string text, std::string title = "", std::vector<std::string> flags = {}) {
  ArticleFields fields{.url = std::move(url), .title = std::move(title)};
  fields.flags = std::move(flags);
  return make_article(std::move(fields), std::move(text), test_article_options());
}

TEST(UrlKey, of_one_page_is_one) {
  for (const char* same : {"https://post.example/a/talks", "http://post.example/a/talks", "https://www.post.example/a/talks/",
                           "HTTPS://Post.example/a/talks#top", " https://post.example/a/talks?utm_source=x&utm_medium=y"}) {
    EXPECT_EQ(url_key(same), "post.example/a/talks") << same;
  }
}

TEST(UrlKey, of_other_pages_differs) {
  const std::string key = url_key("https://post.example/a/talks?id=1");
  for (const char* other : {"https://post.example/a/talks", "https://post.example/a/talks?id=2", "https://post.example/a/Talks?id=1",
                            "https://other.example/a/talks?id=1", "https://m.post.example/a/talks?id=1"}) {
    EXPECT_NE(url_key(other), key) << other;
  }
}

TEST(UrlKey, of_a_whole_site_is_none) {
  for (const char* site : {"", "https://post.example", "https://www.post.example/", "post.example", "https://post.example/?utm_source=x"}) {
    EXPECT_EQ(url_key(site), "") << site;
  }
}

TEST(SeenArticles, same_address_comes_once) {
  SeenArticles seen;
  EXPECT_FALSE(seen.came_before(*article("https://post.example/a", "One text.")));
  EXPECT_TRUE(seen.came_before(*article("http://www.post.example/a/", "Another text.")));
  EXPECT_FALSE(seen.came_before(*article("https://post.example/b", "A third text.")));
}

TEST(SeenArticles, teaser_does_not_stand_in_the_way_of_its_report) {
  SeenArticles seen;
  EXPECT_FALSE(seen.came_before(*article("https://post.example/a", "Envoys meet.", "", {"summary"})));
  EXPECT_FALSE(seen.came_before(*article("https://post.example/a", kLong)));
  EXPECT_TRUE(seen.came_before(*article("https://post.example/a", "Envoys met.", "", {"summary"}))) << "the report is known by now";
}

TEST(ArticleId, entries_of_a_live_page_have_ids_of_their_own) {
  const auto id = [](std::string text, std::vector<std::string> flags) {
    return article("https://post.example/live", std::move(text), "", std::move(flags))->article_id();
  };
  EXPECT_NE(id("Talks begin.", {"live"}), id("Talks end.", {"live"}));
  EXPECT_EQ(id("Talks begin.", {"live"}), id("Talks begin.", {"live"}));
  EXPECT_EQ(id("Talks begin.", {}), id("Talks end.", {})) << "other pages keep theirs when they are changed";
}

TEST(SeenArticles, wrong_address_of_the_site_joins_nothing) {
  SeenArticles seen;
  EXPECT_FALSE(seen.came_before(*article("https://post.example/", "One text.")));
  EXPECT_FALSE(seen.came_before(*article("https://post.example/", "Another text.")));
}

TEST(SeenArticles, same_text_comes_once_whatever_stands_around_it) {
  SeenArticles seen;
  EXPECT_FALSE(seen.came_before(*article("https://post.example/a", kLong, "Envoys meet")));
  EXPECT_TRUE(seen.came_before(
      *article("https://other.example/b", "GENEVA, Jan 18 (Reuters) - " + kLong + "\n\nREAD MORE: Old talks", "First round")));
  EXPECT_FALSE(seen.came_before(*article("https://other.example/c", kLong + " No date was set.", "First round")));
}

TEST(SeenArticles, text_that_came_under_two_addresses_is_known_under_both) {
  SeenArticles seen;
  EXPECT_FALSE(seen.came_before(*article("https://post.example/a", kLong)));
  EXPECT_TRUE(seen.came_before(*article("https://other.example/b", kLong)));
  EXPECT_TRUE(seen.came_before(*article("https://other.example/b", "Changed since.")));
}

TEST(SeenArticles, short_texts_need_the_same_title) {
  SeenArticles seen;
  EXPECT_FALSE(seen.came_before(*article("", "Subscribe to read on.", "Talks fail")));
  EXPECT_FALSE(seen.came_before(*article("", "Subscribe to read on.", "Talks go on")));
  EXPECT_TRUE(seen.came_before(*article("", "subscribe to read on", "Talks fail")));
}

TEST(SeenArticles, entries_of_a_live_page_share_its_address) {
  SeenArticles seen;
  EXPECT_FALSE(seen.came_before(*article("https://post.example/live", "Tanks crossed the border.", "", {"live"})));
  EXPECT_FALSE(seen.came_before(*article("https://post.example/live", "The capital was shelled.", "", {"live"})));
  EXPECT_TRUE(seen.came_before(*article("https://post.example/live", "The capital was shelled.", "", {"live"})));
}

TEST(SeenArticles, letters_of_any_script_count_and_signs_do_not) {
  EXPECT_EQ(text_key(*article("", "“Київ” — so he said.")), text_key(*article("", "\"Київ\" - so he said")));
  EXPECT_NE(text_key(*article("", "Київ")), text_key(*article("", "Львів")));
  EXPECT_EQ(text_key(*article("", "…")), 0U);
}

}  // namespace
}  // namespace casus
