// Numbers as they are written, what they count, and which of them belong to an act: sentences parsed by hand, with the shipped words.
#include "reading/quantities.h"

#include <gtest/gtest.h>

#include <chrono>

#include "parsed_document.h"
#include "sanitized.h"
#include "shipped_lexicon.h"

namespace casus {
namespace {

double value(std::string_view text) {
  const auto number = read_digits(text);
  return number ? number->value : -1;
}

TEST(read_digits, reads_separators_of_all_kinds) {
  EXPECT_EQ(value("3,000"), 3000);
  EXPECT_EQ(value("1,234,567"), 1234567);
  EXPECT_EQ(value("12,34,567"), 1234567);  // lakhs
  EXPECT_EQ(value("1.000.000"), 1000000);
  EXPECT_EQ(value("3'000"), 3000);
  EXPECT_EQ(value("3\u2019000"), 3000);
  EXPECT_EQ(value("3\u00A0000"), 3000);
  EXPECT_EQ(value("3\u202F000\u202F000"), 3000000);
  EXPECT_EQ(value("1,234.5"), 1234.5);
  EXPECT_EQ(value("1.5"), 1.5);
  EXPECT_EQ(value(".5"), .5);
  EXPECT_EQ(value("007"), 7);
}

TEST(read_digits, keeps_what_is_glued_to_a_number) {
  const auto number = read_digits("1.5bn");
  ASSERT_TRUE(number);
  EXPECT_EQ(number->value, 1.5);
  EXPECT_EQ(number->suffix, "bn");
}

TEST(read_digits, refuses_what_is_no_count) {
  for (const std::string_view text :
       {"",   "-0",   "-5",        "+5",    "1e999", "1,2",  "12,34", "1,0000", "1.2.3", "1..2",        "1,,000",
        "1.", ",000", "1'000,000", "12:30", "1/2",   "0x1F", "inf",   "nan",    "five",  "1.5billions", "1,000.000.000"}) {
    const auto number = read_digits(text);
    EXPECT_FALSE(number && number->suffix.empty()) << text;
  }
}

TEST(read_digits, refuses_numbers_beyond_the_bounds) {
  EXPECT_FALSE(read_digits(std::string(10'000, '9')));
  EXPECT_FALSE(read_digits("0." + std::string(10'000, '0') + "1"));
  EXPECT_FALSE(read_digits(std::string(kMaxNumberBytes, '9')));
  EXPECT_FALSE(read_digits("99999999999999999"));
  EXPECT_TRUE(read_digits("9999999999999999"));
}

/// A number of some words before "soldiers".
std::optional<Numeral> numeral(const std::vector<std::string>& words) {
  std::string lines;
  const auto noun = std::to_string(words.size() + 1);
  for (const std::string& word : words) lines += word + " " + word + " CD NUM nummod " + noun + "\n";
  lines += "soldiers soldier NNS NOUN ROOT 0\n";
  const ParsedDocument parsed(lines);
  const Syntax syntax(parsed.doc());
  return NumeralReader(syntax, shipped_lexicon()).read(0);
}

double words_value(const std::vector<std::string>& words) {
  const auto found = numeral(words);
  return found && found->value && found->end == words.size() ? *found->value : -1;
}

TEST(numeral, words_are_numbers) {
  EXPECT_EQ(words_value({"twelve"}), 12);
  EXPECT_EQ(words_value({"twenty", "-", "five"}), 25);
  EXPECT_EQ(words_value({"two", "hundred", "and", "fifty"}), 250);
  EXPECT_EQ(words_value({"three", "thousand", "two", "hundred"}), 3200);
  EXPECT_EQ(words_value({"a", "hundred", "thousand"}), 100000);
  EXPECT_EQ(words_value({"half", "a", "million"}), 500000);
  EXPECT_EQ(words_value({"one", "and", "a", "half", "million"}), 1500000);
  EXPECT_EQ(words_value({"a", "dozen"}), 12);
  EXPECT_EQ(words_value({"two", "dozen"}), 24);
  EXPECT_EQ(words_value({"1.1", "million"}), 1100000);
  EXPECT_EQ(words_value({"3", "000", "000"}), 3000000);
  EXPECT_EQ(words_value({"half", "of", "the", "2,000"}), 1000);
  EXPECT_EQ(words_value({"two", "thirds", "of", "the", "300"}), 200);
  EXPECT_EQ(words_value({"1.5bn"}), 1.5e9);
  EXPECT_EQ(words_value({"$", "20", "m"}), 20e6);
}

TEST(numeral, sizes_have_no_value) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"thousands"}, {"several", "thousand"}, {"a", "few", "hundred"}, {"tens", "of", "thousands"}, {"dozens"}, {"scores"}}) {
    const auto found = numeral(words);
    ASSERT_TRUE(found) << words[0];
    EXPECT_TRUE(found->is_size);
    EXPECT_FALSE(found->value);
    EXPECT_EQ(found->end, words.size());
  }
}

TEST(numeral, ranges_have_ends) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"between", "20", "and", "30"}, {"20", "to", "30"}, {"20", "-", "30"}, {"20", "\u2013", "30"}, {"twenty", "or", "thirty"}}) {
    const auto found = numeral(words);
    ASSERT_TRUE(found) << words[0] << words[1];
    EXPECT_FALSE(found->value);
    EXPECT_EQ(found->min, 20);
    EXPECT_EQ(found->max, 30);
  }
  const auto scaled = numeral({"2", "to", "3", "million"});
  ASSERT_TRUE(scaled);
  EXPECT_EQ(scaled->min, 2e6);
  EXPECT_EQ(scaled->max, 3e6);
  const auto hundreds = numeral({"between", "two", "hundred", "and", "three", "hundred"});
  ASSERT_TRUE(hundreds);
  EXPECT_EQ(hundreds->min, 200);
  EXPECT_EQ(hundreds->max, 300);
}

