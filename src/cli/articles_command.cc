#include <unistd.h>

#include <memory>

#include "article/article_json.h"
#include "cli/article_formats.h"
#include "cli/commands.h"
#include "cli/dry_run.h"
#include "cli/exit_status.h"
#include "cli/load.h"
#include "cli/run.h"
#include "cli/terminal.h"

namespace casus {
namespace {

class Shower : public ArticleWorker {
 public:
  Shower(Format format, ArticleStyle style) : format_(format), style_(style) {}

  void process(const ArticlePtr& article, Outcome& outcome) override {
    if (format_ == Format::kJsonLines) append_article_json(*article, style_.noise, outcome.output);
    if (format_ == Format::kText) append_article_text(*article, style_, outcome.output);
    if (format_ == Format::kTable) append_article_row(*article, style_, outcome.output);
  }

 private:
  Format format_;
  ArticleStyle style_;
};

}  // namespace

int articles_command(Options options, Messages& messages) {
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
  options.article.keep_left_out = options.noise;
  const ArticleStyle style{
      .columns = terminal_columns(STDOUT_FILENO), .bold = options.output_file.empty() && wants_bold(STDOUT_FILENO), .noise = options.noise};
  Job job{.done_word = "shown",
          .skip_duplicates = !options.keep_duplicates,
          .counted = Job::Counted::kArticles,
          .header = {},
          .make_worker = {}};
  if (options.format == Format::kTable) job.header = article_table_header(style);
  job.make_worker = [&] { return std::make_unique<Shower>(options.format, style); };
  if (options.dry_run) {
    job.done_word = "readable";
    job.header.clear();
    job.observer = std::make_shared<DryRun>(options.format, style);
  }
  return run_job(options, job, messages);
}

}  // namespace casus
