#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <casus/result.h>

#include "base/line_reader.h"

namespace casus {

/// Bounds on what is compared; beyond them a file is refused with kTooLarge.
struct EvaluationLimits {
  uint64_t max_line_bytes = 16'000'000;             ///< of one record or row
  uint64_t max_file_bytes = 1'000'000'000;          ///< of one file
  uint64_t max_rows = 1'000'000;                    ///< of one table
  uint64_t max_pairs = 20'000'000;                  ///< of a gold and a coded record in one document
  uint64_t max_compared_words = 10'000'000'000ULL;  ///< over all these pairs of all documents
};

/// Somebody who stands on a side of an event, or speaks.
struct ActorRecord {
  std::string text{};
  std::string name{};
  std::string country{};  ///< "NONE" if none is given
  std::string sector{};
};

/// A number that an event's record gives, in a form that is equal for equal numbers, or the words of a vague one.
struct AmountRecord {
  std::string amount{};
  std::string unit{};
};

/// An event as gold and `casus code` write it (docs/formats.md); fields that are not compared are left out.
struct EventRecord {
  uint64_t line = 0;  ///< in its file, 1-based
  std::string type{};
  std::string mode{};
  std::string status{};
  std::vector<ActorRecord> source{};
  std::vector<ActorRecord> target{};
  std::string date{};
  std::string place_country{};
  std::string attributed_to{};
  std::string trigger{};
  std::string sentence{};
  std::vector<std::string> also{};
  std::vector<AmountRecord> quantity{};
  bool optional = false;                 ///< of gold: either answer is right
  bool any_target = false;               ///< of gold: whatever stands as target is accepted
  std::vector<std::string> alt_types{};  ///< of gold: as good as `type`
};

struct StatementRecord {
  uint64_t line = 0;
  ActorRecord speaker{};
  std::string text{};
  std::string kind{};
  std::string cue{};
  std::string sentence{};
};

struct DocumentRecords {
  std::vector<EventRecord> events{};  ///< in the file's order, as statements are
  std::vector<StatementRecord> statements{};
};

/// Records of files by document, in the byte order of ids. A document that has records of other kinds alone is there, and empty.
using RecordsByDocument = std::map<std::string, DocumentRecords, std::less<>>;

/// Reads records (JSON Lines) and adds them to `records`. A record without `record` is an event; other kinds are passed over.
/// Errors: kBadRecord with the line for what is no such record; kTooLarge; those of the input. `records` is then incomplete.
[[nodiscard]] Result<void> read_records(LineReader input, const EvaluationLimits& limits, RecordsByDocument& records);

}  // namespace casus
