// The rule tokenizer: on a small file made here, and on the real package (CASUS_MODEL or vendor/model), whose expected
// tokens come from spaCy 3.8.7.
#include "language/tokenizer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "base/files.h"
#include "language/strings.h"

namespace casus {
namespace {

// --- a tokenizer file by hand ---------------------------------------------------------------------------------------------

std::string packed_length(char kind16, size_t length) { return {kind16, static_cast<char>(length >> 8), static_cast<char>(length & 0xFF)}; }
std::string packed(std::string_view text) { return packed_length('\xDA', text.size()) + std::string(text); }
std::string packed_map(size_t count) { return packed_length('\xDE', count); }
std::string packed_list(size_t count) { return packed_length('\xDC', count); }
const std::string kNil = "\xC0";
const std::string kTrue = "\xC3";

struct Piece {
  std::string orth;
  std::string norm;
};

struct SmallFile {
  std::string prefix = "^\\(|^\"|^'|^\\.\\.+";
  std::string suffix = "\\)$|\"$|'$|,$|\\.\\.+$|'s$|(?<=[a-z])\\.$";
  std::string infix = "(?<=[a-z])(?:-|--)(?=[a-z])|\\.\\.+";
  std::string url = "^(?:\\S+://)\\S+\\.\\S+$";
  std::vector<std::pair<std::string, std::vector<Piece>>> exceptions = {
      {"don't", {{"do", ""}, {"n't", "not"}}},
      {"a.m.", {{"a.m.", ""}}},
      {"(-:", {{"(-:", "smile"}}},
      {"\n", {{"\n", ""}}},
  };

