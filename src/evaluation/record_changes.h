#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <casus/result.h>

#include "base/line_reader.h"
#include "evaluation/records.h"

namespace casus {

/// An event or a statement of a file of records or of a database, by its fields.
struct FlatRecord {
  std::string kind{};  ///< "event", "statement"
  std::string id{};
  std::string article_id{};  ///< "" where the record names none: then `doc` stands for it
  std::string doc{};
  uint64_t begin = 0;  ///< of the trigger or cue, by which records of other ids are found again
  uint64_t end = 0;
  std::vector<std::pair<std::string, std::string>> fields{};  ///< name and value, texts as they are, others as JSON; in the record's order

  [[nodiscard]] const std::string& article() const { return article_id.empty() ? doc : article_id; }
  /// A field's value; "" where there is none.
  [[nodiscard]] std::string_view field(std::string_view name) const;
};

/// Records by article, kind and id.
class RecordSetContent {
 public:
  /// Adds a record as `casus code` writes it; kinds that are neither events nor statements are passed over.
  /// Errors: kBadRecord, with `line` and `file`, for what is no record and for an id that stands twice.
  [[nodiscard]] Result<void> add(std::string_view json_line, const std::string& file, uint64_t line);
  /// Adds a whole file of them (JSON Lines). Errors besides: kTooLarge; those of the input.
  [[nodiscard]] Result<void> add_all(LineReader input, const EvaluationLimits& limits);

  using Key = std::pair<std::string, std::string>;  ///< article; kind and id
  [[nodiscard]] const std::map<Key, FlatRecord>& records() const { return records_; }

 private:
  std::map<Key, FlatRecord> records_{};
};

/// A field of a record that has another value.
struct FieldChange {
  std::string field{};
  std::string before{};
  std::string after{};
};

/// What became of a record.
struct RecordChange {
  enum class Kind : uint8_t { kCame, kWent, kChanged };
  Kind kind = Kind::kChanged;
  const FlatRecord* before = nullptr;  ///< null for what came
  const FlatRecord* after = nullptr;   ///< null for what went
  std::vector<FieldChange> fields{};   ///< of what changed

  [[nodiscard]] const FlatRecord& record() const { return after == nullptr ? *before : *after; }
};

/// What differs, by article and place in the text. Records of the same id are one; of the others those of the same article, kind and
/// trigger (or cue) are one that changed, as a record of another type has another id. Ownership: points into `before` and `after`.
[[nodiscard]] std::vector<RecordChange> compare_records(const RecordSetContent& before, const RecordSetContent& after);

}  // namespace casus
