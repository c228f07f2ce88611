// Inputs: files of any name, folders, standard input; order, progress, what is missing.
#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "article/folder_walk.h"
#include "support/article_test.h"

namespace casus {
namespace {

using Ids = std::vector<std::string>;

/// Reads "-" with these bytes as standard input.
ReadItems read_standard_input_of(const TestFolder& folder, std::string_view bytes) {
  const std::string path = folder.write("input", bytes);
  const int old_input = dup(STDIN_FILENO), file = open(path.c_str(), O_RDONLY);
  dup2(file, STDIN_FILENO);
  ReadItems items = read_items({"-"});
  dup2(old_input, STDIN_FILENO);
  close(file);
  close(old_input);
  return items;
}

class Inputs : public testing::Test {
 protected:
  TestFolder folder_;
};

TEST_F(Inputs, KeepTheirOrder) {
  const std::string b = folder_.write("b.txt", "One."), a = folder_.write("a.txt", "Two.");
  EXPECT_EQ(read_items({b, a, b}).ids(), (Ids{"b", "a", "b"}));
}

TEST_F(Inputs, None_GiveNothing) { EXPECT_TRUE(read_items({}).articles.empty()); }

TEST_F(Inputs, MissingOne_IsAnErrorAndTheRestGoesOn) {
  const ReadItems items = read_items({folder_.path("no.txt"), folder_.write("a.txt", "One.")});
  EXPECT_EQ(items.articles.size(), 1u);
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].code, ErrorCode::kNotFound);
  EXPECT_EQ(items.errors[0].to_string(), folder_.path("no.txt") + ": no such file or folder");
}

TEST_F(Inputs, FilesOfOtherNames_GoByTheirFirstByte) {
  EXPECT_EQ(read_items({folder_.write("notes.md", "\n The talks failed.")}).ids(), Ids{"notes"});
  EXPECT_EQ(read_items({folder_.write("records.json", "\n {\"id\":\"x\",\"text\":\"One.\"}\n")}).ids(), Ids{"x"});
  EXPECT_EQ(read_items({folder_.write("brace.txt", "{One.")}).ids(), Ids{"brace"});
}

TEST_F(Inputs, RecordsOfAllForms_AreReadByWhatTheyAre) {
  const auto read_form = [&](std::string_view name, std::string_view bytes) {
    const ReadItems items = read_items({folder_.write(name, bytes)});
    EXPECT_EQ(items.articles.size(), 1u) << (items.errors.empty() ? "" : items.errors[0].to_string());
    if (items.articles.empty()) return std::string();
    EXPECT_EQ(items.articles[0]->text(), "One.");
    return items.articles[0]->fields().id + " " + items.articles[0]->fields().form;
  };
  EXPECT_EQ(read_form("array.json", "[{\"text\":\"One.\"}]"), "array:1 json");
  EXPECT_EQ(read_form("pretty.jsonl", "{\n\"text\":\"One.\"\n}\n"), "pretty:1 json");
  EXPECT_EQ(read_form("lines.json", "{\"text\":\"One.\"}\n"), "lines:1 jsonl");
  EXPECT_EQ(read_form("table.csv", "text\nOne."), "table:1 csv");
  EXPECT_EQ(read_form("table.tsv", "id\ttext\na\tOne."), "a tsv");
  EXPECT_EQ(read_form("export", "Headline;Body\nTalks;One.\n"), "export:1 csv");
  EXPECT_EQ(read_form("feed.xml", "<rss><channel><item><description>One.</description></item></channel></rss>"), "feed:1 rss");
  EXPECT_EQ(read_form("feed", "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content>One.</content></entry></feed>"), "feed:1 atom");
}

