// What names of columns mean, days of records, authors, texts with markup.
#include <string>
#include <vector>

#include "article/json_reader.h"
#include "article/record_article.h"
#include "article/record_day.h"
#include "article/record_text.h"
#include "support/article_test.h"

namespace casus {
namespace {

std::optional<RecordField> field_of(std::string_view name, const RecordColumns& columns = *test_columns()) {
  const std::optional<RecordColumns::Meaning> meaning = columns.meaning(flat_column_name(name));
  return meaning ? std::optional(meaning->field) : std::nullopt;
}

TEST(RecordColumns, KnowsUsualNames_HoweverTheyAreWritten) {
  for (const std::string_view name :
       {"text", "Text", "BODY", "full_text", "Full Text", "full-text", "fullText", "articleBody", "maintext", "content"})
    EXPECT_EQ(field_of(name), RecordField::kText) << name;
  for (const std::string_view name : {"pub_date", "pubDate", "datePublished", "publish_date", "seendate", "Date", "webPublicationDate"})
    EXPECT_EQ(field_of(name), RecordField::kPublished) << name;
  for (const std::string_view name : {"outlet", "source.name", "publisher", "newspaper", "Source_Name", "publication"})
    EXPECT_EQ(field_of(name), RecordField::kOutlet) << name;
  EXPECT_EQ(field_of("byline"), RecordField::kAuthors);
  EXPECT_EQ(field_of("permalink"), RecordField::kUrl);
  EXPECT_EQ(field_of("docid"), RecordField::kId);
  EXPECT_EQ(field_of("headline"), RecordField::kTitle);
  EXPECT_EQ(field_of("date_modify"), RecordField::kUpdated);
}

TEST(RecordColumns, OtherNames_MeanNothing) {
  for (const std::string_view name : {"", "texts2", "wordcount", "contexts", "image_url", "_", "untitled", "date_download"})
    EXPECT_EQ(field_of(name), std::nullopt) << name;
}

TEST(RecordColumns, WithoutTheTable_KnowsTheFieldsAlone) {
  const RecordColumns columns;
  EXPECT_EQ(field_of("Text", columns), RecordField::kText);
  EXPECT_EQ(field_of("body", columns), std::nullopt);
}

TEST(RecordColumns, Choices_GoInPlaceOfTheUsualNames) {
  const auto choices = parse_column_choices("text=Story Text, title=Caption,text=alt.body");
  ASSERT_TRUE(choices.ok());
  const RecordColumns columns = test_columns()->with(*choices);
  EXPECT_EQ(field_of("story_text", columns), RecordField::kText);
  EXPECT_EQ(field_of("alt body", columns), RecordField::kText);
  EXPECT_TRUE(columns.leads_on("alt"));
  EXPECT_EQ(field_of("caption", columns), RecordField::kTitle);
  EXPECT_EQ(field_of("text", columns), std::nullopt);
  EXPECT_EQ(field_of("date", columns), RecordField::kPublished);
}

TEST(RecordColumns, AChosenNameLosesItsUsualMeaning) {
  const RecordColumns columns = test_columns()->with({{.field = RecordField::kText, .name = "title"}});
  EXPECT_EQ(field_of("title", columns), RecordField::kText);
  EXPECT_EQ(field_of("headline", columns), RecordField::kTitle);
}

TEST(RecordColumns, WrongChoices_SayWhatIsWrong) {
  const auto wrong = [](std::string_view text) {
    const auto choices = parse_column_choices(text);
    return choices.ok() ? "" : choices.error().message;
  };
  EXPECT_EQ(wrong("text"), "\"text\" is not FIELD=COLUMN");
  EXPECT_EQ(wrong(""), "\"\" is not FIELD=COLUMN");
  EXPECT_EQ(wrong("text=a,,title=b"), "\"\" is not FIELD=COLUMN");
  EXPECT_EQ(wrong("text="), "no column is named for \"text\"");
  EXPECT_EQ(wrong("txt=Body"),
            "unknown field: txt (there are: text, summary, title, published, updated, outlet, url, id, authors, language)");
  EXPECT_EQ(wrong("text=Body,title=body"), "the column \"body\" is given two meanings");
  EXPECT_EQ(wrong("TEXT = Body"), "");
}

TEST(RecordColumns, WrongTables_AreErrorsWithTheirLine) {
  const TestFolder folder;
  const auto wrong = [&](std::string_view table) {
    const auto columns = RecordColumns::load(folder.write("columns.tsv", table));
    return columns.ok() ? "" : columns.error().to_string().substr(columns.error().to_string().find("columns.tsv"));
  };
  EXPECT_EQ(wrong("# nothing\n\ntext\tbody\n"), "");
  EXPECT_EQ(wrong("text\tbody\ntitle\tBody\n"), "columns.tsv:2: the name Body has two meanings");
  EXPECT_EQ(wrong("words\tbody\n"), "columns.tsv:1: unknown kind of name: words");
  EXPECT_EQ(wrong("text\n"), "columns.tsv:1: a row has a kind, a name and, for languages, a code");
  EXPECT_EQ(wrong("text\t\n"), "columns.tsv:1: a row has a kind and a name");
  EXPECT_EQ(wrong("text\t--\n"), "columns.tsv:1: a name has a letter or figure");
  EXPECT_EQ(wrong("code\tEnglish\n"), "columns.tsv:1: a code, and only a code, has a third column");
  EXPECT_EQ(wrong("text\tbody\ten\n"), "columns.tsv:1: a code, and only a code, has a third column");
}

std::string day(std::string_view text) {
  const std::optional<Day> read = read_record_day(text, &test_noise_rules()->words());
  return read ? format_day(*read) : "";
}

TEST(RecordDay, ReadsWhatExportsHave) {
  for (const std::string_view text : {"2022-02-10",
                                      "2022-02-10T23:10:00Z",
                                      "2022-02-10 10:00:00+02:00",
                                      "20220210",
                                      "20220210101500",
                                      "20220210T101500Z",
                                      "2022/02/10",
                                      "2022/2/10 10:15",
                                      "2022.02.10",
                                      "10.02.2022",
                                      "1644451200",
                                      "1644451200000",
                                      "1644451200.25",
                                      "1644451200000000",
                                      "Thu, 10 Feb 2022 10:00:00 GMT",
                                      "Thu, 10 Feb 2022 10:00:00 +0100",
                                      "Feb 10, 2022",
                                      "February 10th, 2022",
                                      "10 February 2022",
                                      "10-Feb-2022",
                                      "Thu Feb 10 10:00:00 +0000 2022",
                                      "Feb 10, 2022 10:00 AM",
                                      "Thursday, February 10, 2022"})
    EXPECT_EQ(day(text), "2022-02-10") << text;
  EXPECT_EQ(day("25/02/2022"), "2022-02-25");
  EXPECT_EQ(day("2/25/2022"), "2022-02-25");
  EXPECT_EQ(day("02/02/2022"), "2022-02-02");
}

TEST(RecordDay, NothingElse) {
  for (const std::string_view text :
       {"", "2022", "02/03/2022", "2022-13-01", "2022/02/30", "99999-01-01", "20221340", "12345678901", "99999999999999999999", "yesterday",
        "25/25/2022", "a/b/2022", "2022-02", "-1644451200", "0", "1e9", "10.02.22", "//", "2022//10"})
    EXPECT_EQ(day(text), "") << text;
  EXPECT_EQ(day(std::string(5000, '1')), "");
}

using Names = std::vector<std::string>;
Names authors(std::string_view text) { return split_authors(text, &test_noise_rules()->words()); }

TEST(RecordAuthors, AreSplit) {
  EXPECT_EQ(authors("By Jane Doe and John Roe"), (Names{"Jane Doe", "John Roe"}));
  EXPECT_EQ(authors("Jane Doe; John Roe, Max Moe & Ann Loe"), (Names{"Jane Doe", "John Roe", "Max Moe", "Ann Loe"}));
  EXPECT_EQ(authors("['Jane Doe', \"John O'Roe\"]"), (Names{"Jane Doe", "John O'Roe"}));
  EXPECT_EQ(authors("BY JANE DOE"), (Names{"JANE DOE"}));
}

TEST(RecordAuthors, NothingIsNobody) {
  for (const std::string_view text : {"", "By ", "[]", "['']", " , ; ", "and"}) EXPECT_EQ(authors(text), Names{}) << text;
  EXPECT_EQ(authors(std::string(500, 'x')), Names{});
}

TEST(RecordText, MarkupIsFound) {
  const auto markup = [](std::string_view text) { return find_markup(text, *test_columns()); };
  EXPECT_EQ(markup("<p>One.</p>"), TextMarkup::kFragment);
  EXPECT_EQ(markup("One.<br/>Two."), TextMarkup::kFragment);
  EXPECT_EQ(markup("One <a href=\"x\">two</a>"), TextMarkup::kFragment);
  EXPECT_EQ(markup("\n <!DOCTYPE html><html>"), TextMarkup::kPage);
  EXPECT_EQ(markup("<html><body>x"), TextMarkup::kPage);
  EXPECT_EQ(markup("Q&amp;A"), TextMarkup::kEntities);
  EXPECT_EQ(markup("It&#8217;s"), TextMarkup::kEntities);
}

TEST(RecordText, PlainTextIsNone) {
  for (const std::string_view text : {"", "One.", "a < b and c > d", "<unk> said <s>", "AT&T; said", "R&D", "x & y;", "<p", "&;", "& ;",
                                      "&#;", "<jane@post.example>", "1 <2> 3"})
    EXPECT_EQ(find_markup(text, *test_columns()), TextMarkup::kNone) << text;
}

TEST(RecordText, EntitiesAlone_LeaveLinesAsTheyAre) {
  EXPECT_EQ(without_markup("Q&amp;A\n\n  It&#39;s  <unk>\n", TextMarkup::kEntities), "Q&A\n\n  It's  <unk>\n");
  EXPECT_EQ(plain_line("  Q&amp;A\n on <b>peace</b> ", *test_columns()), "Q&A on peace");
}

TEST(RecordText, TeaserEnds) {
  const auto end = [](std::string_view text) { return find_teaser_end(text, *test_columns()); };
  EXPECT_EQ(end("Talks failed… [+1234 chars]"), std::string_view("Talks failed… ").size());
  EXPECT_EQ(end("Talks failed [...]\n"), 13u);
  EXPECT_EQ(end("Talks failed... "), 12u);
  EXPECT_EQ(end("Talks failed. Read More"), 14u);
  for (const std::string_view text : {"", "Talks failed.", "[+ chars]", "[+12 chars] more", "  "})
    EXPECT_EQ(end(text), std::string_view::npos) << text;
}

/// A record read as JSON, which has all kinds of values.
ArticlePtr article(std::string json, ArticleOptions options = test_article_options()) {
  JsonReader reader(LineReader::of_bytes(std::move(json), "one.json"), options);
  const ReadItems items = read_all(reader);
  EXPECT_EQ(items.articles.size(), 1u) << (items.errors.empty() ? "" : items.errors[0].to_string());
  return items.articles.empty() ? make_article({}, "") : items.articles[0];
}

TEST(RecordArticle, PreferredNamesCount_WhateverTheOrder) {
  const ArticlePtr read = article(R"({"content":"Three.","body":"Two.","text":"One.","date":"2022-02-11","published":"2022-02-10"})");
  EXPECT_EQ(read->text(), "One.");
  EXPECT_EQ(read->fields().published, parse_day("2022-02-10"));
  EXPECT_EQ(read->fields().published_from, "field");
  EXPECT_EQ(article(R"({"text":" ","body":null,"content":"Three."})")->text(), "Three.");
}

TEST(RecordArticle, SummaryAloneIsFlagged) {
  const ArticlePtr teaser = article(R"({"title":"Talks","description":"The talks failed on Friday."})");
  EXPECT_EQ(teaser->text(), "The talks failed on Friday.");
  EXPECT_EQ(teaser->fields().flags, (std::vector<std::string>{"summary"}));
  std::string words;
  while (words.size() < 1000) words += "The talks failed on Friday. ";
  EXPECT_TRUE(article("{\"summary\":\"" + words + "\"}")->fields().flags.empty());
  EXPECT_TRUE(article(R"({"text":"Short.","description":"A teaser."})")->fields().flags.empty());
}

TEST(RecordArticle, CutOffTextIsFlagged_AndItsMarkIsNoText) {
  ArticleOptions options = test_article_options();
  options.keep_left_out = true;
  const ArticlePtr cut = article(R"({"title":"Talks","content":"The talks failed on… [+2310 chars]"})", options);
  EXPECT_EQ(cut->text(), "The talks failed on… ");
  EXPECT_EQ(cut->fields().flags, (std::vector<std::string>{"summary"}));
  ASSERT_EQ(cut->fields().left_out.size(), 1u);
  EXPECT_EQ(cut->fields().left_out[0].text, "[+2310 chars]");
}

TEST(RecordArticle, UpdatedAndLanguage) {
  const ArticlePtr read = article(R"({"text":"One.","date":"2022-02-10","date_modify":1644624000,"language":"en-GB"})");
  EXPECT_EQ(read->fields().updated, parse_day("2022-02-12"));
  EXPECT_EQ(read->fields().language, "en");
  EXPECT_EQ(article(R"({"text":"One.","language":"English"})")->fields().language, "en");
  EXPECT_EQ(article(R"({"text":"One.","language":"Klingon"})")->fields().language, "");
}

TEST(RecordArticle, HtmlBecomesText) {
  const ArticlePtr read = article(R"({"title":"Q&amp;A: <i>peace<\/i>","content":"<p>One.<\/p><p>Two &amp; three.<\/p>"})");
  EXPECT_EQ(read->fields().title, "Q&A: peace");
  EXPECT_EQ(read->text().find('<'), std::string::npos);
  EXPECT_NE(read->text().find("Two & three."), std::string::npos);
  EXPECT_EQ(read->blocks().size(), 2u);
}

}  // namespace
}  // namespace casus
