// What a page says of its title, days, outlet, authors and address, and which of it is believed.
#include "article/html/metadata.h"

#include <gtest/gtest.h>

#include "article/html/page_authors.h"
#include "article/html/page_dates.h"
#include "support/article_test.h"

namespace casus {
namespace {

const PageWords& words() { return test_article_options().noise_rules->words(); }

PageMetadata read(std::string_view page, std::string_view url = "") {
  const Result<HtmlTree> tree = parse_html(page, "utf-8", {});
  EXPECT_TRUE(tree.ok());
  return read_metadata(*tree, url, test_article_options());
}

std::string day(const std::optional<Day>& day) { return day ? format_day(*day) : ""; }
std::string published(std::string_view page, std::string_view url = "") {
  const PageMetadata metadata = read(page, url);
  return day(metadata.published) + " " + metadata.published_from;
}
std::string linked(std::string_view json) { return "<script type='application/ld+json'>" + std::string(json) + "</script>"; }
std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& item : list) out += (out.empty() ? "" : "; ") + item;
  return out;
}

TEST(PageDates, Stamps) {
  struct Case {
    const char* text;
    const char* day;
  };
  for (const Case& c :
       {Case{"2022-02-10", "2022-02-10"}, Case{"2022-02-10T23:30:00-05:00", "2022-02-10"}, Case{"2022-02-10T23:30:00+0100", "2022-02-10"},
        Case{"20220210T101500Z", "2022-02-10"}, Case{"Thu, 08 May 2014 14:04:53 -0400", "2014-05-08"}, Case{"1644500000", "2022-02-10"},
        Case{"1644500000000", "2022-02-10"}, Case{"Feb. 10, 2022", "2022-02-10"}, Case{"10 February 2022", "2022-02-10"},
        Case{"Thursday, February 10th, 2022 5:30 PM ET", "2022-02-10"}, Case{"2022/02/10", "2022-02-10"}, Case{"25/12/2021", "2021-12-25"},
        Case{"12/25/2021", "2021-12-25"}, Case{"10.02.2022", "2022-02-10"}, Case{"10/10/2022", "2022-10-10"},
        Case{"the 1st of March 2022", "2022-03-01"}, Case{"Thu Feb 10 10:15:00 EST 2022", "2022-02-10"},
        Case{"Thu Feb 10 10:15:00 GMT+0100 2022", "2022-02-10"}, Case{"Feb 10 10:15 AM 2022", "2022-02-10"}}) {
    const auto stamp = read_stamp(c.text, words());
    EXPECT_EQ(day(stamp ? std::optional(stamp->day) : std::nullopt), c.day) << c.text;
  }
  for (const char* text : {"", "yesterday", "6 hours ago", "10/02/2022", "2022-02-30", "2022", "99999-01-01", "Feb 10", "February 2022",
                           "31/31/2022", "123456789", "0000-00-00", "2022-13-01", "May 5"})
    EXPECT_FALSE(read_stamp(text, words()).has_value()) << text;
}

TEST(PageDates, OfWhichTheContextTellsTheRest) {
  const auto first = [](std::string_view text, const DateContext& context) {
    const std::vector<TextDate> dates = find_dates(text, words(), context);
    return dates.empty() ? "" : format_day(dates[0].day);
  };
  const DateContext bound{.not_after = make_day(2022, 3, 1)}, now{.now = parse_instant("2022-02-10T03:30:00Z")};
  EXPECT_EQ(first("10/02/2022", {.order = DateOrder::kDayFirst}), "2022-02-10");
  EXPECT_EQ(first("02-10-2022", {.order = DateOrder::kMonthFirst}), "2022-02-10");
  EXPECT_EQ(first("25/12/2021", {.order = DateOrder::kMonthFirst}), "2021-12-25");
  EXPECT_EQ(first("Thursday, Feb. 10, 10:15", bound), "2022-02-10");
  EXPECT_EQ(first("10:15, 10th of February", bound), "2022-02-10");
  EXPECT_EQ(first("Dec. 31", bound), "2021-12-31");
  EXPECT_EQ(first("29 Feb", bound), "2020-02-29");
  for (const char* text : {"Feb 30", "may 5 people", "10:15 Feb", "Feb 31, 2022", "Feb 10:15", "10 Downing Street", "May", "31 April 2022"})
    EXPECT_EQ(first(text, bound), "") << text;
  EXPECT_EQ(first("6 hours ago", now), "2022-02-09");
  EXPECT_EQ(first("Published 3h ago", now), "2022-02-10");
  EXPECT_EQ(first("An hour ago", now), "2022-02-10");
  EXPECT_EQ(first("2 days ago", now), "2022-02-08");
  EXPECT_EQ(first("Yesterday at 10:15", now), "2022-02-09");
  for (const char* text : {"2 weeks ago", "hours ago", "9999 days ago", "6 hours", "long ago", "6 dogs ago"})
    EXPECT_EQ(first(text, now), "") << text;
}

