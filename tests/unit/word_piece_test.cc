// What BERT's pieces of a text are: words, marks, punctuation, ideographs, unknown and long words, cuts, spans, and any bytes.
#include "judge/word_piece.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <utility>

namespace casus {
namespace {

constexpr std::string_view kVocabulary =
    "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n"
    "the\ntroop\n##s\ncross\n##ed\ntr\n##oop\n##o\n.\n,\n\xe2\x80\x94\n$\n'\nu\ns\na\n##a\ncafe\n\xe6\xb1\x89\n\xce\xbf\n##\xce\xb4\n"
    "##\xce\xbf\n##\xcf\x83\n\xe1\x84\x80\n##\xe1\x85\xa1\n\xc3\x9f\n=\n;\n[\n]\nsep\n#\n##w\n";

WordPieces made() {
  auto pieces = WordPieces::of_vocabulary(kVocabulary, "vocab.txt");
  EXPECT_TRUE(pieces.ok()) << pieces.error().to_string();
  return std::move(pieces).value();
}

std::string_view name_of(uint32_t id) {
  std::string_view lines = kVocabulary;
  for (; id > 0; --id) lines.remove_prefix(lines.find('\n') + 1);
  return lines.substr(0, lines.find('\n'));
}

/// The pieces between [CLS] and [SEP], each as its name, ":" and its bytes in the text; parted by blanks.
std::string pieces_of(std::string_view text, size_t most = 256) {
  const WordPieces vocabulary = made();
  const auto pieces = vocabulary.split(text, most);
  EXPECT_GE(pieces.size(), 2U);
  EXPECT_LE(pieces.size(), std::max<size_t>(most, 2));
  EXPECT_EQ(name_of(pieces.front().id), "[CLS]");
  EXPECT_EQ(name_of(pieces.back().id), "[SEP]");
  EXPECT_TRUE(pieces.front().span.empty());
  EXPECT_TRUE(pieces.back().span.empty());
  std::string said;
  for (const WordPiece& piece : std::span(pieces).subspan(1, pieces.size() - 2)) {
    EXPECT_LT(piece.span.begin, piece.span.end);
    EXPECT_LE(piece.span.end, text.size());
    if (!said.empty()) said += ' ';
    said.append(name_of(piece.id)).append(":").append(piece.span.in(text));
  }
  return said;
}

std::string repeated(std::string_view text, size_t times) {
  std::string out;
  while (times-- > 0) out += text;
  return out;
}

TEST(word_piece, longest_pieces_from_the_beginning_of_a_word) {
  EXPECT_EQ(pieces_of("The troops crossed."), "the:The troop:troop ##s:s cross:cross ##ed:ed .:.");
  EXPECT_EQ(pieces_of("troo"), "tr:tr ##o:o ##o:o") << "greedy: no way back from a beginning";
  EXPECT_EQ(made().size(), static_cast<size_t>(std::ranges::count(kVocabulary, '\n')));
}

TEST(word_piece, spans_are_places_in_the_text_as_given) {
  const auto pieces = made().split(" \tTROOPS,\n", 256);
  ASSERT_EQ(pieces.size(), 5U);
  EXPECT_EQ(pieces[1].span, (ByteSpan{2, 7}));
  EXPECT_EQ(pieces[2].span, (ByteSpan{7, 8}));
  EXPECT_EQ(pieces[3].span, (ByteSpan{8, 9}));
}

TEST(word_piece, blanks_end_words_and_controls_leave_no_trace) {
  EXPECT_EQ(pieces_of("the\r\n\tthe\u00a0the\u2009the\u2028the"), "the:the the:the the:the the:the the:the");
  EXPECT_EQ(pieces_of("t\u00adhe \x01the\x7f \u200b\ufeff"), "the:t\u00adhe the:the");
  EXPECT_EQ(pieces_of(std::string_view("th\0e", 4)), std::string("the:").append("th\0e", 4));
}

TEST(word_piece, marks_are_stripped) {
  EXPECT_EQ(pieces_of("Café"), "cafe:Café");
  EXPECT_EQ(pieces_of("CAFE\u0301"), "cafe:CAFE") << "a mark of its own at the end belongs to no piece";
  EXPECT_EQ(pieces_of("ca\u0308fe"), "cafe:ca\u0308fe");
  EXPECT_EQ(pieces_of("\u0301 \u0301"), "");
  EXPECT_EQ(pieces_of("\u1f48\u03b4\u03cc\u03a3"), "\u03bf:\u1f48 ##\u03b4:\u03b4 ##\u03bf:\u03cc ##\u03c3:\u03a3");
  EXPECT_EQ(pieces_of("\u1e9e"), "\u00df:\u1e9e");
}

TEST(word_piece, hangul_syllables_are_taken_apart) { EXPECT_EQ(pieces_of("\uac00"), "\u1100:\uac00 ##\u1161:\uac00"); }

TEST(word_piece, punctuation_stands_apart) {
  EXPECT_EQ(pieces_of("U.S.\u2014$a's"), "u:U .:. s:S .:. \u2014:\u2014 $:$ a:a ':' s:s");
  EXPECT_EQ(pieces_of("the\u037ethe\u2260the"), "the:the ;:\u037e the:the =:\u2260 the:the") << "what decomposes to ASCII signs is one";
  EXPECT_EQ(pieces_of("a\u00a3a"), "[UNK]:a\u00a3a") << "signs beyond ASCII are parts of words";
}

TEST(word_piece, ideographs_stand_apart) {
  EXPECT_EQ(pieces_of("the\u6c49\u6c49s"), "the:the \u6c49:\u6c49 \u6c49:\u6c49 s:s");
  EXPECT_EQ(pieces_of("\u5b57"), "[UNK]:\u5b57");
}

TEST(word_piece, a_word_that_fails_is_one_unknown) {
  EXPECT_EQ(pieces_of("the troopzzz the"), "the:the [UNK]:troopzzz the:the");
  EXPECT_EQ(pieces_of("ed"), "[UNK]:ed") << "only known behind a beginning";
}

TEST(word_piece, names_of_special_pieces_are_text) {
  EXPECT_EQ(pieces_of("[SEP]"), "[:[ sep:SEP ]:]");
  EXPECT_EQ(pieces_of("##s"), "#:# #:# s:s");
}

TEST(word_piece, words_over_a_hundred_letters_are_unknown) {
  EXPECT_EQ(made().split(repeated("a", 100), 256).size(), 102U);
  EXPECT_EQ(made().split(repeated("\u00e4", 100), 256).size(), 102U) << "letters are counted, not bytes";
  const std::string over = repeated("a", 101);
  EXPECT_EQ(pieces_of(over + " the"), "[UNK]:" + over + " the:the");
  EXPECT_EQ(pieces_of(repeated("a", 1 << 20)).size(), 6U + (1U << 20));
}

TEST(word_piece, what_is_over_is_cut_at_the_end) {
  EXPECT_EQ(pieces_of("the troops crossed", 7), "the:the troop:troop ##s:s cross:cross ##ed:ed");
  EXPECT_EQ(pieces_of("the troops crossed", 6), "the:the troop:troop ##s:s cross:cross");
  EXPECT_EQ(pieces_of("the troops crossed", 3), "the:the");
  EXPECT_EQ(pieces_of("the troopzzz", 4), "the:the [UNK]:troopzzz") << "a word is judged before it is cut";
  EXPECT_EQ(pieces_of("the troops", 2), "");
  EXPECT_EQ(pieces_of("the troops", 0), "");
}

TEST(word_piece, text_without_words_is_its_frame) {
  EXPECT_EQ(pieces_of(""), "");
  EXPECT_EQ(pieces_of(" \n"), "");
}

TEST(word_piece, broken_utf8_leaves_no_trace) {
  EXPECT_EQ(pieces_of("th\xff"
                      "e \xe2\x80 the\xc3"),
            "the:th\xff"
            "e the:the");
  EXPECT_EQ(pieces_of("\ufffdthe"), "the:the");
  EXPECT_EQ(pieces_of("\xed\xa0\x80the"), "the:the") << "a surrogate";
}

TEST(word_piece, any_bytes_are_taken) {
  const WordPieces vocabulary = made();
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string text{'a', static_cast<char>(first), static_cast<char>(second), '\x80', 'a'};
      const auto pieces = vocabulary.split(text, 256);
      uint32_t end = 0;
      for (const WordPiece& piece : std::span(pieces).subspan(1, pieces.size() - 2)) {
        ASSERT_LE(end, piece.span.begin) << first << ' ' << second;
        ASSERT_LT(piece.span.begin, piece.span.end) << first << ' ' << second;
        end = piece.span.end;
      }
      ASSERT_EQ(end, 5U) << first << ' ' << second;
    }
  }
}

