#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <casus/result.h>

#include "evaluation/compare.h"
#include "evaluation/records.h"
#include "evaluation/scheme.h"

namespace casus {

/// Precision, recall and their harmonic mean; 0 where nothing was coded or is to be found.
struct Rates {
  double precision = 0;
  double recall = 0;
  double f1 = 0;
};
[[nodiscard]] Rates rates(uint64_t right, uint64_t coded, uint64_t gold);

/// What can differ between a gold and a coded event that are about one thing.
enum class Difference : uint8_t { kType, kSource, kTarget, kStatus, kDate };
[[nodiscard]] std::string_view difference_name(Difference difference);

/// What became of a gold or a coded event. Points to records, which must outlive it.
struct Finding {
  enum class Kind : uint8_t {
    kFound,  ///< paired; status and date may differ
    kNear,   ///< not the same, but one passage and trigger or sides: what it was taken for
    kMissed,
    kExtra
  };
  Kind kind = Kind::kFound;
  const EventRecord* gold = nullptr;   ///< null for kExtra
  const EventRecord* coded = nullptr;  ///< null for kMissed
  std::vector<Difference> differs{};
};

/// Findings about one sentence.
struct SentenceFindings {
  std::string_view sentence;
  std::vector<Finding> findings{};
};
struct DocumentFindings {
  std::string document{};
  std::vector<SentenceFindings> sentences{};  ///< in the order of the text, as far as records tell it
};

/// Counts of one type or status. Gold events marked as optional are in none of them.
struct Tally {
  uint64_t gold = 0;
  uint64_t found = 0;  ///< of gold
  uint64_t coded = 0;
  uint64_t right = 0;       ///< of coded
  uint64_t other_type = 0;  ///< gold that was not found and taken for another type
  uint64_t other_side = 0;  ///< gold that was not found for its sides alone

  [[nodiscard]] Rates rates() const;
};
using Tallies = std::map<std::string, Tally, std::less<>>;
/// How often gold of the first name was coded as the second.
using Confusions = std::map<std::pair<std::string, std::string>, uint64_t>;

/// How coded records answer gold of whole articles.
struct ArticleScores {
  uint64_t documents = 0;
  uint64_t other_documents = 0;  ///< coded and not in gold; left out
  uint64_t gold_events = 0;      ///< without those that are optional
  uint64_t coded_events = 0;     ///< without those paired with optional gold
  uint64_t spared_events = 0;    ///< those
  uint64_t who = 0;              ///< type, sides and passage
  uint64_t status = 0;           ///< and the status
  uint64_t when = 0;             ///< and the date
  uint64_t gold_statements = 0;
  uint64_t coded_statements = 0;
  uint64_t statements = 0;
  EventFields event_fields{};
  StatementFields statement_fields{};
  Tallies types{};
  Tallies statuses{};
  Confusions type_confusions{};    ///< of events that were not found and taken for another type
  Confusions status_confusions{};  ///< of events that were found
  std::vector<DocumentFindings> findings{};

  [[nodiscard]] Rates who_rates() const { return rates(who, coded_events, gold_events); }
  [[nodiscard]] Rates status_rates() const { return rates(status, coded_events, gold_events); }
  [[nodiscard]] Rates when_rates() const { return rates(when, coded_events, gold_events); }
  [[nodiscard]] Rates statement_rates() const { return rates(statements, coded_statements, gold_statements); }
};

/// Pairs coded events and statements with gold's, document by document, and counts (docs/evaluation.md tells how).
/// Ownership: the findings point into both sets of records. Threads: safe.
/// Errors: kTooLarge if the documents have so many records and words that comparing all would go beyond the limit.
[[nodiscard]] Result<ArticleScores> score_articles(const RecordsByDocument& gold, const RecordsByDocument& coded,
                                                   const EvaluationScheme& scheme, const EvaluationLimits& limits);

}  // namespace casus