TEST_F(Inputs, RecordsInUtf16_AreRead) {
  const auto utf16 = [](std::string_view text, bool big) {
    std::string out = big ? "\xFE\xFF" : "\xFF\xFE";
    for (const char c : text) {
      if (big) out += '\0';
      out += c;
      if (!big) out += '\0';
    }
    return out;
  };
  for (const bool big : {false, true}) {
    EXPECT_EQ(read_items({folder_.write("a.jsonl", utf16("{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n", big))}).articles.size(), 2u);
    EXPECT_EQ(read_items({folder_.write("a.json", utf16("[{\"text\":\"One.\"},\n{\"text\":\"Two.\"}]", big))}).articles.size(), 2u);
    EXPECT_EQ(read_items({folder_.write("a.csv", utf16("id,text\r\na,One.\r\nb,Two.\r\n", big))}).ids(), (Ids{"a", "b"}));
  }
  const std::string broken = utf16("id,text\na,x", false) + std::string("\x3D\xD8.\0\x3D\xD8\x00\xDE\n", 9);
  EXPECT_EQ(read_items({folder_.write("a.csv", broken)}).articles.at(0)->text(), "x\uFFFD.\U0001F600\uFFFD");
}

TEST_F(Inputs, Folder_GivesTextsAndJsonLinesByName) {
  folder_.write("c.txt", "One.");
  folder_.write("a/z.txt", "Two.");
  folder_.write("a/b/y.TXT", "Three.");
  folder_.write("b.jsonl", "{\"id\":\"b1\",\"text\":\"Four.\"}\n{\"id\":\"b2\",\"text\":\"Five.\"}\n");
  folder_.write("page.html", "<p>");
  folder_.write(".hidden.txt", "Six.");
  folder_.write(".git/x.txt", "Seven.");
  EXPECT_EQ(read_items({folder_.path()}).ids(), (Ids{"y", "z", "b1", "b2", "c"}));
}

TEST_F(Inputs, FolderInAFolder_IsReadByItsIndex) {
  folder_.write("a/INDEX.tsv", "file\tid\nx.txt\tfirst\n");
  folder_.write("a/x.txt", "One.");
  folder_.write("a/not_named.txt", "Two.");
  folder_.write("b.txt", "Three.");
  EXPECT_EQ(read_items({folder_.path()}).ids(), (Ids{"first", "b"}));
}

TEST_F(Inputs, FolderWithNothingToRead_IsAnError) {
  folder_.write("site/page.css", "p { color: red }");
  folder_.write("site/logo.txt", "\x89PNG\r\n\x1A\n");
  folder_.write("site/photo", "\xFF\xD8\xFF\xE0");
  const ReadItems items = read_items({folder_.path()});
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].to_string(), folder_.path() + ": has no file that is read as articles (but 2 image, 1 style)");
}

TEST_F(Inputs, EmptyFolder_IsAnError) {
  const ReadItems items = read_items({folder_.path()});
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].to_string(), folder_.path() + ": has no file that is read as articles");
}

TEST_F(Inputs, WhatIsNoArticleInAFolder_IsCountedByForm) {
  folder_.write("a.txt", "One.");
  folder_.write("README.md", "About this folder.");
  folder_.write(".hidden/b.txt", "Two.");
  folder_.write("a_files/logo.png", "\x89PNG\r\n\x1A\n");
  folder_.write("a_files/logo.svg", "<?xml version=\"1.0\"?><svg></svg>");
  folder_.write("a_files/page.css", "p { color: red }");
  folder_.write("a_files/page.js", "window.x = 1;");
  folder_.write("a_files/font", "wOF2\0\1");
  folder_.write("a_files/report.pdf", "%PDF-1.4");
  folder_.write("a_files/data", std::string(100, '\1'));
  ArticleSource source({folder_.path()}, test_article_options());
  std::vector<std::string> ids;
  while (const std::optional<Result<ArticlePtr>> item = source.next())
    ids.push_back(item->ok() ? (**item)->fields().id : item->error().message);
  EXPECT_EQ(ids, Ids{"a"});
  EXPECT_EQ(source.passed_over(),
            (PassedOver{{"binary", 1}, {"font", 1}, {"hidden", 1}, {"image", 2}, {"pdf", 1}, {"readme", 1}, {"script", 1}, {"style", 1}}));
}

