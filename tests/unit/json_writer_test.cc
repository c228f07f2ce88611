// JSON as it is written: numbers that people can read and machines read back exactly.
#include "base/json_writer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace casus {
namespace {

std::string written(double number) {
  std::string out;
  JsonWriter(out).number(number);
  return out;
}

TEST(json_writer, whole_numbers_have_neither_point_nor_exponent) {
  EXPECT_EQ(written(500'000'000), "500000000");
  EXPECT_EQ(written(-12), "-12");
  EXPECT_EQ(written(0), "0");
  EXPECT_EQ(written(9007199254740992.0), "9007199254740992");
}

TEST(json_writer, other_numbers_are_read_back_exactly) {
  for (const double number : {0.1, -6.5, 1e-9, 1e300, 9007199254740994.0}) EXPECT_EQ(std::stod(written(number)), number);
}

TEST(json_writer, what_is_no_number_is_null) {
  EXPECT_EQ(written(std::nan("")), "null");
  EXPECT_EQ(written(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(written(-std::numeric_limits<double>::infinity()), "null");
}

}  // namespace
}  // namespace casus