TEST(PageDates, OrderOfFigures) {
  const std::vector<Day> known = {*make_day(2022, 2, 10)};
  EXPECT_EQ(order_of_figures("on 25/12/2021", words(), {}), DateOrder::kDayFirst);
  EXPECT_EQ(order_of_figures("on 12-25-2021", words(), {}), DateOrder::kMonthFirst);
  EXPECT_EQ(order_of_figures("10/02/2022", words(), known), DateOrder::kDayFirst);
  EXPECT_EQ(order_of_figures("02/10/2022", words(), known), DateOrder::kMonthFirst);
  for (const char* text : {"", "10/02/2022", "10/10/2021", "31/31/2021", "1/2", "2021/12/25", "25.12.2021"})
    EXPECT_EQ(order_of_figures(text, words(), {}), DateOrder::kUnknown) << text;
}

TEST(PageDates, MonthsInAddresses) {
  EXPECT_EQ(day(last_day_in_url("https://a.example/2020/02/talks", words())), "2020-02-29");
  EXPECT_EQ(day(last_day_in_url("https://a.example/world/2022/feb/talks", words())), "2022-02-28");
  EXPECT_EQ(day(last_day_in_url("https://a.example/2022/talks", words())), "2022-12-31");
  for (const char* url : {"", "https://2022/", "https://a.example/1234/02", "https://a.example/x?/2022/02/"})
    EXPECT_EQ(day(last_day_in_url(url, words())), "") << url;
}

TEST(PageDates, Addresses) {
  EXPECT_EQ(day(day_in_url("https://a.example/2022/02/10/talks", words())), "2022-02-10");
  EXPECT_EQ(day(day_in_url("https://a.example/world/2022/feb/10/talks", words())), "2022-02-10");
  EXPECT_EQ(day(day_in_url("https://a.example/2022-02-10-talks.html", words())), "2022-02-10");
  EXPECT_EQ(day(day_in_url("https://a.example/news/20220210/talks", words())), "2022-02-10");
  for (const char* url : {"https://a.example/2022/02/talks", "https://a.example/id-99220210", "https://a.example/talks?d=2022/02/10",
                          "https://2022.02.10/", "", "/x", "https://a.example/12/25/2021/x"})
    EXPECT_EQ(day(day_in_url(url, words())), "") << url;
}

TEST(Metadata, LinkedDataGoesBeforeMetaTags) {
  const PageMetadata page = read(
      "<title>Talks fail | Daily Post</title><meta property=article:published_time content=2022-02-12><meta property=og:site_name "
      "content='Daily Post'>"
      "<link rel=canonical href='https://post.example/talks'><html lang=en-GB>" +
      linked(R"({"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "datePublished": "2022-02-01"},
                {"@type": ["NewsArticle"], "headline": "Talks fail", "datePublished": "2022-02-10T10:00:00+01:00", "dateModified": "2022-02-11",
                 "author": [{"@id": "#jane"}, {"@type": "Person", "name": "John Smith"}], "articleSection": "World"},
                {"@type": "Person", "@id": "#jane", "name": "Jane Doe"}]})") +
      "<h1>Talks fail</h1><p>Text.");
  EXPECT_EQ(page.title, "Talks fail");
  EXPECT_EQ(day(page.published), "2022-02-10");
  EXPECT_EQ(page.published_from, "json-ld");
  EXPECT_EQ(day(page.updated), "2022-02-11");
  EXPECT_EQ(page.outlet, "Daily Post");
  EXPECT_EQ(page.url, "https://post.example/talks");
  EXPECT_EQ(page.language, "en-GB");
  EXPECT_EQ(page.section, "World");
  EXPECT_EQ(joined(page.authors), "Jane Doe; John Smith");
  EXPECT_TRUE(page.flags.empty());
  EXPECT_NE(page.headline, 0U);
}

