#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "cli/coding.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/memory.h"
#include "cli/run.h"
#include "cli/store_run.h"
#include "cli/text_width.h"
#include "cli/watch.h"
#include "store/store.h"

namespace casus {
namespace {

/// Codes what the database does not know yet.
class IngestWorker : public ArticleWorker {
 public:
  IngestWorker(const ReadingData& data, const Options& options, Store store, uint32_t max_words)
      : store_(std::move(store)), maker_(data, options.min_confidence, options.mentions, max_words) {}

  void process(const ArticlePtr& article, Outcome& outcome) override {
    const Result<Standing> standing = store_.standing(*article);
    if (!standing) {
      outcome.fate = Fate::kUnreadable;
      outcome.error = standing.error();
      return;
    }
    if (*standing == Standing::kKnown || *standing == Standing::kOlder) outcome.fate = Fate::kKnown;
    if (*standing == Standing::kKnown) return;
    // Only the text of an older version is kept.
    Report report = *standing == Standing::kOlder ? Report{.article = article, .events = {}, .statements = {}, .places = {}, .times = {}}
                                                  : maker_.make(article, outcome.tokens);
    outcome.events = report.events.size();
    outcome.statements = report.statements.size();
    outcome.report = std::make_shared<const Report>(std::move(report));
  }

 private:
  Store store_;
  ReportMaker maker_;
};

class IngestObserver : public StoringObserver {
 public:
  using StoringObserver::StoringObserver;

  std::string closing_note() override {
    std::string text = "committed to " + store().path() + ": " + with_separators(counts_.added) + " new";
    if (counts_.corrected > 0) text += ", " + with_separators(counts_.corrected) + " corrected";
    if (counts_.older > 0) text += ", " + with_separators(counts_.older) + " older versions";
    if (counts_.known > 0) text += ", " + with_separators(counts_.known) + " that others brought meanwhile";
    return text + "; next: casus events --db " + store().path();
  }

 protected:
  Result<void> write(std::span<const Report> reports, int64_t batch) override {
    const Result<AddCounts> counts = store().add(reports, batch);
    if (!counts) return counts.error();
    counts_ += *counts;
    return {};
  }

 private:
  AddCounts counts_{};
};

/// Runs of one command over inputs that come by and by.
class IngestRuns {
 public:
  IngestRuns(Options options, const ReadingData& data, Store& store, uint32_t max_words, Messages& messages)
      : options_(std::move(options)), data_(data), store_(store), max_words_(max_words), messages_(messages) {
    options_.format = Format::kNone;
  }

  int run(const std::vector<std::string>& inputs, bool are_found) {
    Options options = options_;
    options.inputs = inputs;
    options.article.inputs_are_found = are_found;
    const auto observer = std::make_shared<IngestObserver>(
        store_,
        BatchInfo{.command = "ingest", .inputs = are_found ? std::vector{options.watch} : inputs, .coder = coder_info(data_, options)});
    const Job job{.done_word = "coded",
                  .skip_duplicates = false,  // the database tells which articles are duplicates, whatever their order
                  .tells_known = true,
                  .counted = Job::Counted::kEvents,
                  .header = {},
                  .make_worker =
                      [&] {
                        Result<Store> reader = Store::open(options.database, Database::Mode::kRead);
                        if (!reader) throw std::runtime_error(reader.error().to_string());
                        return std::make_unique<IngestWorker>(data_, options, *std::move(reader), max_words_);
                      },
                  .observer = observer};
    return run_job(options, job, messages_);
  }

  int update() { return update_stored_incidents(options_, *data_.lexicon, store_, messages_); }

  /// Until it is interrupted or cannot work. What fails is named, and the rest goes on. Incidents, which are made of all articles, are made
  /// once nothing waits any more.
  int watch(const std::string& folder) {
    constexpr std::chrono::milliseconds kWait{200};
    const InterruptGuard guard;
    Result<FolderWatch> watch = FolderWatch::begin(folder, options_.article);
    if (!watch) {
      messages_.error(watch.error());
      return kCannotWork;
    }
    if (!options_.quiet) messages_.note("watching " + folder + "; Ctrl-C ends it");
    if (!watch->is_woken()) messages_.note("the system tells of no changes there; looking every two seconds");
    bool is_behind = false;
    while (!InterruptGuard::interrupted()) {
      const std::vector<std::string> ready = watch->next(kWait);
      if (ready.empty() && !is_behind) continue;
      const int status = ready.empty() ? update() : run(ready, true);
      if (status == kCannotWork) return status;
      is_behind = !ready.empty();
    }
    if (is_behind && update() == kCannotWork) return kCannotWork;
    return kInterrupted;
  }

 private:
  Options options_;
  const ReadingData& data_;
  Store& store_;
  uint32_t max_words_;  ///< of each worker
  Messages& messages_;
};

}  // namespace

int ingest_command(Options options, Messages& messages) {
  const Result<ReadingData> data = load_reading_data(options, messages);
  if (!data) {
    messages.error(data.error());
    return kCannotWork;
  }
  const Result<uint32_t> max_words = bound_memory(options.memory_bytes, options.threads);
  if (!max_words) {
    messages.error(max_words.error());
    return kCannotWork;
  }
  Result<Store> store = Store::open(options.database, Database::Mode::kCreate);
  if (!store) {
    messages.error(store.error());
    return kCannotWork;
  }
  IngestRuns runs(options, *data, *store, *max_words, messages);
  int status = kFine;
  if (!options.inputs.empty()) {
    status = runs.run(options.inputs, false);
    if (const int updated = runs.update(); status == kFine) status = updated;
  }
  return options.watch.empty() || (status != kFine && status != kSomeFailed) ? status : runs.watch(options.watch);
}

}  // namespace casus
