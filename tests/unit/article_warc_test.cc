// Web archives: which records are articles, what they say, and how records that lie are survived.
#include <string>

#include "article/warc_record.h"
#include "support/archives.h"
#include "support/source_items.h"

namespace casus {
namespace {

using Ids = std::vector<std::string>;
using namespace std::string_view_literals;

std::string record(std::string_view type, std::string_view content_type, std::string_view block,
                   std::string_view target = "https://post.example/a", std::string_view more = "") {
  std::string out = "WARC/1.0\r\nWARC-Type: " + std::string(type) + "\r\nWARC-Date: 2022-02-10T10:00:00Z\r\n";
  if (!target.empty()) out += "WARC-Target-URI: " + std::string(target) + "\r\n";
  out +=
      std::string(more) + "Content-Type: " + std::string(content_type) + "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n";
  return out + std::string(block) + "\r\n\r\n";
}

std::string http(std::string_view body, std::string_view head = "Content-Type: text/html; charset=utf-8\r\n",
                 std::string_view status = "200 OK") {
  return "HTTP/1.1 " + std::string(status) + "\r\n" + std::string(head) + "\r\n" + std::string(body);
}

std::string response(std::string_view block, std::string_view target = "https://post.example/a") {
  return record("response", "application/http; msgtype=response", block, target);
}

const std::string kPage = "<!DOCTYPE html><html><body><p>The talks failed on Friday.</p></body></html>";
const std::string kText = "The talks failed on Friday.\n";

class Warc : public testing::Test {
 protected:
  SourceItems read(const std::string& bytes, const ArticleOptions& options = test_article_options()) {
    return read_source(folder_.write("crawl.warc", bytes), options);
  }
  /// The text of the one article of a response.
  std::string text(const std::string& block) {
    const SourceItems items = read(response(block));
    if (items.articles.size() != 1) return items.errors.empty() ? "nothing" : items.errors[0].message;
    return items.articles[0]->text();
  }
  TestFolder folder_;
};

TEST_F(Warc, Response_IsAnArticleOfItsTarget) {
  const SourceItems items = read(record("warcinfo", "application/warc-fields", "software: x\r\n", "") + response(http(kPage)));
  ASSERT_EQ(items.ids(), Ids{"crawl:2"});
  const ArticleFields& fields = items.articles[0]->fields();
  EXPECT_EQ(fields.url, "https://post.example/a");
  EXPECT_EQ(fields.origin, folder_.path("crawl.warc!https://post.example/a"));
  EXPECT_EQ(fields.form, "html");
  EXPECT_FALSE(fields.published) << "the day of the visit is not the day of publication";
  EXPECT_NE(items.articles[0]->text().find("The talks failed on Friday."), std::string::npos);
  EXPECT_EQ(items.passed_over, (PassedOver{{"warcinfo", 1}}));
}

TEST_F(Warc, DaysAgo_CountFromTheVisit) {
  const std::string page =
      "<h1>Talks fail in Geneva</h1><span class=date>12 hours ago</span>"
      "<p>The talks between the two ministers failed on Friday, and no new day was given for them, officials said in Geneva.</p>";
  ArticleOptions options = test_article_options();
  options.retrieved = parse_instant("2021-01-01");  // of pages that come without a visit
  const SourceItems items = read(response(http(page)), options);
  ASSERT_EQ(items.articles.size(), 1U);
  EXPECT_EQ(items.articles[0]->fields().published, make_day(2022, 2, 9));
}

TEST_F(Warc, OtherRecords_ArePassedOverAndCounted) {
  const SourceItems items =
      read(record("request", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n") +
           record("metadata", "application/warc-fields", "a: b") +
           record("revisit", "application/http; msgtype=response", "HTTP/1.1 200 OK\r\n\r\n") + record("continuation", "text/plain", "x") +
           response(http("moved", "Location: /b\r\n", "301 Moved")) + response(http("gone", "", "404 Not Found")) +
           response(http("gone", "", "404 Not Found")) + response(http("odd", "", "99999 Odd")) +
           response(http("\x89PNG\r\n\x1A\n", "Content-Type: image/png\r\n")) + response(http("p { }", "Content-Type: text/css\r\n")) +
           response(http("var x;", "Content-Type: application/javascript\r\n")) +
           response(http("{\"a\": 1}", "Content-Type: application/json\r\n")) +
           response(http("User-agent: *", "Content-Type: text/plain\r\n"), "https://post.example/robots.txt"));
  EXPECT_TRUE(items.articles.empty());
  EXPECT_TRUE(items.errors.empty());
  EXPECT_EQ(items.passed_over, (PassedOver{{"image", 1},
                                           {"jsonl", 1},
                                           {"metadata", 1},
                                           {"other record", 1},
                                           {"request", 1},
                                           {"revisit", 1},
                                           {"robots", 1},
                                           {"script", 1},
                                           {"status 301", 1},
                                           {"status 404", 2},
                                           {"status other", 1},
                                           {"style", 1}}));
}

TEST_F(Warc, ConversionsAndResources_AreRead) {
  const SourceItems items = read(record("conversion", "text/plain", "{ The talks failed.\n") +
                                 record("resource", "text/html", kPage, "file:///a.html") + record("resource", "text/plain", kText));
  EXPECT_EQ(items.ids(), (Ids{"crawl:1", "crawl:2", "crawl:3"}));
  EXPECT_EQ(items.articles[0]->text(), "{ The talks failed.\n");
  EXPECT_EQ(items.articles[1]->fields().form, "html");
}

TEST_F(Warc, EveryVersion_IsRead) {
  for (const std::string version : {"0.17", "0.18", "1.0", "1.1"}) {
    std::string bytes = response(http(kPage), "<https://post.example/a>");
    bytes.replace(5, 3, version);
    const SourceItems items = read(bytes);
    ASSERT_EQ(items.articles.size(), 1u) << version;
    EXPECT_EQ(items.articles[0]->fields().url, "https://post.example/a");
  }
}

TEST_F(Warc, Charset_OfTheHeadCounts) {
  EXPECT_EQ(text(http("Gespr\xE4"
                      "che scheitern.",
                      "Content-Type: text/plain; charset=\"ISO-8859-1\"\r\n")),
            "Gespräche scheitern.");
  EXPECT_NE(text(http("<p>\xCF\xE5\xF0\xE5\xE3\xEE\xE2\xEE\xF0\xFB failed again.</p>", "Content-Type: text/html; charset=windows-1251\r\n"))
                .find("Переговоры"),
            std::string::npos);
}

TEST_F(Warc, Chunks_AreJoined) {
  const std::string_view head = "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n";
  EXPECT_EQ(text(http("A\r\nThe talks \r\n7;x=y\r\nfailed.\r\n0\r\n\r\n", head)), "The talks failed.");
  EXPECT_EQ(text(http("A\r\nThe talks \r\nFFFFFFFFFFFFFFFF\r\nfailed.", head)), "The talks failed.") << "a size that lies";
  EXPECT_EQ(text(http("The talks failed.", head)), "The talks failed.") << "joined by the archive's writer";
}

TEST_F(Warc, Compressions_AreUndone) {
  const std::string head = "Content-Type: text/plain\r\nContent-Encoding: ";
  EXPECT_EQ(text(http(compressed("gzip", kText), head + "gzip\r\n")), kText);
  EXPECT_EQ(text(http(compressed("zstd", kText), head + "zstd\r\n")), kText);
  EXPECT_EQ(text(http("\x78\x9C\x4B\xC9\x2F\x01\x00\x02\x81\x01\x48"sv, head + "deflate\r\n")), "dot");
  EXPECT_EQ(text(http("\x4B\xC9\x2F\x01\x00"sv, head + "deflate\r\n")), "dot") << "bare";
  EXPECT_EQ(text(http("\x8B\x01\x80\x64\x6F\x74\x73\x03"sv, head + "br\r\n")), "dots");
  EXPECT_EQ(text(http(kText, head + "gzip\r\n")), kText) << "undone by the archive's writer, who kept the head";
  EXPECT_EQ(text(http(compressed("gzip", kText).substr(0, 20), head + "gzip\r\n")), "record 1: its compressed data is cut off");
  EXPECT_EQ(text(http(kText, head + "rot13\r\n")), kText);
}

TEST_F(Warc, ContentGoesBeforeItsDeclaredType) {
  EXPECT_EQ(read(response(http(kPage, "Content-Type: text/plain\r\n"))).articles.at(0)->fields().form, "html");
  EXPECT_EQ(read(response(http("%PDF-1.4", "Content-Type: text/html\r\n"))).passed_over, (PassedOver{{"pdf", 1}}));
  EXPECT_EQ(read(response(http(kPage, ""))).articles.size(), 1u);
}

TEST_F(Warc, CompressedByRecord_IsRead) {
  std::string bytes;
  for (int i = 0; i < 5; ++i) bytes += compressed("gzip", response(http(kPage), "https://post.example/" + std::to_string(i)));
  EXPECT_EQ(read(bytes).articles.size(), 5u);
  EXPECT_EQ(read(bytes).ids().at(4), "crawl:5");
}

TEST_F(Warc, BrokenMemberOfGzip_CostsThatRecordOnly) {
  std::string bytes;
  for (int i = 0; i < 5; ++i) {
    std::string member = compressed("gzip", response(http(kPage), "https://post.example/" + std::to_string(i)));
    if (i == 2) member.replace(30, 8, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF");
    bytes += member;
  }
  const SourceItems items = read(bytes);
  EXPECT_EQ(items.articles.size(), 4u);
  EXPECT_EQ(items.articles.back()->fields().url, "https://post.example/4");
  ASSERT_GE(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].message, "its gzip data is broken");
}

TEST_F(Warc, LengthThatIsTooSmall_CostsThatRecordOnly) {
  std::string bytes = response(http(kPage), "https://post.example/1");
  bytes.replace(bytes.find("Content-Length: ") + 16, 3, "090");
  const SourceItems items = read(bytes + response(http(kPage), "https://post.example/2"));
  ASSERT_EQ(items.articles.size(), 1u);
  EXPECT_EQ(items.articles[0]->fields().url, "https://post.example/2");
  EXPECT_EQ(items.messages(), Ids{"crawl.warc: record 1: does not end behind the 90 bytes that it gives as its length"});
}

TEST_F(Warc, LengthThatIsTooLarge_CostsThatRecordOnly) {
  for (const std::string length : {"200", "900", "99999", "63000000", "9999999999999999999", "99999999999999999999999", "-1", "x", ""}) {
    std::string bytes = response(http(kPage), "https://post.example/1");
    const size_t at = bytes.find("Content-Length: ") + 16;
    bytes.replace(at, bytes.find('\r', at) - at, length);
    for (int i = 2; i < 6; ++i) bytes += response(http(kPage), "https://post.example/" + std::to_string(i));
    const SourceItems items = read(bytes);
    EXPECT_EQ(items.articles.size(), 4u) << length;
    EXPECT_EQ(items.errors.size(), 1u) << length;
  }
}

TEST_F(Warc, RecordOverTheLimit_IsReportedAndTheRestGoesOn) {
  ArticleOptions options = test_article_options();
  options.max_record_bytes = 1000;
  const SourceItems items = read(response(http(std::string(200'000, 'x'))) + response(http(kPage)), options);
  EXPECT_EQ(items.ids(), Ids{"crawl:2"});
  EXPECT_EQ(items.messages(), Ids{"crawl.warc: record 1: is over the limit of 1000 bytes"});
}

TEST_F(Warc, BombInARecord_IsReportedAndTheRestGoesOn) {
  ArticleOptions options = test_article_options();
  options.max_record_bytes = 1'000'000;
  const std::string bomb = http(compressed("gzip", std::string(5'000'000, 'x')), "Content-Type: text/html\r\nContent-Encoding: gzip\r\n");
  const SourceItems items = read(response(bomb) + response(http(kPage)), options);
  EXPECT_EQ(items.ids(), Ids{"crawl:2"});
  EXPECT_EQ(items.messages(), Ids{"crawl.warc: record 1: expands to more than the limit of 1000000 bytes"});
}

TEST_F(Warc, SomethingElseBetweenRecords_IsSaidOnce) {
  const SourceItems items =
      read(response(http(kPage)) + "<html>WARC/ none\r\n" + std::string(100'000, 'x') + "\r\n" + response(http(kPage)));
  EXPECT_EQ(items.ids(), (Ids{"crawl:1", "crawl:2"}));
  EXPECT_EQ(items.errors.size(), 1u);
}

TEST_F(Warc, HeadsWithoutEnd_AreErrors) {
  std::string lines;
  for (int i = 0; i < 1000; ++i) lines += "X-Header: y\r\n";
  const SourceItems items = read("WARC/1.0\r\n" + lines + response(http(kPage)));
  EXPECT_EQ(items.articles.size(), 1u);
  EXPECT_EQ(items.messages(), Ids{"crawl.warc: record 1: has a head of more than 256 lines"});
  EXPECT_EQ(read("WARC/1.0\r\nWARC-Type: resp").messages(), Ids{"crawl.warc: record 1: is cut off in its head"});
  EXPECT_EQ(read("WARC/1.0\r\nX: " + std::string(200'000, 'x') + "\r\n" + response(http(kPage)).substr(10)).articles.size(), 1u);
}

TEST_F(Warc, ResponseWithoutAHead_IsAnError) {
  EXPECT_EQ(text("no head at all"), "record 1: is a response without the head of one");
  EXPECT_EQ(text(""), "record 1: is a response without the head of one");
  EXPECT_EQ(text("HTTP/1.1 200 OK"), "the article has no text");
}

TEST_F(Warc, CutOffAnywhere_IsAnErrorOrLess) {
  const std::string whole = response(http(kPage)) + response(http(kPage));
  for (size_t size = 5; size < whole.size(); size += 3) {
    const SourceItems items = read(whole.substr(0, size));
    EXPECT_LE(items.errors.size(), 1u) << size;
    EXPECT_GE(items.articles.size() + items.errors.size(), 1u) << size;
  }
}

TEST_F(Warc, RecordsThatAllLie_TakeBoundedTime) {
  std::string bytes;
  for (int i = 0; i < 20'000; ++i) bytes += "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 60000000\r\n\r\nx\r\n\r\n";
  const SourceItems items = read(bytes);
  EXPECT_TRUE(items.articles.empty());
  EXPECT_GE(items.errors.size(), 1u);
}

TEST_F(Warc, TargetsThatPlayTricks_AreShownSafely) {
  const SourceItems items = read(response(http(kPage), "https://post.example/\x1B[31m" + std::string(50'000, 'x')));
  ASSERT_EQ(items.articles.size(), 1u);
  EXPECT_LT(items.articles[0]->fields().origin.size(), 600u);
  EXPECT_EQ(items.articles[0]->fields().origin.find('\x1B'), std::string::npos);
}

TEST_F(Warc, InAnArchive_IsRead) {
  const std::string path =
      folder_.write("crawl.tar", make_archive("pax", "", {{.path = "a.warc.gz", .bytes = compressed("gzip", response(http(kPage)))}}));
  EXPECT_EQ(read_source(path).ids(), Ids{"crawl.tar!a.warc.gz:1"});
}

}  // namespace
}  // namespace casus