TEST(Metadata, BrokenLinkedDataIsMended) {
  for (const char* json :
       {R"(<!-- {"@type":"NewsArticle","headline":"Talks fail","datePublished":"2022-02-10",} -->)",
        R"(//<![CDATA[
                              {"@type":"NewsArticle", /* of ours */ "headline":"Talks fail","datePublished":"2022-02-10"} //]]>)",
        "{\"@type\":\"NewsArticle\",\"headline\":\"Talks\nfail\",\"datePublished\":\"2022-02-10\"};",
        R"([[{"@type":"http://schema.org/NewsArticle","headline":"Talks fail","datePublished":"2022-02-10"}]])",
        R"({"@type":"NewsArticle","headline":"Talks fail","datePublished":"2022-02-10","x":{{})",
        R"({"@type":"WebPage","mainEntity":{"@type":"LiveBlogPosting","headline":"Talks&#32;fail","datePublished":"2022-02-10"}})"}) {
    const PageMetadata page = read(linked(json));
    EXPECT_EQ(page.title, "Talks fail") << json;
    EXPECT_EQ(day(page.published), "2022-02-10") << json;
  }
  for (const char* json :
       {"", "{", "[[[[[[", "null", "7", "\"", R"({"@type":{}})", R"({"@type":"NewsArticle","headline":{"a":[1]},"datePublished":[[]]})",
        R"({"@type":"NewsArticle","headline":"\ud800","author":[[{}]]})"}) {
    EXPECT_EQ(read(linked(json)).title, "") << json;
  }
}

TEST(Metadata, OtherArticlesOfAListAreNotThisOne) {
  EXPECT_EQ(read(linked(R"({"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Another"}]})") +
                 "<title>This one here</title>")
                .title,
            "This one here");
}

TEST(Metadata, Titles) {
  struct Case {
    const char* page;
    const char* title;
  };
  for (const Case& c :
       {Case{"<title>Talks fail in Geneva - Daily Post</title><meta property=og:site_name content='Daily Post'>", "Talks fail in Geneva"},
        Case{"<title>Daily Post: x | Talks fail in Geneva</title><h1>Talks fail in Geneva</h1>", "Talks fail in Geneva"},
        Case{"<title>Daily Post | Talks fail</title><link rel=canonical href=https://www.dailypost.example/1>", "Talks fail"},
        Case{"<h1>Daily Post</h1><h1>Talks fail  in <i>Geneva</i></h1><title>Talks fail in Geneva - Daily Post</title>",
             "Talks fail in Geneva"},
        Case{"<meta name=twitter:title content='Talks fail in Geneva'><h1>World | Talks fail in Geneva</h1>", "Talks fail in Geneva"},
        Case{"<title>Home</title><h1>Talks fail in Geneva</h1>", "Talks fail in Geneva"},
        Case{"<title>Talks - and more talks - fail</title>", "Talks - and more talks - fail"},
        Case{"<title>Notes: Talks fail in Geneva</title><h1>Notes</h1><h3>Talks fail in Geneva</h3>", "Talks fail in Geneva"},
        Case{"<title>Talks fail - Dailyposts</title><h1>Dailypost Desktop 15 for Mac</h1><link rel=canonical "
             "href=https://dailypost.example/1>",
             "Dailypost Desktop 15 for Mac"},
        Case{"<h1 hidden>No title at all</h1><title>Talks fail</title>", "Talks fail"}, Case{"<svg><title>Icon</title></svg><p>x", ""},
        Case{"", ""}})
    EXPECT_EQ(read(c.page).title, c.title) << c.page;
}

TEST(Metadata, DaysInTheOrderOfTheirSources) {
  const std::string micro = "<span itemprop=datePublished content=2022-02-03></span>",
                    time = "<h1>Talks fail again</h1><time datetime=2022-02-04>x</time>",
                    shown = "<h1>Talks fail again</h1><p>Geneva, 5 February 2022</p>", meta = "<meta name=pubdate content=2022-02-02>",
                    date = "<meta name=date content=2022-02-07>", modified = "<meta property=article:modified_time content=2022-02-08>";
  const std::string_view url = "https://a.example/2022/02/06/x";
  EXPECT_EQ(published(meta + micro + time + shown + date + modified, url), "2022-02-02 meta");
  EXPECT_EQ(published(micro + time + shown + date + modified, url), "2022-02-03 microdata");
  EXPECT_EQ(published(time + date + modified, url), "2022-02-04 time");
  EXPECT_EQ(published(shown + date + modified, url), "2022-02-06 url");
  EXPECT_EQ(published(shown + date + modified), "2022-02-05 text");
  EXPECT_EQ(published(date + modified), "2022-02-07 meta");
  EXPECT_EQ(published(modified), "2022-02-08 meta");
  EXPECT_EQ(published("<p>x"), " ");
}

TEST(Metadata, ShownDaysThatThePageHelpsToRead) {
  const std::string head = "<h1>Talks fail again</h1>";
  // Figures: by other figures, by a day that the markup gives, by the language; else not at all.
  EXPECT_EQ(published(head + "<p class=date>10/02/2022</p><p>See 25/12/2021</p>"), "2022-02-10 time");
  EXPECT_EQ(published(head + "<p class=date>02/10/2022</p><meta property=og:updated_time content=2022-02-10T10:00:00Z>"),
            "2022-02-10 time");
  EXPECT_EQ(published("<html lang=en-GB>" + head + "<p class=date>10/02/2022</p>"), "2022-02-10 time");
  EXPECT_EQ(published("<html lang=en-US>" + head + "<p class=date>10/02/2022</p>"), " ");
  EXPECT_EQ(published("<html lang=en-GB><meta name=pubdate content=10/02/2022>" + head), "2022-02-10 meta");
  // Without a year: before the change, or in the month of the address.
  EXPECT_EQ(published(head + "<p class=date>Thursday, Feb. 10, 10:15</p>", "https://a.example/2022/02/talks"), "2022-02-10 time");
  EXPECT_EQ(published(head + "<p>10 Feb, 10:15</p><meta property=og:updated_time content=2022-02-12>"), "2022-02-10 text");
  EXPECT_EQ(published(head + "<p>The embassy is open until May 5 only, it says</p>", "https://a.example/2022/06/talks"), " ");
  EXPECT_EQ(published(head + "<p class=date>Feb. 10</p>"), " ");
}

TEST(Metadata, ShownDaysOfOtherStoriesDoNotCount) {
  const std::string head = "<h1>Talks fail again</h1>";
  EXPECT_EQ(published(head + "<div class=teaser-box><h3><a href=/x>Another story</a></h3><time datetime=2022-02-01>x</time></div>"
                             "<p class=date>Feb. 10, 2022</p>"),
            "2022-02-10 time");
  EXPECT_EQ(published(head + "<div class=related-posts><time datetime=2022-02-01>x</time></div><p>Feb. 10, 2022</p>"), "2022-02-10 text");
  EXPECT_EQ(published(head + "<ol class=comments><li><time datetime=2022-02-11>x</time></ol>"), " ");
  EXPECT_EQ(published(linked(R"([{"@type":"NewsArticle","headline":"Another story of today","datePublished":"2022-02-01"},
                                 {"@type":"NewsArticle","headline":"Talks fail again in Geneva","datePublished":"2022-02-10"}])") +
                      "<h1>Talks fail again in Geneva</h1>"),
            "2022-02-10 json-ld");
}

