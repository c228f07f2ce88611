// The format of case files: what is read, what is refused, and that a file is written back as it stood.
#include "case_file.h"

#include <gtest/gtest.h>

namespace casus {
namespace {

constexpr std::string_view kTwoCases =
    "# description: two cases\n=== first\npublished: 2022-02-10\nA sentence.\n---\nCONSULT actual\n\n=== second\n:skip "
    "later\nAnother.\n---\n\n";

TEST(case_file, cases_are_read_with_headers_text_and_expectation) {
  const auto file = parse_cases(kTwoCases, "x.txt");
  ASSERT_TRUE(file.ok());
  ASSERT_EQ(file->cases.size(), 2u);
  EXPECT_EQ(file->cases[0].published, "2022-02-10");
  EXPECT_EQ(file->cases[0].text, "A sentence.\n");
  EXPECT_EQ(file->cases[0].expected, std::vector<std::string>{"CONSULT actual"});
  EXPECT_EQ(file->cases[1].skip, "later");
}

TEST(case_file, a_file_is_written_back_as_it_stood) {
  const auto file = parse_cases(kTwoCases, "x.txt");
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(format_cases(*file), kTwoCases);
}

TEST(case_file, a_case_without_a_rule_is_refused_with_its_line) {
  const auto file = parse_cases("=== first\nA sentence.\n=== second\n---\n", "x.txt");
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().line, 3u);
}

TEST(case_file, a_last_case_without_a_rule_is_refused) { EXPECT_FALSE(parse_cases("=== first\nA sentence.\n", "x.txt").ok()); }

TEST(case_file, a_case_without_a_name_is_refused) { EXPECT_FALSE(parse_cases("===\nA sentence.\n---\n", "x.txt").ok()); }

}  // namespace
}  // namespace casus
