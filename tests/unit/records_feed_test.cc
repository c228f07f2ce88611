// Feeds: RSS of all versions, Atom, their modules, broken XML, hostile XML.
#include <string>
#include <vector>

#include "article/feed_reader.h"
#include "support/article_test.h"

namespace casus {
namespace {

ReadItems read(std::string bytes, const ArticleOptions& options = test_article_options()) {
  FeedReader reader(LineReader::of_bytes(std::move(bytes), "data/feed.xml"), options);
  return read_all(reader);
}

using Texts = std::vector<std::string>;

std::string rss(std::string_view items) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
         "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>The Post &amp; Mail</title><language>en-gb</language>\n" +
         std::string(items) + "</channel></rss>\n";
}

const Texts kTwo = {"One.", "Two."};

TEST(Feed, ItemsOfRss2) {
  const ReadItems items = read(
      rss("<item><title>Talks &amp;amp; more: &lt;i&gt;fail&lt;/i&gt;</title><link>https://post.example/1</link><guid "
          "isPermaLink=\"false\">g-1</guid><pubDate>Thu, 10 Feb 2022 10:00:00 GMT</pubDate><dc:creator><![CDATA[Jane Doe]]></dc:creator>"
          "<dc:creator>John Roe</dc:creator><description>Short.</description><content:encoded><![CDATA[<p>One.</p><p>Two &amp; "
          "three.</p>]]></content:encoded></item>\n"));
  ASSERT_EQ(items.articles.size(), 1u) << items.faults().size();
  const Article& article = *items.articles[0];
  EXPECT_EQ(article.fields().title, "Talks & more: fail");
  EXPECT_EQ(article.fields().url, "https://post.example/1");
  EXPECT_EQ(article.fields().id, "g-1");
  EXPECT_EQ(article.fields().published, parse_day("2022-02-10"));
  EXPECT_EQ(article.fields().published_from, "field");
  EXPECT_EQ(article.fields().authors, (Texts{"Jane Doe", "John Roe"}));
  EXPECT_EQ(article.fields().outlet, "The Post & Mail");
  EXPECT_EQ(article.fields().form, "rss");
  EXPECT_EQ(article.fields().origin_line, 3u);
  EXPECT_TRUE(article.fields().flags.empty());
  EXPECT_EQ(article.blocks().size(), 2u);
  EXPECT_NE(article.text().find("Two & three."), std::string::npos);
}

TEST(Feed, DescriptionAlone_IsASummary) {
  const ReadItems items =
      read(rss("<item><guid>https://post.example/1</guid><author>jane@post.example (Jane Doe)</author>"
               "<description>The talks failed on Friday.</description></item>"));
  ASSERT_EQ(items.articles.size(), 1u);
  EXPECT_EQ(items.articles[0]->fields().flags, Texts{"summary"});
  EXPECT_EQ(items.articles[0]->fields().url, "https://post.example/1");
  EXPECT_EQ(items.articles[0]->fields().authors, Texts{"Jane Doe"});
}

TEST(Feed, Rss1AndOldVersions) {
  const ReadItems rdf = read(
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" "
      "xmlns:d=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:c=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Post</title></channel>"
      "<item rdf:about=\"https://post.example/1\"><title>a</title><d:date>2022-02-10T10:00:00Z</d:date><c:encoded>One.</c:encoded></item>"
      "<item rdf:about=\"https://post.example/2\"><title>b</title><c:encoded>Two.</c:encoded></item></rdf:RDF>");
  EXPECT_EQ(rdf.texts(), kTwo);
  EXPECT_EQ(rdf.articles.at(0)->fields().url, "https://post.example/1");
  EXPECT_EQ(rdf.articles[0]->fields().published, parse_day("2022-02-10"));
  EXPECT_EQ(rdf.articles[0]->fields().outlet, "Post");
  EXPECT_EQ(
      read("<rss version=\"0.91\"><channel><item><title>a</title><description>One.</description></item></channel></rss>").articles.size(),
      1u);
}

TEST(Feed, Atom) {
  const ReadItems items = read(
      "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>The Post</title><entry><title type=\"html\">Talks "
      "&amp;lt;b&amp;gt; "
      "fail</title><link rel=\"self\" href=\"https://x.example\"/><link href=\"https://post.example/1\"/><id>tag:post.example,1</id>"
      "<published>2022-02-10T10:00:00Z</published><updated>2022-02-11T10:00:00Z</updated><author><name>Jane Doe</name><email>j@x</email>"
      "</author><author><name>John Roe</name></author><summary>Short.</summary><content type=\"xhtml\"><div "
      "xmlns=\"http://www.w3.org/1999/xhtml\"><p>One <b>and</b> a half.</p><p>Two.</p></div></content></entry>"
      "<entry><title>b</title><updated>2022-02-12T10:00:00Z</updated><content "
      "type=\"html\">&lt;p&gt;Three.&lt;/p&gt;</content></entry></feed>");
  ASSERT_EQ(items.articles.size(), 2u);
  const ArticleFields& fields = items.articles[0]->fields();
  EXPECT_EQ(fields.form, "atom");
  EXPECT_EQ(fields.url, "https://post.example/1");
  EXPECT_EQ(fields.published, parse_day("2022-02-10"));
  EXPECT_EQ(fields.updated, parse_day("2022-02-11"));
  EXPECT_EQ(fields.authors, (Texts{"Jane Doe", "John Roe"}));
  EXPECT_EQ(fields.outlet, "The Post");
  EXPECT_EQ(fields.language, "en");
  EXPECT_EQ(items.articles[0]->blocks().size(), 2u);
  EXPECT_NE(items.articles[0]->text().find("One and a half."), std::string::npos);
  EXPECT_EQ(items.articles[1]->fields().published, parse_day("2022-02-12"));
  EXPECT_EQ(items.articles[1]->fields().id, "feed:2");
  EXPECT_FALSE(items.articles[1]->fields().updated);
}

TEST(Feed, SourceOfAnItem_IsItsOutlet) {
  EXPECT_EQ(read(rss("<item><source url=\"https://x.example\">Daily Mail</source><description>One.</description></item>"))
                .articles.at(0)
                ->fields()
                .outlet,
            "Daily Mail");
}

TEST(Feed, BrokenItems_AreErrorsWithTheirLine_AndTheRestGoesOn) {
  const ReadItems items =
      read(rss("<item><description>One.</description></item>\n<item><title>a</b></title><description>x</description></item>\n"
               "<item><description>Two.</description></item>\n"));
  EXPECT_EQ(items.texts(), kTwo);
  ASSERT_EQ(items.errors.size(), 1u) << items.faults().at(1);
  EXPECT_EQ(items.errors[0].line, 4u);
  EXPECT_NE(items.errors[0].message.find("is broken XML"), std::string::npos);
}

TEST(Feed, CutOffFeeds_AreReadAsFarAsTheyGo) {
  const std::string whole = rss("<item><description>One.</description></item>\n<item><description>Two.</description></item>\n");
  const ReadItems items = read(whole.substr(0, whole.find("Two.") + 2));
  EXPECT_EQ(items.texts(), Texts{"One."});
  EXPECT_EQ(items.errors.size(), 1u);
  for (size_t size = 0; size <= whole.size(); ++size) {
    const ReadItems part = read(whole.substr(0, size));
    EXPECT_LE(part.errors.size(), 2u) << size;
    EXPECT_GE(part.articles.size() + part.errors.size(), 1u) << size;
  }
  EXPECT_EQ(read(whole.substr(0, whole.find("</channel>"))).texts(), kTwo);
}

TEST(Feed, SloppyXml_IsRead) {
  EXPECT_EQ(read(rss("<item><title>A & B</title><description>R&D, Q&nbsp;A.</description></item>")).texts().size(), 1u);
  EXPECT_EQ(read("\n\n" + rss("<item><description>One.</description></item>")).texts(), Texts{"One."});
}

TEST(Feed, Encodings) {
  const ReadItems items = read(
      "<?xml version='1.0' "
      "encoding='windows-1252'?><rss><channel><item><description>M\xFCnchen\x92s.</description></item></channel></rss>");
  EXPECT_EQ(items.texts(), Texts{"München’s."});
}

TEST(Feed, OtherXml_IsAnError) {
  EXPECT_EQ(read("<svg><item><description>One.</description></item></svg>").faults(), Texts{"data/feed.xml:1: is XML and no feed"});
  EXPECT_EQ(read("").errors.size(), 1u);
  EXPECT_EQ(read("text").errors.size(), 1u);
  EXPECT_EQ(read(rss("<item><title>a</title></item>")).faults().size(), 1u);
  EXPECT_TRUE(read(rss("")).errors.empty());
}

TEST(Feed, EntitiesOfDoctypes_AreNeverExpanded) {
  std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\">";
  for (char c = 'b'; c <= 'z'; ++c) {
    const std::string name(1, c), before(1, static_cast<char>(c - 1));
    bomb += "<!ENTITY " + name + " \"";
    for (int i = 0; i < 10; ++i) bomb += "&" + before + ";";
    bomb += "\">";
  }
  bomb += "<!ENTITY file SYSTEM \"file:///etc/passwd\">]>\n";
  const ReadItems items =
      read(bomb + "<rss><channel><item><title>t</title><description>One &z; &file; two.</description></item></channel></rss>");
  ASSERT_EQ(items.articles.size(), 1u);
  EXPECT_LT(items.articles[0]->text().size(), 100u);
  EXPECT_EQ(items.articles[0]->text().find("root:"), std::string::npos);
}

TEST(Feed, DeepAndLargeFeeds) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<b>";
  const ReadItems items = read(rss("<item><description>" + deep + "</description></item><item><description>Two.</description></item>"));
  EXPECT_EQ(items.texts(), Texts{"Two."});
  ArticleOptions options = test_article_options();
  options.max_feed_bytes = 1000;
  EXPECT_EQ(read(rss(std::string(2000, ' ')), options).errors.at(0).code, ErrorCode::kTooLarge);
  std::string broken;
  for (int i = 0; i < 3000; ++i) broken += "<item><title>a</b></title></item>\n";
  const ReadItems many = read(rss(broken));
  EXPECT_EQ(many.errors.size(), 102u);
  EXPECT_EQ(many.errors.back().message, "is broken in more than 100 places; the rest is not read");
}

}  // namespace
}  // namespace casus
