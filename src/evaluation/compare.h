#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evaluation/records.h"
#include "evaluation/scheme.h"
#include "evaluation/words.h"

namespace casus {

/// A side of an event, as numbers of a Vocabulary.
struct ComparedSide {
  IdSet countries{};
  IdSet sectors{};
};

/// An event with what is compared of it. Points to its record, which must outlive it.
struct ComparedEvent {
  const EventRecord* record = nullptr;
  std::vector<IdBag> sentences{};  ///< the one that carries it, then further mentions
  IdBag trigger{};
  IdBag attributed_to{};
  ComparedSide source{};
  ComparedSide target{};
  IdSet amounts{};
  IdSet units{};
};
[[nodiscard]] ComparedEvent compared(const EventRecord& event, Vocabulary& vocabulary);

struct ComparedStatement {
  const StatementRecord* record = nullptr;
  IdBag text{};
  IdSet cue{};
};
[[nodiscard]] ComparedStatement compared(const StatementRecord& statement, Vocabulary& vocabulary);

/// How a coded event's sides answer gold's.
enum class Sides : uint8_t { kDiffer, kSame, kTurned };
[[nodiscard]] Sides compare_sides(const ComparedEvent& gold, const ComparedEvent& coded, const EvaluationScheme& scheme);

/// Whether gold takes a type for its own.
[[nodiscard]] bool is_type(const EventRecord& gold, std::string_view type);

/// How much the coded sentence has in common with the gold's, or with one of its further mentions: 0 to 1; 0 without a coded sentence.
[[nodiscard]] double passage_likeness(const ComparedEvent& gold, const ComparedEvent& coded);
inline constexpr double kSamePassage = 0.3;  ///< from here on both stand in one passage

/// First and last day ("YYYY-MM-DD") of YYYY, YYYY-MM, YYYY-MM-DD or of two of these with "/" between, one of which may be missing; nullopt
/// for anything else.
[[nodiscard]] std::optional<std::pair<std::string, std::string>> date_range(std::string_view date);

/// Whether the coded date lies within gold's, or both are empty.
[[nodiscard]] bool is_date(std::string_view gold, std::string_view coded);

/// 0 if the two cannot be one event or statement, else more the more they have in common.
[[nodiscard]] double likeness(const ComparedEvent& gold, const ComparedEvent& coded, const EvaluationScheme& scheme);
[[nodiscard]] double likeness(const ComparedStatement& gold, const ComparedStatement& coded);

/// A gold and a coded record, by their places, that may be one, and how alike they are.
struct PairCandidate {
  double likeness = 0;
  bool optional = false;
  size_t gold = 0;
  size_t coded = 0;
};
/// Pairs one to one, the likest first, then required gold before optional, then by place.
[[nodiscard]] std::vector<std::pair<size_t, size_t>> pair_off(std::vector<PairCandidate> candidates, size_t gold_count, size_t coded_count);

/// How often a field agrees among pairs, and how it does not.
struct FieldAgreement {
  std::string_view name;
  uint64_t same = 0;
  uint64_t empty = 0;    ///< on both sides
  uint64_t differs = 0;  ///< both have one, and not the same
  uint64_t missed = 0;   ///< gold alone has one
  uint64_t extra = 0;    ///< the coded record alone has one

  [[nodiscard]] uint64_t total() const { return same + empty + differs + missed + extra; }
  /// Share of the same where either side has the field; nullopt where none has.
  [[nodiscard]] std::optional<double> where_stated() const;
  void add(bool gold_has, bool coded_has, bool is_same);
};

/// Compares the fields of pairs of events, and of statements.
class EventFields {
 public:
  EventFields();
  void add(const ComparedEvent& gold, const ComparedEvent& coded, Sides sides);
  [[nodiscard]] const std::vector<FieldAgreement>& fields() const { return fields_; }

 private:
  std::vector<FieldAgreement> fields_;
};

class StatementFields {
 public:
  StatementFields();
  void add(const ComparedStatement& gold, const ComparedStatement& coded);
  [[nodiscard]] const std::vector<FieldAgreement>& fields() const { return fields_; }

 private:
  std::vector<FieldAgreement> fields_;
};

}  // namespace casus
