// Broken and huge inputs: what is wrong is said with its place, the rest goes on, memory stays bounded.
#include <sys/resource.h>

#include <fstream>
#include <string>

#include "base/utf8.h"
#include "support/article_test.h"

namespace casus {
namespace {

const std::string kBroken = CASUS_SOURCE_DIR "/tests/broken_inputs/article";

std::vector<std::string> faults(const ReadItems& items) {
  std::vector<std::string> out;
  for (const Error& error : items.errors) out.push_back(error.to_string().substr(error.to_string().find("article/") + 8));
  return out;
}

/// Sanitizers keep freed memory, so that peaks say nothing there.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kPeaksCount = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kPeaksCount = false;
#else
constexpr bool kPeaksCount = true;
#endif
#else
constexpr bool kPeaksCount = true;
#endif

/// The most memory that the program has had so far; 0 where that says nothing.
uint64_t peak_memory_bytes() {
  if (!kPeaksCount) return 0;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<uint64_t>(usage.ru_maxrss) * 1024;
}

TEST(BrokenInputs, JsonLines) {
  const ReadItems items = read_items({kBroken + "/mixed.jsonl"});
  EXPECT_EQ(items.ids(), (std::vector<std::string>{"good-1", "bad-bytes", "lone-surrogate", "bad-day", "good-2"}));
  EXPECT_EQ(faults(items), (std::vector<std::string>{
                               "mixed.jsonl:2: is not JSON: a comma, colon, bracket or quotation mark is missing or one too many",
                               "mixed.jsonl:3: is not a JSON object",
                               "mixed.jsonl:4: has no text; its fields are: id, title (name the one with the text: --columns text=NAME)",
                               "mixed.jsonl:5: its text is not a string",
                               "mixed.jsonl:6: the article has no text",
                               "mixed.jsonl:7: is not JSON: a string has an unescaped control character",
                               "mixed.jsonl:13: is not JSON: a string has no end; the file seems to be cut off",
                           }));
}

TEST(BrokenInputs, Index) {
  const ReadItems items = read_items({kBroken + "/index"});
  EXPECT_EQ(items.ids(), (std::vector<std::string>{"good", "no-day"}));
  EXPECT_EQ(faults(items), (std::vector<std::string>{
                               "index/INDEX.tsv:3: names missing.txt, which does not exist",
                               "index/INDEX.tsv:4: names ../latin1.txt, which leads out of the index's folder",
                               "index/INDEX.tsv:5: names /etc/hostname, which leads out of the index's folder",
                               "index/INDEX.tsv:6: the row names no file",
                               "index/empty.txt: the article has no text",
                           }));
}

TEST(BrokenInputs, Texts) {
  const ReadItems latin1 = read_items({kBroken + "/latin1.txt"});
  ASSERT_EQ(latin1.articles.size(), 1u);
  ASSERT_EQ(latin1.articles[0]->warnings().size(), 1u);
  EXPECT_EQ(latin1.articles[0]->warnings()[0].message, "4 broken byte sequences were replaced by U+FFFD");
  EXPECT_EQ(latin1.articles[0]->warnings()[0].line, 3u);
  EXPECT_EQ(faults(read_items({kBroken + "/utf16_without_mark.txt"})),
            std::vector<std::string>{"utf16_without_mark.txt: looks like UTF-16 without a byte order mark (convert it to UTF-8)"});
}

/// Cut anywhere, a file gives an article or an error, never anything else.
TEST(BrokenInputs, TextCutOffAnywhere) {
  const std::string text =
      "Title: Gespräche\nPublished: 2022-02-10\n\nMOSCOW, Feb 2 (Reuters) — Тест \U0001F600 failed.\nar/sms (AFP, AP)\n";
  const TestFolder folder;
  for (size_t size = 0; size <= text.size(); ++size) {
    const ReadItems items = read_items({folder.write("cut.txt", text.substr(0, size))});
    EXPECT_EQ(items.articles.size() + items.errors.size(), 1u);
    for (const ArticlePtr& article : items.articles) EXPECT_TRUE(is_valid_utf8(article->text()));
  }
}

TEST(BrokenInputs, JsonLinesCutOffAnywhere) {
  const std::string text = "{\"text\":\"Gespr\\u00e4che \\ud83d\\ude00 \U0001F600\",\"id\":\"a\"}\n{\"text\":\"x\"}\n";
  const TestFolder folder;
  for (size_t size = 1; size <= text.size(); ++size) {
    const ReadItems items = read_items({folder.write("cut.jsonl", text.substr(0, size))});
    EXPECT_LE(items.errors.size(), 1u);
    EXPECT_GE(items.articles.size() + items.errors.size(), 1u);
  }
}

class HugeInputs : public testing::Test {
 protected:
  /// A file of `pieces` times `piece` between two ends.
  std::string write(std::string_view name, std::string_view begin, std::string_view piece, size_t pieces, std::string_view end) {
    std::ofstream file(folder_.write(name, ""), std::ios::binary);
    file << begin;
    for (size_t i = 0; i < pieces; ++i) file << piece;
    file << end;
    return folder_.path(name);
  }
  TestFolder folder_;
};

constexpr uint64_t kMegabyte = 1'000'000;

TEST_F(HugeInputs, LineOf50MB_IsReportedAndTheRestGoesOn) {
  const std::string path =
      write("a.jsonl", "{\"text\":\"One.\"}\n{\"text\":\"", std::string(kMegabyte, 'x'), 50, "\"}\n{\"text\":\"Two.\"}\n");
  const uint64_t before = peak_memory_bytes();
  const ReadItems items = read_items({path});
  EXPECT_EQ(items.articles.size(), 2u);
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].code, ErrorCode::kTooLarge);
  EXPECT_EQ(items.errors[0].to_string(), path + ":2: the line is over the limit of 16000000 bytes");
  EXPECT_LT(peak_memory_bytes() - before, 40 * kMegabyte);
}

