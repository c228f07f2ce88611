#include <memory>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/load.h"
#include "cli/parse_formats.h"
#include "cli/run.h"
#include "language/language.h"

namespace casus {
namespace {

class Parser : public ArticleWorker {
 public:
  Parser(std::shared_ptr<const LanguageModel> model, Format format) : model_(std::move(model)), workspace_(*model_), format_(format) {}

  void process(const ArticlePtr& article, Outcome& outcome) override {
    const std::unique_ptr<const Document> doc = analyse(*article, *model_, workspace_);
    outcome.tokens = doc->tokens().size();
    switch (format_) {
      case Format::kConllu: append_conllu(*doc, outcome.output); break;
      case Format::kJsonLines: append_parse_json(*doc, outcome.output); break;
      case Format::kTable: append_parse_table(*doc, outcome.output); break;
      case Format::kText:
      case Format::kCsv:
      case Format::kTsv:
      case Format::kJson:
      case Format::kGeoJson:
      case Format::kMarkdown:
      case Format::kHtml:
      case Format::kIcs:
      case Format::kNone: break;
    }
  }

 private:
  std::shared_ptr<const LanguageModel> model_;
  Workspace workspace_;
  Format format_;
};

}  // namespace

int parse_command(Options options, Messages& messages) {
  const auto model = load_model(options.model);
  if (!model.ok()) {
    messages.error(model.error());
    return kCannotWork;
  }
  if (!options.article.as_is) {
    const auto article_data = load_article_data(options.data);
    if (!article_data.ok()) {
      messages.error(article_data.error());
      return kCannotWork;
    }
    article_data->give(options.article);
  } else if (const auto article_data = load_article_data(options.data); article_data.ok()) {
    options.article.columns = article_data->columns;  // a text taken as it is needs no more, and can do without
  }
  Job job{.done_word = "parsed", .skip_duplicates = false, .counted = Job::Counted::kTokens, .header = {}, .make_worker = {}};
  job.make_worker = [&] { return std::make_unique<Parser>(model.value(), options.format); };
  return run_job(options, job, messages);
}

}  // namespace casus
