#include <unistd.h>

#include <memory>

#include "cli/coding.h"
#include "cli/commands.h"
#include "cli/event_table.h"
#include "cli/exit_status.h"
#include "cli/load.h"
#include "cli/memory.h"
#include "cli/run.h"
#include "cli/terminal.h"
#include "reading/reading.h"
#include "reading/record_rows.h"

namespace casus {
namespace {

RowDialect dialect_of(Format format) { return format == Format::kCsv ? RowDialect::kCommas : RowDialect::kTabs; }

class Coder : public ArticleWorker {
 public:
  Coder(const ReadingData& data, const Options& options, TableStyle style, uint32_t max_words)
      : maker_(data, options.min_confidence, options.layers.mentions, max_words),
        format_(options.format),
        statements_(options.statements),
        layers_(options.layers),
        style_(style) {}

  void process(const ArticlePtr& article, Outcome& outcome) override {
    const Report report = maker_.make(article, outcome.tokens);
    outcome.events = report.events.size();
    outcome.statements = report.statements.size();
    if (format_ == Format::kJsonLines) append_records_json(report, layers_, outcome.output);
    if (format_ == Format::kTable) append_event_table(report, style_, outcome.output);
    if (format_ == Format::kCsv || format_ == Format::kTsv) append_rows(report, outcome.output);
  }

 private:
  void append_rows(const Report& report, std::string& out) const {
    if (statements_)
      append_statement_rows(report, dialect_of(format_), out);
    else
      append_event_rows(report, dialect_of(format_), out);
  }

  ReportMaker maker_;
  Format format_;
  bool statements_;
  Layers layers_;
  TableStyle style_;
};

/// The line above the first record, for formats that have one.
std::string header_of(const Options& options, const TableStyle& style) {
  if (options.format == Format::kTable) return event_table_header(style);
  if (options.format != Format::kCsv && options.format != Format::kTsv) return {};
  return options.statements ? statement_row_header(dialect_of(options.format)) : event_row_header(dialect_of(options.format));
}

}  // namespace

int code_command(Options options, Messages& messages) {
  const auto data = load_reading_data(options, messages);
  if (!data) {
    messages.error(data.error());
    return kCannotWork;
  }
  const Result<uint32_t> max_words = bound_memory(options.memory_bytes, options.threads);
  if (!max_words) {
    messages.error(max_words.error());
    return kCannotWork;
  }

  const TableStyle style{.columns = terminal_columns(STDOUT_FILENO), .bold = options.output_file.empty() && wants_bold(STDOUT_FILENO)};
  const Job job{.done_word = "coded",
                .skip_duplicates = !options.keep_duplicates,
                .counted = Job::Counted::kEvents,
                .header = header_of(options, style),
                .header_always = options.format != Format::kTable,
                .make_worker = [&] { return std::make_unique<Coder>(*data, options, style, *max_words); }};
  return run_job(options, job, messages);
}

}  // namespace casus
