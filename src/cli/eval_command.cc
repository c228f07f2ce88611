#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cli/commands.h"
#include "cli/eval_formats.h"
#include "cli/exit_status.h"
#include "cli/load.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "evaluation/gold.h"

namespace casus {
namespace {

int fail(const Error& error, Messages& messages) {
  messages.error(error);
  return error.code == ErrorCode::kBadOption ? kWrongUsage : error.code == ErrorCode::kInterrupted ? kInterrupted : kSomeFailed;
}

int print(const std::string& text, int status, Messages& messages) {
  Output output;
  output.write(text);
  output.close();
  if (output.state() != Output::State::kFailed) return status;
  messages.error({.code = ErrorCode::kUnwritable, .message = "cannot write the results: " + output.reason()});
  return kCannotWork;
}

std::optional<Error> misfit(const Options& options, const Gold& gold) {
  if (options.documents && std::holds_alternative<RecordsByDocument>(gold)) {
    return Error{.code = ErrorCode::kBadOption,
                 .message = "--documents is for tables of sentences; gold of articles does not have the articles",
                 .file = options.inputs[0],
                 .remedy = "casus code reads the articles themselves"};
  }
  if (options.half != Half::kAll && !std::holds_alternative<PairGold>(gold))
    return Error{.code = ErrorCode::kBadOption, .message = "--half is for tables of marked pairs", .file = options.inputs[0]};
  return std::nullopt;
}

/// The first document that gold has, or "".
std::string first_document(const Gold& gold) {
  if (const auto* records = std::get_if<RecordsByDocument>(&gold)) return records->empty() ? "" : records->begin()->first;
  if (const auto* rows = std::get_if<PairGold>(&gold)) return rows->empty() ? "" : rows->front().document;
  for (const CoderRound& round : std::get<std::vector<CoderRound>>(gold)) {
    if (!round.sentences.empty()) return round.sentences.front().document;
  }
  return "";
}

bool has_document_of(const RecordsByDocument& coded, const Gold& gold) {
  const auto is_coded = [&](const std::string& document) { return coded.contains(document); };
  if (const auto* records = std::get_if<RecordsByDocument>(&gold))
    return std::ranges::any_of(*records, [&](const auto& entry) { return is_coded(entry.first); });
  if (const auto* rows = std::get_if<PairGold>(&gold))
    return std::ranges::any_of(*rows, [&](const PairRow& row) { return is_coded(row.document); });
  return std::ranges::any_of(std::get<std::vector<CoderRound>>(gold), [&](const CoderRound& round) {
    return std::ranges::any_of(round.sentences, [&](const RatedSentence& rated) { return is_coded(rated.document); });
  });
}

/// Ids that differ make all figures 0, which would look like a bad coder.
void warn_of_strangers(const Options& options, const Gold& gold, const RecordsByDocument& coded, Messages& messages) {
  if (coded.empty() || has_document_of(coded, gold)) return;
  messages.warning({.code = ErrorCode::kBadRecord,
                    .message = "no record is of a document that gold has: gold has \"" + first_document(gold) + "\", records have \"" +
                               coded.begin()->first + "\"",
                    .file = options.inputs.back(),
                    .remedy = "code the gold's own articles, or the sentences that --documents prints"});
}

/// Compares, prints, and looks at the one figure that --min-f1 is about.
class Evaluation {
 public:
  Evaluation(const Options& options, const EvaluationScheme& scheme, const RecordsByDocument& coded, Messages& messages)
      : options_(options), scheme_(scheme), coded_(coded), messages_(messages) {}

  int operator()(const RecordsByDocument& gold) {
    const Result<ArticleScores> scores = score_articles(gold, coded_, scheme_, EvaluationLimits());
    return scores ? report(*scores, "who-F1", scores->who_rates().f1) : fail(scores.error(), messages_);
  }

  int operator()(const PairGold& gold) {
    const PairScores scores = score_pairs(gold, coded_, scheme_, options_.half);
    return report(scores, "macro-F1", scores.macro_f1);
  }

  int operator()(const std::vector<CoderRound>& gold) {
    const CoderScores scores = score_coders(gold, coded_, scheme_);
    return report(scores, "quad F1 of machine and people", scores.quad_f1());
  }

 private:
  template <class Scores>
  int report(const Scores& scores, const char* figure, double f1) {
    std::string text;
    if (options_.format == Format::kJsonLines) {
      append_scores_json(scores, options_.misses, text);
    } else {
      const EvalStyle style{.columns = terminal_columns(STDOUT_FILENO), .colour = wants_bold(STDOUT_FILENO), .misses = options_.misses};
      append_scores_text(scores, style, text);
    }
    const bool is_enough = !options_.min_f1 || f1 >= *options_.min_f1;
    const int status = print(text, is_enough ? kFine : kSomeFailed, messages_);
    if (!is_enough) {
      char message[128];
      std::snprintf(message, sizeof message, "%s %.3f is below the %.3f of --min-f1", figure, f1, *options_.min_f1);
      messages_.note(std::string("error: ") + message);
    }
    return status;
  }

  const Options& options_;
  const EvaluationScheme& scheme_;
  const RecordsByDocument& coded_;
  Messages& messages_;
};

}  // namespace

int eval_command(const Options& options, Messages& messages) {
  const Result<std::shared_ptr<const EvaluationScheme>> scheme = load_evaluation_scheme(options.data);
  if (!scheme) {
    messages.error(scheme.error());
    return kCannotWork;
  }
  const EvaluationLimits limits;
  std::vector<std::string> gold_files = options.inputs;
  if (!options.documents) gold_files.pop_back();
  const Result<Gold> gold = read_gold(gold_files, **scheme, limits);
  if (!gold) return fail(gold.error(), messages);
  if (const std::optional<Error> wrong = misfit(options, *gold)) return fail(*wrong, messages);
  if (options.documents) return print(gold_documents(*gold), kFine, messages);

  Result<LineReader> input = open_evaluation_input(options.inputs.back());
  if (!input) return fail(input.error(), messages);
  RecordsByDocument coded;
  if (const Result<void> read = read_records(*std::move(input), limits, coded); !read) return fail(read.error(), messages);
  warn_of_strangers(options, *gold, coded, messages);
  return std::visit(Evaluation(options, **scheme, coded, messages), *gold);
}

}  // namespace casus
