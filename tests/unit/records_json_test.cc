// JSON documents: where the records lie, shapes of services, broken ones, bounds.
#include <string>
#include <vector>

#include "article/json_reader.h"
#include "support/article_test.h"

namespace casus {
namespace {

ReadItems read(std::string bytes, const ArticleOptions& options = test_article_options()) {
  JsonReader reader(LineReader::of_bytes(std::move(bytes), "data/news.json"), options);
  return read_all(reader);
}

std::vector<std::string> texts(const ReadItems& items) {
  std::vector<std::string> out;
  for (const ArticlePtr& article : items.articles) out.push_back(article->text());
  return out;
}

std::vector<std::string> faults(const ReadItems& items) {
  std::vector<std::string> out;
  for (const Error& error : items.errors) out.push_back(error.to_string());
  return out;
}

using Texts = std::vector<std::string>;
const Texts kTwo = {"One.", "Two."};

TEST(Json, OneObjectOverSeveralLines) {
  const ReadItems items = read("{\n  \"title\": \"Talks fail\",\n  \"text\": \"One.\"\n}\n");
  EXPECT_EQ(texts(items), Texts{"One."});
  EXPECT_EQ(items.articles.at(0)->fields().title, "Talks fail");
  EXPECT_EQ(items.articles.at(0)->fields().form, "json");
  EXPECT_EQ(items.articles.at(0)->fields().id, "news:1");
  EXPECT_EQ(items.articles.at(0)->fields().origin_line, 1u);
}

TEST(Json, ArraysAndSeveralObjects) {
  for (const std::string_view text :
       {R"([{"text":"One."},{"text":"Two."}])", "[\n{\"text\":\"One.\"},\n{\"text\":\"Two.\"}\n]",
        "{\"text\":\"One.\"}\n{\n\"text\":\"Two.\"}", R"({"text":"One."}{"text":"Two."})",
        "\xEF\xBB\xBF [ {\"text\":\"One.\"} , {\"text\":\"Two.\"} ] \n", "{\"text\":\"One.\"},\n{\"text\":\"Two.\"},\n"}) {
    const ReadItems items = read(std::string(text));
    EXPECT_EQ(texts(items), kTwo) << text;
    EXPECT_EQ(faults(items), Texts{}) << text;
  }
}

TEST(Json, WrappedLists) {
  for (const std::string_view text :
       {R"({"status":"ok","articles":[{"text":"One."},{"text":"Two."}]})",
        R"({"response":{"docs":[{"text":"One."},{"text":"Two."}],"meta":{}}})", R"({"data":[{"text":"One."},{"text":"Two."}],"next":null})",
        R"({"hits":{"total":{"value":2},"hits":[{"_source":{"text":"One."}},{"_source":{"text":"Two."}}]}})",
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"text":"One."}},{"properties":{"text":"Two."}}]})",
        R"({"data":{"articles":[{"text":"One."},{"text":"Two."}]},"x":[1,{"y":"}"}]})",
        R"({"articles":{"results":[{"text":"One."},{"text":"Two."}]}})",
        R"([{"text":"One.","results":[{"text":"not this"}]},{"text":"Two."}])"}) {
    const ReadItems items = read(std::string(text));
    EXPECT_EQ(texts(items), kTwo) << text;
    EXPECT_EQ(faults(items), Texts{}) << text;
  }
}

TEST(Json, RecordsWithListsOfTheirOwn_AreNoWrappers) {
  EXPECT_EQ(texts(read(R"({"text":"One.","items":[{"text":"not this"}]})")), Texts{"One."});
  EXPECT_EQ(texts(read(R"({"title":"x","data":{"text":"One."}})")), Texts{"One."});
  EXPECT_EQ(texts(read(R"({"items":[1,2],"text":"One."})")), Texts{"One."});
  EXPECT_EQ(texts(read(R"({"authors":[{"name":"Jane"}],"text":"One."})")), Texts{"One."});
}

