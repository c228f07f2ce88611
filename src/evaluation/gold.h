#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <casus/result.h>

#include "base/line_reader.h"
#include "evaluation/records.h"
#include "evaluation/scheme.h"

namespace casus {

/// A row of a table of marked pairs: a sentence, two actors in it, and the class of what the first does to the second.
struct PairRow {
  uint64_t line = 0;
  std::string document{};  ///< id of the document that the sentence is coded as
  std::string sentence{};
  std::string source{};
  std::string target{};
  std::string gold_class{};
  bool in_odd_half = false;  ///< sentences are halved by turns, in the order in which they come
};
using PairGold = std::vector<PairRow>;

/// Which sentences of such a table count.
enum class Half : uint8_t { kAll, kEven, kOdd };

/// What raters are asked about a sentence.
enum class RaterField : uint8_t { kRelevant, kEvent, kQuad, kRoot, kRootOrStatement };
inline constexpr size_t kRaterFields = 5;

/// One rater's answers on a sentence: "" is none, nullopt unknown.
using RaterAnswers = std::array<std::optional<std::string>, kRaterFields>;

/// A sentence of a round, with the answers of those who coded it.
struct RatedSentence {
  std::string document{};  ///< the sentence's number
  std::string sentence{};
  std::vector<std::pair<char, RaterAnswers>> people{};  ///< by the digit that names a person; who left it blank is not there
};

/// A table of sentences that several people coded with CAMEO.
struct CoderRound {
  std::string file{};
  std::vector<RatedSentence> sentences{};
};

/// Gold of one kind: records of whole articles, a table of marked pairs, rounds of coders.
using Gold = std::variant<RecordsByDocument, PairGold, std::vector<CoderRound>>;

/// Reads gold files ("-" is standard input), which must be of one kind; it is told by what the first line holds. Several files of
/// records and several rounds are one gold.
/// Errors: kBadOption for files of different kinds and for several tables of pairs; kBadRecord with the line; kTooLarge; those of the
/// input.
[[nodiscard]] Result<Gold> read_gold(const std::vector<std::string>& files, const EvaluationScheme& scheme, const EvaluationLimits& limits);

/// The sentences of a table as documents (JSON Lines with id, text and, of rounds, published), each once: what `casus code` is to be given.
/// Nothing for records of articles.
[[nodiscard]] std::string gold_documents(const Gold& gold);

/// The same of one opened input.
[[nodiscard]] Result<Gold> read_gold(LineReader input, const EvaluationScheme& scheme, const EvaluationLimits& limits);

/// Opens a file, or standard input for "-".
[[nodiscard]] Result<LineReader> open_evaluation_input(const std::string& file);

}  // namespace casus
