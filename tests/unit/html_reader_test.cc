// A page's bytes become articles: fields, body, live blogs, and pages that are made to deceive.
#include "article/html/html_reader.h"

#include <gtest/gtest.h>

#include <ctime>

#include "base/utf8.h"
#include "support/article_test.h"
#include "support/sanitized.h"

namespace casus {
namespace {

const std::string kSentence =
    "The two sides met in Geneva on Thursday for talks about the border, and agreed to meet again within a month. ";
const std::string kBody =
    "<article><h1>Talks fail in Geneva</h1><p>" + kSentence + kSentence + "</p><p>" + kSentence + kSentence + "</p></article>";

std::vector<Result<ArticlePtr>> read(std::string_view page, ArticleFields known = {},
                                     const ArticleOptions& options = test_article_options()) {
  return read_html_articles(std::move(known), page, "", options);
}

ArticlePtr one(std::string_view page, ArticleFields known = {}) {
  std::vector<Result<ArticlePtr>> items = read(page, std::move(known));
  EXPECT_EQ(items.size(), 1U);
  EXPECT_TRUE(items[0].ok());
  return items[0].ok() ? *items[0] : make_article({}, "");
}

std::string repeat(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(HtmlReader, PageBecomesAnArticle) {
  const ArticlePtr article =
      one("<title>Talks fail in Geneva | Post</title><meta property=og:site_name content=Post><meta name=author content='By Jane Doe'>"
          "<meta property=article:published_time content=2022-02-10>" +
          kBody);
  const ArticleFields& fields = article->fields();
  EXPECT_EQ(fields.title, "Talks fail in Geneva");
  EXPECT_EQ(fields.outlet, "Post");
  EXPECT_EQ(fields.published_from, "meta");
  EXPECT_EQ(fields.form, "html");
  EXPECT_EQ(fields.authors, std::vector<std::string>{"Jane Doe"});
  EXPECT_TRUE(article->text().starts_with("The two sides met")) << article->text();
}

TEST(HtmlReader, WhatIsKnownStays) {
  ArticleFields known;
  known.title = "Known";
  known.outlet = "Known Post";
  known.url = "https://known.example/a";
  known.published = Day(std::chrono::year(2020), std::chrono::May, std::chrono::day(1));
  known.published_from = "option";
  const ArticlePtr article =
      one("<title>Other</title><link rel=canonical href=https://other.example/><meta name=pubdate content=2022-02-10>" + kBody, known);
  EXPECT_EQ(article->fields().title, "Known");
  EXPECT_EQ(article->fields().outlet, "Known Post");
  EXPECT_EQ(article->fields().url, "https://known.example/a");
  EXPECT_EQ(article->fields().published, known.published);
  EXPECT_EQ(article->fields().published_from, "option");
}

TEST(HtmlReader, ErrorsNameThePlace) {
  ArticleFields known;
  known.origin = "page.html";
  for (const char* page : {"", "<p>", "<script>x()</script>", "<!-- x -->", "<div hidden>x</div>"}) {
    const std::vector<Result<ArticlePtr>> items = read(page, known);
    ASSERT_EQ(items.size(), 1U) << page;
    ASSERT_FALSE(items[0].ok()) << page;
    EXPECT_EQ(items[0].error().code, ErrorCode::kEmpty) << page;
    EXPECT_EQ(items[0].error().file, "page.html") << page;
  }
  ArticleOptions small = test_article_options();
  small.max_html_bytes = 10;
  const std::vector<Result<ArticlePtr>> items = read(kBody, known, small);
  EXPECT_EQ(items[0].error().code, ErrorCode::kTooLarge);
  EXPECT_EQ(items[0].error().file, "page.html");
}

TEST(HtmlReader, LiveBlogGivesItsEntries) {
  std::string page = "<h1>Talks as they happen</h1><div class=live>";
  for (int i = 1; i <= 4; ++i) {
    page += "<article id=e" + std::to_string(i) + " class=live-post><time datetime=2022-02-1" + std::to_string(i) +
            "T10:00:00Z>10:00</time><h2>Step " + std::to_string(i) + "</h2><p>" + kSentence + kSentence + "</p></article>";
  }
  const std::string linked =
      "<script type=application/ld+json>{\"@type\":\"LiveBlogPosting\",\"headline\":\"Talks as they happen\"}</script>";
  ArticleFields known;
  known.id = "live";
  known.url = "https://post.example/live";
  size_t entries = 0;
  for (const Result<ArticlePtr>& item : read(linked + page + "</div>", known)) {
    ASSERT_TRUE(item.ok());
    const ArticleFields& fields = (*item)->fields();
    if (fields.id == "live") continue;
    ++entries;
    EXPECT_EQ(fields.id, "live#e" + std::to_string(entries));
    EXPECT_EQ(fields.url, "https://post.example/live#e" + std::to_string(entries));
    EXPECT_EQ(format_day(*fields.published), "2022-02-1" + std::to_string(entries));
    EXPECT_EQ(fields.flags, std::vector<std::string>{"live"});
  }
  EXPECT_EQ(entries, 4U);
}

TEST(HtmlReader, ScriptsAndHiddenTextDoNotLeak) {
  const ArticlePtr article = one("<script>document.write('<p>LEAK " + kSentence + "</p>')</script><noscript><p>LEAK " + kSentence +
                                 "</p></noscript><style>LEAK</style>" + "<template><p>LEAK " + kSentence +
                                 "</p></template><div style='display:none'><p>LEAK " + kSentence + "</p></div>" + kBody +
                                 "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"LEAK\"}</script>");
  EXPECT_EQ(article->text().find("LEAK"), std::string::npos);
}

TEST(HtmlReader, PagesThatShowNoBodyAreReadFromElsewhere) {
  const std::string text = repeat(kSentence, 4),
                    shell = "<title>Talks fail in Geneva</title><h1>Talks fail in Geneva</h1><div id=app></div>";
  const auto starts_right = [&](const std::string& page) { return one(shell + page)->text().starts_with("The two sides met"); };
  const std::string linked =
      "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Talks fail in Geneva\",\"articleBody\":\"";
  EXPECT_TRUE(starts_right(linked + text + "\"}</script>"));
  EXPECT_EQ(one(shell + linked + "<p>" + text + "</p><p>And &amp; so on: " + text + "</p>\"}</script>")->blocks().size(), 2U);
  EXPECT_TRUE(starts_right("<noscript><p>" + text + "</p></noscript>"));
  EXPECT_FALSE(read(shell + "<noscript><p>Please turn scripts on.</p></noscript>")[0].ok());
  EXPECT_TRUE(
      starts_right("<script type=application/json>{\"props\":[{\"title\":\"Talks fail in Geneva\",\"body\":\"" + text + "\"}]}</script>"));
  // The state of a program has other stories too, and a page that shows its body needs nothing else.
  const std::string other = "<script type=application/json>{\"title\":\"Another story\",\"body\":\"LEAK " + text + "\"}</script>";
  EXPECT_FALSE(read(shell + other)[0].ok());
  EXPECT_EQ(one(shell + "<article><p>" + text + "</p></article>" + linked + "LEAK " + text + "\"}</script>")->text().find("LEAK"),
            std::string::npos);
}

TEST(HtmlReader, SignsThatCannotBeSeenDoNotSplitWords) {
  const ArticlePtr article =
      one("<article><h1>Talks fail in Geneva</h1><p>tr\u200Boo\u00ADps \u202Emoved\u202C on. " + kSentence + kSentence + "</p></article>");
  EXPECT_TRUE(article->text().starts_with("troops moved on.")) << article->text();
}

TEST(HtmlReader, HostilePagesTakeBoundedTime) {
  ArticleOptions options = test_article_options();
  options.max_html_ms *= kSlowness;
  struct Hostile {
    const char* what;
    std::string page;
  };
  const std::string links = repeat("<a href='https://spam.example/x'>Read more about this and that</a> ", 10'000);
  const Hostile pages[] = {
      {"nested tags behind the text", kBody + repeat("<div>", 100'000)},
      {"links", kBody + "<p>" + links + "</p>"},
      {"links in items", kBody + "<ul>" + repeat("<li><a href=/x>Another story of the day</a></li>", 10'000) + "</ul>"},
      {"long attribute", "<p title='" + repeat("x", 10'000'000) + "'></p>" + kBody},
      {"headings", repeat("<h1>Talks fail in Geneva today</h1>", 5'000) + kBody},
      {"times", kBody + repeat("<time datetime=2022-02-10>Feb. 10, 2022</time> ", 20'000)},
      {"meta tags", repeat("<meta name=author content='Jane Doe, John Smith'>", 20'000) + kBody},
      {"bylines", repeat("<i class=byline>By Jane Doe</i>", 20'000) + kBody},
      {"nested fields", repeat("<i itemprop=headline class='byline date'>", 400) + "x" + repeat("</i>", 400) + kBody},
      {"JSON", "<script type=application/ld+json>" + repeat("[", 500'000) + "</script>" + kBody},
      {"many articles", "<script type=application/ld+json>[" +
                            repeat("{\"@type\":\"NewsArticle\",\"author\":[{\"name\":\"A\"}]},", 50'000) + "1]</script>" + kBody},
      {"a year far away", "<meta property=article:published_time content=99999-12-31T00:00:00Z>" + kBody},
      {"broken bytes", kBody + repeat("\xFF\xC0 ", 500'000)},
      {"short pieces", kBody + repeat("<p>a</p>", 100'000)},
  };
  for (const Hostile& hostile : pages) {
    const std::clock_t begin = std::clock();
    const std::vector<Result<ArticlePtr>> items = read(hostile.page, {}, options);
    EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 5 * kSlowness) << hostile.what;
    ASSERT_EQ(items.size(), 1U) << hostile.what;
    ASSERT_TRUE(items[0].ok()) << hostile.what << ": " << items[0].error().message;
    EXPECT_NE((*items[0])->text().find("The two sides met"), std::string::npos) << hostile.what;
    EXPECT_TRUE(is_valid_utf8((*items[0])->text())) << hostile.what;
    RecordProperty(hostile.what, std::to_string(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC));
  }
}

}  // namespace
}  // namespace casus
