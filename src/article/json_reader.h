#pragma once

#include <cstdint>

#include "article/json_record.h"
#include "article/json_splitter.h"
#include "article/record_article.h"
#include "base/line_reader.h"

namespace casus {

/// Articles of a JSON document: one object, a list of objects, an object that wraps the list, several objects one behind the other.
/// Streams: holds one record. The id of a record that has none is "stem:number", counted from 1 with those that are broken.
/// Errors: of a record (kBadRecord, kTooLarge, kEmpty) with its line; the rest goes on. kUnreadable and kInterrupted end the file.
class JsonReader : public RecordReader {
 public:
  JsonReader(LineReader input, const ArticleOptions& options, ArticleFields known = {});
  [[nodiscard]] uint64_t bytes_read() const override { return splitter_.bytes_read(); }

 private:
  [[nodiscard]] bool read_more() override;
  void read_record(const JsonSplitter::Piece& piece);
  [[nodiscard]] std::string feed_title();

  JsonSplitter splitter_;
  JsonRecordParser parser_{};
  uint64_t number_ = 0;
};

/// Whether what begins so is JSON Lines: its first line is an object that ends there. A line behind which the
/// next object begins is too.
[[nodiscard]] bool is_json_lines(std::string_view start);

}  // namespace casus