TEST(numeral, scores_days_and_telephones_are_no_numbers) {
  EXPECT_FALSE(numeral({"3", "-", "2"}));
  EXPECT_FALSE(numeral({"2014", "-", "12", "-", "03"}));
  EXPECT_FALSE(numeral({"25th"}));
  EXPECT_FALSE(numeral({"between", "Oslo"}));
  EXPECT_FALSE(numeral({"third"}));
}

// ---- what is counted

std::vector<Amount> amounts(const ParsedDocument& parsed) {
  const Syntax syntax(parsed.doc());
  const Markup markup(syntax, shipped_lexicon());
  return Quantities(syntax, shipped_lexicon(), markup).amounts();
}

TEST(quantities, an_amount_has_its_noun_beyond_adjectives) {
  const ParsedDocument parsed(
      "about about RB ADV advmod 2\n3,000 3,000 CD NUM nummod 4\nUS US NNP PROPN compound 4\ntroops troop NNS NOUN dobj 5\nleft leave VBD "
      "VERB ROOT 0\n");
  const auto found = amounts(parsed);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].quantity.value, 3000);
  EXPECT_EQ(found[0].quantity.unit, "troops");
  EXPECT_EQ(found[0].quantity.kind, "troops");
  EXPECT_EQ(found[0].quantity.text, "3,000");
  EXPECT_TRUE(found[0].quantity.about);
}

TEST(quantities, money_has_a_currency) {
  const ParsedDocument parsed(
      "gave give VBD VERB ROOT 0\n500 500 CD NUM nummod 4\nKenyan Kenyan JJ ADJ amod 4\nshillings shilling NNS NOUN dobj 1\n");
  const auto found = amounts(parsed);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].quantity.currency, "KES");
  const ParsedDocument sign("gave give VBD VERB ROOT 0\n\u20AC \u20AC SYM SYM nmod 3\n20 20 CD NUM dobj 1\n");
  const auto euros = amounts(sign);
  ASSERT_EQ(euros.size(), 1u);
  EXPECT_EQ(euros[0].quantity.currency, "EUR");
  EXPECT_EQ(euros[0].quantity.unit, "euros");
}

TEST(quantities, capitals_of_a_headline_are_no_currency) {
  const ParsedDocument parsed("ALL all DT DET det 3\n50 50 CD NUM nummod 3\nMINERS miner NNS NOUN nsubj 4\nSAVED save VBD VERB ROOT 0\n");
  const auto found = amounts(parsed);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].quantity.currency, "");
}

