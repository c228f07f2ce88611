#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "article/json_record.h"
#include "article/record_article.h"
#include "base/line_reader.h"

namespace casus {

/// Articles of a JSON Lines file, a record a line. What the fields may be called: data/article/columns.tsv; others are passed over.
/// A line that wraps a list of records gives each of them. Holds one line.
/// Errors: of a line (kBadRecord, kTooLarge, kEmpty) with its number; the rest goes on. kUnreadable and kInterrupted end the file.
class JsonlReader : public RecordReader {
 public:
  JsonlReader(LineReader lines, const ArticleOptions& options, ArticleFields known = {});
  [[nodiscard]] uint64_t bytes_read() const override { return lines_.bytes_read(); }

 private:
  [[nodiscard]] bool read_more() override;
  void read_record(std::string_view line);

  LineReader lines_;
  JsonRecordParser parser_{};
};

}  // namespace casus
