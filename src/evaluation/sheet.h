#pragma once

#include <array>
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

/// The columns of a validation sheet that people fill with yes or no, in the order in which they stand there: whether there is such an act,
/// and whether its fields are right.
inline constexpr std::array<std::string_view, 6> kSheetQuestions = {"event_right",  "type_right",   "status_right",
                                                                    "source_right", "target_right", "date_right"};

/// How many of those that were judged are right.
struct Precision {
  uint64_t right = 0;
  uint64_t judged = 0;

  void add(bool is_right);
  [[nodiscard]] double share() const;  ///< 0 where nothing was judged
  /// Wilson's interval of 95 %: what the share may be among all, of which these were drawn at random. (0, 1) where nothing was judged.
  [[nodiscard]] std::pair<double, double> interval() const;
};

/// A filled sheet, summed up.
struct SheetScores {
  uint64_t rows = 0;
  uint64_t blank = 0;                                           ///< rows that nobody judged
  Precision all_right{};                                        ///< events of which nothing that was asked and answered is wrong
  std::array<Precision, kSheetQuestions.size()> by_question{};  ///< as kSheetQuestions
  std::map<std::string, Precision> by_type{};                   ///< of the first question
};

/// Reads a filled sheet (CSV). Answers are yes, no (y, n, 1, 0, true, false, letter case aside) or empty for "not judged"; where there is
/// no such act, what is said of its fields does not count. `wrong` gets what is wrong with rows, each with line and remedy: with any there
/// are no figures worth having. Errors: kBadRecord for a table that is no sheet; kTooLarge; those of the input.
[[nodiscard]] Result<SheetScores> score_sheet(LineReader input, const EvaluationLimits& limits, std::vector<Error>& wrong);

}  // namespace casus
