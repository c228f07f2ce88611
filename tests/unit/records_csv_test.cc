// Tables: separators, quotation marks, encodings, names of columns, broken rows.
#include <string>
#include <vector>

#include "article/csv_reader.h"
#include "support/article_test.h"

namespace casus {
namespace {

ReadItems read(std::string bytes, const ArticleOptions& options = test_article_options()) {
  CsvReader reader(LineReader::of_bytes(std::move(bytes), "data/news.csv"), options);
  return read_all(reader);
}

using Texts = std::vector<std::string>;

const Texts kTwo = {"One.", "Two."};

TEST(Csv, FieldsOfARow) {
  const ReadItems items = read(
      "url,date,Title,text,section\nhttps://post.example/1,2022-02-10,\"Talks fail, again\",\"The \"\"talks\"\" failed.\n\nThen, "
      "nothing.\",World\n");
  ASSERT_EQ(items.articles.size(), 1u);
  const Article& article = *items.articles[0];
  EXPECT_EQ(article.text(), "The \"talks\" failed.\n\nThen, nothing.");
  EXPECT_EQ(article.fields().title, "Talks fail, again");
  EXPECT_EQ(article.fields().url, "https://post.example/1");
  EXPECT_EQ(article.fields().published, parse_day("2022-02-10"));
  EXPECT_EQ(article.fields().published_from, "field");
  EXPECT_EQ(article.fields().form, "csv");
  EXPECT_EQ(article.fields().id, "news:1");
  EXPECT_EQ(article.fields().origin_line, 2u);
  EXPECT_TRUE(article.warnings().empty());
}

TEST(Csv, SeparatorsAndLineEnds) {
  for (const std::string_view text :
       {"title,text\na,One.\nb,Two.\n", "title;text\na;One.\nb;Two.", "title\ttext\r\na\tOne.\r\nb\tTwo.\r\n",
        "title|text\na|One.\nb|Two.\n", "\xEF\xBB\xBFtext,title\nOne.,a\n\nTwo.,b\n\n", "title,text\ra,One.\rb,Two.\r",
        "sep=;\ntitle;text\na;One.\nb;Two.\n", "\"title\";\"text\"\r\n\"a\";\"One.\"\r\n\"b\";\"Two.\"", "\n\ntitle,text\na,One.\nb,Two.",
        "text\nOne.\nTwo.\n", "title,lead,date,text\n\"a;b;c;d;e\",x,,One.\nb,y,,Two.\n"}) {
    const ReadItems items = read(std::string(text));
    EXPECT_EQ(items.texts(), kTwo) << text;
    EXPECT_EQ(items.faults(), Texts{}) << text;
  }
}

TEST(Csv, QuotationMarksBetweenTabs_AreText) {
  EXPECT_EQ(read("title\ttext\n\"Talks\" fail\t\"No,\" he said.\n\"open\t5\" of rain\n").texts(),
            (Texts{"\"No,\" he said.", "5\" of rain"}));
  EXPECT_EQ(read("title\ttext\na\t\"One\ttwo\nthree \"\"four\"\".\"\n").texts(), (Texts{"One\ttwo\nthree \"four\"."}));
}

TEST(Csv, Encodings) {
  EXPECT_EQ(read("text,id\nM\xC3\xBCnchen.,1\n").texts(), Texts{"München."});
  const ReadItems western = read("text,id\nM\xFCnchen\x92s talks.,1\nOne.,2\n");
  EXPECT_EQ(western.texts(), (Texts{"München’s talks.", "One."}));
  ASSERT_EQ(western.articles.at(0)->warnings().size(), 1u);
  EXPECT_EQ(western.articles[0]->warnings()[0].message, "is no UTF-8 and was read as windows-1252");
  EXPECT_EQ(read(std::string("text,id\nA\0b.,1\n", 15)).texts(), Texts{"A\uFFFDb."});
}

TEST(Csv, WithoutAColumnOfText_SaysWhatThereIs) {
  const ReadItems items = read("when,headline,wording\n2022,a,One.\n");
  EXPECT_TRUE(items.articles.empty());
  EXPECT_EQ(items.faults(), Texts{"data/news.csv:1: no column is known as the text; the first row has: when, headline, wording (name it: "
                                  "--columns text=NAME,title=NAME,published=NAME)"});
  ArticleOptions options = test_article_options();
  options.column_choices = {{.field = RecordField::kText, .name = "Wording"}};
  EXPECT_EQ(read("when,headline,wording\n2022,a,One.\n", options).texts(), Texts{"One."});
  EXPECT_EQ(read("text,id\nOne.,1\n", options).errors.size(), 1u);
}

TEST(Csv, WrongRows_AreErrorsWithTheirLine_AndTheRestGoesOn) {
  const auto check = [](std::string_view rows, size_t line) {
    const ReadItems items = read("id,text,url\n1,One.,\n" + std::string(rows) + "2,Two.,\n");
    EXPECT_EQ(items.texts(), kTwo) << rows;
    ASSERT_EQ(items.errors.size(), 1u) << rows;
    EXPECT_EQ(items.errors[0].line, line) << items.errors[0].to_string();
  };
  check("9,a,b,c\n", 3);
  check("9, ,\n", 3);
  check("\n9,\"no end,\n", 4);
  check("9,\"a \"sloppy\" one\n\nover lines\", more, and more\n", 3);
}

TEST(Csv, SloppyQuotationMarks_AreReadWithAWarning) {
  const ReadItems items = read("id,text\n1,\"He said \"no\" to it.\"\n2,Two.\n");
  EXPECT_EQ(items.texts(), (Texts{"He said \"no\" to it.", "Two."}));
  ASSERT_EQ(items.articles.at(0)->warnings().size(), 1u);
  EXPECT_EQ(items.articles[0]->warnings()[0].message, "quotation marks inside a field are not doubled");
}

TEST(Csv, BehindABrokenRow_LinesOfItsTextAreNoRows) {
  const ReadItems items =
      read("id,date,text\n1,2022-02-10,One.\n2,2022-02-10,\"broken\nA line, with commas, in it\nanother one\n3,2022-02-11,\"Two.\"\n");
  EXPECT_EQ(items.texts(), kTwo);
  EXPECT_EQ(items.faults(), Texts{"data/news.csv:3: a quoted field has no end: a quotation mark is missing or one too many"});
}

TEST(Csv, RowsBehindAnOpenQuote_AreNoPartOfItsField) {
  const ReadItems items = read("id,text,url\n1,One.,\n9,\"no end,\n8,\"Two.\",\n");
  EXPECT_EQ(items.texts(), kTwo);
  EXPECT_EQ(items.errors.size(), 1u);
}

TEST(Csv, ShortRows_AreReadWithAWarning) {
  const ReadItems items = read("text,id,url\nOne.\nTwo.,b\n");
  EXPECT_EQ(items.texts(), kTwo);
  EXPECT_EQ(items.articles.at(0)->warnings().size(), 1u);
  EXPECT_TRUE(read("text,id\nOne.,a,,\n").articles.at(0)->warnings().empty());
}

TEST(Csv, Bounds) {
  ArticleOptions options = test_article_options();
  options.max_line_bytes = 100;
  const ReadItems items =
      read("id,text\n1,One.\n2," + std::string(1000, 'x') + "\n3,\"" + std::string(1000, 'x') + "\"\n4,Two.\n", options);
  EXPECT_EQ(items.texts(), kTwo);
  ASSERT_GE(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].to_string(), "data/news.csv:3: the row is over the limit of 100 bytes");
  EXPECT_EQ(items.errors[0].code, ErrorCode::kTooLarge);
}

TEST(Csv, ManyOpenQuotes_TakeNoLongerThanTheirBytes) {
  std::string text = "id,text\n";
  for (int i = 0; i < 100'000; ++i) text += "1,\"x\n\n";
  EXPECT_GE(read(text).errors.size(), 1u);
  std::string tabs = "id\ttext\n";
  for (int i = 0; i < 100'000; ++i) tabs += "1\t\"x\n";
  EXPECT_EQ(read(tabs).articles.size(), 100'000u);
}

TEST(Csv, CutOffAnywhere_IsAnArticleOrAnError) {
  const std::string text =
      "id,text,url\r\n1,\"Gespr\xC3\xA4"
      "che \"\"x\"\"\r\n\",a\r\n2,Two.,\"b\"\r\n";
  for (size_t size = 0; size <= text.size(); ++size) {
    const ReadItems items = read(text.substr(0, size));
    EXPECT_LE(items.errors.size(), 2u);
  }
}

TEST(Csv, TablesAreTold) {
  const RecordColumns& columns = *test_columns();
  EXPECT_EQ(find_separator("a;b;c,d\n", columns), ';');
  EXPECT_EQ(find_separator("title\tbody, with; signs\n", columns), '\t');
  EXPECT_EQ(find_separator("word", columns), ',');
  EXPECT_TRUE(is_table_of_articles("url,date,title,text\n", columns));
  EXPECT_TRUE(is_table_of_articles("\"Headline\";\"Body\"\n", columns));
  EXPECT_FALSE(is_table_of_articles("text\nOne.\n", columns));
  EXPECT_FALSE(is_table_of_articles("Moscow, Feb 2 (Reuters) - The talks, text and title failed.\n", columns));
  EXPECT_FALSE(is_table_of_articles("", columns));
}

}  // namespace
}  // namespace casus
