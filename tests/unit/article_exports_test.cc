// Exports of press databases: what is recognised as one, where articles begin and end, and layouts that are not those of the
// database. Whole files lie in tests/forms.
#include <string>

#include "article/export/export_document.h"
#include "article/export/export_reader.h"
#include "support/article_test.h"

namespace casus {
namespace {

std::string database_of(std::string_view text) {
  const std::optional<ExportDatabase> database = recognise_export(text, *test_export_layouts());
  return database ? std::string(export_database_name(*database)) : "";
}

constexpr std::string_view kFactiva =
    "Talks fail\n120 words\n10 February 2022\nDaily Post\nDLYPST\nEnglish\n(c) 2022 Daily Post\n\nThe talks failed on Thursday.\n\n"
    "Document DLYPST0020220210ei2a00001\n";
constexpr std::string_view kLexis =
    "Talks fail\nDaily Post\nFebruary 10, 2022 Thursday\nCopyright 2022 Daily Post\nLength: 5 words\nBody\n\nThe talks failed on "
    "Thursday.\n\nLoad-Date: February 10, 2022\nEnd of Document\n";
constexpr std::string_view kProquest =
    "____________________________________________________________\n\nTalks fail\n\nFull text: The talks failed on Thursday.\n\n"
    "Title: Talks fail\n\nPublication title: Daily Post; London\n\nPublication date: Feb 10, 2022\n\nProQuest document ID: 42\n\n"
    "____________________________________________________________\n";

TEST(ExportRecognition, KnowsEachDatabase) {
  EXPECT_EQ(database_of(kFactiva), "factiva");
  EXPECT_EQ(database_of(kLexis), "lexis");
  EXPECT_EQ(database_of(kProquest), "proquest");
  EXPECT_EQ(database_of("HD\tTalks fail\nWC\t5 words\nPD\t10 February 2022\nSN\tPost\nLP\tThe talks failed.\n"), "factiva");
  EXPECT_EQ(database_of("\n1 of 9 DOCUMENTS\n\nPost\n\nMay 1, 1999\n\nTalks fail\n\nLENGTH: 5 words\n\nThe talks failed.\n"), "lexis");
}

TEST(ExportRecognition, LeavesReportsAlone) {
  EXPECT_EQ(database_of(""), "");
  EXPECT_EQ(database_of("Talks fail\n\nThe talks failed on Thursday.\n"), "");
  EXPECT_EQ(database_of("The speech had\n120 words\nand no more.\n"), "");
  EXPECT_EQ(database_of("Title: Talks fail\nPublished: 2022-02-10\n\nThe talks failed.\n"), "");
  EXPECT_EQ(database_of("Section: World\n\nThe body of the text.\n\nLocation: Geneva\n"), "");
  EXPECT_EQ(database_of("IN MOSCOW the talks failed.\nCO and methane\nRE the talks\nHD television\nTD\n"), "");
  EXPECT_EQ(database_of("____________________\nA list\n____________________\n"), "");
  EXPECT_EQ(database_of("Document 1 of 3\n\nThe first report.\n"), "");
}

class Exports : public testing::Test {
 protected:
  ReadItems read(std::string_view text, const ArticleOptions& options = test_article_options()) {
    return read_items({folder_.write("export.txt", text)}, options);
  }
  TestFolder folder_;
};

TEST_F(Exports, ManyArticles_ComeOneAfterAnother) {
  for (const std::string_view one : {kFactiva, kLexis, kProquest}) {
    std::string many;
    for (int i = 0; i < 500; ++i) many += one;
    const ReadItems items = read(many);
    EXPECT_EQ(items.articles.size(), 500u);
    EXPECT_TRUE(items.errors.empty());
    for (const ArticlePtr& article : items.articles) {
      EXPECT_EQ(article->fields().title, "Talks fail");
      EXPECT_EQ(article->fields().outlet, "Daily Post");
      EXPECT_EQ(article->fields().published, parse_day("2022-02-10"));
      EXPECT_EQ(dump_blocks(*article), "paragraph: The talks failed on Thursday.\n");
    }
  }
}

TEST_F(Exports, CutOffAnywhere_GiveArticlesOrErrors) {
  const std::string text = std::string(kFactiva) + std::string(kFactiva);
  for (size_t size = 100; size <= text.size(); size += 7) {
    const ReadItems items = read(text.substr(0, size));
    EXPECT_GE(items.articles.size() + items.errors.size(), 1u) << size;
    EXPECT_LE(items.articles.size(), 2u);
  }
}

TEST_F(Exports, WithoutEnd_ASecondHeadlineBeginsAnArticle) {
  const std::string one = "HD\tTalks fail\nWC\t5 words\nPD\t10 February 2022\nSN\tDaily Post\nLP\tThe talks failed.\n";
  EXPECT_EQ(read(one + one).articles.size(), 2u);
}

TEST_F(Exports, UnknownLayout_IsReadAsPlainTextWithAWarning) {
  const ReadItems items =
      read(std::string(kFactiva) + "A report that stands here without any head.\n\nIt goes on.\n\nDocument DLYPST0020220210ei2a00002\n");
  ASSERT_EQ(items.articles.size(), 2u);
  ASSERT_EQ(items.articles[1]->warnings().size(), 1u);
  EXPECT_EQ(items.articles[1]->warnings()[0].message, "is not laid out as factiva does it; read as plain text");
  EXPECT_EQ(items.articles[1]->fields().id, "export:12");
}

TEST_F(Exports, UnreadableDay_IsAWarningWithItsLine) {
  std::string text(kProquest);
  text.replace(text.find("Feb 10, 2022"), 12, "Spring 2022!");
  const ReadItems items = read(text);
  ASSERT_EQ(items.articles.size(), 1u);
  EXPECT_FALSE(items.articles[0]->fields().published);
  ASSERT_EQ(items.articles[0]->warnings().size(), 1u);
  EXPECT_EQ(items.articles[0]->warnings()[0].line, 11u);
}

TEST_F(Exports, ArticleOverTheLimit_IsAnErrorAndTheRestGoesOn) {
  ArticleOptions options = test_article_options();
  options.max_article_bytes = 1000;
  std::string text(kLexis);
  text.insert(text.find("The talks"), std::string(20, 'x') + std::string(400, '\n') + std::string(700, 'y') + "\n");
  const ReadItems items = read(text + std::string(kLexis), options);
  EXPECT_EQ(items.articles.size(), 1u);
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].code, ErrorCode::kTooLarge);
  EXPECT_EQ(items.errors[0].line, 1u);
}