TEST(Metadata, DaysThatLabelsAndAttributesTell) {
  const std::string head = "<h1>Talks fail again</h1>";
  const auto both = [&](std::string_view page) {
    const PageMetadata metadata = read(page);
    return day(metadata.published) + " " + day(metadata.updated);
  };
  EXPECT_EQ(both(head + "<p>Published Feb. 10, 2022. Updated Feb. 12, 2022"), "2022-02-10 2022-02-12");
  EXPECT_EQ(both(head + "<p>Last updated: 12 Feb 2022 | First published: 10 Feb 2022"), "2022-02-10 2022-02-12");
  EXPECT_EQ(both(head + "<time class=updated datetime=2022-02-12>x</time><time class='entry-date published' datetime=2022-02-10>x</time>"),
            "2022-02-10 2022-02-12");
  EXPECT_EQ(both(head + "<span class=date-modified>Feb. 12, 2022</span><span class=date>Feb. 10, 2022</span>"), "2022-02-10 2022-02-12");
  EXPECT_EQ(both(head + "<abbr class=published title=2022-02-10T10:00:00Z>long ago</abbr>"), "2022-02-10 ");
  EXPECT_EQ(both(head + "<span class=timestamp data-timestamp=1644500000>long ago</span>"), "2022-02-10 ");
  EXPECT_EQ(both(head + "<span data-date=2022-03-01>Countdown</span>"), " ");
  EXPECT_EQ(both(head + "<p>x</p><footer>This page was last modified on 12 February 2022, at 10:15.</footer>"), "2022-02-12 2022-02-12");
}

