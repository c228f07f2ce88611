// JSON Lines: fields, repair, broken lines with their place.
#include <string>

#include "article/jsonl_reader.h"
#include "support/article_test.h"

namespace casus {
namespace {

ReadItems read(std::string bytes, const ArticleOptions& options = test_article_options()) {
  ReadItems items;
  JsonlReader reader(LineReader::of_bytes(std::move(bytes), "corpus.jsonl"), options);
  while (std::optional<Result<ArticlePtr>> item = reader.next()) {
    if (item->ok()) {
      items.articles.push_back(**item);
    } else {
      items.errors.push_back(item->error());
    }
  }
  return items;
}

ArticlePtr article(std::string line) {
  ReadItems items = read(std::move(line));
  EXPECT_EQ(items.articles.size(), 1u) << (items.errors.empty() ? "" : items.errors[0].to_string());
  return items.articles.empty() ? make_article({}, "") : items.articles[0];
}

std::string fault(std::string line) {
  ReadItems items = read("\n" + std::move(line) + "\n");
  EXPECT_EQ(items.errors.size(), 1u);
  return items.errors.empty() ? "" : items.errors[0].to_string();
}

TEST(Jsonl, FieldsOfARecord) {
  const ArticlePtr read = article(
      R"({"id":"a1","title":"Talks fail","published":"2022-02-10","outlet":"Post","url":"https://post.example/1","text":"The talks failed.","mood":[1,{}]})");
  EXPECT_EQ(read->fields().id, "a1");
  EXPECT_EQ(read->fields().title, "Talks fail");
  EXPECT_EQ(read->fields().outlet, "Post");
  EXPECT_EQ(read->fields().url, "https://post.example/1");
  EXPECT_EQ(read->fields().published, parse_day("2022-02-10"));
  EXPECT_EQ(read->text(), "The talks failed.");
  EXPECT_EQ(read->fields().origin, "corpus.jsonl");
  EXPECT_EQ(read->fields().origin_line, 1u);
  EXPECT_TRUE(read->warnings().empty());
}

TEST(Jsonl, OtherNamesOfFields) {
  const ArticlePtr read = article(R"({"doc":17,"date":"10 February 2022","source":"Post","body":"The talks failed."})");
  EXPECT_EQ(read->fields().id, "17");
  EXPECT_EQ(read->fields().outlet, "Post");
  EXPECT_EQ(read->fields().published, parse_day("2022-02-10"));
}

TEST(Jsonl, FirstNameCounts_AndNullIsNotThere) {
  EXPECT_EQ(article(R"({"id":"a","doc":"b","text":"One.","body":"Two."})")->fields().id, "a");
  EXPECT_EQ(article(R"({"id":null,"doc":"b","text":null,"body":"Two."})")->text(), "Two.");
}

TEST(Jsonl, TextIsTheDecodedString) {
  EXPECT_EQ(article(R"({"text":"Caf\u00e9\r\n\"No\" \ud83d\ude00"})")->text(), "Café\r\n\"No\" \U0001F600");
}

TEST(Jsonl, HeaderLinesInText_AreText) {
  EXPECT_EQ(article(R"({"text":"Title: x\n\nThe talks failed."})")->text(), "Title: x\n\nThe talks failed.");
}

TEST(Jsonl, RecordsWithoutAnId_AreNamedByTheirLine) {
  const ReadItems items = read("{\"text\":\"One.\"}\n\n{\"text\":\"Two.\"}\n");
  EXPECT_EQ(items.ids(), (std::vector<std::string>{"corpus:1", "corpus:3"}));
}

TEST(Jsonl, DuplicateIds_AreAllowed) {
  EXPECT_EQ(read("{\"id\":\"a\",\"text\":\"One.\"}\n{\"id\":\"a\",\"text\":\"Two.\"}\n").articles.size(), 2u);
}

TEST(Jsonl, MarkAndCarriageReturns_AreFine) {
  EXPECT_EQ(read("\xEF\xBB\xBF{\"text\":\"One.\"}\r\n{\"text\":\"Two.\"}\r\n").articles.size(), 2u);
}

TEST(Jsonl, BrokenLines_AreErrorsAndTheRestGoesOn) {
  const ReadItems items = read("{\"text\":\"One.\"}\nnonsense\n{\"text\":\"Two.\"}\n{\"text\":\n{\"text\":\"Three.\"}\n");
  EXPECT_EQ(items.articles.size(), 3u);
  ASSERT_EQ(items.errors.size(), 2u);
  EXPECT_EQ(items.errors[0].code, ErrorCode::kBadRecord);
  EXPECT_EQ(items.errors[0].file, "corpus.jsonl");
  EXPECT_EQ(items.errors[0].line, 2u);
  EXPECT_EQ(items.errors[1].line, 4u);
}

TEST(Jsonl, WrongRecords_SayWhatIsWrong) {
  EXPECT_EQ(fault("[]"), "corpus.jsonl:2: is not a JSON object");
  EXPECT_EQ(fault("{}"), "corpus.jsonl:2: has no fields");
  EXPECT_EQ(fault(R"({"text":5})"), "corpus.jsonl:2: its text is not a string");
  EXPECT_EQ(fault(R"({"text":" \n "})"), "corpus.jsonl:2: the article has no text");
  EXPECT_EQ(fault(R"({"text":"a"}{"text":"b"})"),
            "corpus.jsonl:2: is not JSON: a comma, colon, bracket or quotation mark is missing or one too many");
  EXPECT_EQ(fault(R"({"text":"a\x"})"), "corpus.jsonl:2: is not JSON: a string has a broken escape");
  EXPECT_EQ(fault("{\"text\":\"a\tb\"}"), "corpus.jsonl:2: is not JSON: a string has an unescaped control character");
}

TEST(Jsonl, CutOffLastLine_SaysSo) {
  const ReadItems items = read("{\"text\":\"One.\"}\n{\"text\":\"Tw");
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].to_string(), "corpus.jsonl:2: is not JSON: a string has no end; the file seems to be cut off");
}

