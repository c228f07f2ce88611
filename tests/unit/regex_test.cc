// The regular expressions of tokenizer files: syntax, meaning as Python's re, bounds. Expected values come from Python 3.11.
#include "language/regex.h"

#include <gtest/gtest.h>

#include <string>

#include "base/utf8.h"

namespace casus {
namespace {

using Anchor = Regex::Anchor;

std::u32string wide(std::string_view text) {
  std::u32string out;
  for (size_t at = 0; at < text.size();) out += decode_utf8(text, at);
  return out;
}

RegexScratch fresh() {
  RegexScratch scratch;
  scratch.steps_left = 10'000'000;
  return scratch;
}

std::string error_of(std::string_view pattern, Anchor anchor = Anchor::kWhole) {
  const auto regex = Regex::compile(pattern, anchor);
  return regex ? "" : regex.error().message;
}

/// -1 if the pattern does not compile.
int prefix(std::string_view pattern, std::string_view text) {
  const auto regex = Regex::compile(pattern, Anchor::kStart);
  RegexScratch scratch = fresh();
  return regex ? static_cast<int>((*regex)->match_prefix(wide(text), scratch)) : -1;
}

int suffix(std::string_view pattern, std::string_view text) {
  const auto regex = Regex::compile(pattern, Anchor::kEnd);
  RegexScratch scratch = fresh();
  return regex ? static_cast<int>((*regex)->match_suffix(wide(text), scratch)) : -1;
}

bool matches(std::string_view pattern, std::string_view text) {
  const auto regex = Regex::compile(pattern, Anchor::kWhole);
  EXPECT_TRUE(regex.ok()) << pattern << ": " << error_of(pattern);
  RegexScratch scratch = fresh();
  return regex && (*regex)->matches(wide(text), scratch);
}

/// "begin-end " of every match, one after the other.
std::string all(std::string_view pattern, std::string_view text) {
  const auto regex = Regex::compile(pattern, Anchor::kFree);
  if (!regex) return regex.error().message;
  RegexScratch scratch = fresh();
  const std::u32string points = wide(text);
  std::string out;
  std::optional<RegexMatch> match;
  for (size_t from = 0; (match = (*regex)->find(points, from, scratch)); from = match->end) {
    out += std::to_string(match->begin) + "-" + std::to_string(match->end) + " ";
  }
  return out;
}

TEST(RegexPrefix, takes_the_first_alternative_not_the_longest) {
  EXPECT_EQ(prefix("^…|^……", "……"), 1);
  EXPECT_EQ(prefix("^……|^…", "……"), 2);
  EXPECT_EQ(prefix("^(?:a|ab)(?:c|bcd)", "abcd"), 4);
}

TEST(RegexPrefix, takes_as_much_as_a_quantifier_can) {
  EXPECT_EQ(prefix("^\\.\\.+", "....a"), 4);
  EXPECT_EQ(prefix("^\\.\\.+?", "....a"), 2);
  EXPECT_EQ(prefix("^\\.{2,3}", "....a"), 3);
}

TEST(RegexPrefix, is_zero_without_a_match) {
  EXPECT_EQ(prefix("^a|^b", "cab"), 0);
  EXPECT_EQ(prefix("^a", ""), 0);
  EXPECT_EQ(prefix("^\\+(?![0-9])", "+1"), 0);
}

TEST(RegexPrefix, sees_what_follows_in_a_look_ahead) {
  EXPECT_EQ(prefix("^\\+(?![0-9])", "+a"), 1);
  EXPECT_EQ(prefix("^\\+(?![0-9])", "+"), 1);
}

TEST(RegexSuffix, takes_the_longest_alternative) {
  EXPECT_EQ(suffix("s$|'s$", "dog's"), 2);
  EXPECT_EQ(suffix("\\.\\.+$|…$", "a..."), 3);
  EXPECT_EQ(suffix("(?<=[0-9])(?:m|km|km²)$", "5km"), 2);
}

TEST(RegexSuffix, is_zero_without_a_match) {
  EXPECT_EQ(suffix("\\.\\.+$", "a."), 0);
  EXPECT_EQ(suffix("a$", ""), 0);
  EXPECT_EQ(suffix("(?<=[0-9])(?:m|km)$", "km"), 0);
}

TEST(RegexSuffix, checks_look_behinds_of_two_code_points) {
  EXPECT_EQ(suffix("(?<=[A-Z][A-Z])\\.$", "AB."), 1);
  EXPECT_EQ(suffix("(?<=[A-Z][A-Z])\\.$", "aB."), 0);
  EXPECT_EQ(suffix("(?<=[A-Z][A-Z])\\.$", "B."), 0);
  EXPECT_EQ(suffix("(?<!a)b$", "b"), 1);
}

TEST(RegexSuffix, may_stop_before_a_last_newline) {
  EXPECT_EQ(suffix("ab$", "xab\n"), 2);
  EXPECT_EQ(suffix("ab$", "xab\n\n"), 0);
}

TEST(RegexFind, gives_matches_from_left_to_right) {
  EXPECT_EQ(all("(?<=[a-z])(?:-|–|--)(?=[a-z])", "a-b--c–d-"), "1-2 3-5 6-7 ");
  EXPECT_EQ(all("\\.\\.+|…", "..a.b...…"), "0-2 5-8 8-9 ");
}

TEST(RegexFind, gives_nothing_where_nothing_matches) {
  EXPECT_EQ(all("a+", ""), "");
  EXPECT_EQ(all("(?<=a)b", "b cb"), "");
}

TEST(RegexMatches, is_tied_to_the_start_only) {
  EXPECT_TRUE(matches("ab", "abc"));
  EXPECT_FALSE(matches("ab", "cab"));
  EXPECT_FALSE(matches("ab$", "abc"));
  EXPECT_TRUE(matches("", "abc"));
}

TEST(RegexSyntax, knows_the_classes_of_python) {
  EXPECT_TRUE(matches("\\w\\d\\s\\S$", "é٣\u00a0x"));
  EXPECT_FALSE(matches("\\d", "²"));
  EXPECT_TRUE(matches("\\w", "²"));
  EXPECT_TRUE(matches("\\W\\D.$", "-x漢"));
  EXPECT_FALSE(matches(".", "\n"));
  EXPECT_TRUE(matches("\\s", "\x1c"));
  EXPECT_FALSE(matches("\\s", "\u200b"));
}

TEST(RegexSyntax, reads_escapes_of_code_points) {
  EXPECT_TRUE(matches("\\x41\\u00e9\\U0001F600$", "Aé😀"));
  EXPECT_TRUE(matches("\\t\\n\\.\\-\\!\\é$", "\t\n.-!é"));
}

TEST(RegexSyntax, reads_brackets_as_python_does) {
  EXPECT_EQ(all("[](?:|)[]", "a](?:|)[b"), "1-2 2-3 3-4 4-5 5-6 6-7 7-8 ");
  EXPECT_EQ(all("[^]a]", "a]b"), "2-3 ");
  EXPECT_EQ(all("[a-]", "-ab"), "0-1 1-2 ");
  EXPECT_EQ(all("[-a]", "-ab"), "0-1 1-2 ");
  EXPECT_EQ(all("[+--]", "+,-."), "0-1 1-2 2-3 ");
  EXPECT_EQ(all("[\\d\\-x]", "1-xw"), "0-1 1-2 2-3 ");
  EXPECT_EQ(all("[\\u0041-\\U00000043é]", "DCéA"), "1-2 2-3 3-4 ");
}

TEST(RegexSyntax, takes_braces_that_count_nothing_as_characters) {
  EXPECT_TRUE(matches("a{$", "a{"));
  EXPECT_TRUE(matches("a{x}b{,y}{}$", "a{x}b{,y}{}"));
  EXPECT_TRUE(matches("a{,2}$", ""));
  EXPECT_FALSE(matches("a{2}$", "aaa"));
  EXPECT_TRUE(matches("a{2,}$", "aaaaa"));
}

TEST(RegexSyntax, skips_the_unicode_flag_at_the_start) { EXPECT_TRUE(matches("(?u)^a$", "a")); }

TEST(RegexSyntax, refuses_what_it_does_not_know) {
  for (const char* pattern : {"\\b", "\\1", "\\A", "\\q", "(?P<n>a)", "(?i)a", "(?#c)", "a(?u)", "a*+", "a**", "a{2}{3}", "(?=a)*", "^*"}) {
    EXPECT_NE(error_of(pattern), "") << pattern;
  }
}

TEST(RegexSyntax, refuses_what_python_refuses) {
  for (const char* pattern :
       {"(",      ")",     "(a",      "a)", "[",   "[a",   "[]",    "[^]",         "*",        "+a",         "?", "{2}",
        "a{3,2}", "[b-a]", "[a-\\d]", "\\", "[\\", "\\x4", "\\u12", "\\U00110000", "(?<=a+)b", "(?<=a|bc)d", "(?"}) {
    EXPECT_NE(error_of(pattern), "") << pattern;
  }
}

TEST(RegexSyntax, names_the_place_of_a_mistake) { EXPECT_EQ(error_of("ab\\qc"), "unknown escape at character 4 of the pattern"); }

TEST(RegexCompile, refuses_patterns_that_are_not_tied_to_their_end) {
  EXPECT_NE(error_of("^a|b", Anchor::kStart), "");
  EXPECT_NE(error_of("a$|b", Anchor::kEnd), "");
  EXPECT_NE(error_of("(?:a|b$)", Anchor::kEnd), "");
  EXPECT_EQ(error_of("^(?:a|b)|^c", Anchor::kStart), "");
}

TEST(RegexCompile, refuses_affixes_that_can_match_nothing) {
  EXPECT_NE(error_of("^a?", Anchor::kStart), "");
  EXPECT_NE(error_of("(?<=a)$", Anchor::kEnd), "");
  EXPECT_NE(error_of("a*", Anchor::kFree), "");
  EXPECT_NE(error_of("", Anchor::kFree), "");
}

TEST(RegexBounds, refuse_patterns_that_grow_too_large) {
  EXPECT_NE(error_of(std::string(70'000, 'a')), "");
  EXPECT_NE(error_of("(?:a{1000}){1000}"), "");
  EXPECT_NE(error_of("a{1001}"), "");
  EXPECT_NE(error_of("a{99999999999999999999}"), "");
  EXPECT_NE(error_of("(?:(?:a*)*)*"), "");
  EXPECT_NE(error_of("(?=a{65})"), "");
  EXPECT_NE(error_of("(?=a*)"), "");
  EXPECT_NE(error_of("(?=(?=(?=(?=a))))"), "");
  std::string classes;
  for (int i = 0; i < 30'000; ++i) classes += "\\w";
  EXPECT_NE(error_of(classes), "");
}

TEST(RegexBounds, nesting_is_limited) {
  EXPECT_NE(error_of(std::string(60'000, '(')), "");
  EXPECT_NE(error_of(std::string(33, '(') + "a" + std::string(33, ')')), "");
  EXPECT_EQ(error_of(std::string(32, '(') + "a" + std::string(32, ')')), "");
}

TEST(RegexBounds, products_of_alternatives_are_not_spelt_out_without_end) {
  std::string pattern = "^";
  for (int i = 0; i < 40; ++i) pattern += "(?:a|b|c)";
  EXPECT_EQ(prefix(pattern, std::string(40, 'b')), 40);
}

TEST(RegexBounds, ambiguous_patterns_take_linear_time) {
  const std::string text(20'000, 'a');
  EXPECT_FALSE(matches("(?:(?:a|a)+(?:a|aa)+)+b", text));
  EXPECT_FALSE(matches("(?:a+)+(?:a+)+c$", text + "b"));
}

TEST(RegexBounds, nothing_matches_once_the_steps_are_used_up) {
  const auto regex = Regex::compile("a*b", Anchor::kWhole);
  RegexScratch scratch;
  scratch.steps_left = 50;
  EXPECT_FALSE((*regex)->matches(wide(std::string(1000, 'a') + "b"), scratch));
  EXPECT_EQ(scratch.steps_left, 0u);
}

}  // namespace
}  // namespace casus
