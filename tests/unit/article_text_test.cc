// Text files: header lines, encodings, repair.
#include <string>

#include "support/article_test.h"

namespace casus {
namespace {

class TextFiles : public testing::Test {
 protected:
  ReadItems read(std::string_view bytes, const ArticleOptions& options = test_article_options()) {
    return read_items({folder_.write("report.txt", bytes)}, options);
  }
  ArticlePtr article(std::string_view bytes, const ArticleOptions& options = test_article_options()) {
    ReadItems items = read(bytes, options);
    EXPECT_EQ(items.articles.size(), 1u);
    return items.articles.empty() ? make_article({}, "") : items.articles[0];
  }
  Error error(std::string_view bytes, const ArticleOptions& options = test_article_options()) {
    ReadItems items = read(bytes, options);
    EXPECT_EQ(items.errors.size(), 1u);
    return items.errors.empty() ? Error{} : items.errors[0];
  }
  TestFolder folder_;
};

std::string utf16(std::u16string_view text, bool big_endian, bool mark = true) {
  std::string bytes = !mark ? "" : big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
    bytes += big_endian ? high : low;
    bytes += big_endian ? low : high;
  }
  return bytes;
}

TEST_F(TextFiles, TextIsUnchanged) {
  const std::string text = "The talks failed.\r\n\r\n  They go on. \r\n";
  const ArticlePtr read = article(text);
  EXPECT_EQ(read->text(), text);
  EXPECT_EQ(read->fields().id, "report");
  EXPECT_EQ(read->fields().origin, folder_.path("report.txt"));
  EXPECT_EQ(read->fields().origin_line, 0u);
  EXPECT_EQ(dump_blocks(*read), "paragraph: The talks failed.\nparagraph: They go on.\n");
}

TEST_F(TextFiles, HeaderLines_AreCutOffIntoFields) {
  const ArticlePtr read =
      article("Title: Talks fail\nPUBLISHED: 2022-02-10\nOutlet:  Daily Post \nurl: https://post.example/1\n\nThe talks failed.\n");
  EXPECT_EQ(read->text(), "The talks failed.\n");
  EXPECT_EQ(read->fields().title, "Talks fail");
  EXPECT_EQ(read->fields().outlet, "Daily Post");
  EXPECT_EQ(read->fields().url, "https://post.example/1");
  EXPECT_EQ(read->fields().published, parse_day("2022-02-10"));
}

TEST_F(TextFiles, HeaderLines_WithCarriageReturns) {
  const ArticlePtr read = article("Title: Talks fail\r\n\r\nThe talks failed.\r\n");
  EXPECT_EQ(read->fields().title, "Talks fail");
  EXPECT_EQ(read->text(), "The talks failed.\r\n");
}

TEST_F(TextFiles, HeaderLines_OnlyAtTheTop) {
  EXPECT_EQ(article("\nTitle: Talks fail\n\nThe talks failed.\n")->text(), "\nTitle: Talks fail\n\nThe talks failed.\n");
  EXPECT_EQ(article("The talks failed.\nOutlet: Post\n\nThey go on.\n")->fields().outlet, "");
}

TEST_F(TextFiles, HeaderLines_NeedABlankLineBehindThem) {
  const ArticlePtr read = article("Title: Talks fail\nThe talks failed.\n\nThey go on.\n");
  EXPECT_EQ(read->text(), "Title: Talks fail\nThe talks failed.\n\nThey go on.\n");
}

TEST_F(TextFiles, OtherNames_AreNoHeaderLines) {
  EXPECT_EQ(article("Author: Jane\n\nThe talks failed.\n")->text(), "Author: Jane\n\nThe talks failed.\n");
}

TEST_F(TextFiles, UnreadableDay_IsAWarningWithItsLine) {
  const ArticlePtr read = article("Title: Talks fail\nPublished: 2022-13-01\n\nThe talks failed.\n");
  EXPECT_FALSE(read->fields().published);
  ASSERT_EQ(read->warnings().size(), 1u);
  EXPECT_EQ(read->warnings()[0].line, 2u);
  EXPECT_NE(read->warnings()[0].message.find("\"2022-13-01\""), std::string::npos);
}

TEST_F(TextFiles, Options_FillWhatIsUnsaid) {
  ArticleOptions options = test_article_options();
  options.outlet = "Post";
  options.published = parse_day("2022-02-10");
  EXPECT_EQ(article("The talks failed.", options)->fields().outlet, "Post");
  EXPECT_EQ(article("The talks failed.", options)->fields().published, parse_day("2022-02-10"));
  EXPECT_EQ(article("Outlet: Wire\n\nThe talks failed.", options)->fields().outlet, "Wire");
}

TEST_F(TextFiles, Utf8Mark_IsNoText) {
  const ArticlePtr read = article("\xEF\xBB\xBFTitle: Talks fail\n\nThe talks failed.");
  EXPECT_EQ(read->fields().title, "Talks fail");
  EXPECT_EQ(read->text(), "The talks failed.");
}

TEST_F(TextFiles, Utf16_IsDecoded) {
  const std::u16string_view text = u"Title: Gespräche\n\nПерешли мост. \U0001F600";
  ArticleOptions any_language = test_article_options();
  any_language.any_language = true;
  for (const bool big_endian : {false, true}) {
    const ArticlePtr read = article(utf16(text, big_endian), any_language);
    EXPECT_EQ(read->fields().title, "Gespräche");
    EXPECT_EQ(read->text(), "Перешли мост. \U0001F600");
    EXPECT_TRUE(read->warnings().empty());
  }
}

TEST_F(TextFiles, BrokenUtf16_IsRepaired) {
  const ArticlePtr read =
      article(utf16(u"a\n" + std::u16string(1, char16_t{0xD800}) + u"b" + std::u16string(1, char16_t{0xDC00}), false) + "x");
  EXPECT_EQ(read->text(), "a\n\uFFFDb\uFFFD\uFFFD");
  ASSERT_EQ(read->warnings().size(), 1u);
  EXPECT_EQ(read->warnings()[0].message, "3 broken byte sequences were replaced by U+FFFD");
  EXPECT_EQ(read->warnings()[0].line, 2u);
}

TEST_F(TextFiles, BrokenUtf8_IsRepairedAndCounted) {
  const ArticlePtr read = article("The talks\nfailed \xE4\xF6 in M\xFCnchen.");
  EXPECT_EQ(read->text(), "The talks\nfailed \uFFFD\uFFFD in M\uFFFDnchen.");
  ASSERT_EQ(read->warnings().size(), 1u);
  EXPECT_EQ(read->warnings()[0].message, "3 broken byte sequences were replaced by U+FFFD");
  EXPECT_EQ(read->warnings()[0].line, 2u);
}

TEST_F(TextFiles, ReplacementCharacterInTheInput_IsNoRepair) { EXPECT_TRUE(article("The talks \uFFFD failed.")->warnings().empty()); }

TEST_F(TextFiles, NulBytes_AreReplacedAndCounted) {
  const ArticlePtr read = article(std::string_view("The talks\n\nfai\0led.", 19));
  EXPECT_EQ(read->text(), "The talks\n\nfai\uFFFDled.");
  ASSERT_EQ(read->warnings().size(), 1u);
  EXPECT_EQ(read->warnings()[0].message, "1 NUL byte was replaced by U+FFFD");
  EXPECT_EQ(read->warnings()[0].line, 3u);
}

TEST_F(TextFiles, Utf16WithoutAMark_IsRefused) {
  const Error refused = error(utf16(u"The talks failed on Friday night.", false, false));
  EXPECT_EQ(refused.code, ErrorCode::kBadEncoding);
  EXPECT_EQ(refused.message, "looks like UTF-16 without a byte order mark");
  EXPECT_EQ(refused.file, folder_.path("report.txt"));
}

TEST_F(TextFiles, Utf32_IsRefused) { EXPECT_EQ(error(std::string_view("\xFF\xFE\0\0A\0\0\0", 8)).message, "is UTF-32"); }

TEST_F(TextFiles, ManyNuls_AreRefused) { EXPECT_EQ(error(std::string(5000, '\0')).code, ErrorCode::kBadEncoding); }

TEST_F(TextFiles, EmptyFile_IsEmpty) {
  for (const std::string_view bytes : {"", " \n\n", "\xEF\xBB\xBF", "Title: Talks fail\n", "Title: Talks fail\n\n \n"}) {
    const Error empty = error(bytes);
    EXPECT_EQ(empty.code, ErrorCode::kEmpty);
    EXPECT_EQ(empty.to_string(), folder_.path("report.txt") + ": the article has no text");
  }
}

TEST_F(TextFiles, OverTheLimit_IsTooLarge) {
  ArticleOptions options = test_article_options();
  options.max_article_bytes = 100;
  EXPECT_EQ(article(std::string(100, 'a'), options)->text().size(), 100u);
  EXPECT_EQ(error(std::string(101, 'a'), options).code, ErrorCode::kTooLarge);
  EXPECT_EQ(error(std::string(200'000, 'a'), options).code, ErrorCode::kTooLarge);
  EXPECT_EQ(error(std::string(50, '\xFF'), options).code, ErrorCode::kTooLarge) << "each broken byte becomes three";
}

TEST_F(TextFiles, OtherForms_AreNamed) {
  EXPECT_EQ(error("%PDF-1.4 ...").message, "is a PDF, a form that is not read");
  EXPECT_EQ(error("PK\x03\x04zip").code, ErrorCode::kUnreadable);
}

}  // namespace
}  // namespace casus