TEST(quantities, years_ages_and_names_count_nothing) {
  const ParsedDocument year("the the DT DET det 3\n2014 2014 CD NUM nummod 3\nannexation annexation NN NOUN ROOT 0\n");
  EXPECT_TRUE(amounts(year).empty());
  const ParsedDocument ago("two two CD NUM nummod 2\ndays day NNS NOUN npadvmod 3\nago ago RB ADV ROOT 0\n");
  EXPECT_TRUE(amounts(ago).empty());
  const ParsedDocument age(
      "an an DT DET det 7\n18 18 CD NUM nummod 4\n- - HYPH PUNCT punct 4\nyear year NN NOUN npadvmod 6\n- - HYPH PUNCT punct 6\nold old JJ "
      "ADJ amod 7\nsoldier "
      "soldier NN NOUN ROOT 0\n");
  EXPECT_TRUE(amounts(age).empty());
  const ParsedDocument law("Article article NN NOUN ROOT 0 LAW\n5 5 CD NUM nummod 1 LAW\n");
  EXPECT_TRUE(amounts(law).empty());
}

TEST(quantities, a_stretch_of_time_that_describes_an_act_is_how_long) {
  const ParsedDocument parsed(
      "after after IN ADP prep 7\na a DT DET det 6\ntwo two CD NUM nummod 5\n- - HYPH PUNCT punct 5\nhour hour NN NOUN compound 6\nbattle "
      "battle NN NOUN pobj "
      "1\nleft leave VBD VERB ROOT 0\n");
  const auto found = amounts(parsed);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].quantity.value, 2);
  EXPECT_EQ(found[0].quantity.unit, "hours");
}

TEST(quantities, a_number_alone_takes_the_unit_before_it) {
  const ParsedDocument parsed(
      "killed kill VBD VERB ROOT 0\n12 12 CD NUM nummod 3\nminers miner NNS NOUN dobj 1\nand and CC CCONJ cc 1\nwounded wound VBD VERB "
      "conj 1\n30 30 CD NUM "
      "dobj 5\n");
  const auto found = amounts(parsed);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[1].quantity.unit, found[0].quantity.unit);
  EXPECT_EQ(found[1].quantity.value, 30);
}

// ---- whose an amount is

TEST(quantities, an_act_has_the_amounts_of_its_clause_alone) {
  const ParsedDocument parsed(
      "Iran Iran NNP PROPN nsubj 2\nsent send VBD VERB ROOT 0\n20 20 CD NUM nummod 4\ntanks tank NNS NOUN dobj 2\nand and CC CCONJ cc "
      "2\nOman Oman NNP PROPN "
      "nsubj 7\nfreed free VBD VERB conj 2\n3 3 CD NUM nummod 9\nhostages hostage NNS NOUN dobj 7\n");
  const Syntax syntax(parsed.doc());
  const Markup markup(syntax, shipped_lexicon());
  const Quantities quantities(syntax, shipped_lexicon(), markup);
  const auto sent = quantities.of(1, {}, false), freed = quantities.of(6, {}, false);
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent[0].unit, "tanks");
  ASSERT_EQ(freed.size(), 1u);
  EXPECT_EQ(freed[0].value, 3);
}

TEST(quantities, those_who_only_speak_are_not_counted) {
  const ParsedDocument parsed(
      "Three three CD NUM nummod 2\nsenators senator NNS NOUN nsubj 3\nurged urge VBD VERB ROOT 0\nIran Iran NNP PROPN dobj 3\n");
  const Syntax syntax(parsed.doc());
  const Markup markup(syntax, shipped_lexicon());
  const Quantities quantities(syntax, shipped_lexicon(), markup);
  EXPECT_TRUE(quantities.of(2, {}, true).empty());
  EXPECT_EQ(quantities.of(2, {}, false).size(), 1u);
}

TEST(quantities, ten_thousand_numbers_in_a_sentence_are_read_in_bounded_time) {
  std::string lines = "killed kill VBD VERB ROOT 0\n";
  for (int i = 0; i < 10'000; ++i) {
    const auto noun = std::to_string(2 * i + 3);
    lines += "5 5 CD NUM nummod " + noun + "\nmen man NNS NOUN " + (i == 0 ? "dobj 1" : "conj " + std::to_string(2 * i + 1)) + "\n";
  }
  const ParsedDocument parsed(lines);
  const auto start = std::chrono::steady_clock::now();
  const Syntax syntax(parsed.doc());
  const Markup markup(syntax, shipped_lexicon());
  const Quantities quantities(syntax, shipped_lexicon(), markup);
  EXPECT_EQ(quantities.amounts().size(), 10'000u);
  EXPECT_LE(quantities.of(0, {}, false).size(), Quantities::kMaxOfAct);
  for (uint32_t token = 0; token < syntax.size(); token += 7) EXPECT_LE(quantities.of(token, {}, false).size(), Quantities::kMaxOfAct);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2) * kSlowness);
}

}  // namespace
}  // namespace casus
