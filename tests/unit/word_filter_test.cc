#include "base/word_filter.h"

#include <gtest/gtest.h>

#include <string>

namespace casus {
namespace {

/// Words of every length from nothing to beyond two reads of eight bytes.
std::string word_of(size_t number) {
  std::string word(number % 20, static_cast<char>('a' + number % 26));
  return word.empty() ? word : word + std::to_string(number);
}

TEST(word_filter, holds_every_word_that_was_added) {
  WordFilter<12> filter;
  for (size_t i = 0; i < 500; ++i) filter.add(word_of(i));
  for (size_t i = 0; i < 500; ++i) EXPECT_TRUE(filter.may_hold(word_of(i))) << word_of(i);
}

TEST(word_filter, says_no_of_most_other_words) {
  WordFilter<12> filter;
  EXPECT_FALSE(filter.may_hold(""));
  EXPECT_FALSE(filter.may_hold("may"));
  for (const char* month : {"january", "february", "march", "april", "may", "june", "july", "august"}) filter.add(month);
  size_t wrong = 0;
  for (size_t i = 0; i < 4000; ++i) wrong += filter.may_hold(word_of(i)) ? 1U : 0U;
  EXPECT_LT(wrong, 40U);
}

TEST(word_filter, tells_words_apart_that_share_their_ends) {
  WordFilter<16> filter;
  filter.add("ab");
  filter.add("presidential");
  EXPECT_FALSE(filter.may_hold("aab"));
  EXPECT_FALSE(filter.may_hold("a"));
  EXPECT_FALSE(filter.may_hold("presidentials"));
}

}  // namespace
}  // namespace casus
