#include "cli/run.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "base/assert.h"
#include "base/json_writer.h"
#include "cli/exit_status.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "cli/text_width.h"
#include "language/kernels.h"

namespace casus {
namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned kTickMs = 100;           // progress is drawn at most ten times a second
constexpr unsigned kFirstProgressMs = 500;  // short runs draw none
constexpr unsigned kReaderGraceMs = 200;    // for a read that is under way when the run ends

struct Sums {
  uint64_t read = 0;
  uint64_t done = 0;
  uint64_t duplicate = 0;
  uint64_t known = 0;
  uint64_t other_language = 0;
  uint64_t unreadable = 0;
  uint64_t empty = 0;
  uint64_t tokens = 0;
  uint64_t events = 0;
  uint64_t statements = 0;
  uint64_t undated = 0;
};

std::string share_read(uint64_t read, uint64_t total) {
  if (total == 0) return with_separators(read / 1000) + " kB read";
  return std::to_string(std::min<uint64_t>(100, read * 100 / total)) + " % of " + with_separators(total / 1000) + " kB";
}

std::string counted(uint64_t count, const char* what) { return with_separators(count) + " " + what + (count == 1 ? "" : "s"); }

/// One run of a job: the consumer's side of the pool and what is said at the end.
class Run {
 public:
  Run(const Options& options, const Job& job, Messages& messages) : options_(options), job_(job), messages_(messages) {}

  [[nodiscard]] int execute() {
    const InterruptGuard guard;  // before a file is begun that an interrupt must not leave behind
    if (!options_.output_file.empty()) {
      if (const auto opened = output_.open(options_.output_file); !opened.ok()) {
        messages_.error(opened.error());
        return kCannotWork;
      }
    }
    ArticleSource source(options_.inputs, options_.article);
    if (progress_wanted_) bytes_total_ = source.bytes_total();
    started_ = Clock::now();
    // The pool is left alone, not destroyed, where a thread of it hangs in a read: the program ends then.
    auto pool = std::make_unique<Pool>(source, PoolOptions{options_.threads, options_.limit, job_.skip_duplicates}, job_.make_worker,
                                       [this](Outcome&& outcome) { return consume(std::move(outcome)); });
    bool stopping = false;
    while (!pool->wait(kTickMs)) {
      if (InterruptGuard::interrupted() && !stopping) {
        stopping = true;
        pool->stop();
        messages_.note("interrupted: finishing the articles at work (again to stop at once)");
      }
      if (job_.observer != nullptr) job_.observer->tick();
      show_progress(source.bytes_read());
    }
    if (!pool->is_reading()) passed_over_ = source.passed_over();  // else the source is not ours
    const int status = finish();
    for (unsigned waited = 0; pool->is_reading() && waited < kReaderGraceMs; waited += kTickMs / 10) usleep(kTickMs * 100);
    if (pool->is_reading()) std::_Exit(status);
    return status;
  }

 private:
  bool consume(Outcome&& outcome) {
    count(outcome);
    report(outcome);
    if (job_.observer != nullptr) {
      outcome.output.clear();
      job_.observer->take(outcome, outcome.output);
      if (job_.observer->failure()) return false;
    }
    if (outcome.output.empty()) return output_.state() == Output::State::kOpen;
    if (!header_written_) outcome.output.insert(0, job_.header);
    header_written_ = true;
    if (!same_terminal_ || output_.is_file()) return output_.write(outcome.output);
    messages_.without_progress([&] { output_.write(outcome.output); });
    return output_.state() == Output::State::kOpen;
  }

  void report(const Outcome& outcome) {
    if (outcome.error && outcome.fate == Fate::kUnreadable) messages_.error(*outcome.error);
    if (outcome.error && outcome.fate != Fate::kUnreadable) messages_.skipped(*outcome.error);
    if (outcome.article == nullptr) return;
    for (const Warning& warning : outcome.article->warnings()) {
      messages_.warning({.message = warning.message, .file = outcome.article->fields().origin, .line = warning.line});
    }
  }

  void count(const Outcome& outcome) {
    const std::lock_guard lock(sums_mutex_);
    ++sums_.read;
    switch (outcome.fate) {
      case Fate::kDone: ++sums_.done; break;
      case Fate::kDuplicate: ++sums_.duplicate; break;
      case Fate::kKnown: ++sums_.known; break;
      case Fate::kOtherLanguage: ++sums_.other_language; break;
      case Fate::kUnreadable: ++sums_.unreadable; break;
      case Fate::kEmpty: ++sums_.empty; break;
    }
    if (outcome.fate == Fate::kDone && !outcome.article->fields().published) ++sums_.undated;
    sums_.tokens += outcome.tokens;
    sums_.events += outcome.events;
    sums_.statements += outcome.statements;
  }

  [[nodiscard]] double seconds() const { return std::chrono::duration<double>(Clock::now() - started_).count(); }