TEST(Metadata, DaysAgo) {
  const std::string page = "<h1>Talks fail again</h1><span class=date>6 hours ago</span>";
  const Result<HtmlTree> tree = parse_html(page, "utf-8", {});
  ArticleOptions options = test_article_options();
  EXPECT_EQ(day(read_metadata(*tree, "", options).published), "");
  options.retrieved = parse_instant("2022-02-10T03:30:00Z");
  EXPECT_EQ(day(read_metadata(*tree, "", options).published), "2022-02-09");
}

TEST(Metadata, DaysThatCannotBeAreDoubted) {
  struct Case {
    const char* page;
    const char* day;
  };
  for (const Case& c :
       {Case{"<meta property=article:published_time content=99999-01-01><meta name=date content=2022-02-10>", "2022-02-10"},
        Case{"<meta property=article:published_time content=2999-01-01><meta name=date content=2022-02-10>", "2022-02-10"},
        Case{"<meta property=article:published_time content=1970-01-01T00:00:00Z><meta name=date content=2022-02-10>", "2022-02-10"},
        Case{"<meta property=article:published_time content=1899-12-30><meta name=date content=2022-02-10>", "2022-02-10"},
        Case{"<meta property=article:published_time content=0001-01-01>", ""},
        Case{"<meta property=article:published_time content=1962-10-22>", "1962-10-22"}}) {
    const PageMetadata page = read(c.page);
    EXPECT_EQ(day(page.published), c.day) << c.page;
    EXPECT_EQ(joined(page.flags), "date-doubtful") << c.page;
  }
  EXPECT_EQ(joined(read("<meta name=pubdate content=2019-01-10>", "https://a.example/2022/02/10/x").flags), "date-doubtful");
  EXPECT_EQ(joined(read("<meta name=pubdate content=2022-02-09>", "https://a.example/2022/02/10/x").flags), "");
}

TEST(Metadata, TheOutletsOwnDayIsTaken) {
  const std::string utc = "<meta property=article:published_time content=2022-02-11T04:30:00Z>";
  EXPECT_EQ(published(utc), "2022-02-11 meta");
  EXPECT_EQ(published("<meta property=article:published_time content=2022-02-10T23:30:00-05:00>"), "2022-02-10 meta");
  EXPECT_EQ(published(utc + "<h1>Talks fail again</h1><span class=date>February 10, 2022 11:30 p.m.</span>"), "2022-02-10 meta");
  EXPECT_EQ(published(utc + "<h1>Talks fail again</h1><time datetime=2022-02-10T23:30:04-05:00>5 hours ago</time>"), "2022-02-10 meta");
  EXPECT_EQ(published(utc + "<h1>Talks fail again</h1><time datetime=2022-02-11T04:30:00Z>Feb. 10, 2022</time>"), "2022-02-10 meta");
  EXPECT_EQ(published(utc + "<h1>Talks fail again</h1><span class=date>February 11, 2022</span>"), "2022-02-11 meta");
  EXPECT_EQ(published(utc + "<h1>Talks fail again</h1><span class=date>February 12, 2022</span>"), "2022-02-11 meta")
      << "no zone is so far ahead";
}