void expect_fault(const std::string& vocabulary, uint64_t line, std::string_view reason) {
  const auto pieces = WordPieces::of_vocabulary(vocabulary, "vocab.txt");
  ASSERT_FALSE(pieces.ok()) << reason;
  EXPECT_EQ(pieces.error().code, ErrorCode::kBadData);
  EXPECT_EQ(pieces.error().file, "vocab.txt");
  EXPECT_EQ(pieces.error().line, line) << reason;
  EXPECT_NE(pieces.error().message.find(reason), std::string::npos) << pieces.error().message;
  EXPECT_FALSE(pieces.error().remedy.empty());
}

TEST(word_piece, faults_of_a_vocabulary) {
  expect_fault("", 0, "[CLS]");
  expect_fault("[SEP]\n[UNK]\n", 0, "[CLS]");
  expect_fault("[CLS]\n[UNK]\n", 0, "[SEP]");
  expect_fault("[CLS]\n[SEP]\n", 0, "[UNK]");
  expect_fault("[CLS]\n[SEP]\n[UNK]\nthe\na\nthe\n", 6, "line 4");
  expect_fault("[CLS]\n\n[SEP]\n[UNK]\n", 2, "empty");
  expect_fault("[CLS]\n" + repeated("a", 403) + "\n[SEP]\n[UNK]\n", 2, "402 bytes");
  expect_fault("[CLS]\n\xff\n[SEP]\n[UNK]\n", 2, "UTF-8");
  expect_fault(repeated("\n", 1 << 20), 0, "1048576 pieces");
  EXPECT_TRUE(WordPieces::of_vocabulary("[CLS]\n[SEP]\n[UNK]", "vocab.txt").ok()) << "the last line feed may be missing";
}

TEST(word_piece, survives_a_move) {
  WordPieces first = made();
  const WordPieces second = std::move(first);
  EXPECT_EQ(second.split("the", 256).size(), 3U);
}

}  // namespace
}  // namespace casus
