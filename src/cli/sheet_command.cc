// casus eval --sheet: precision of a sample that people judged.
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/output.h"
#include "cli/text_width.h"
#include "evaluation/gold.h"
#include "evaluation/sheet.h"

namespace casus {
namespace {

constexpr size_t kLabelWidth = 14;

void append_line(std::string_view label, const Precision& precision, std::string& out) {
  char figures[96];
  const auto [low, high] = precision.interval();
  if (precision.judged == 0)
    std::snprintf(figures, sizeof figures, "    –                     0");
  else
    std::snprintf(figures, sizeof figures, "%5.3f  %5.3f to %5.3f  %6llu", precision.share(), low, high,
                  static_cast<unsigned long long>(precision.judged));
  append_padded(label, kLabelWidth, out);
  out += figures;
  out += '\n';
}

std::string scores_text(const SheetScores& scores) {
  std::string out = "rows " + std::to_string(scores.rows) + ", judged " + std::to_string(scores.rows - scores.blank) + "\n\n";
  append_padded("", kLabelWidth, out);
  out += "right  95 % interval   judged\n";
  for (size_t i = 0; i < kSheetQuestions.size(); ++i) append_line(kSheetQuestions[i], scores.by_question[i], out);
  append_line("all of it", scores.all_right, out);
  out += "\nevent_right by type\n";
  for (const auto& [type, precision] : scores.by_type) append_line(type, precision, out);
  return out;
}

void precision_json(JsonWriter& json, std::string_view key, const Precision& precision) {
  const auto [low, high] = precision.interval();
  json.key(key).begin_object().key("right").number(precision.right).key("judged").number(precision.judged);
  json.key("precision");
  if (precision.judged == 0)
    json.null();
  else
    json.number(precision.share());
  json.key("low").number(low).key("high").number(high).end_object();
}

std::string scores_json(const SheetScores& scores) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("rows").number(scores.rows).key("blank").number(scores.blank);
  precision_json(json, "all_right", scores.all_right);
  for (size_t i = 0; i < kSheetQuestions.size(); ++i) precision_json(json, kSheetQuestions[i], scores.by_question[i]);
  json.key("by_type").begin_object();
  for (const auto& [type, precision] : scores.by_type) precision_json(json, type, precision);
  json.end_object().end_object();
  return out + "\n";
}

}  // namespace

int sheet_command(const Options& options, Messages& messages) {
  Result<LineReader> input = open_evaluation_input(options.sheet);
  if (!input) {
    messages.error(input.error());
    return kSomeFailed;
  }
  std::vector<Error> wrong;
  const Result<SheetScores> scores = score_sheet(*std::move(input), EvaluationLimits(), wrong);
  if (!scores) wrong.push_back(scores.error());
  for (const Error& error : wrong) messages.error(error);
  if (!wrong.empty()) {
    messages.finish();
    return kSomeFailed;
  }
  Output output;
  output.write(options.format == Format::kJsonLines ? scores_json(*scores) : scores_text(*scores));
  output.close();
  if (output.state() != Output::State::kFailed) return kFine;
  messages.error({.code = ErrorCode::kUnwritable, .message = "cannot write the results: " + output.reason()});
  return kCannotWork;
}

}  // namespace casus
