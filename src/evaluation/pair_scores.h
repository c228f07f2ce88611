#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evaluation/article_scores.h"
#include "evaluation/gold.h"
#include "evaluation/records.h"
#include "evaluation/scheme.h"

namespace casus {

/// What a document's events answer to a row's question: what does the first actor do to the second?
struct PairAnswer {
  /// Why there is no answer.
  enum class Lack : uint8_t {
    kNone,      ///< there is one
    kNoClass,   ///< an event joins the two, and tables have no class for it: a denied one
    kReversed,  ///< one joins them the other way round
    kNoPair,    ///< there are events, and none joins the two
    kNoEvents
  };
  const PairRow* row = nullptr;
  std::string_view event_class;  ///< "" for none
  Lack lack = Lack::kNone;
  const std::vector<EventRecord>* events = nullptr;  ///< of the document

  [[nodiscard]] bool is_right() const { return event_class == row->gold_class; }
};
[[nodiscard]] std::string_view lack_name(PairAnswer::Lack lack);

struct ClassScore {
  std::string_view name;
  uint64_t rows = 0;
  uint64_t answered = 0;  ///< rows that were given this class
  uint64_t right = 0;

  [[nodiscard]] Rates rates() const;
};

/// How coded events answer a table of marked pairs.
struct PairScores {
  std::vector<PairAnswer> answers{};  ///< a row each, in the table's order
  std::vector<ClassScore> classes{};  ///< of the gold, by name
  uint64_t answered = 0;
  double accuracy = 0;
  double quad_accuracy = 0;
  double macro_f1 = 0;
  std::pair<double, double> interval{};  ///< of macro_f1, 95 %
  Confusions confusions{};               ///< of wrong rows: the class, and what was answered ("" for none)
};

/// Answers each row by the first event of its document that joins the two actors, and counts (docs/evaluation.md tells how).
/// Ownership: points into gold, records and scheme. Threads: safe.
[[nodiscard]] PairScores score_pairs(const PairGold& gold, const RecordsByDocument& coded, const EvaluationScheme& scheme, Half half);

}  // namespace casus
