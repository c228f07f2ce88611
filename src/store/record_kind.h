#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <casus/report.h>

#include "store/filters.h"

namespace casus {

/// One record of a listing, with its article.
struct Shown {
  const Report* report = nullptr;
  size_t record = 0;  ///< among the events or statements
  std::string duplicate_of{};
  std::string words{};  ///< of a search
};

/// What a listing is of: columns and cells of a record, and the record itself, the same wherever it is shown.
class RecordKind {
 public:
  RecordKind(Listed listed, bool is_search) : listed_(listed), is_search_(is_search) {}

  [[nodiscard]] std::vector<std::string> columns() const;
  [[nodiscard]] std::vector<std::string> cells(const Shown& shown) const;

  /// The record as casus code, or casus articles, prints it.
  void append_json(const Shown& shown, std::string& out) const;

  /// A report with this record and no other.
  [[nodiscard]] Report alone(const Shown& shown) const;

  [[nodiscard]] bool is_there(const Shown& shown) const;
  [[nodiscard]] Listed listed() const { return listed_; }
  [[nodiscard]] bool is_search() const { return is_search_; }

 private:
  Listed listed_;
  bool is_search_;
};

/// The columns asked for, among those of a kind.
struct ColumnChoices {
  std::vector<std::string> names{};
  std::vector<size_t> indices{};

  [[nodiscard]] std::vector<std::string> of(const std::vector<std::string>& cells) const;
};

}  // namespace casus
