// Quotation marks paired over a whole article: every kind of mark, apostrophes, quotations over paragraphs, marks that never close.
#include "reading/quotations.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace casus {
namespace {

/// The words of the quotations; pieces joined by " / ". Paragraphs are the lines.
std::vector<std::string> quotes_in(const std::string& text) {
  std::vector<ByteSpan> paragraphs;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = text.find('\n', begin);
    if (end == std::string::npos) end = text.size();
    if (end > begin) paragraphs.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
    begin = end + 1;
  }
  std::vector<std::string> found;
  for (const Quotation& quotation : find_quotations(text, paragraphs)) {
    std::string all;
    for (const ByteSpan piece : quotation.pieces) all += (all.empty() ? "" : " / ") + std::string(piece.in(text));
    found.push_back(all);
  }
  return found;
}

using Words = std::vector<std::string>;

TEST(quotations, straight_marks_open_and_close_in_turn) {
  EXPECT_EQ(quotes_in("\"We left,\" she said. \"We are back.\""), (Words{"\"We left,\"", "\"We are back.\""}));
}

TEST(quotations, curly_marks_low_marks_and_guillemets_pair) {
  EXPECT_EQ(quotes_in("He said “no” and »yes« and «maybe» and „never”."), (Words{"“no”", "»yes«", "«maybe»", "„never”"}));
}

TEST(quotations, two_apostrophes_and_two_grave_accents_are_marks) {
  EXPECT_EQ(quotes_in("''It is,'' he said. ``It is not,'' said she."), (Words{"''It is,''", "``It is not,''"}));
}

TEST(quotations, single_marks_pair_and_apostrophes_do_not) {
  EXPECT_EQ(quotes_in("‘We’re ready,’ he said of the workers’ rights. It's theirs."), (Words{"‘We’re ready,’"}));
  EXPECT_EQ(quotes_in("The '90s and the ministers' plan, rock 'n roll."), Words{});
}

TEST(quotations, a_single_mark_behind_an_s_closes_only_where_nothing_surer_does) {
  EXPECT_EQ(quotes_in("‘The soldiers’ rights are sacred,’ he said."), (Words{"‘The soldiers’ rights are sacred,’"}));
  EXPECT_EQ(quotes_in("He spoke of ‘dark forces’ and left."), (Words{"‘dark forces’"}));
}

TEST(quotations, marks_inside_are_part_of_the_outer_quotation) {
  EXPECT_EQ(quotes_in("“He said ‘no’ and “never” to me,” she said."), (Words{"“He said ‘no’ and “never” to me,”"}));
  EXPECT_EQ(quotes_in("'They say \"no\" to us,' she said."), (Words{"'They say \"no\" to us,'"}));
}

TEST(quotations, a_quotation_goes_on_in_a_paragraph_that_opens_anew) {
  EXPECT_EQ(quotes_in("She said: “First.\n“Second.\n“Third.”\nThe end."), (Words{"“First. / “Second. / “Third.”"}));
}

TEST(quotations, a_quotation_that_the_next_paragraph_only_closes_goes_on_there) {
  EXPECT_EQ(quotes_in("“First.\nSecond,” she said."), (Words{"“First. / Second,”"}));
}

TEST(quotations, what_is_never_closed_is_no_quotation_and_spoils_nothing_behind_it) {
  EXPECT_EQ(quotes_in("\"We left, she said.\nThen \"this\" came."), (Words{"\"this\""}));
  EXPECT_EQ(quotes_in("\"We left, she said. \"We are back.\""), (Words{"\"We are back.\""}));
  EXPECT_EQ(quotes_in("“"), Words{});
  EXPECT_EQ(quotes_in("A 6' 2\" man"), Words{});
}

TEST(quotations, a_closing_mark_without_an_opening_one_is_passed_over) {
  EXPECT_EQ(quotes_in("It was over,” he said. “Really.”"), (Words{"“Really.”"}));
}

TEST(quotations, marks_nested_a_thousand_deep_are_one_quotation) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "“a ";
  for (int i = 0; i < 1000; ++i) text += "b” ";
  EXPECT_EQ(quotes_in(text).size(), 1u);
}

TEST(quotations, a_curly_mark_may_be_closed_by_a_straight_one) {
  EXPECT_EQ(quotes_in("“We left,\" she said. \"We are back.”"), (Words{"“We left,\"", "\"We are back.”"}));
  EXPECT_EQ(quotes_in("“He said \"no\" to me,” she said."), (Words{"“He said \"no\" to me,”"}));
}

TEST(quotations, any_number_of_marks_takes_time_in_proportion) {
  const auto seconds = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "\"so\" ‘it’ 'is' “a «b” ''c'' ";
    const auto start = std::chrono::steady_clock::now();
    EXPECT_GT(quotes_in(text).size(), static_cast<size_t>(count));
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  const double few = seconds(2'000);
  EXPECT_LT(seconds(20'000), 40 * few + 0.2);
}

TEST(quotations, the_length_of_a_mark_is_told_in_bytes) {
  EXPECT_EQ(mark_length("“x", 0), 3u);
  EXPECT_EQ(mark_length("x", 0), 0u);
  EXPECT_EQ(mark_length("x", 5), 0u);
}

}  // namespace
}  // namespace casus