TEST_F(Exports, Windows1252AndUtf16_AreDecoded) {
  std::string text(kLexis);
  text.replace(text.find("Thursday."), 9, "Thursday \x93in Z\xFCrich\x94.");
  const ReadItems items = read(text);
  ASSERT_EQ(items.articles.size(), 1u);
  EXPECT_EQ(dump_blocks(*items.articles[0]), "paragraph: The talks failed on Thursday “in Zürich”.\n");
  EXPECT_EQ(items.articles[0]->warnings().size(), 1u);
  std::string utf16 = "\xFF\xFE";
  for (const char c : kLexis) utf16 += {c, '\0'};
  EXPECT_EQ(read(utf16).articles.at(0)->fields().form, "lexis");
}

TEST_F(Exports, PageAboutADatabase_IsAPage) {
  const std::string page =
      "<html><head><title>Factiva changes hands</title></head><body><p>Dow Jones said on Wednesday that it would buy the other half of "
      "Factiva.</p></body></html>";
  EXPECT_EQ(read_items({folder_.write("page.html", page)}).articles.at(0)->fields().form, "html");
}

TEST_F(Exports, AsIs_IsOneText) {
  ArticleOptions options = test_article_options();
  options.as_is = true;
  EXPECT_EQ(read(kLexis, options).articles.at(0)->text(), kLexis);
}

TEST(ExportAuthors, AreNamesAlone) {
  const auto authors = [](std::string_view byline) { return split_authors(byline, test_export_layouts()->words()); };
  using Names = std::vector<std::string>;
  EXPECT_EQ(authors("By Jane Doe"), Names{"Jane Doe"});
  EXPECT_EQ(authors("By Jane Doe and Richard Roe"), (Names{"Jane Doe", "Richard Roe"}));
  EXPECT_EQ(authors("Jane Doe, Richard Roe and John Poe"), (Names{"Jane Doe", "Richard Roe", "John Poe"}));
  EXPECT_EQ(authors("Jane Doe, Foreign Correspondent"), Names{"Jane Doe"});
  EXPECT_EQ(authors("Jane Doe in Geneva"), Names{"Jane Doe"});
  EXPECT_EQ(authors("Doe, Jane; Roe, Richard"), (Names{"Jane Doe", "Richard Roe"}));
  EXPECT_EQ(authors("Doe, Jane"), Names{"Jane Doe"});
  EXPECT_EQ(authors("Jane Doe; Richard Roe"), (Names{"Jane Doe", "Richard Roe"}));
  EXPECT_EQ(authors(""), Names{});
  EXPECT_EQ(authors(";,;"), Names{});
}

class ExportLayoutFile : public testing::Test {
 protected:
  std::string load(std::string_view rows) {
    folder_.write("words.tsv", "month\tMay\t5\n");
    folder_.write("exports.tsv", rows);
    const auto layouts = ExportLayouts::load(folder_.path());
    if (layouts.ok()) return "fine";
    return layouts.error().message;
  }
  TestFolder folder_;
};

TEST_F(ExportLayoutFile, WrongRows_AreNamed) {
  EXPECT_EQ(load("lexis\thead\tLength:\tlength\n"), "fine");
  EXPECT_EQ(load("lexis\thead\n"), "a row has a database, a kind, a wording and, for labels and tags, a field");
  EXPECT_EQ(load("nexis\thead\tLength:\tlength\n"), "unknown database: nexis");
  EXPECT_EQ(load("lexis\theading\tLength:\n"), "unknown kind: heading");
  EXPECT_EQ(load("lexis\thead\tLength:\n"), "a label or tag needs its field in the fourth column");
  EXPECT_EQ(load("lexis\thead\tLength:\twords\n"), "a label or tag needs its field in the fourth column");
  EXPECT_EQ(load("lexis\tend\tEnd\ttext\n"), "only labels and tags have a field");
  EXPECT_EQ(load("lexis\tend\t{foo}\n"), "unknown gap: {foo}");
  EXPECT_EQ(load("lexis\tpage\t<b>\ttext\n"), "only labels and tags have a field");
}

}  // namespace
}  // namespace casus