TEST(Metadata, UpdatesAreToldFromPublication) {
  const PageMetadata page = read("<h1>Talks fail again</h1><p>Updated: Feb. 12, 2022</p><p>Published 5:30 PM ET, Thu., Feb. 10, 2022</p>");
  EXPECT_EQ(day(page.published), "2022-02-10");
  EXPECT_EQ(day(page.updated), "2022-02-12");
  const PageMetadata times =
      read("<h1>Talks fail again</h1><time class=updated datetime=2022-02-12>x</time><time class=published datetime=2022-02-10>y</time>");
  EXPECT_EQ(day(times.published), "2022-02-10");
  EXPECT_EQ(day(times.updated), "2022-02-12");
  EXPECT_EQ(day(read("<meta name=pubdate content=2022-02-10><meta name=lastmod content=2022-02-01>").updated), "")
      << "before it was published";
}

TEST(Metadata, DatesInRunningTextAreNotTheDayOfPublication) {
  const std::string paragraph =
      "<h1>Talks fail again</h1><p>The two sides met in Geneva for the first time since the treaty was signed on 8 December 1987, and "
      "they agreed on nothing but to meet again, as officials of both of them said after some nine hours of talks.</p>";
  EXPECT_EQ(published(paragraph), " ");
  EXPECT_EQ(published("<h1>Talks fail again</h1><nav>1 May 2020</nav><footer>2 May 2020</footer><aside>3 May 2020</aside>"), " ");
}

TEST(Metadata, Authors) {
  struct Case {
    const char* list;
    const char* names;
  };
  for (const Case& c : {Case{"By Jane Doe", "Jane Doe"}, Case{"by: JANE DOE and John Smith", "JANE DOE; John Smith"},
                        Case{"Jane Doe, John Smith & Mary Ó", "Jane Doe; John Smith; Mary Ó"}, Case{"Jane Doe | Daily Post", "Jane Doe"},
                        Case{"Jane Doe -", "Jane Doe"}, Case{"R. C. Baker Jr.", "R. C. Baker Jr"}, Case{"admin", ""},
                        Case{"https://www.facebook.com/post", ""}, Case{"jane@post.example", ""}, Case{"", ""}, Case{"By", ""},
                        Case{",,;|", ""}, Case{"a story about one thing and another and what else there is", ""}})
    EXPECT_EQ(joined(names_of(c.list, test_article_options().noise_rules->fields(), "Daily Post")), c.names) << c.list;
  EXPECT_EQ(joined(read("<meta name=author content='Jane Doe'><meta property=article:author content='John Smith'>").authors), "Jane Doe");
  EXPECT_EQ(joined(read("<h1>Talks fail again</h1><div class=byline>By <a rel=author href=/jane>Jane Doe</a></div>").authors), "Jane Doe");
}

TEST(Metadata, AddressesMustBeWhole) {
  EXPECT_EQ(read("<link rel=canonical href=/talks><meta property=og:url content=https://a.example/b>").url, "https://a.example/b");
  EXPECT_EQ(read("<link rel=canonical href='javascript:x()'>", "https://a.example/c").url, "https://a.example/c");
  EXPECT_EQ(read("<link rel=canonical href='https://a b/'>").url, "");
}

TEST(Metadata, WithoutRulesTheBasicsAreRead) {
  const Result<HtmlTree> tree =
      parse_html("<title>Talks fail</title><meta property=og:title content=x><link rel=canonical href=https://a.example/>", "", {});
  const PageMetadata page = read_metadata(*tree, "", ArticleOptions{});
  EXPECT_EQ(page.title, "Talks fail");
  EXPECT_EQ(page.url, "https://a.example/");
}

}  // namespace
}  // namespace casus