TEST_F(HugeInputs, TextOf50MBInOneLine_IsReported) {
  const uint64_t before = peak_memory_bytes();
  const ReadItems items = read_items({write("a.txt", "", std::string(kMegabyte, 'x'), 50, ""), folder_.write("b.txt", "One.")});
  EXPECT_EQ(items.articles.size(), 1u);
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].code, ErrorCode::kTooLarge);
  EXPECT_LT(peak_memory_bytes() - before, 40 * kMegabyte);
}

TEST_F(HugeInputs, TextOfTheLargestSizeInOneLine_IsRead) {
  EXPECT_EQ(read_items({write("a.txt", "", "word ", 799'999, "end.")}).articles.size(), 1u);
}

TEST_F(HugeInputs, TextOfNothingButLineEnds_IsEmpty) {
  EXPECT_EQ(read_items({write("a.txt", "", std::string(kMegabyte, '\n'), 3, "")}).errors.at(0).code, ErrorCode::kEmpty);
}

TEST_F(HugeInputs, TextOfTinyLines_KeepsToTheLimitOfBlocks) {
  const ReadItems items = read_items({write("a.txt", "", "a\n", 1'000'000, "")});
  ASSERT_EQ(items.articles.size(), 1u);
  EXPECT_EQ(items.articles[0]->blocks().size(), ArticleOptions().max_blocks);
}

TEST_F(HugeInputs, ManyRecords_TakeNoMoreMemoryThanFew) {
  const std::string record = "{\"text\":\"" + std::string(2000, 'x') + "\"}\n";
  const auto read_all = [&](size_t count) {
    ArticleSource source({write("a.jsonl", "", record, count, "")}, test_article_options());
    size_t articles = 0;
    while (source.next()) ++articles;
    EXPECT_EQ(articles, count);
  };
  read_all(100);
  const uint64_t before = peak_memory_bytes();
  read_all(5000);
  EXPECT_LT(peak_memory_bytes() - before, 8 * kMegabyte);
}

}  // namespace
}  // namespace casus
