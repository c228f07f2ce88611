#include "evaluation/sheet.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "base/text.h"
#include "evaluation/gold_table.h"

namespace casus {
namespace {

constexpr std::string_view kYes[] = {"yes", "y", "1", "true"};
constexpr std::string_view kNo[] = {"no", "n", "0", "false"};

bool is_one_of(std::span<const std::string_view> words, std::string_view word) { return std::ranges::find(words, word) != words.end(); }

/// Reads one sheet.
class SheetReader {
 public:
  SheetReader(LineReader input, const EvaluationLimits& limits, std::vector<Error>& wrong)
      : table_(std::move(input), ',', limits), wrong_(wrong) {}

  Result<SheetScores> read() {
    for (bool is_first = true;; is_first = false) {
      const Result<bool> row = table_.next();
      if (!row) return row.error();
      if (is_first && !is_sheet()) return no_sheet();
      if (!*row) return std::move(scores_);
      take_row();
    }
  }

 private:
  using Answers = std::array<std::optional<bool>, kSheetQuestions.size()>;

  [[nodiscard]] bool is_sheet() const {
    return table_.has("id") && table_.has("type") && std::ranges::all_of(kSheetQuestions, [&](auto name) { return table_.has(name); });
  }
  [[nodiscard]] Error no_sheet() const {
    std::string missing;
    for (const std::string_view name : {std::string_view("id"), std::string_view("type")}) {
      if (!table_.has(name)) missing += " " + std::string(name);
    }
    for (const std::string_view name : kSheetQuestions) {
      if (!table_.has(name)) missing += " " + std::string(name);
    }
    return {.code = ErrorCode::kBadRecord,
            .message = "is no sheet of casus sample: its first row lacks" + missing,
            .file = table_.file(),
            .line = 1,
            .remedy = "keep the first row and all columns as casus sample wrote them, separated by commas"};
  }

  void fault(std::string message, std::string remedy) {
    Error error = table_.bad_row(std::move(message));
    error.remedy = std::move(remedy);
    wrong_.push_back(std::move(error));
  }

  void take_row() {
    ++scores_.rows;
    const std::string id(trim(table_.cell("id")));
    if (id.empty()) fault("has no id", "keep the rows as casus sample wrote them");
    if (!id.empty() && !ids_.insert(id).second) fault("event " + id + " stands twice", "remove one of the rows");
    Answers answers;
    for (size_t i = 0; i < answers.size(); ++i) answers[i] = answer(kSheetQuestions[i]);
    if (std::ranges::none_of(answers, [](const auto& one) { return one.has_value(); })) {
      ++scores_.blank;
      return;
    }
    const std::optional<bool> is_right = answers[0];
    if (!is_right) {
      fault("column event_right is empty where others are filled", "write yes or no there, or empty the whole row");
      return;
    }
    count(answers, *is_right, std::string(trim(table_.cell("type"))));
  }

  std::optional<bool> answer(std::string_view column) {
    const std::string text = ascii_lowered(trim(table_.cell(column)));
    if (text.empty()) return std::nullopt;
    if (is_one_of(kYes, text)) return true;
    if (!is_one_of(kNo, text))
      fault("column " + std::string(column) + " has neither yes nor no: " + text, "write yes or no, or leave it empty");
    return false;
  }

  /// Of an event of which it is said whether it is right at all.
  void count(const Answers& answers, bool is_right, const std::string& type) {
    scores_.by_type[type].add(is_right);
    scores_.all_right.add(std::ranges::none_of(answers, [](const auto& one) { return one.has_value() && !*one; }));
    for (size_t i = 0; i < answers.size(); ++i) {
      const std::optional<bool> one = answers[i];
      if (one && (i == 0 || is_right)) scores_.by_question[i].add(*one);
    }
  }

  GoldTable table_;
  std::vector<Error>& wrong_;
  std::set<std::string> ids_{};
  SheetScores scores_{};
};

}  // namespace

void Precision::add(bool is_right) {
  ++judged;
  right += is_right ? 1 : 0;
}

double Precision::share() const { return judged == 0 ? 0 : static_cast<double>(right) / static_cast<double>(judged); }

// Wilson 1927, with the 0.975 quantile of the normal distribution.
std::pair<double, double> Precision::interval() const {
  constexpr double kZ = 1.959963984540054;
  if (judged == 0) return {0, 1};
  const auto n = static_cast<double>(judged);
  const double p = share(), z2 = kZ * kZ;
  const double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = kZ * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

Result<SheetScores> score_sheet(LineReader input, const EvaluationLimits& limits, std::vector<Error>& wrong) {
  return SheetReader(std::move(input), limits, wrong).read();
}

}  // namespace casus
