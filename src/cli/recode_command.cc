#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "cli/coding.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/store_run.h"
#include "cli/terminal.h"
#include "cli/text_width.h"
#include "store/store.h"

namespace casus {
namespace {

constexpr unsigned kTickMs = 100;

/// Puts new records in the place of the old ones.
class RecodeObserver : public StoringObserver {
 public:
  using StoringObserver::StoringObserver;
  [[nodiscard]] uint64_t changed() const { return changed_; }

 protected:
  Result<void> write(std::span<const Report> reports, int64_t batch) override {
    const Result<uint64_t> changed = store().replace_records(reports, batch);
    if (!changed) return changed.error();
    changed_ += *changed;
    return {};
  }

 private:
  uint64_t changed_ = 0;
};

/// The rows of the articles to be read again.
Result<std::vector<int64_t>> rows_to_recode(Store& store, int64_t present_coder, bool all) {
  Result<Query> query = store.database().prepare("SELECT article FROM articles WHERE ?1 OR coder <> ?2 ORDER BY article");
  if (!query) return std::move(query).error();
  return query->bind(all ? 1 : 0).bind(present_coder).integers();
}

/// Reads articles of a database again, on some threads.
class RecodeRun {
 public:
  RecodeRun(const Options& options, const ReadingData& data, RecodeObserver& observer, std::vector<int64_t> rows, Messages& messages)
      : options_(options), data_(data), observer_(observer), rows_(std::move(rows)), messages_(messages) {}

  /// Works until all is done, something fails, or the user interrupts.
  void run() {
    const InterruptGuard guard;
    std::vector<std::jthread> threads;
    threads.reserve(options_.threads);
    for (unsigned i = 0; i < options_.threads; ++i) threads.emplace_back([this] { work(); });
    const bool draws = !options_.quiet && is_terminal(STDERR_FILENO);
    for (unsigned ticks = 0; working_.load() > 0 || ticks == 0; ++ticks) {
      usleep(kTickMs * 1000);
      observer_.tick();
      interrupted_ = interrupted_ || InterruptGuard::interrupted();
      if (interrupted_ || observer_.failure()) stopping_.store(true);
      if (draws) messages_.progress(with_separators(done_.load()) + " of " + with_separators(rows_.size()) + " articles");
    }
    messages_.progress("");
    threads.clear();  // joins them
    std::string nothing;
    observer_.finish({}, nothing);
  }
  [[nodiscard]] uint64_t done() const { return done_.load(); }
  [[nodiscard]] uint64_t failed() const { return failed_.load(); }
  [[nodiscard]] bool was_interrupted() const { return interrupted_; }

 private:
  void work() {
    Result<Store> store = Store::open(options_.database, Database::Mode::kRead);
    if (store) {
      ReportMaker maker(data_, options_.min_confidence, options_.mentions);
      while (!stopping_.load()) {
        const size_t next = next_.fetch_add(1);
        if (next >= rows_.size()) break;
        recode(rows_[next], *store, maker);
      }
    } else {
      messages_.error(store.error());
      failed_.fetch_add(1);
    }
    working_.fetch_sub(1);
  }

  void recode(int64_t row, Store& store, ReportMaker& maker) {
    const Result<std::optional<ArticlePtr>> article = store.load_article(row);
    if (!article) {
      messages_.error(article.error());
      failed_.fetch_add(1);
      return;
    }
    const auto& found = *article;
    if (!found) return;  // forgotten meanwhile
    Outcome outcome;
    try {
      outcome.report = std::make_shared<const Report>(maker.make(*found, outcome.tokens));
    } catch (const std::exception& exception) {
      messages_.error({.code = ErrorCode::kUnreadable,
                       .message = "article " + (**article)->article_id() + ": internal error: " + exception.what(),
                       .file = options_.database});
      failed_.fetch_add(1);
      return;
    }
    std::string nothing;
    observer_.take(outcome, nothing);
    done_.fetch_add(1);
  }

  const Options& options_;
  const ReadingData& data_;
  RecodeObserver& observer_;
  const std::vector<int64_t> rows_;
  Messages& messages_;
  std::atomic<size_t> next_{0};
  std::atomic<uint64_t> done_{0};
  std::atomic<uint64_t> failed_{0};
  std::atomic<unsigned> working_{options_.threads};
  std::atomic<bool> stopping_{false};
  bool interrupted_ = false;
};

int fail(const Error& error, Messages& messages) {
  messages.error(error);
  return kCannotWork;
}

}  // namespace

int recode_command(Options options, Messages& messages) {
  const auto began = std::chrono::steady_clock::now();
  Result<Store> store = Store::open(options.database, Database::Mode::kWrite);
  if (!store) return fail(store.error(), messages);
  const Result<ReadingData> data = load_reading_data(options, messages);
  if (!data) return fail(data.error(), messages);
  const CoderInfo coder = coder_info(*data, options);
  const Result<int64_t> present = store->find_coder(coder);
  if (!present) return fail(present.error(), messages);
  Result<std::vector<int64_t>> rows = rows_to_recode(*store, *present, options.all);
  if (!rows) return fail(rows.error(), messages);
  const size_t count = rows->size();

  RecodeObserver observer(*store, BatchInfo{.command = "recode", .inputs = {}, .coder = coder});
  RecodeRun run(options, *data, observer, *std::move(rows), messages);
  run.run();
  const int updated = update_stored_incidents(options, *data->lexicon, *store, messages);
  messages.finish();
  if (!options.quiet) {
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, " in %.2f s", std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
    messages.note("recoded " + with_separators(run.done()) + " of " + with_separators(count) + " articles; the records of " +
                  with_separators(observer.changed()) + " are others now" + seconds);
  }
  if (const std::optional<Error> failure = observer.failure()) return fail(*failure, messages);
  if (run.was_interrupted()) return kInterrupted;
  return run.failed() > 0 ? kSomeFailed : updated;
}

}  // namespace casus
