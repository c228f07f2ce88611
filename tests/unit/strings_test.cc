// String ids, hash keys and the lexical attributes of words; expected values come from spaCy 3.8 and Python 3.11.
#include "language/strings.h"

#include <gtest/gtest.h>

#include "language/unicode.h"

namespace casus {
namespace {

TEST(StringId, of_the_empty_string_is_zero) { EXPECT_EQ(string_id(""), 0u); }

TEST(StringId, of_words_is_spacys_hash) {
  EXPECT_EQ(string_id("the"), 7425985699627899538u);
  EXPECT_EQ(string_id("The"), 5059648917813135842u);
  EXPECT_EQ(string_id("n't"), 2043519015752540944u);
  EXPECT_EQ(string_id("coffee"), 3197928453018144401u);
  EXPECT_EQ(string_id("naïve"), 16224804062388677344u);
  EXPECT_EQ(string_id(" "), 8532415787641010193u);
  EXPECT_EQ(string_id("\n"), 962983613142996970u);
  EXPECT_EQ(string_id("x"), 11123243248953317070u);
  EXPECT_EQ(string_id("xxx"), 4088098365541558500u);
  EXPECT_EQ(string_id("dddd"), 16540303583526207617u);
  EXPECT_EQ(string_id("noun"), 16833663260455505849u);
  EXPECT_EQ(string_id("verb"), 6360137228241296794u);
  EXPECT_EQ(string_id("adj"), 12401032943472870168u);
  EXPECT_EQ(string_id("adv"), 10054248821341768113u);
}

TEST(StringId, of_reserved_symbols_is_their_number) {
  EXPECT_EQ(string_id("X"), 101u);
  EXPECT_EQ(string_id("NOUN"), 92u);
  EXPECT_EQ(string_id("agent"), 401u);
  EXPECT_EQ(string_id("punct"), 445u);
}

TEST(ReservedSymbol, ends_of_every_run_have_their_number) {
  EXPECT_EQ(reserved_symbol("IS_ALPHA"), 1u);
  EXPECT_EQ(reserved_symbol("IS_CURRENCY"), 18u);
  EXPECT_EQ(reserved_symbol("FLAG19"), 19u);
  EXPECT_EQ(reserved_symbol("FLAG63"), 63u);
  EXPECT_EQ(reserved_symbol("ID"), 64u);
  EXPECT_EQ(reserved_symbol("LANG"), 83u);
  EXPECT_EQ(reserved_symbol("ADJ"), 84u);
  EXPECT_EQ(reserved_symbol("SPACE"), 103u);
  EXPECT_EQ(reserved_symbol("DEPRECATED001"), 104u);
  EXPECT_EQ(reserved_symbol("DEPRECATED276"), 379u);
  EXPECT_EQ(reserved_symbol("PERSON"), 380u);
  EXPECT_EQ(reserved_symbol("CARDINAL"), 397u);
  EXPECT_EQ(reserved_symbol("acomp"), 398u);
  EXPECT_EQ(reserved_symbol("acl"), 451u);
  EXPECT_EQ(reserved_symbol("ENT_KB_ID"), 452u);
  EXPECT_EQ(reserved_symbol("_"), 456u);
}

TEST(ReservedSymbol, near_misses_are_none) {
  for (const char* name : {"", "noun", "FLAG18", "FLAG64", "FLAG", "FLAG1x", "FLAG019", "DEPRECATED000", "DEPRECATED277", "DEPRECATED1",
                           "IS_ALPHAS", "x", "__", "A_NAME_LONGER_THAN_ALL"}) {
    EXPECT_EQ(reserved_symbol(name), 0u) << name;
  }
}

TEST(HashKeys, of_known_ids_give_known_keys) {
  const auto keys = [](uint64_t id, uint32_t seed) {
    const HashKeys k = hash_keys(id, seed);
    return std::vector<uint32_t>(k.key, k.key + 4);
  };
  using Keys = std::vector<uint32_t>;
  EXPECT_EQ(keys(7425985699627899538u, 8), (Keys{2332737498u, 1315472909u, 1351622599u, 1973209364u}));
  EXPECT_EQ(keys(15369245168918225700u, 9), (Keys{2273434943u, 2160171021u, 694609560u, 1669664801u}));
  EXPECT_EQ(keys(7425985699627899538u, 10), (Keys{1838916568u, 1047121172u, 363980739u, 1436505890u}));
  EXPECT_EQ(keys(4088098365541558500u, 11), (Keys{1929811281u, 1665240648u, 2898761061u, 529565701u}));
  EXPECT_EQ(keys(101, 11), (Keys{1763378230u, 3759297338u, 627086936u, 2342724702u}));
  EXPECT_EQ(keys(1, 12), (Keys{2938686206u, 2291508213u, 2246688320u, 3554967022u}));
  EXPECT_EQ(keys(0, 12), (Keys{3628889788u, 3483432925u, 485828337u, 1486234390u}));
  EXPECT_EQ(keys(1, 13), (Keys{1266879892u, 1356517611u, 318478807u, 3343674364u}));
  EXPECT_EQ(keys(0, 13), (Keys{1041741114u, 1039425791u, 1457952615u, 394743738u}));
}

TEST(LowerCase, maps_letters_of_every_script) {
  EXPECT_EQ(lower_case(""), "");
  EXPECT_EQ(lower_case("The USA-2"), "the usa-2");
  EXPECT_EQ(lower_case("ÉCOLE Ÿ ẞ Ǆ"), "école ÿ ß ǆ");
  EXPECT_EQ(lower_case("КИЕВ Ⅷ Ⓐ"), "киев ⅷ ⓐ");
  EXPECT_EQ(lower_case("ß 漢字 ½"), "ß 漢字 ½");
}

TEST(LowerCase, dotted_capital_i_becomes_two_code_points) { EXPECT_EQ(lower_case("İstanbul"), "i\u0307stanbul"); }

TEST(LowerCase, sigma_at_the_end_of_a_word_is_final) {
  EXPECT_EQ(lower_case("ΟΔΟΣ"), "οδος");
  EXPECT_EQ(lower_case("ΟΔΟΣ."), "οδος.");
  EXPECT_EQ(lower_case("ΟΔΟΣ'"), "οδος'");
  EXPECT_EQ(lower_case("AΣ 1"), "aς 1");
}

TEST(LowerCase, sigma_elsewhere_is_not_final) {
  EXPECT_EQ(lower_case("Σ"), "σ");
  EXPECT_EQ(lower_case("ΣΑΣΑ"), "σασα");
  EXPECT_EQ(lower_case("1Σ"), "1σ");
  EXPECT_EQ(lower_case("ΑΣ'Α"), "ασ'α");
}

TEST(WordShape, maps_letters_and_digits_and_keeps_the_rest) {
  EXPECT_EQ(word_shape(""), "");
  EXPECT_EQ(word_shape("The"), "Xxx");
  EXPECT_EQ(word_shape("10.50"), "dd.dd");
  EXPECT_EQ(word_shape("km²"), "xxd");
  EXPECT_EQ(word_shape("A-10's"), "X-dd'x");
}

TEST(WordShape, cuts_runs_of_one_shape_to_four) {
  EXPECT_EQ(word_shape("Washington"), "Xxxxx");
  EXPECT_EQ(word_shape("http://x.com/a?b=c"), "xxxx://x.xxx/x?x=x");
  EXPECT_EQ(word_shape("......"), "....");
  EXPECT_EQ(word_shape("123456a7"), "ddddxd");
}

TEST(WordShape, tells_digits_from_numbers_and_capitals_from_title_case) {
  EXPECT_EQ(word_shape("²①٣"), "ddd");
  EXPECT_EQ(word_shape("Ⅷ½"), "Ⅷ½");
  EXPECT_EQ(word_shape("ǅ漢Ⓐ"), "xxⒶ");
}

TEST(WordShape, of_a_hundred_code_points_is_LONG) {
  EXPECT_EQ(word_shape(std::string(99, 'a')), "xxxx");
  EXPECT_EQ(word_shape(std::string(100, 'a')), "LONG");
  EXPECT_EQ(word_shape(std::string(101, 'a')), "LONG");
  std::string wide;
  for (int i = 0; i < 99; ++i) wide += "é";
  EXPECT_EQ(word_shape(wide), "xxxx");
  EXPECT_EQ(word_shape(wide + "é"), "LONG");
}

TEST(WordAffixes, count_code_points) {
  EXPECT_EQ(word_prefix("élan"), "é");
  EXPECT_EQ(word_prefix("x"), "x");
  EXPECT_EQ(word_suffix("naïveté"), "eté");
  EXPECT_EQ(word_suffix("é漢"), "é漢");
  EXPECT_EQ(word_suffix("🇩🇪!x"), "🇪!x");
}

TEST(WordAffixes, of_the_empty_string_are_empty) {
  EXPECT_EQ(word_prefix(""), "");
  EXPECT_EQ(word_suffix(""), "");
}

TEST(IsSpaceWord, follows_pythons_isspace) {
  for (const char* word : {" ", "\n\t", "\x1c", "\u0085", "\u00a0", "\u1680", "\u2009", "\u2028", "\u202f", "\u205f", "\u3000"}) {
    EXPECT_TRUE(is_space_word(word)) << word;
  }
  for (const char* word : {"", "a", " a", "\u200b", "\ufeff", "\u180e", "\u0300"}) EXPECT_FALSE(is_space_word(word)) << word;
}

TEST(IsAlphaWord, wants_letters_only) {
  EXPECT_TRUE(is_alpha_word("naïve漢ʰ"));
  for (const char* word : {"", "a1", "a-b", "²", "Ⅷ", "a "}) EXPECT_FALSE(is_alpha_word(word)) << word;
}

TEST(BaseNorm, of_dashes_quotes_and_currencies) {
  EXPECT_EQ(base_norm("—"), "-");
  EXPECT_EQ(base_norm("---"), "-");
  EXPECT_EQ(base_norm("’"), "'");
  EXPECT_EQ(base_norm("’’"), "\"");
  EXPECT_EQ(base_norm("’S"), "'s");
  EXPECT_EQ(base_norm("Mex$"), "$");
  EXPECT_EQ(base_norm("…"), "...");
}

TEST(BaseNorm, of_other_words_is_none) {
  for (const char* word : {"", "-", "$", "----", "the", "us$", "’’’"}) EXPECT_EQ(base_norm(word), "") << word;
}

TEST(DefaultNorm, is_the_base_norm_or_lower_case) {
  EXPECT_EQ(default_norm("US$"), "$");
  EXPECT_EQ(default_norm("USA"), "usa");
}

TEST(Unicode, tables_are_of_the_version_of_the_fixtures) { EXPECT_EQ(unicode::kVersion, "14.0.0"); }

TEST(Unicode, flags_at_the_ends_of_the_range) {
  EXPECT_EQ(unicode::flags(0), 0);
  EXPECT_EQ(unicode::flags(0x10FFFF), 0);
  EXPECT_EQ(unicode::flags('_'), unicode::kWord);
}

}  // namespace
}  // namespace casus
