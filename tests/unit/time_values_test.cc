// Points of the calendar: TIMEX3 values and dates of records, each into the other and back; shifts; what is no value.
#include "reading/time_values.h"

#include <gtest/gtest.h>

namespace casus {
namespace {

struct Row {
  std::string_view timex;
  std::string_view date;
  std::string_view precision;
};

// The table of docs/times.md.
constexpr Row kRows[] = {
    {"1940", "1940", "year"},
    {"1940-05", "1940-05", "month"},
    {"1940-05-10", "1940-05-10", "day"},
    {"2022-W05", "2022-01-31/2022-02-06", "week"},
    {"2020-W53", "2020-12-28/2021-01-03", "week"},
    {"2022-W05-WE", "2022-02-05/2022-02-06", "interval"},
    {"2012-Q3", "2012-07/2012-09", "interval"},
    {"2012-H1", "2012-01/2012-06", "interval"},
    {"1916-SU", "1916-06/1916-08", "interval"},
    {"1916-WI", "1916-12/1917-02", "interval"},
    {"193", "1930/1939", "interval"},
    {"18", "1800/1899", "interval"},
};

TEST(time_values, each_value_becomes_a_date_and_the_date_the_value_again) {
  for (const Row& row : kRows) {
    const auto point = point_of_timex(row.timex);
    ASSERT_TRUE(point) << row.timex;
    EXPECT_EQ(timex_value(*point), row.timex);
    EXPECT_EQ(casus_date(*point), row.date);
    EXPECT_EQ(casus_precision(*point), row.precision) << row.timex;
    const auto back = point_of_casus_date(row.date);
    ASSERT_TRUE(back) << row.date;
    EXPECT_EQ(*back, *point) << row.date;
  }
}

TEST(time_values, hours_and_hidden_parts_are_lost_on_the_way) {
  EXPECT_EQ(casus_date(*point_of_timex("1940-05-10T11:30")), "1940-05-10");
  EXPECT_EQ(casus_date(*point_of_timex("1940-05-10TMO")), "1940-05-10");
  EXPECT_EQ(casus_date(*point_of_timex("1940-XX-XX")), "1940");
  EXPECT_EQ(timex_value(*point_of_timex("1940-WXX")), "1940-WXX");
}

TEST(time_values, before_christ_there_are_values_and_no_dates) {
  const auto year = point_of_timex("BC0264");
  ASSERT_TRUE(year);
  EXPECT_EQ(timex_value(*year), "BC0264");
  EXPECT_EQ(casus_date(*year), "");
  EXPECT_EQ(casus_precision(*year), "");
  EXPECT_EQ(timex_value(*point_of_timex("BC08")), "BC08");
}

TEST(time_values, what_is_no_point_is_refused) {
  for (const std::string_view text : {"",
                                      "P3Y",
                                      "PRESENT_REF",
                                      "XXXX-XX-XX",
                                      "2022-13",
                                      "2022-00",
                                      "2022-02-31",
                                      "2022-2-3",
                                      "2022-W54",
                                      "2022-W00",
                                      "2022-Q5",
                                      "2022-H3",
                                      "0000",
                                      "99999",
                                      "2022-02-03T25:00",
                                      "2022-02-03Tmorning",
                                      "2022-02-03T11-00",
                                      "BC0264-05",
                                      "-2022",
                                      "20a2",
                                      "2022-",
                                      "193-05"}) {
    EXPECT_FALSE(point_of_timex(text)) << text;
  }
}

TEST(time_values, stretches_without_a_name_have_no_point) {
  for (const std::string_view date : {"", "/", "2022/", "/2022", "2022-02-10/2022-02-20", "2022/2021", "2022-01/2022-04", "2022/2023/2024",
                                      "1940-XX-XX", "2022-02-31", "1940-05-10T11:30", "193"}) {
    EXPECT_FALSE(point_of_casus_date(date)) << date;
  }
}

TEST(time_values, every_day_of_four_years_has_its_week) {
  std::chrono::sys_days day{std::chrono::year{2019} / 12 / 25};
  for (int i = 0; i < 4 * 366; ++i, day += std::chrono::days{1}) {
    const TimePoint week = point_of_week(Day(day));
    const auto range = days_of(week);
    ASSERT_TRUE(range);
    EXPECT_LE(std::chrono::sys_days{range->first}, day);
    EXPECT_GE(std::chrono::sys_days{range->last}, day);
    EXPECT_EQ(point_of_timex(timex_value(week)), week);
  }
}

TEST(time_values, a_shift_is_as_fine_as_its_unit) {
  const TimePoint day = *point_of_timex("2022-01-31");
  const auto text = [&](Grain unit, int64_t count) { return timex_value(*shifted(day, unit, count)); };
  EXPECT_EQ(text(Grain::kDay, 1), "2022-02-01");
  EXPECT_EQ(text(Grain::kWeek, -1), "2022-W04");
  EXPECT_EQ(text(Grain::kMonth, 1), "2022-02");
  EXPECT_EQ(text(Grain::kMonth, -13), "2020-12");
  EXPECT_EQ(text(Grain::kQuarter, -1), "2021-Q4");
  EXPECT_EQ(text(Grain::kYear, -2), "2020");
  EXPECT_EQ(text(Grain::kDecade, -1), "201");
}

TEST(time_values, a_shift_from_something_coarser_is_hidden) {
  EXPECT_EQ(timex_value(*shifted(*point_of_timex("1915-10"), Grain::kDay, 4)), "1915-XX-XX");
  EXPECT_EQ(timex_value(*shifted(*point_of_timex("1915"), Grain::kMonth, 2)), "1915-XX");
  EXPECT_EQ(timex_value(*shifted(*point_of_timex("1915-10"), Grain::kMonth, 3)), "1916-01");
}

TEST(time_values, there_is_no_year_zero_and_none_beyond_the_calendar) {
  EXPECT_EQ(timex_value(*shifted(*point_of_timex("BC0001"), Grain::kYear, 1)), "0001");
  EXPECT_EQ(timex_value(*shifted(*point_of_timex("0001"), Grain::kYear, -1)), "BC0001");
  EXPECT_FALSE(shifted(*point_of_timex("9999"), Grain::kYear, 1));
  EXPECT_FALSE(shifted(*point_of_timex("9999-12-31"), Grain::kDay, 1));
  EXPECT_FALSE(shifted(*point_of_timex("0001-01-01"), Grain::kDay, -1));
  EXPECT_FALSE(shifted(*point_of_timex("2022-01-01"), Grain::kMonth, 5'000'000'000));
  EXPECT_FALSE(shifted(TimePoint{}, Grain::kDay, 1));
}

}  // namespace
}  // namespace casus
