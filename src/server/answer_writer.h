#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crisis/record.h"
#include "crisis/views.h"
#include "server/answer.h"

namespace casus {

/// Gathers the items of a list in one format: JSON as {"items":[…],"next":…,"total":…}, lines of JSON, rows, or features of a map.
class ListWriter {
 public:
  explicit ListWriter(AnswerFormat format);

  /// An item as JSON, for the formats that are JSON.
  void add_json(std::string_view item);
  /// An item as row; the first gives the header.
  void add_record(const Record& record);
  /// An item as feature of a map; what lies at no point is left out.
  void add_feature(const Record& record, const std::optional<Point>& point);
  /// Something that the list leaves out, and why.
  void add_damaged(std::string_view what) { damaged_.emplace_back(what); }

  /// The answer. `next`: a cursor or "". `total`: of all pages, where it is known.
  [[nodiscard]] ApiAnswer finish(std::string next, std::optional<uint64_t> total);

 private:
  AnswerFormat format_;
  std::string body_{};
  bool is_first_ = true;
  std::vector<std::string> damaged_{};
};

/// A cursor as clients see it: opaque. `of`: what listing it is of; another one refuses it.
[[nodiscard]] std::string write_cursor(std::string_view of, const std::vector<std::string>& values);
/// Errors: kBadOption for what is no cursor, or one of something else.
[[nodiscard]] Result<std::vector<std::string>> read_cursor(std::string_view of, std::string_view cursor);

/// The rows of a page: for pages of JSON 100 unless asked, and 1,000 at most; else 10,000.
[[nodiscard]] uint64_t page_size(const ApiCall& call);

}  // namespace casus
