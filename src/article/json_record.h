#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>
#include <casus/result.h>

#include "article/record_article.h"

namespace casus {

/// Reads JSON objects into the values of records.
/// Threads: one at a time; holds the memory of one record.
class JsonRecordParser {
 public:
  /// Bytes that must be readable behind what parse() gets.
  static constexpr size_t kPadding = 64;

  JsonRecordParser();
  ~JsonRecordParser();
  JsonRecordParser(const JsonRecordParser&) = delete;
  JsonRecordParser& operator=(const JsonRecordParser&) = delete;

  /// Reads one JSON text, repairing broken characters; `warnings` says so. "" or what is wrong.
  [[nodiscard]] std::string parse(std::string_view bytes, uint64_t line, std::vector<Warning>& warnings);

  /// Takes the records that the parsed object wraps in a list for it; false if there is no such list.
  [[nodiscard]] bool unwrap(const RecordColumns& columns);

  [[nodiscard]] size_t records() const;  ///< 1 after a parse that went well
  void read(size_t record, const RecordColumns& columns, RecordValues& values) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace casus