  void show_progress(uint64_t bytes_read) {
    if (!progress_wanted_ || seconds() * 1000 < kFirstProgressMs) return;
    Sums sums;
    {
      const std::lock_guard lock(sums_mutex_);
      sums = sums_;
    }
    const auto rate = static_cast<unsigned long long>(static_cast<double>(sums.read) / seconds());
    std::string line =
        with_separators(sums.read) + " articles · " + share_read(bytes_read, bytes_total_) + " · " + with_separators(rate) + "/s";
    if (sums.unreadable > 0) line += " · " + with_separators(sums.unreadable) + " failed";
    messages_.progress(fit(line, terminal_columns(STDERR_FILENO) - 1));
  }

  // Says all that is to say at the end, and gives the exit status.
  int finish() {
    const double elapsed = seconds();
    messages_.progress("");
    if (job_.observer != nullptr) {
      std::string rest;
      job_.observer->finish(passed_over_, rest);
      output_.write(rest);
    }
    if (!header_written_ && job_.header_always) output_.write(job_.header);
    const bool interrupted = InterruptGuard::interrupted();
    output_.close(!interrupted);
    if (output_.state() == Output::State::kClosed) return kFine;
    messages_.finish();
    if (!options_.quiet) messages_.note(sums_text(elapsed));
    if (options_.stats) write_stats(elapsed);
    const std::optional<Error> failure = job_.observer == nullptr ? std::nullopt : job_.observer->failure();
    if (failure) messages_.error(*failure);
    const std::string closing = job_.observer == nullptr ? "" : job_.observer->closing_note();
    if (!options_.quiet && !closing.empty()) messages_.note(closing);
    if (failure) return kCannotWork;
    if (output_.state() == Output::State::kFailed) {
      const std::string became = output_.is_file() ? "it is as it was before" : "what it has got is cut off";
      messages_.note("error: " + output_.name() + " cannot be written: " + output_.reason() + " (" + became + ")");
      return kCannotWork;
    }
    if (interrupted && output_.is_file()) messages_.note(output_.name() + " is as it was before");
    if (interrupted) return kInterrupted;
    return sums_.unreadable > 0 ? kSomeFailed : kFine;
  }

  [[nodiscard]] std::string sums_text(double elapsed) const {
    CASUS_ASSERT(sums_.read == sums_.done + sums_.duplicate + sums_.known + sums_.other_language + sums_.unreadable + sums_.empty);
    std::string text = "read " + with_separators(sums_.read) + " = " + with_separators(sums_.done) + " " + job_.done_word;
    if (job_.skip_duplicates) text += " + " + with_separators(sums_.duplicate) + " duplicate";
    if (job_.tells_known) text += " + " + with_separators(sums_.known) + " known";
    text += " + " + with_separators(sums_.other_language) + " other language";
    text += " + " + with_separators(sums_.unreadable) + " unreadable + " + with_separators(sums_.empty) + " empty; " + products_text();
    text += passed_over_text();
    char time[32];
    std::snprintf(time, sizeof time, " in %.2f s", elapsed);
    return text + time;
  }

  /// What was looked at and is no article: never dropped in silence.
  [[nodiscard]] std::string passed_over_text() const {
    uint64_t count = 0;
    std::string kinds;
    for (const auto& [kind, number] : passed_over_) {
      count += number;
      kinds += (kinds.empty() ? "" : ", ") + with_separators(number) + " " + kind;
    }
    return count == 0 ? "" : "; passed over " + with_separators(count) + " that are no articles (" + kinds + ")";
  }

  /// What came of the articles that were read.
  [[nodiscard]] std::string products_text() const {
    switch (job_.counted) {
      case Job::Counted::kTokens: return counted(sums_.tokens, "token");
      case Job::Counted::kEvents: return counted(sums_.events, "event") + ", " + counted(sums_.statements, "statement") + undated_text();
      case Job::Counted::kArticles: break;
    }
    return with_separators(sums_.undated) + " undated";
  }

  [[nodiscard]] std::string undated_text() const {
    return sums_.undated == 0 ? "" : ", " + counted(sums_.undated, "article") + " without a date";
  }

  void write_stats(double elapsed) const {
    std::string line;
    JsonWriter json(line);
    json.begin_object().key("articles").number(sums_.done).key("tokens").number(sums_.tokens).key("seconds").number(elapsed);
    json.key("threads").number(options_.threads).field("kernels", kernel_name()).end_object();
    line += '\n';
    std::fwrite(line.data(), 1, line.size(), stderr);
  }

  const Options& options_;
  const Job& job_;
  Messages& messages_;
  Output output_;
  const bool progress_wanted_ = !options_.quiet && is_terminal(STDERR_FILENO);
  const bool same_terminal_ = progress_wanted_ && isatty(STDOUT_FILENO) == 1;
  bool header_written_ = false;
  uint64_t bytes_total_ = 0;  // 0 while unknown
  Clock::time_point started_;
  std::mutex sums_mutex_;
  Sums sums_;
  PassedOver passed_over_;
};

}  // namespace

int run_job(const Options& options, const Job& job, Messages& messages) { return Run(options, job, messages).execute(); }

}  // namespace casus
