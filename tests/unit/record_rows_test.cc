// Records as rows of tables: one line a record, cells that a reader of tables takes apart again.
#include "reading/record_rows.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace casus {
namespace {

Actor actor(std::string text, std::string country) {
  Actor one;
  one.name = text;
  one.text = std::move(text);
  one.country = std::move(country);
  return one;
}

Report report_of(std::string text, std::vector<Actor> source) {
  ArticleFields fields;
  fields.id = "a,\"1\"";
  const auto size = static_cast<uint32_t>(text.size());
  Report report;
  report.article = std::make_shared<const Article>(std::move(fields), std::move(text), std::vector<Block>{{.span = {0, size}}});
  Event event;
  event.id = "0123456789abcdef";
  event.source = std::move(source);
  event.sentence = {0, size};
  report.events.push_back(event);
  return report;
}

std::string row(const Report& report, RowDialect dialect) {
  std::string out;
  append_event_rows(report, dialect, out);
  return out;
}

TEST(record_rows, cells_with_commas_and_quotation_marks_are_quoted) {
  const std::string line = row(report_of("x", {}), RowDialect::kCommas);
  EXPECT_TRUE(line.starts_with("0123456789abcdef,\"a,\"\"1\"\"\",")) << line;
}

TEST(record_rows, tabs_quote_nothing) {
  const std::string line = row(report_of("x", {}), RowDialect::kTabs);
  EXPECT_TRUE(line.starts_with("0123456789abcdef\ta,\"1\"\t")) << line;
}

TEST(record_rows, a_record_is_one_line_whatever_its_words) {
  for (const RowDialect dialect : {RowDialect::kCommas, RowDialect::kTabs}) {
    const std::string line = row(report_of("one\r\ntwo\nthree\rfour\tfive", {}), dialect);
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1) << line;
    EXPECT_EQ(line.find('\r'), std::string::npos);
    EXPECT_NE(line.find("one two three four five"), std::string::npos) << line;
  }
}

TEST(record_rows, values_of_one_cell_stay_apart_and_run_parallel) {
  const std::string line = row(report_of("x", {actor("A|B", "KEN"), actor("C", "")}), RowDialect::kTabs);
  EXPECT_NE(line.find("\tA\u00A6B|C\tA\u00A6B|C\tKEN|\t|\t"), std::string::npos) << line;
}

TEST(record_rows, rows_have_as_many_cells_as_the_header) {
  const auto cells = [](const std::string& line) { return std::count(line.begin(), line.end(), '\t'); };
  Report report = report_of("x", {actor("A", "KEN")});
  EXPECT_EQ(cells(row(report, RowDialect::kTabs)), cells(event_row_header(RowDialect::kTabs)));
  report.statements.emplace_back();
  std::string statement;
  append_statement_rows(report, RowDialect::kTabs, statement);
  EXPECT_EQ(cells(statement), cells(statement_row_header(RowDialect::kTabs)));
}

TEST(record_rows, what_is_unknown_is_empty) {
  Report report = report_of("x", {});
  report.events[0].quantity.push_back({.value = 12.5,
                                       .min = {},
                                       .max = {},
                                       .unit = "troops",
                                       .kind = "troops",
                                       .currency = {},
                                       .text = "12.5",
                                       .about = false,
                                       .span = {}});
  const std::string line = row(report, RowDialect::kTabs);
  EXPECT_NE(line.find("\t12.5\t12.5\t\t\ttroops\t"), std::string::npos) << line;
  EXPECT_TRUE(line.ends_with("\ttroops\t\t\n")) << line;
}

}  // namespace
}  // namespace casus
