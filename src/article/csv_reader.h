#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "article/csv_splitter.h"
#include "article/record_article.h"
#include "base/line_reader.h"

namespace casus {

/// Articles of a table: the first row names the columns (data/article/columns.tsv, ArticleOptions::column_choices), each other row is
/// an article. Separated by commas, tabs, semicolons or bars, found from the first row; UTF-8, UTF-16 with a mark, or windows-1252.
/// Streams: holds one row. The id of a row that has none is "stem:number", counted from 1 behind the names.
/// Errors: of a row (kBadRecord, kTooLarge, kEmpty) with its line; the rest goes on. A table without a column of text is one kBadRecord
/// that names its columns. kUnreadable and kInterrupted end the file.
class CsvReader : public RecordReader {
 public:
  CsvReader(LineReader input, const ArticleOptions& options, ArticleFields known = {});
  [[nodiscard]] uint64_t bytes_read() const override { return rows_.bytes_read(); }

 private:
  class LikeOthers;

  [[nodiscard]] bool read_more() override;
  void read_names(CsvSplitter::Row names);
  void read_row(const CsvSplitter::Row& row);
  [[nodiscard]] bool looks_right(const CsvSplitter::Row& row) const;
  [[nodiscard]] bool has_too_many(const CsvSplitter::Row& row) const;

  CsvSplitter rows_;
  std::vector<std::optional<RecordColumns::Meaning>> meanings_{};  ///< of each column
  bool has_names_ = false;
  bool ended_ = false;
  uint64_t number_ = 0;
};

/// The sign between the columns of a table that begins so: the one that gives most columns that are known, else most columns.
[[nodiscard]] char find_separator(std::string_view start, const RecordColumns& columns);

/// Whether that is a table whose first row names a column of text and another one.
[[nodiscard]] bool is_table_of_articles(std::string_view start, const RecordColumns& columns);

}  // namespace casus