TEST_F(Inputs, WhatIsNoArticleByItsOwnName_IsAnError) {
  const ReadItems items = read_items({folder_.write("page.css", "p { color: red }"), folder_.write("logo.jsonl", "\x89PNG\r\n\x1A\n")});
  ASSERT_EQ(items.errors.size(), 2u);
  EXPECT_EQ(items.errors[0].message, "is a style sheet, a form that is not read");
  EXPECT_EQ(items.errors[1].message, "is an image, a form that is not read");
}

TEST_F(Inputs, LinksToFolders_AreNotFollowed) {
  folder_.write("a/x.txt", "One.");
  std::filesystem::create_directory_symlink(folder_.path(), folder_.path("a/loop"));
  std::filesystem::create_symlink(folder_.path("a/x.txt"), folder_.path("a/y.txt"));
  EXPECT_EQ(read_items({folder_.path()}).ids(), (Ids{"x", "y"}));
}

TEST_F(Inputs, FolderLimits_AreErrorsAndTheRestGoesOn) {
  ArticleOptions options = test_article_options();
  options.max_folder_entries = 2;
  options.max_folder_depth = 2;
  folder_.write("a/many/1.txt", "One.");
  folder_.write("a/z.txt", "Two.");
  folder_.write("b.txt", "Three.");
  const ReadItems deep = read_items({folder_.path()}, options);
  EXPECT_EQ(deep.ids(), (Ids{"z", "b"}));
  ASSERT_EQ(deep.errors.size(), 1u);
  EXPECT_EQ(deep.errors[0].code, ErrorCode::kTooLarge);
  EXPECT_EQ(deep.errors[0].file, folder_.path("a/many"));
  folder_.write("c.txt", "Four.");
  EXPECT_EQ(read_items({folder_.path()}, options).errors.at(0).code, ErrorCode::kTooLarge);
}

TEST_F(Inputs, StandardInput_WithABrace_IsJsonLines) {
  EXPECT_EQ(read_standard_input_of(folder_, "\n {\"text\":\"One.\"}\n{\"id\":\"x\",\"text\":\"Two.\"}").ids(), (Ids{"stdin:2", "x"}));
}

TEST_F(Inputs, StandardInput_WithoutABrace_IsOneText) {
  const ReadItems items = read_standard_input_of(folder_, "Title: Talks\n\nThe talks {failed}.\n\nThey go on.\n");
  EXPECT_EQ(items.ids(), Ids{"stdin"});
  EXPECT_EQ(items.articles.at(0)->fields().title, "Talks");
  EXPECT_EQ(items.articles.at(0)->fields().origin, "-");
}

TEST_F(Inputs, StandardInput_Empty_IsAnEmptyArticle) {
  const ReadItems items = read_standard_input_of(folder_, "");
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].code, ErrorCode::kEmpty);
  EXPECT_EQ(items.errors[0].file, "-");
}

TEST_F(Inputs, Progress_EndsAtTheTotal) {
  folder_.write("a.txt", "One.");
  folder_.write("b.jsonl", "{\"text\":\"Two.\"}\n");
  folder_.write("c/INDEX.tsv", "file\nx.txt\nmissing.txt\n");
  folder_.write("c/x.txt", "Three.");
  ArticleSource source({folder_.path(), folder_.path("a.txt")}, test_article_options());
  EXPECT_EQ(source.bytes_read(), 0u);
  uint64_t before = 0;
  while (source.next()) {
    EXPECT_GE(source.bytes_read(), before);
    before = source.bytes_read();
  }
  EXPECT_EQ(source.bytes_read(), 4u + 16u + 23u + 6u + 4u);
  EXPECT_EQ(source.bytes_total(), source.bytes_read());
}

TEST_F(Inputs, Total_OfStandardInputIsUnknown) { EXPECT_EQ(ArticleSource({folder_.write("a.txt", "One."), "-"}, {}).bytes_total(), 0u); }

}  // namespace
}  // namespace casus
