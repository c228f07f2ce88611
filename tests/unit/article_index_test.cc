// Indexes: columns, rows that cannot be read, files that must not be.
#include <string>

#include "support/article_test.h"

namespace casus {
namespace {

class Indexes : public testing::Test {
 protected:
  Indexes() {
    folder_.write("corpus/a.txt", "The talks failed.\n");
    folder_.write("corpus/deep/b.txt", "They go on.\n");
    folder_.write("secret.txt", "Not for you.\n");
  }
  ReadItems read(std::string_view index, const ArticleOptions& options = test_article_options()) {
    index_ = folder_.write("corpus/INDEX.tsv", index);
    return read_items({folder_.path("corpus")}, options);
  }
  std::string fault(std::string_view row) {
    const ReadItems items = read("file\n" + std::string(row) + "\na.txt\n");
    EXPECT_EQ(items.articles.size(), 1u) << "the rest goes on";
    if (items.errors.size() != 1) return std::to_string(items.errors.size()) + " errors";
    EXPECT_EQ(items.errors[0].file, index_);
    EXPECT_EQ(items.errors[0].line, 2u);
    return items.errors[0].message;
  }
  TestFolder folder_;
  std::string index_;
};

TEST_F(Indexes, ColumnsGoByName) {
  const ReadItems items =
      read("weekday\tid\tfile\tpublished\ttitle\toutlet\turl\nThu\tx1\ta.txt\t2022-02-10\tTalks fail\tPost\thttps://post.example\n");
  ASSERT_EQ(items.articles.size(), 1u);
  const ArticleFields& fields = items.articles[0]->fields();
  EXPECT_EQ(fields.id, "x1");
  EXPECT_EQ(fields.published, parse_day("2022-02-10"));
  EXPECT_EQ(fields.title, "Talks fail");
  EXPECT_EQ(fields.outlet, "Post");
  EXPECT_EQ(fields.url, "https://post.example");
  EXPECT_EQ(fields.origin, folder_.path("corpus/a.txt"));
}

TEST_F(Indexes, ShortRowsAndMissingColumns_LeaveFieldsEmpty) {
  const ReadItems items = read("file\tid\toutlet\ndeep/b.txt\n\na.txt\t\tPost\n");
  EXPECT_EQ(items.ids(), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(items.articles[1]->fields().outlet, "Post");
}

TEST_F(Indexes, ItselfAsInput) {
  read("file\na.txt\n");
  EXPECT_EQ(read_items({index_}).ids(), std::vector<std::string>{"a"});
}

TEST_F(Indexes, MarkAndCarriageReturns_AreFine) {
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "file\tid\r\na.txt\tx\r\n")
                .ids(),
            std::vector<std::string>{"x"});
}

TEST_F(Indexes, RowBeforeHeaderLines) {
  folder_.write("corpus/a.txt", "Outlet: Wire\nTitle: Talks\n\nThe talks failed.\n");
  const ReadItems items = read("file\toutlet\na.txt\tPost\n");
  EXPECT_EQ(items.articles[0]->fields().outlet, "Post");
  EXPECT_EQ(items.articles[0]->fields().title, "Talks");
}

TEST_F(Indexes, MissingFile_IsAnErrorOfItsRow) { EXPECT_EQ(fault("c.txt"), "names c.txt, which does not exist"); }

TEST_F(Indexes, PathsOutOfTheFolder_AreRefused) {
  EXPECT_EQ(fault("../secret.txt"), "names ../secret.txt, which leads out of the index's folder");
  EXPECT_EQ(fault("deep/../../secret.txt"), "names deep/../../secret.txt, which leads out of the index's folder");
  EXPECT_EQ(fault(folder_.path("secret.txt")), "names " + folder_.path("secret.txt") + ", which leads out of the index's folder");
  std::filesystem::create_symlink(folder_.path("secret.txt"), folder_.path("corpus/link.txt"));
  EXPECT_EQ(fault("link.txt"), "names link.txt, a link that leads out of the index's folder");
}

TEST_F(Indexes, RowsThatNameNoText_AreErrors) {
  EXPECT_EQ(fault("\tx"), "the row names no file");
  EXPECT_EQ(fault("deep"), "names deep, which is a folder");
  folder_.write("corpus/c.jsonl", "{\"text\":\"One.\"}\n");
  EXPECT_EQ(fault("c.jsonl"), "names c.jsonl, which is not one text");
}

TEST_F(Indexes, FaultsOfAFile_NameTheFile) {
  folder_.write("corpus/c.txt", "");
  const ReadItems items = read("file\nc.txt\na.txt\n");
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].to_string(), folder_.path("corpus/c.txt") + ": the article has no text");
  EXPECT_EQ(items.articles.size(), 1u);
}

TEST_F(Indexes, WithoutAFileColumn_OneErrorAndNothingElse) {
  const ReadItems items = read("id\ttitle\nx\ta.txt\ny\tb.txt\n");
  EXPECT_TRUE(items.articles.empty());
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].line, 1u);
}

TEST_F(Indexes, ColumnTwice_IsAnError) { EXPECT_EQ(read("file\tfile\na.txt\ta.txt\n").errors.size(), 1u); }

TEST_F(Indexes, EmptyIndex_HasNothing) { EXPECT_TRUE(read("").articles.empty()); }

TEST_F(Indexes, UnreadableDay_IsAWarning) {
  const ReadItems items = read("file\tpublished\na.txt\t10.2.22\n");
  ASSERT_EQ(items.articles.size(), 1u);
  EXPECT_EQ(items.articles[0]->warnings().size(), 1u);
}

TEST_F(Indexes, LongRow_IsReportedAndTheRestGoesOn) {
  ArticleOptions options = test_article_options();
  options.max_line_bytes = 50;
  const ReadItems items = read("file\n" + std::string(60, 'x') + "\na.txt\n", options);
  EXPECT_EQ(items.articles.size(), 1u);
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].code, ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace casus
