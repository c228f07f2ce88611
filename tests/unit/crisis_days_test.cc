// The days that dates name.
#include <gtest/gtest.h>

#include "crisis/day_span.h"

namespace casus {
namespace {

std::string back(const std::string& date) {
  const auto range = parse_day_range(date);
  return range ? range_text(*range) : "none";
}

TEST(day_range, dates_come_back_as_they_were) {
  for (const char* date : {"2022-02-04", "2022-02", "2022", "2022-02-04/2022-02-10", "1600-01-01", "9999-12-31"})
    EXPECT_EQ(back(date), date);
}

TEST(day_range, ranges_of_months_end_with_the_last_day) { EXPECT_EQ(back("2021-12/2022-02"), "2021-12-01/2022-02-28"); }

TEST(day_range, what_is_no_date_is_none) {
  for (const char* date :
       {"", "soon", "2022-13", "2022-02-30", "2022-2-4", "20220204", "/", "2022/", "/2022", "2022-02-04/2022-02-01", "99999"})
    EXPECT_EQ(back(date), "none") << date;
}

TEST(day_range, a_range_of_many_years_says_nothing) { EXPECT_EQ(back("1600/9999"), "none"); }

}  // namespace
}  // namespace casus
