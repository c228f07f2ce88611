#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/gold.h"
#include "evaluation/records.h"
#include "evaluation/scheme.h"

namespace casus {

/// How far two raters agree, over all their pairs of answers.
struct RaterAgreement {
  double f1 = 0;     ///< twice the pairs with the same answer over answers given; "no event" is none
  double kappa = 0;  ///< agreement beyond chance, by each rater's own answers in a round
  double agree = 0;  ///< share of equal pairs, "no event" being an answer like any other
  uint64_t pairs = 0;
  double both = 0;  ///< share of equal pairs where both gave an answer
  uint64_t both_pairs = 0;
};

/// A line of the table: what is asked, people with each other, and the machine with people.
struct RaterLine {
  std::string_view name;
  RaterAgreement people{};
  RaterAgreement machine{};
};

/// Agreement in one round, or in all of them.
struct RoundScore {
  std::string name{};  ///< the file's, without ending; "" for all
  uint64_t sentences = 0;
  uint64_t people = 0;
  std::vector<RaterLine> lines{};
};

/// A sentence whose root class most people see otherwise than the machine.
struct CoderDifference {
  const CoderRound* round = nullptr;
  const RatedSentence* sentence = nullptr;
  std::vector<std::string_view> people{};            ///< their roots, "" for no event
  std::string_view machine;                          ///< "" for no event
  const std::vector<EventRecord>* events = nullptr;  ///< of the sentence
};

struct CoderScores {
  std::vector<RoundScore> rounds{};  ///< in the order given; the last one is all of them
  std::vector<CoderDifference> differences{};

  /// What the machine and people agree on quad classes, in all rounds.
  [[nodiscard]] double quad_f1() const;
};

/// Compares coded sentences with people who coded the same ones (docs/evaluation.md tells how).
/// Ownership: points into gold, records and scheme. Threads: safe.
[[nodiscard]] CoderScores score_coders(const std::vector<CoderRound>& gold, const RecordsByDocument& coded, const EvaluationScheme& scheme);

}  // namespace casus
