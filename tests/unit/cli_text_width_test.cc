// Widths on the screen, cutting, and what must not reach a terminal.
#include <gtest/gtest.h>

#include "cli/text_width.h"

namespace casus {
namespace {

TEST(TextWidth, counts_columns_not_bytes) {
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("Kyiv"), 4U);
  EXPECT_EQ(display_width("Київ"), 4U);
  EXPECT_EQ(display_width("基辅"), 4U);
  EXPECT_EQ(display_width("e\u0301"), 1U);
  EXPECT_EQ(display_width("😀"), 2U);
  EXPECT_EQ(display_width("…"), 1U);
}

TEST(TextWidth, one_line_joins_white_space_and_takes_escapes_away) {
  EXPECT_EQ(one_line("  a\n\n b\tc\u00A0d  "), "a b c d");
  EXPECT_EQ(one_line("\x1b[31mred\x07"), "\uFFFD[31mred\uFFFD");
  EXPECT_EQ(one_line("a\u202Eb"), "a\uFFFDb");
  EXPECT_EQ(one_line(""), "");
}

TEST(TextWidth, fit_cuts_the_end_to_at_most_the_width) {
  EXPECT_EQ(fit("Moscow", 6), "Moscow");
  EXPECT_EQ(fit("Moscow", 5), "Mosc…");
  EXPECT_EQ(fit("Moscow", 1), "…");
  EXPECT_EQ(fit("Moscow", 0), "");
  EXPECT_EQ(fit("基辅市", 4), "基…");  // a wide character that would not fit whole is left out
}

TEST(TextWidth, fit_end_cuts_the_beginning_to_at_most_the_width) {
  EXPECT_EQ(fit_end("Moscow", 6), "Moscow");
  EXPECT_EQ(fit_end("Moscow", 3), "…ow");
  EXPECT_EQ(fit_end("Moscow", 0), "");
  EXPECT_EQ(fit_end("基辅市", 4), "…市");
}

TEST(TextWidth, fit_never_exceeds_the_width) {
  const std::string text = "a基e\u0301😀бв x基辅";
  for (size_t width = 0; width < 20; ++width) {
    EXPECT_LE(display_width(fit(text, width)), width);
    EXPECT_LE(display_width(fit_end(text, width)), width);
  }
}

TEST(TextWidth, padding_fills_up_and_never_cuts) {
  std::string out;
  append_padded("基", 4, out);
  append_padded("long", 2, out);
  EXPECT_EQ(out, "基  long");
}

TEST(TextWidth, separators_stand_at_thousands) {
  EXPECT_EQ(with_separators(0), "0");
  EXPECT_EQ(with_separators(999), "999");
  EXPECT_EQ(with_separators(1000), "1,000");
  EXPECT_EQ(with_separators(1234567), "1,234,567");
}

}  // namespace
}  // namespace casus
