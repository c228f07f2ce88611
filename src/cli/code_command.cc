#include <unistd.h>

#include <future>
#include <memory>

#include "cli/commands.h"
#include "cli/event_table.h"
#include "cli/exit_status.h"
#include "cli/load.h"
#include "cli/run.h"
#include "cli/terminal.h"
#include "language/language.h"
#include "lexicon/lexicon.h"
#include "reading/reading.h"

namespace casus {
namespace {

class Coder : public ArticleWorker {
 public:
  Coder(std::shared_ptr<const LanguageModel> model, std::shared_ptr<const Lexicon> lexicon, Format format, TableStyle style)
      : model_(std::move(model)), lexicon_(std::move(lexicon)), workspace_(*model_), format_(format), style_(style) {}

  void process(const ArticlePtr& article, Outcome& outcome) override {
    const std::unique_ptr<const Document> doc = analyse(*article, *model_, workspace_);
    const Report report = read_document(article, *doc, *lexicon_);
    outcome.tokens = doc->tokens().size();
    outcome.events = report.events.size();
    outcome.statements = report.statements.size();
    if (format_ == Format::kJsonLines) append_records_json(report, outcome.output);
    if (format_ == Format::kTable) append_event_table(report, style_, outcome.output);
  }

 private:
  std::shared_ptr<const LanguageModel> model_;
  std::shared_ptr<const Lexicon> lexicon_;
  Workspace workspace_;
  Format format_;
  TableStyle style_;
};

}  // namespace

int code_command(Options options, Messages& messages) {
  auto lexicon_loading = std::async(std::launch::async, [&] { return load_lexicon(options.data, options.lexicons); });
  const auto model = load_model(options.model);
  const auto article_data = load_article_data(options.data);
  const auto lexicon = lexicon_loading.get();
  for (const Error* error : {failure(model), failure(lexicon), failure(article_data)}) {
    if (error == nullptr) continue;
    messages.error(*error);
    return kCannotWork;
  }
  article_data->give(options.article);

  const TableStyle style{.columns = terminal_columns(STDOUT_FILENO), .bold = wants_bold(STDOUT_FILENO)};
  Job job{
      .done_word = "coded", .skip_duplicates = !options.keep_duplicates, .counted = Job::Counted::kEvents, .header = {}, .make_worker = {}};
  if (options.format == Format::kTable) job.header = event_table_header(style);
  job.make_worker = [&] { return std::make_unique<Coder>(model.value(), lexicon.value(), options.format, style); };
  return run_job(options, job, messages);
}

}  // namespace casus