  [[nodiscard]] std::string bytes() const {
    std::string out = packed_map(7);
    out += packed("prefix_search") + packed(prefix) + packed("suffix_search") + packed(suffix);
    out += packed("infix_finditer") + packed(infix) + packed("token_match") + kNil;
    out += packed("url_match") + packed(url) + packed("exceptions") + packed_map(exceptions.size());
    for (const auto& [text, pieces] : exceptions) {
      out += packed(text) + packed_list(pieces.size());
      for (const Piece& piece : pieces) {
        out += packed_map(piece.norm.empty() ? 1 : 2) + "A" + packed(piece.orth);
        if (!piece.norm.empty()) out += "C" + packed(piece.norm);
      }
    }
    return out + packed("faster_heuristics") + kTrue;
  }
};

/// Tokens as text, "_" for space_after, "=norm" where an exception gives one, joined by "|".
std::string shown(std::string_view text, const std::vector<RawToken>& tokens) {
  std::string out;
  for (const RawToken& token : tokens) {
    if (!out.empty()) out += "|";
    out += text.substr(token.begin, token.end - token.begin);
    if (!token.norm.empty()) out += "=" + std::string(token.norm);
    if (token.space_after) out += "_";
  }
  return out;
}

std::string tokenized(const Tokenizer& tokenizer, std::string_view text) {
  Tokenizer::Workspace workspace;
  std::vector<RawToken> tokens;
  tokenizer.tokenize(text, workspace, tokens);
  return shown(text, tokens);
}

std::string small(std::string_view text) {
  static const auto tokenizer = Tokenizer::load(SmallFile().bytes(), "small");
  return tokenizer ? tokenized(**tokenizer, text) : tokenizer.error().to_string();
}

std::string load_error(const std::string& bytes) {
  const auto tokenizer = Tokenizer::load(bytes, "some/tokenizer");
  return tokenizer ? "" : tokenizer.error().to_string();
}

TEST(TokenizerSpaces, one_space_is_only_a_flag) { EXPECT_EQ(small("ab cd ef"), "ab_|cd_|ef"); }

TEST(TokenizerSpaces, more_spaces_give_a_token_of_the_rest) { EXPECT_EQ(small("ab   cd  "), "ab_|  |cd_| "); }

TEST(TokenizerSpaces, leading_spaces_are_a_token) { EXPECT_EQ(small("  ab"), "  |ab"); }

TEST(TokenizerSpaces, other_white_space_is_a_token) {
  EXPECT_EQ(small("a\nb"), "a|\n|b");
  EXPECT_EQ(small("a \n b"), "a_|\n |b");
  EXPECT_EQ(small("a\u00a0b\u2028 c\x1c"), "a|\u00a0|b|\u2028 |c|\x1c");
}

TEST(TokenizerSpaces, of_nothing_are_nothing) {
  EXPECT_EQ(small(""), "");
  EXPECT_EQ(small(" "), " ");
}

TEST(TokenizerAffixes, come_off_from_both_sides) { EXPECT_EQ(small("((\"ab\"),"), "(|(|\"|ab|\"|)|,"); }

TEST(TokenizerAffixes, may_be_all_there_is) { EXPECT_EQ(small("(\")"), "(|\"|)"); }

TEST(TokenizerAffixes, suffixes_do_not_look_behind_into_the_prefix) { EXPECT_EQ(small("(."), "(|."); }

TEST(TokenizerExceptions, give_their_pieces_and_norms) { EXPECT_EQ(small("don't"), "do|n't=not"); }

TEST(TokenizerExceptions, are_found_between_affixes) { EXPECT_EQ(small("(\"don't\"),"), "(|\"|do|n't=not|\"|)|,"); }

TEST(TokenizerExceptions, win_over_affixes_that_would_cut_them) {
  EXPECT_EQ(small("(-:"), "(-:=smile");
  EXPECT_EQ(small("(a.m.)"), "(|a.m.|)");
}

TEST(TokenizerExceptions, are_case_sensitive_and_whole) { EXPECT_EQ(small("Don't don'ts"), "Don't_|don'ts"); }

TEST(TokenizerInfixes, cut_the_middle) { EXPECT_EQ(small("ab-cd--ef"), "ab|-|cd|--|ef"); }

TEST(TokenizerInfixes, at_the_start_are_ignored) {
  SmallFile file;
  file.prefix = "^\\(";
  const auto tokenizer = Tokenizer::load(file.bytes(), "small");
  EXPECT_EQ(tokenized(**tokenizer, "..ab-cd"), "..ab|-|cd");
}

TEST(TokenizerInfixes, need_their_neighbours) { EXPECT_EQ(small("A-b -a a-"), "A-b_|-a_|a-"); }

TEST(TokenizerUrls, stay_whole) { EXPECT_EQ(small("(http://x-y.com/a--b)"), "(|http://x-y.com/a--b|)"); }

TEST(TokenizerUrls, without_a_dot_are_none) { EXPECT_EQ(small("http://ab-cd"), "http://ab|-|cd"); }

SmallFile joining_file() {
  SmallFile file;
  file.exceptions = {{"b--c", {{"b--c", "joined"}}}, {"c-d-e", {{"c-", ""}, {"d-e", "x"}}}};
  return file;
}

std::string joining(std::string_view text) {
  static const auto tokenizer = Tokenizer::load(joining_file().bytes(), "joining");
  return tokenized(**tokenizer, text);
}

TEST(TokenizerSecondPass, joins_what_infixes_cut) {
  EXPECT_EQ(joining("a-b--c-f g"), "a|-|b--c=joined|-|f_|g");
  EXPECT_EQ(joining("(a-b--c b--c)"), "(|a|-|b--c=joined_|b--c=joined|)");
}

TEST(TokenizerSecondPass, the_longer_of_two_overlapping_wins) { EXPECT_EQ(joining("a-b--c-d-e-f"), "a|-|b|--|c-|d-e=x|-|f"); }

TEST(TokenizerSecondPass, leaves_spaced_pieces_alone) { EXPECT_EQ(joining("b -- c b --c"), "b_|--_|c_|b_|--c"); }

TEST(TokenizerSecondPass, wants_the_whole_sequence) { EXPECT_EQ(joining("a-b--d b--"), "a|-|b|--|d_|b--"); }

TEST(TokenizerSecondPass, keeps_tokens_that_were_there_before) {
  SmallFile file;
  file.exceptions = {{"\"ab", {{"\"", ""}, {"ab", "x"}}}};
  const auto tokenizer = Tokenizer::load(file.bytes(), "small");
  Tokenizer::Workspace workspace;
  std::vector<RawToken> tokens;
  const std::string text = "(\"ab c";
  (*tokenizer)->tokenize(text, workspace, tokens);
  (*tokenizer)->tokenize(text, workspace, tokens);
  EXPECT_EQ(shown(text, tokens), "(|\"|ab=x_|c|(|\"|ab=x_|c");
}

TEST(TokenizerOrth, is_the_string_id) {
  const auto tokenizer = Tokenizer::load(SmallFile().bytes(), "small");
  Tokenizer::Workspace workspace;
  std::vector<RawToken> tokens;
  const std::string text = "(don't agent";
  (*tokenizer)->tokenize(text, workspace, tokens);
  ASSERT_EQ(tokens.size(), 4u);
  for (const RawToken& token : tokens) EXPECT_EQ(token.orth, string_id(text.substr(token.begin, token.end - token.begin)));
}

TEST(TokenizerMemo, more_chunks_than_fit_change_nothing) {
  const auto tokenizer = Tokenizer::load(SmallFile().bytes(), "small");
  Tokenizer::Workspace workspace;
  std::vector<RawToken> tokens;
  for (int i = 0; i < 150'000; ++i) {
    const std::string word = "(w" + std::to_string(i % 90'000);
    tokens.clear();
    (*tokenizer)->tokenize(word, workspace, tokens);
    ASSERT_EQ(tokens.size(), 2u) << word;
    ASSERT_EQ(tokens[1].end, word.size());
  }
}

TEST(TokenizerMemo, is_forgotten_with_another_tokenizer) {
  SmallFile other;
  other.exceptions = {};
  const auto first = Tokenizer::load(SmallFile().bytes(), "small");
  const auto second = Tokenizer::load(other.bytes(), "other");
  Tokenizer::Workspace workspace;
  std::vector<RawToken> tokens;
  (*first)->tokenize("don't", workspace, tokens);
  EXPECT_EQ(tokens.size(), 2u);
  tokens.clear();
  (*second)->tokenize("don't", workspace, tokens);
  EXPECT_EQ(tokens.size(), 1u);
}

TEST(TokenizerLoad, names_the_pattern_it_does_not_know) {
  SmallFile file;
  file.infix = "a(?P<name>b)";
  EXPECT_NE(load_error(file.bytes()).find("infix_finditer: unknown kind of group at character 2"), std::string::npos)
      << load_error(file.bytes());
  EXPECT_NE(load_error(file.bytes()).find("some/tokenizer"), std::string::npos);
}

TEST(TokenizerLoad, refuses_exceptions_that_do_not_add_up) {
  for (const std::vector<Piece>& pieces : {std::vector<Piece>{}, {{"ab", ""}}, {{"ab", ""}, {"cd", ""}}, {{"abc", ""}, {"c", ""}}}) {
    SmallFile file;
    file.exceptions = {{"abc", pieces}};
    EXPECT_NE(load_error(file.bytes()).find("exception \"abc\""), std::string::npos);
  }
}

TEST(TokenizerLoad, refuses_exceptions_over_the_limits) {
  SmallFile file;
  file.exceptions = {{std::string(129, 'a'), {{std::string(129, 'a'), ""}}}};
  EXPECT_NE(load_error(file.bytes()), "");
  file.exceptions.clear();
  for (int i = 0; i < 20'001; ++i) file.exceptions.push_back({std::to_string(i), {{std::to_string(i), ""}}});
  EXPECT_NE(load_error(file.bytes()).find("too many"), std::string::npos);
}

TEST(TokenizerLoad, gives_up_on_patterns_that_take_too_long) {
  SmallFile file;
  file.infix = "(?:\\w+\\w+)+(?:x|y){50}z";
  file.exceptions.clear();
  for (int i = 10'000; i < 29'000; ++i) {
    const std::string text = std::to_string(i) + std::string(120, 'x');
    file.exceptions.push_back({text, {{text, ""}}});
  }
  EXPECT_NE(load_error(file.bytes()).find("too long on the exceptions"), std::string::npos) << load_error(file.bytes());
}

TEST(TokenizerLoad, refuses_other_files) {
  EXPECT_NE(load_error(""), "");
  EXPECT_NE(load_error("no tokenizer"), "");
  EXPECT_NE(load_error(packed_map(0)), "");
  EXPECT_NE(load_error(packed_map(1) + packed("surprise") + kNil), "");
  EXPECT_NE(load_error(packed_map(1) + packed("exceptions") + kNil), "");
  EXPECT_NE(load_error(packed_map(1) + packed("prefix_search") + packed("^\xFF")), "");
  EXPECT_NE(
      load_error(packed_map(1) + packed("exceptions") + packed_map(1) + packed("a") + packed_list(1) + packed_map(1) + "B" + packed("a")),
      "");
  EXPECT_EQ(load_error(packed_map(1) + packed("exceptions") + packed_map(0)), "");
}

TEST(TokenizerBounds, long_runs_are_split_in_reasonable_time) {
  for (const char* piece : {"(", ".", "a-", "..(", "'", ".a", "http://a.b", "é"}) {
    std::string text;
    while (text.size() < 200'000) text += piece;
    static const auto tokenizer = Tokenizer::load(SmallFile().bytes(), "small");
    Tokenizer::Workspace workspace;
    std::vector<RawToken> tokens;
    (*tokenizer)->tokenize(text, workspace, tokens);
    ASSERT_FALSE(tokens.empty());
    EXPECT_EQ(tokens.back().end, text.size());
  }
}

// --- the real package -----------------------------------------------------------------------------------------------------

std::filesystem::path model_folder() {
  const char* folder = std::getenv("CASUS_MODEL");
  return folder && *folder ? folder : CASUS_SOURCE_DIR "/vendor/model";
}

/// The bytes of the package's tokenizer file; "" and a failed test without one.
const std::string& model_bytes() {
  static const std::string bytes = [] {
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator entry(model_folder(), error), end; entry != end; entry.increment(error)) {
      if (entry->path().filename() != "tokenizer") continue;
      auto file = read_file(entry->path(), 1 << 24);
      if (file) return std::move(*file);
    }
    return std::string();
  }();
  EXPECT_FALSE(bytes.empty()) << "no file \"tokenizer\" under " << model_folder()
                              << "; unpack the language model into vendor/model or set CASUS_MODEL to its folder";
  return bytes;
}

const Tokenizer* model() {
  static const auto tokenizer = Tokenizer::load(model_bytes(), "tokenizer");
  EXPECT_TRUE(tokenizer.ok()) << tokenizer.error().to_string();
  return tokenizer ? tokenizer->get() : nullptr;
}

class ModelTokenizer : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(model()); }
  static std::string tokens(std::string_view text) { return tokenized(*model(), text); }
};

TEST_F(ModelTokenizer, splits_contractions_and_abbreviations) {
  EXPECT_EQ(tokens("I don't (can't) go. U.S.A. (a.m.) \n  x"), "I_|do=do|n't=not_|(|ca=can|n't=not|)_|go|._|U.S.A._|(|a.m.|)_|\n  |x");
}

TEST_F(ModelTokenizer, keeps_spaces) { EXPECT_EQ(tokens(" a  b\t c  "), " |a_| |b|\t |c_| "); }

TEST_F(ModelTokenizer, splits_currencies_units_and_urls) {
  EXPECT_EQ(tokens("He paid $10.50/km² at http://x.com/a?b=c, didn't he?"),
            "He_|paid_|$|10.50|/|km²_|at_|http://x.com/a?b=c|,_|did=do|n't=not_|he|?");
}

TEST_F(ModelTokenizer, leaves_spaced_pieces_of_an_exception_alone) {
  EXPECT_EQ(tokens("at 5 a.m."), "at_|5_|a.m.");
  EXPECT_EQ(tokens("at 5a.m."), "at_|5|a.m.=a.m.");
  EXPECT_EQ(tokens("a.m ."), "a.m_|.");
}

TEST_F(ModelTokenizer, rebuilds_the_text) {
  const std::string_view parts[] = {" ", " ",  "\n",   "\u00a0", "(",  ")", "don't", "U.S.",         "a.m.", "...", "—",
                                    "é", "漢", "👍🏽", "1",      "km", "'", ".",     "http://a.b/c", "-",    ","};
  std::mt19937 random(7);
  Tokenizer::Workspace workspace;
  for (int round = 0; round < 5'000; ++round) {
    std::string text;
    for (auto left = random() % 30; left > 0; --left) text += parts[random() % std::size(parts)];
    std::vector<RawToken> found;
    model()->tokenize(text, workspace, found);
    uint32_t at = 0;
    for (const RawToken& token : found) {
      ASSERT_EQ(token.begin, at) << text;
      ASSERT_LT(token.begin, token.end) << text;
      at = token.end + (token.space_after ? 1 : 0);
    }
    ASSERT_EQ(at, text.size()) << text;
  }
}

TEST_F(ModelTokenizer, damaged_files_are_refused_or_work) {
  const std::string& good = model_bytes();
  std::mt19937 random(11);
  int refused = 0;
  for (int round = 0; round < 2'000; ++round) {
    std::string bytes = good;
    for (auto left = 1 + random() % 4; left > 0; --left) bytes[random() % bytes.size()] = static_cast<char>(random());
    if (round % 10 == 0) bytes.resize(random() % bytes.size());
    const auto tokenizer = Tokenizer::load(bytes, "damaged");
    refused += !tokenizer.ok();
    if (!tokenizer) {
      ASSERT_EQ(tokenizer.error().code, ErrorCode::kBadModel);
      continue;
    }
    ASSERT_NE(tokenized(**tokenizer, "(I don't pay $10.50/km² at http://x.com/a?b=c, Mr. x-y... 5a.m.)"), "");
  }
  EXPECT_GT(refused, 200);
  EXPECT_LT(refused, 2'000);
}

}  // namespace
}  // namespace casus
