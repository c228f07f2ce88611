// Tables of data files: named columns, comments, lists; and that each kind of broken file is refused with its line.
#include "lexicon/table_file.h"

#include <gtest/gtest.h>

namespace casus {
namespace {

Error fault_of(std::string content, const std::vector<std::string_view>& columns = {}) {
  auto table = Table::parse(std::move(content), "x.tsv", columns);
  return table.ok() ? Error{.code = ErrorCode::kNotFound, .message = "no fault", .file = "", .line = 0, .remedy = ""} : table.error();
}

TEST(table_file, cells_are_found_by_column_name) {
  const auto table = Table::parse("# a comment\nname\tcode\nFrance\tFRA\n", "x.tsv", {"code"});
  ASSERT_TRUE(table.ok());
  ASSERT_EQ(table->size(), 1u);
  EXPECT_EQ(table->cell(0, "code"), "FRA");
  EXPECT_EQ(table->line(0), 3u);
}

TEST(table_file, missing_cells_and_unknown_columns_are_empty) {
  const auto table = Table::parse("name\tcode\nFrance\n", "x.tsv", {});
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table->cell(0, "code"), "");
  EXPECT_EQ(table->cell(0, "colour"), "");
}

TEST(table_file, lists_are_split_and_trimmed) {
  const auto table = Table::parse("names\n a | b ||c\n", "x.tsv", {});
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table->list(0, "names"), (std::vector<std::string_view>{"a", "b", "c"}));
}

TEST(table_file, lines_may_end_with_carriage_returns) {
  const auto table = Table::parse("name\tcode\r\nFrance\tFRA\r\n", "x.tsv", {"code"});
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table->cell(0, "code"), "FRA");
}

TEST(table_file, a_lacking_column_is_refused) { EXPECT_EQ(fault_of("name\nFrance\n", {"code"}).code, ErrorCode::kBadData); }

TEST(table_file, an_empty_file_lacks_its_columns) { EXPECT_EQ(fault_of("", {"code"}).code, ErrorCode::kBadData); }

TEST(table_file, a_surplus_cell_is_refused_with_its_line) { EXPECT_EQ(fault_of("name\nFrance\tFRA\n").line, 2u); }

TEST(table_file, a_column_that_stands_twice_is_refused) { EXPECT_EQ(fault_of("name\tname\n").line, 1u); }

TEST(table_file, a_column_without_a_name_is_refused) { EXPECT_EQ(fault_of("name\t\tcode\n").line, 1u); }

TEST(table_file, broken_utf8_is_refused_with_its_line) {
  const Error error = fault_of(
      "name\nCura\xE7"
      "ao\n");
  EXPECT_EQ(error.code, ErrorCode::kBadEncoding);
  EXPECT_EQ(error.line, 2u);
}

TEST(table_file, a_nul_byte_is_refused) { EXPECT_EQ(fault_of(std::string("name\nFra\0nce\n", 13)).code, ErrorCode::kBadEncoding); }

TEST(table_file, an_overlong_line_is_refused) {
  EXPECT_EQ(fault_of("name\n" + std::string(kMaxDataLineBytes + 1, 'x') + "\n").code, ErrorCode::kTooLarge);
}

TEST(table_file, too_many_columns_are_refused) {
  std::string header = "c0";
  for (size_t i = 1; i <= kMaxTableColumns; ++i) header += "\tc" + std::to_string(i);
  EXPECT_EQ(fault_of(header + "\n").line, 1u);
}

}  // namespace
}  // namespace casus
