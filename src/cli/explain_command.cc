#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/explanation.h"
#include "cli/load.h"
#include "cli/locate.h"
#include "cli/output.h"
#include "cli/run.h"
#include "cli/terminal.h"
#include "language/language.h"
#include "reading/reading.h"

namespace casus {
namespace {

constexpr size_t kMostNamed = 5;  ///< events of an ambiguous beginning

/// The one event that is asked for. Its id may be given by its first digits, so that all articles are looked at before it is clear
/// which one is meant.
/// Threads: safe.
class EventSearch : public RunObserver {
 public:
  explicit EventSearch(std::string prefix) : prefix_(std::move(prefix)) {}

  [[nodiscard]] const std::string& prefix() const { return prefix_; }

  void found(const Event& event, const Article& article, std::string explanation) {
    const std::lock_guard lock(mutex_);
    found_.emplace(event.id, Found{event.type + " in " + article.fields().id, std::move(explanation)});
  }

  void take(const Outcome& /*outcome*/, std::string& /*out*/) override {}
  void finish(const PassedOver& /*passed_over*/, std::string& out) override {
    if (found_.size() == 1) out += found_.begin()->second.explanation;
  }

  /// What is wrong, if the search did not end with one event. Call after the run.
  [[nodiscard]] std::optional<Error> problem() const {
    if (found_.size() == 1) return std::nullopt;
    if (found_.empty()) {
      return Error{.code = ErrorCode::kNotFound,
                   .message = "no event with an id that begins with " + prefix_,
                   .remedy = "give the id that casus code prints for these inputs with the same options"};
    }
    std::string message = with_count() + " have an id that begins with " + prefix_ + ":";
    size_t named = 0;
    for (const auto& [id, event] : found_) {
      if (named++ < kMostNamed) message += " " + id + " (" + event.what + ")";
    }
    return Error{.code = ErrorCode::kBadOption, .message = message + (named > kMostNamed ? " …" : ""), .remedy = "give more digits"};
  }

 private:
  struct Found {
    std::string what;
    std::string explanation;
  };

  [[nodiscard]] std::string with_count() const { return std::to_string(found_.size()) + " events"; }

  const std::string prefix_;
  std::mutex mutex_{};
  std::map<std::string, Found> found_{};
};

/// What all workers share.
struct Means {
  std::shared_ptr<const LanguageModel> model;
  std::shared_ptr<const Lexicon> lexicon;
  std::shared_ptr<const Judge> judge;
  std::string data_folder;
  Format format = Format::kText;
  TableStyle style{};
  size_t sentence = 0;
  std::shared_ptr<EventSearch> search{};  ///< or null
};

class Explainer : public ArticleWorker {
 public:
  explicit Explainer(const Means& means) : means_(means), workspace_(*means_.model) {}

  void process(const ArticlePtr& article, Outcome& outcome) override {
    const std::unique_ptr<const Document> doc = analyse(*article, *means_.model, workspace_);
    ReadingTrace trace;
    const Report report = read_document(article, *doc, *means_.lexicon, &trace, means_.judge.get());
    outcome.tokens = doc->tokens().size();
    outcome.events = report.events.size();
    outcome.statements = report.statements.size();
    const Reading reading{.report = report, .doc = *doc, .trace = trace, .lexicon = *means_.lexicon, .data_folder = means_.data_folder};
    if (!means_.search) {
      append(reading, {.sentence = means_.sentence}, outcome.output);
      return;
    }
    for (const Event& event : report.events) {
      if (!event.id.starts_with(means_.search->prefix())) continue;
      std::string explanation;
      append(reading, {.sentence = means_.sentence, .event_id = event.id}, explanation);
      means_.search->found(event, *article, std::move(explanation));
    }
  }

 private:
  void append(const Reading& reading, const Asked& asked, std::string& out) const {
    if (means_.format == Format::kText) append_explanation_text(reading, asked, means_.style, out);
    if (means_.format == Format::kJsonLines) append_explanation_json(reading, asked, out);
  }

  const Means means_;
  Workspace workspace_;
};

bool is_text(const std::string& input) {
  std::error_code ignored;
  return input != "-" && !std::filesystem::exists(input, ignored) && split_words(input).size() > 1;
}

/// Explains texts given on the command line.
int explain_texts(const Options& options, const Means& means, Messages& messages) {
  if (!options.quiet) messages.note("no file has that name: taken as the text itself");
  Explainer explainer(means);
  Output output;
  if (!options.output_file.empty()) {
    if (const auto opened = output.open(options.output_file); !opened.ok()) {
      messages.error(opened.error());
      return kCannotWork;
    }
  }
  for (const std::string& text : options.inputs) {
    Outcome outcome;
    outcome.article =
        make_article({.id = "text", .outlet = options.article.outlet, .published = options.article.published}, text, options.article);
    explainer.process(outcome.article, outcome);
    if (!output.write(outcome.output)) break;
  }
  std::string found;
  if (means.search) means.search->finish({}, found);
  output.write(found);
  output.close();
  if (output.state() != Output::State::kFailed) return kFine;
  messages.note("error: " + output.name() + " cannot be written: " + output.reason());
  return kCannotWork;
}

int explain_inputs(const Options& options, const Means& means, Messages& messages) {
  Job job{.done_word = "explained",
          .skip_duplicates = !options.keep_duplicates,
          .counted = Job::Counted::kEvents,
          .header = {},
          .make_worker = [&] { return std::make_unique<Explainer>(means); },
          .observer = means.search};
  return run_job(options, job, messages);
}

}  // namespace

int explain_command(Options options, Messages& messages) {
  const auto texts = std::ranges::count_if(options.inputs, is_text);
  if (texts != 0 && texts != std::ranges::ssize(options.inputs)) {
    messages.error({.code = ErrorCode::kBadOption,
                    .message = "some of what is to be explained are files, and some are none",
                    .remedy = "give either files or texts"});
    return kWrongUsage;
  }
  const auto data = load_reading_data(options, messages);
  if (!data) {
    messages.error(data.error());
    return kCannotWork;
  }

  const Means means{.model = data->model,
                    .lexicon = data->lexicon,
                    .judge = data->judge,
                    .data_folder = locate_data(options.data).path.string(),
                    .format = options.format,
                    .style = {.columns = terminal_columns(STDOUT_FILENO), .bold = options.output_file.empty() && wants_bold(STDOUT_FILENO)},
                    .sentence = options.sentence,
                    .search = options.event.empty() ? nullptr : std::make_shared<EventSearch>(options.event)};
  const int status = texts > 0 ? explain_texts(options, means, messages) : explain_inputs(options, means, messages);
  if (!means.search || status == kInterrupted || status == kCannotWork) return status;
  const std::optional<Error> error = means.search->problem();
  if (error) messages.error(*error);
  return error ? kSomeFailed : status;
}

}  // namespace casus