TEST(Jsonl, DeepNesting_IsAnError) { EXPECT_NE(fault(std::string(100'000, '[')).find("corpus.jsonl:2: is not JSON"), std::string::npos); }

TEST(Jsonl, WrappedRecords_AreReadOneByOne) {
  const ReadItems items =
      read("{\"text\":\"One.\"}\n{\"status\":\"ok\",\"articles\":[{\"text\":\"Two.\"},{\"title\":\"x\"},{\"text\":\"Three.\"}]}\n");
  EXPECT_EQ(items.ids(), (std::vector<std::string>{"corpus:1", "corpus:2.1", "corpus:2.3"}));
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].line, 2u);
}

TEST(Jsonl, WhatIsKnownOfTheFile_HoldsForRecordsThatDoNotSay) {
  ArticleFields known{.id = "batch", .outlet = "Post", .form = "jsonl"};
  known.published = parse_day("2022-02-10");
  JsonlReader reader(
      LineReader::of_bytes("{\"text\":\"One.\"}\n{\"text\":\"Two.\",\"outlet\":\"Mail\",\"date\":\"2022-02-11\"}\n", "a.jsonl"),
      test_article_options(), known);
  const ReadItems items = read_all(reader);
  ASSERT_EQ(items.articles.size(), 2u);
  EXPECT_EQ(items.articles[0]->fields().id, "batch:1");
  EXPECT_EQ(items.articles[0]->fields().outlet, "Post");
  EXPECT_EQ(items.articles[0]->fields().published, parse_day("2022-02-10"));
  EXPECT_EQ(items.articles[1]->fields().outlet, "Mail");
  EXPECT_EQ(items.articles[1]->fields().published, parse_day("2022-02-11"));
}

TEST(Jsonl, BrokenUtf8_IsRepairedWithAWarning) {
  const ArticlePtr read = article("{\"text\":\"M\xFCnchen.\"}");
  EXPECT_EQ(read->text(), "M\uFFFDnchen.");
  ASSERT_EQ(read->warnings().size(), 1u);
  EXPECT_EQ(read->warnings()[0].message, "1 broken character was replaced by U+FFFD");
  EXPECT_EQ(read->warnings()[0].line, 1u);
}

TEST(Jsonl, LoneSurrogates_AreRepairedWithAWarning) {
  const ArticlePtr read = article(R"({"text":"a\ud83d b\\ud83d c\ude00 d\ud83d\ude00 e\ud83d"})");
  EXPECT_EQ(read->text(), "a\uFFFD b\\ud83d c\uFFFD d\U0001F600 e\uFFFD");
  ASSERT_EQ(read->warnings().size(), 1u);
  EXPECT_EQ(read->warnings()[0].message, "3 broken characters were replaced by U+FFFD");
}

TEST(Jsonl, NulInText_IsReplacedWithAWarning) {
  const ArticlePtr read = article(R"({"text":"a\u0000b"})");
  EXPECT_EQ(read->text(), "a\uFFFDb");
  EXPECT_EQ(read->warnings().size(), 1u);
}

TEST(Jsonl, FieldsOfAnotherKind_ArePassedOverWithAWarning) {
  const ArticlePtr read = article(R"({"id":1.5,"outlet":["x",{}],"title":true,"published":20220210,"text":"One."})");
  EXPECT_EQ(read->fields().id, "corpus:1");
  EXPECT_EQ(read->fields().outlet, "x");
  EXPECT_EQ(read->fields().published, parse_day("2022-02-10"));
  ASSERT_EQ(read->warnings().size(), 2u);
  EXPECT_EQ(read->warnings()[0].message, "\"id\" is not a string; passed over");
  EXPECT_EQ(read->warnings()[1].message, "\"title\" is not a string; passed over");
}

TEST(Jsonl, UnreadableDay_IsAWarning) {
  const ArticlePtr read = article(R"({"date":"2022-13-01","text":"One."})");
  EXPECT_FALSE(read->fields().published);
  ASSERT_EQ(read->warnings().size(), 1u);
  EXPECT_NE(read->warnings()[0].message.find("2022-13-01"), std::string::npos);
}

TEST(Jsonl, Limits_AreErrorsAndTheRestGoesOn) {
  ArticleOptions options = test_article_options();
  options.max_article_bytes = 10;
  options.max_line_bytes = 100;
  const ReadItems items =
      read("{\"text\":\"" + std::string(11, 'a') + "\"}\n{\"text\":\"" + std::string(100, 'a') + "\"}\n{\"text\":\"One.\"}\n", options);
  EXPECT_EQ(items.articles.size(), 1u);
  ASSERT_EQ(items.errors.size(), 2u);
  EXPECT_EQ(items.errors[0].to_string(), "corpus.jsonl:1: the text is over the limit of 10 bytes");
  EXPECT_EQ(items.errors[0].code, ErrorCode::kTooLarge);
  EXPECT_EQ(items.errors[1].to_string(), "corpus.jsonl:2: the line is over the limit of 100 bytes");
  EXPECT_EQ(items.errors[1].code, ErrorCode::kTooLarge);
}

TEST(Jsonl, EmptyStream_HasNothing) {
  EXPECT_TRUE(read("").articles.empty());
  EXPECT_TRUE(read("\n\n").errors.empty());
}

}  // namespace
}  // namespace casus