TEST(Json, ShapesOfServices) {
  const ReadItems search = read(
      R"({"status":"OK","response":{"docs":[{"web_url":"https://post.example/1","snippet":"Short.","lead_paragraph":"The talks failed.","source":"The Post","headline":{"main":"Talks fail","kicker":null},"pub_date":"2022-02-10T10:00:00+0000","byline":{"original":"By Jane Doe","person":[]},"_id":"p1"}]}})");
  ASSERT_EQ(search.articles.size(), 1u);
  const ArticleFields& found = search.articles[0]->fields();
  EXPECT_EQ(found.title, "Talks fail");
  EXPECT_EQ(found.outlet, "The Post");
  EXPECT_EQ(found.published, parse_day("2022-02-10"));
  EXPECT_EQ(found.authors, Texts{"Jane Doe"});
  EXPECT_EQ(found.id, "p1");
  EXPECT_EQ(search.articles[0]->text(), "The talks failed.");

  const ReadItems content = read(
      R"({"response":{"status":"ok","results":[{"id":"world/1","webPublicationDate":"2022-02-10T10:00:00Z","webTitle":"Talks fail","webUrl":"https://post.example/1","fields":{"headline":"Talks fail","trailText":"Short.","byline":"Jane Doe","body":"<p>One.</p>","bodyText":"One.","publication":"The Post"}}]}})");
  ASSERT_EQ(content.articles.size(), 1u);
  EXPECT_EQ(content.articles[0]->text(), "One.");
  EXPECT_EQ(content.articles[0]->fields().outlet, "The Post");
  EXPECT_EQ(content.articles[0]->fields().id, "world/1");
  EXPECT_EQ(content.articles[0]->fields().url, "https://post.example/1");

  const ReadItems everything = read(
      R"({"status":"ok","totalResults":1,"articles":[{"source":{"id":null,"name":"The Post"},"author":"Jane Doe, John Roe","title":"Talks fail","description":"Short.","url":"https://post.example/1","publishedAt":"2022-02-10T10:00:00Z","content":"One."}]})");
  ASSERT_EQ(everything.articles.size(), 1u);
  EXPECT_EQ(everything.articles[0]->fields().outlet, "The Post");
  EXPECT_EQ(everything.articles[0]->fields().authors, (Texts{"Jane Doe", "John Roe"}));

  const ReadItems linked = read(
      R"({"@context":"https://schema.org","@type":"NewsArticle","headline":"Talks fail","articleBody":"One.","datePublished":"2022-02-10","dateModified":"2022-02-11","author":[{"@type":"Person","name":"Jane Doe"},{"name":"John Roe"}],"publisher":{"name":"The Post"},"mainEntityOfPage":{"@id":"https://post.example/1"}})");
  ASSERT_EQ(linked.articles.size(), 1u);
  EXPECT_EQ(linked.articles[0]->fields().authors, (Texts{"Jane Doe", "John Roe"}));
  EXPECT_EQ(linked.articles[0]->fields().outlet, "The Post");
  EXPECT_EQ(linked.articles[0]->fields().url, "https://post.example/1");
  EXPECT_EQ(linked.articles[0]->fields().updated, parse_day("2022-02-11"));

  const ReadItems pieces = read(
      R"({"id":"w1","article_url":"/1","title":"Talks fail","published_date":1644451200000,"contents":[{"type":"sanitized_html","content":"<b>One.</b>"},{"content":"Two."},{"type":"image"}]})");
  ASSERT_EQ(pieces.articles.size(), 1u);
  EXPECT_EQ(pieces.articles[0]->fields().published, parse_day("2022-02-10"));
  EXPECT_NE(pieces.articles[0]->text().find("Two."), std::string::npos);

  const ReadItems posts = read(
      R"([{"id":7,"date":"2022-02-10T10:00:00","link":"https://post.example/1","title":{"rendered":"Talks&#8217; end"},"content":{"rendered":"<p>One.</p>"},"excerpt":{"rendered":"<p>Short.</p>"}}])");
  ASSERT_EQ(posts.articles.size(), 1u);
  EXPECT_EQ(posts.articles[0]->fields().title, "Talks’ end");
  EXPECT_EQ(posts.articles[0]->fields().id, "7");
}

TEST(Json, FeedsInJson) {
  const ReadItems items = read(
      R"({"version":"https://jsonfeed.org/version/1.1","title":"The \"Post\"","description":"All news","items":[{"id":"1","url":"https://post.example/1","title":"Talks","content_html":"<p>One.</p>","date_published":"2022-02-10T10:00:00Z"},{"id":"2","content_text":"Two."}]})");
  ASSERT_EQ(items.articles.size(), 2u);
  EXPECT_EQ(items.articles[0]->fields().outlet, "The \"Post\"");
  EXPECT_EQ(items.articles[1]->text(), "Two.");
  EXPECT_EQ(read(R"({"title":"Results","items":[{"text":"One."}]})").articles.at(0)->fields().outlet, "");
}

TEST(Json, Choices_AreLookedForEverywhere) {
  ArticleOptions options = test_article_options();
  options.column_choices = {{.field = RecordField::kText, .name = "payload.words"}};
  EXPECT_EQ(texts(read(R"([{"text":"no","payload":{"words":"One."}}])", options)), Texts{"One."});
  EXPECT_EQ(faults(read(R"([{"text":"no"}])", options)),
            Texts{"data/news.json:1: has no text; its fields are: text (name the one with the text: --columns text=NAME)"});
}

TEST(Json, BrokenRecords_AreErrorsWithTheirLine_AndTheRestGoesOn) {
  const auto check = [](std::string_view text, size_t line) {
    const ReadItems items = read(std::string(text));
    EXPECT_EQ(texts(items), kTwo) << text;
    ASSERT_EQ(items.errors.size(), 1u) << text;
    EXPECT_EQ(items.errors[0].line, line) << items.errors[0].to_string();
    EXPECT_EQ(items.errors[0].code, ErrorCode::kBadRecord);
  };
  check("[{\"text\":\"One.\"},\n{\"text\":nonsense},\n{\"text\":\"Two.\"}]", 2);
  check("[{\"text\":\"One.\"},\n{\"text\":\"no end},\n{\"text\":\"Two.\"}]", 2);
  check(R"([{"text":"One."},{"text":"no end},{"text":"Two."}])", 1);
  check("[{\"text\":\"One.\"},\n{\"text\":\"never closed\",\n{\"text\":\"Two.\"}]", 2);
  check("[{\"text\":\"One.\"},\n{\"text\":[1,2},\n{\"text\":\"Two.\"}]", 2);
  check("[{\"text\":\"One.\"},\n17,\n{\"text\":\"Two.\"}]", 2);
  check("[{\"text\":\"One.\"},\n\"words\",\n{\"text\":\"Two.\"}]", 2);
  check("[{\"text\":\"One.\"},\n[1,2,{}],\n{\"text\":\"Two.\"}]", 2);
  check("[{\"text\":\"One.\"}},\n{\"text\":\"Two.\"}]", 1);
  check("{\"text\":\"One.\"}\nnonsense, \"and more\n{\"text\":\"Two.\"}", 2);
  check("{\"text\":\"One.\"}\n{\"text\":\"cut\n{\"text\":\"Two.\"}", 2);
  check("{\"text\":\"One.\"}\n{\"title\":\"no text\"}\n{\"text\":\"Two.\"}", 2);
}

TEST(Json, CutOffFiles_SaySo) {
  const ReadItems in_record = read("[{\"text\":\"One.\"},\n{\"text\":\"Two.\"},\n{\"text\":\"Thr");
  EXPECT_EQ(texts(in_record), kTwo);
  EXPECT_EQ(faults(in_record), (Texts{"data/news.json:3: is not JSON: a string has no end; the file seems to be cut off",
                                      "data/news.json:3: the list of records is not closed; the file seems to be cut off"}));
  const ReadItems between = read("{\"articles\":[{\"text\":\"One.\"},\n{\"text\":\"Two.\"},\n");
  EXPECT_EQ(texts(between), kTwo);
  EXPECT_EQ(between.errors.size(), 1u);
}

TEST(Json, CutOffAnywhere_IsAnArticleOrAnError) {
  const std::string text = "{\"data\":{\"items\":[{\"text\":\"Gespr\\u00e4che {\\\"\",\"x\":[{}]},\n{\"text\":\"Two.\"}]},\"n\":[1,\"]\"]}";
  for (size_t size = 1; size <= text.size(); ++size) {
    const ReadItems items = read(text.substr(0, size));
    EXPECT_LE(items.errors.size(), 2u);
    EXPECT_GE(items.articles.size() + items.errors.size(), 1u);
  }
}

TEST(Json, Bounds) {
  ArticleOptions options = test_article_options();
  options.max_line_bytes = 100;
  const ReadItems items = read("[{\"text\":\"One.\"},\n{\"text\":\"" + std::string(500'000, 'x') +
                                   "\"},\n{\"x\":" + std::string(5000, '[') + "},{\"text\":\"Two.\"}]",
                               options);
  ASSERT_GE(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].to_string(), "data/news.json:2: the record is over the limit of 100 bytes");
  EXPECT_EQ(items.errors[0].code, ErrorCode::kTooLarge);
  const ReadItems deep =
      read("[{\"text\":\"One.\"},\n{\"x\":" + std::string(5000, '[') + std::string(5000, ']') + "},{\"text\":\"Two.\"}]");
  EXPECT_EQ(texts(deep), kTwo);
  EXPECT_EQ(faults(deep), Texts{"data/news.json:2: is not JSON: it is nested too deep"});
}

TEST(Json, NothingInIt) {
  for (const std::string_view text : {"", " \n", "[]", "[ ]\n", "{\"articles\":[]}x"})
    EXPECT_TRUE(read(std::string(text)).articles.empty());
  EXPECT_TRUE(read("[]").errors.empty());
  EXPECT_EQ(faults(read("{\"articles\":[]}")).size(), 1u);
}

TEST(Json, ManyBrokenQuotes_TakeNoLongerThanTheirBytes) {
  std::string text = "[";
  for (int i = 0; i < 200'000; ++i) text += "{\"text\":\"no end},";
  EXPECT_GE(read(text + "]").errors.size(), 100'000u);
}

TEST(Json, JsonLinesAreTold) {
  for (const std::string_view text : {"{\"text\":\"a\"}\n", "{\"text\":\"a\"}", "\n {\"a\":{\"b\":\"}\"}}\n{", "{\"a\":\"\\\"\"}"})
    EXPECT_TRUE(is_json_lines(text)) << text;
  for (const std::string_view text : {"", "{\n", "[{\"text\":\"a\"}]", "{\"articles\":[{\"text\":", "text", "{\"a\":\"}\n"})
    EXPECT_FALSE(is_json_lines(text)) << text;
}

}  // namespace
}  // namespace casus
