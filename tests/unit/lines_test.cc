// Lines of a stream, words of a line, rows of a data file.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/line_reader.h"
#include "base/text.h"
#include "base/tsv.h"
#include "base/utf8.h"

namespace casus {
namespace {

std::vector<std::string> read_lines(std::string bytes, uint64_t max_bytes = 1000) {
  LineReader reader = LineReader::of_bytes(std::move(bytes), "memory");
  std::vector<std::string> lines;
  while (const auto line = reader.next_line(max_bytes))
    lines.push_back(line->ok() ? std::string(**line) : "ERROR " + line->error().to_string());
  return lines;
}

using Lines = std::vector<std::string>;

TEST(LineReader, GivesLinesWithoutTheirEnds) { EXPECT_EQ(read_lines("a\nb\r\n\nc"), (Lines{"a", "b", "", "c"})); }

TEST(LineReader, EmptyInput_HasNoLine) { EXPECT_EQ(read_lines(""), Lines{}); }

TEST(LineReader, LastLineEnd_BeginsNoLine) { EXPECT_EQ(read_lines("a\n"), Lines{"a"}); }

TEST(LineReader, LineOverTheLimit_IsReportedAndTheRestGoesOn) {
  EXPECT_EQ(read_lines("abc\n" + std::string(200'000, 'x') + "\nd\n", 3),
            (Lines{"abc", "ERROR memory:2: the line is over the limit of 3 bytes", "d"}));
}

TEST(LineReader, CarriageReturnAtTheLastByte_StaysInAnOpenLine) { EXPECT_EQ(read_lines("a\r"), Lines{"a\r"}); }

TEST(LineReader, Padding_IsZeros) {
  LineReader reader = LineReader::of_bytes("abc\nlonger line\nd", "memory");
  for (int i = 0; i < 3; ++i) {
    const auto line = reader.next_line(100, 8);
    ASSERT_TRUE(line && line->ok());
    EXPECT_EQ(std::string_view((**line).data() + (**line).size(), 8), std::string_view("\0\0\0\0\0\0\0\0", 8));
  }
}

TEST(LineReader, Peek_TakesNothing) {
  LineReader reader = LineReader::of_bytes("ab\ncd", "memory");
  EXPECT_EQ(reader.peek(), "ab\ncd");
  EXPECT_EQ(reader.peek_at_least(100), "ab\ncd");
  EXPECT_EQ(**reader.next_line(10), "ab");
  EXPECT_EQ(*reader.read_rest(10), "cd");
  EXPECT_TRUE(reader.peek().empty());
}

TEST(LineReader, Pipe_GivesALineBeforeTheWriterIsDone) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const int old_input = dup(STDIN_FILENO);
  ASSERT_EQ(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
  ASSERT_EQ(write(ends[1], "one\n", 4), 4);
  LineReader reader = LineReader::standard_input();
  const auto line = reader.next_line(10);
  ASSERT_TRUE(line && line->ok());
  EXPECT_EQ(**line, "one");
  close(ends[1]);
  EXPECT_FALSE(reader.next_line(10));
  dup2(old_input, STDIN_FILENO);
  close(old_input);
  close(ends[0]);
}

TEST(LineReader, MissingFile_IsNotFound) {
  const auto reader = LineReader::open("/nowhere/at_all.txt");
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(reader.error().file, "/nowhere/at_all.txt");
}

TEST(LineReader, Folder_IsUnreadable) {
  Result<LineReader> reader = LineReader::open("/");
  ASSERT_TRUE(reader);
  const auto line = reader->next_line(10);
  ASSERT_TRUE(line && !line->ok());
  EXPECT_EQ(line->error().code, ErrorCode::kUnreadable);
  EXPECT_FALSE(reader->next_line(10));
}

TEST(LineReader, ReadRest_OverTheLimit_IsTooLarge) {
  LineReader reader = LineReader::of_bytes("abcdef", "memory");
  const auto rest = reader.read_rest(5);
  ASSERT_FALSE(rest);
  EXPECT_EQ(rest.error().code, ErrorCode::kTooLarge);
}

TEST(Trim, TakesUnicodeWhiteSpaceOff) {
  EXPECT_EQ(trim(" \t\r\n\u00A0\u3000a b\u2009\uFEFF"), "a b");
  EXPECT_EQ(trim("\u200B"), "");
  EXPECT_EQ(trim("é"), "é");
  EXPECT_EQ(trim(""), "");
}

TEST(Trim, KeepsBrokenBytes) { EXPECT_EQ(trim(" \xA0\x80 "), "\xA0\x80"); }

TEST(Split, GivesOnePieceMoreThanSeparators) {
  EXPECT_EQ(split("a\t\tb\t", '\t'), (std::vector<std::string_view>{"a", "", "b", ""}));
  EXPECT_EQ(split("", '\t'), std::vector<std::string_view>{""});
}

TEST(SplitWords, GivesNoEmptyWord) {
  EXPECT_EQ(split_words("  one\u00A0two \n three"), (std::vector<std::string_view>{"one", "two", "three"}));
  EXPECT_TRUE(split_words(" \n").empty());
}

TEST(AsciiCase, LeavesOtherLettersAlone) {
  EXPECT_EQ(ascii_lowered("AÉZ"), "aÉz");
  EXPECT_TRUE(equals_ignoring_ascii_case("Title", "tITLE"));
  EXPECT_FALSE(equals_ignoring_ascii_case("é", "É"));
  EXPECT_FALSE(equals_ignoring_ascii_case("Title", "Titles"));
}

TEST(Utf8, ValidPrefix_EndsAtTheFirstBrokenByte) {
  EXPECT_EQ(valid_utf8_prefix("aé"), 3u);
  EXPECT_EQ(valid_utf8_prefix("aé\xC3"), 3u);
  EXPECT_EQ(valid_utf8_prefix("\xED\xA0\x80"), 0u);
}

class Tsv : public testing::Test {
 protected:
  Tsv() : path_((std::filesystem::temp_directory_path() / ("casus_tsv_" + std::to_string(getpid()))).string()) {}
  ~Tsv() override { std::filesystem::remove(path_); }

  Result<void> read(std::string_view bytes) {
    std::ofstream(path_, std::ios::binary) << bytes;
    return read_tsv(path_, [&](std::span<const std::string_view> columns) -> std::optional<std::string> {
      if (columns[0] == "bad") return "is bad";
      rows_.emplace_back(columns.begin(), columns.end());
      return std::nullopt;
    });
  }

  std::string path_;
  std::vector<std::vector<std::string>> rows_;
};

TEST_F(Tsv, PassesOverCommentsAndEmptyLines) {
  ASSERT_TRUE(read("# comment\n\n a \tb\r\n  \nc\n"));
  EXPECT_EQ(rows_, (std::vector<std::vector<std::string>>{{"a", "b"}, {"c"}}));
}

TEST_F(Tsv, WhatARowSays_GetsFileAndLine) {
  const auto result = read("a\n\nbad\n");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kBadData);
  EXPECT_EQ(result.error().to_string(), path_ + ":3: is bad");
}

TEST_F(Tsv, BrokenUtf8_IsAnErrorOfItsLine) {
  const auto result = read("a\n\xFF\n");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().line, 2u);
}

TEST_F(Tsv, MissingFile_IsNotFound) {
  const auto result = read_tsv("/nowhere.tsv", [](auto) { return std::nullopt; });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace casus
