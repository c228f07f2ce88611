// Rich text: what is text and what is not, character sets, and documents that are broken.
#include <string>

#include "article/rtf.h"
#include "base/utf8.h"
#include "support/article_test.h"

namespace casus {
namespace {

struct RtfText {
  std::string text{};  ///< lines, each ended by "|"
  std::vector<std::string> warnings{};
};

RtfText read(std::string bytes, uint64_t max_line_bytes = 100'000) {
  RtfLines lines(LineReader::of_bytes(std::move(bytes), "a.rtf"), max_line_bytes);
  RtfText result;
  while (const std::optional<Result<std::string_view>> line = lines.next_line()) {
    EXPECT_TRUE(line->ok() && is_valid_utf8(**line));
    result.text += std::string(**line) + "|";
  }
  for (const Warning& warning : lines.take_warnings()) result.warnings.push_back(warning.message);
  return result;
}

std::string text_of(const std::string& body) { return read("{\\rtf1\\ansi " + body + "}").text; }

using Warnings = std::vector<std::string>;

TEST(Rtf, ParagraphsAndLineBreaks_AreLines) {
  EXPECT_EQ(text_of("One\\par Two\\line Three\\\nFour"), "One|Two|Three|Four|");
  EXPECT_EQ(text_of("One\r\nand more\\par\r\n\\par Two"), "Oneand more||Two|");
}

TEST(Rtf, Tables_AreRowsWithTabs) { EXPECT_EQ(text_of("\\trowd\\intbl a\\cell b\\cell\\row c\\cell d\\cell\\row"), "a\tb\t|c\td\t|"); }

TEST(Rtf, Characters_ByNumberAndName) {
  EXPECT_EQ(text_of("caf\\'e9 \\ldblquote x\\rdblquote\\emdash\\~y \\{z\\} \\\\"), "café “x”—\u00A0y {z} \\|");
  EXPECT_EQ(text_of("\\u8364?\\u-10179?\\u-8704? \\uc0\\u1055\\uc2\\u1088{\\uc1\\u1080 x}\\u1077\\'c5\\'c5."), "€😀 Прие.|");
}

TEST(Rtf, CharacterSets_OfFontsAndDocument) {
  EXPECT_EQ(read("{\\rtf1\\ansi\\ansicpg1251 \\'cc\\'e8\\'f0}").text, "Мир|");
  EXPECT_EQ(read("{\\rtf1{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}}\\f1\\'cc{\\f0\\'cc}\\'e8\\f0\\'e9}").text, "МÌиé|");
  EXPECT_EQ(read("{\\rtf1{\\fonttbl{\\f7\\fcharset128 A;}}\\f7\\'93\\'fa\\'96\\'7b}").text, "日本|");
  EXPECT_EQ(read("{\\rtf1\\mac \\'8e}").text, "é|");
}

TEST(Rtf, WhatIsNoText_IsSkipped) {
  EXPECT_EQ(
      text_of("{\\info{\\title T}}{\\*\\generator G;}{\\header H\\par}a{\\pict 00ff}{\\footnote n}{\\v hidden}b\\v c\\v0 d{\\deleted e}"),
      "abd|");
  EXPECT_EQ(text_of("{\\field{\\*\\fldinst HYPERLINK \"https://post.example\"}{\\fldrslt link}}"), "link|");
  EXPECT_EQ(text_of("a{\\pict\\bin5 }}{{x}b"), "ab|");
}

TEST(Rtf, Formatting_LeavesNothingBehind) { EXPECT_EQ(text_of("\\pard\\b bold\\b0  and \\i italic\\i0\\fs24 ."), "bold and italic.|"); }

TEST(Rtf, UnclosedGroups_AreReadWithAWarning) {
  const RtfText cut = read("{\\rtf1 The talks {\\b failed");
  EXPECT_EQ(cut.text, "The talks failed|");
  EXPECT_EQ(cut.warnings, Warnings{"the document is cut off: not all of its groups are closed"});
}

TEST(Rtf, GroupsClosedTooOften_AreReadWithAWarning) {
  const RtfText broken = read("{\\rtf1 The talks}} failed.\\par}");
  EXPECT_EQ(broken.text, "The talksfailed.|");
  EXPECT_EQ(broken.warnings, (Warnings{"a group is closed that was not opened", "there is text behind the end of the document"}));
}

TEST(Rtf, BrokenNumbers_AreSkipped) {
  EXPECT_EQ(read("{\\rtf1 a\\'4b\\'zz\\'4}").warnings, Warnings{"a character given by its number is broken"});
  EXPECT_EQ(text_of("a\\u99999999999999999999?b\\u-99999999?c"), "a\uFFFDb\uFFFDc|");
  EXPECT_EQ(text_of("\\u55357?a"), "\uFFFDa|") << "half of a pair";
}

TEST(Rtf, LyingLengthOfBinaryData_IsSaid) {
  const RtfText lying = read("{\\rtf1 a{\\pict\\bin2000000000 xyz}b}");
  EXPECT_EQ(lying.text, "a|");
  EXPECT_EQ(lying.warnings.at(0), "binary data is shorter than it says");
  EXPECT_EQ(text_of("a\\bin-5 b"), "ab|");
}

TEST(Rtf, HundredThousandGroups_AreNoTrouble) {
  std::string bytes = "{\\rtf1 a";
  for (int i = 0; i < 100'000; ++i) bytes += "{\\b ";
  bytes += "deep";
  for (int i = 0; i < 100'000; ++i) bytes += "}";
  const RtfText nested = read(bytes + "b}");
  EXPECT_EQ(nested.text, "ab|");
  EXPECT_EQ(nested.warnings, Warnings{"groups are nested too deep; their text is passed over"});
  std::string row = "{\\rtf1 ";
  for (int i = 0; i < 100'000; ++i) row += "{\\b a}";
  EXPECT_EQ(read(row + "}", 200'000).text, std::string(100'000, 'a') + "|");
}

TEST(Rtf, LongLines_ComeInPieces) {
  const RtfText pieces = read("{\\rtf1 " + std::string(250, 'a') + "}", 100);
  EXPECT_EQ(pieces.text, std::string(100, 'a') + "|" + std::string(100, 'a') + "|" + std::string(50, 'a') + "|");
  EXPECT_EQ(pieces.warnings.size(), 1u);
}

TEST(Rtf, CutOffAnywhere_IsReadAsFarAsItGoes) {
  const std::string bytes = "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset204 A;}}\\f0\\'cc\\u1080?{\\*\\x y}{\\pict\\bin3 abc}\\par\\'e9}";
  for (size_t size = 0; size <= bytes.size(); ++size) EXPECT_TRUE(is_valid_utf8(read(bytes.substr(0, size)).text));
}

TEST(Rtf, File_IsOneArticle) {
  const TestFolder folder;
  const ReadItems items = read_items({folder.write("a.txt", "{\\rtf1\\ansi Talks fail\\par\\par The talks failed on Friday.\\par}")});
  ASSERT_EQ(items.articles.size(), 1u);
  EXPECT_EQ(items.articles[0]->fields().form, "rtf");
  EXPECT_EQ(dump_blocks(*items.articles[0]), "title: Talks fail\nparagraph: The talks failed on Friday.\n");
  EXPECT_EQ(read_items({folder.write("b.rtf", "{\\rtf1{\\pict 00}}")}).errors.at(0).code, ErrorCode::kEmpty);
  ArticleOptions options = test_article_options();
  options.max_article_bytes = 1000;
  EXPECT_EQ(read_items({folder.write("c.rtf", "{\\rtf1 " + std::string(5000, 'a') + "}")}, options).errors.at(0).code,
            ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace casus
