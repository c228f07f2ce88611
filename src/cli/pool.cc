#include "cli/pool.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <new>
#include <utility>

namespace casus {
namespace {

// Titles are read too, since a report may be nothing but its headline.
bool is_empty(const Article& article) {
  return std::ranges::none_of(article.blocks(), [](const Block& block) {
    return block.kind != BlockKind::kNoise && block.kind != BlockKind::kDateline && !block.span.empty();
  });
}

Fate fate_of(ErrorCode code) {
  if (code == ErrorCode::kEmpty) return Fate::kEmpty;
  return code == ErrorCode::kOtherLanguage ? Fate::kOtherLanguage : Fate::kUnreadable;
}

Error internal_error(const ArticlePtr& article, const char* what) {
  Error error{.code = ErrorCode::kUnreadable, .message = std::string("internal error: ") + what};
  if (article != nullptr) {
    error.file = article->fields().origin;
    error.line = article->fields().origin_line;
  }
  return error;
}

Error memory_error(const Article& article) {
  return Error{.code = ErrorCode::kUnreadable,
               .message = "needs more memory than there is",
               .file = article.fields().origin,
               .line = article.fields().origin_line,
               .remedy = "use fewer --threads, or a greater --memory where it is given"};
}

}  // namespace

Pool::Pool(ArticleSource& source, PoolOptions options, WorkerFactory make_worker, Consumer consume)
    : source_(source), options_(options), make_worker_(std::move(make_worker)), consume_(std::move(consume)) {
  window_.resize(static_cast<size_t>(std::max(1U, options_.threads)) * kWindowPerThread);
  for (unsigned i = 0; i < std::max(1U, options_.threads); ++i) threads_.emplace_back([this] { run(); });
}

Pool::~Pool() {
  stop();
  for (std::thread& thread : threads_) thread.join();
}

void Pool::stop() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

bool Pool::wait(unsigned milliseconds) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::milliseconds(milliseconds), [this] { return finished(); });
}

// A thread that waits for input after the end has been decided brings nothing more.
bool Pool::finished() const { return ended_ && begun_ == handed_on_ && !handing_on_; }

bool Pool::is_reading() const {
  const std::lock_guard lock(mutex_);
  return reading_;
}

void Pool::run() {
  std::unique_ptr<ArticleWorker> worker;
  Outcome outcome;
  uint64_t sequence = 0;
  std::unique_lock lock(mutex_);
  while (take(lock, outcome, sequence)) {
    if (outcome.fate == Fate::kDone) {
      lock.unlock();
      try {
        if (worker == nullptr) worker = make_worker_();
        worker->process(outcome.article, outcome);
      } catch (const std::exception& exception) {
        Outcome failed;
        failed.fate = Fate::kUnreadable;
        const bool is_memory = dynamic_cast<const std::bad_alloc*>(&exception) != nullptr;
        if (is_memory) worker = nullptr;  // its buffers, which this article made large
        failed.error = is_memory ? memory_error(*outcome.article) : internal_error(outcome.article, exception.what());
        failed.article = std::move(outcome.article);
        outcome = std::move(failed);
      }
      lock.lock();
    }
    put(lock, std::move(outcome), sequence);
    outcome = {};
  }
}

// Reads the next item when it is this thread's turn; false at the end.
bool Pool::take(std::unique_lock<std::mutex>& lock, Outcome& outcome, uint64_t& sequence) {
  changed_.wait(lock, [this] { return ended_ || (!reading_ && begun_ - handed_on_ < window_.size()); });
  if (ended_) return false;
  reading_ = true;
  lock.unlock();
  const bool got = read(outcome);
  lock.lock();
  reading_ = false;
  if (!got) ended_ = true;
  if (!ended_) sequence = begun_++;
  const bool taken = !ended_;
  if (source_failed_ || (options_.limit > 0 && articles_ >= options_.limit)) ended_ = true;
  changed_.notify_all();
  return taken;
}

// One thread at a time: those who read are one after another, so duplicates are found in input order.
bool Pool::read(Outcome& outcome) {
  std::optional<Result<ArticlePtr>> item;
  try {
    item = source_.next();
  } catch (const std::exception& exception) {
    item.emplace(internal_error(nullptr, exception.what()));
    source_failed_ = true;  // it may fail so for ever
  }
  if (!item) return false;
  if (!item->ok()) {
    if (item->error().code == ErrorCode::kInterrupted) return false;
    outcome.fate = fate_of(item->error().code);
    outcome.error = item->error();
    return true;
  }
  outcome.article = **item;
  ++articles_;
  if (is_empty(*outcome.article)) {
    outcome.fate = Fate::kEmpty;
  } else if (options_.skip_duplicates && seen_.came_before(*outcome.article)) {
    outcome.fate = Fate::kDuplicate;
  }
  return true;
}

void Pool::put(std::unique_lock<std::mutex>& lock, Outcome&& outcome, uint64_t sequence) {
  Slot& slot = window_[sequence % window_.size()];
  slot.outcome = std::move(outcome);
  slot.ready = true;
  if (!handing_on_) hand_on(lock);
}

// Whoever finishes the next outcome hands it on, and all that waited for it; the others go on working meanwhile.
void Pool::hand_on(std::unique_lock<std::mutex>& lock) {
  handing_on_ = true;
  for (;;) {
    Slot& slot = window_[handed_on_ % window_.size()];
    if (!slot.ready) break;
    slot.ready = false;
    Outcome outcome = std::move(slot.outcome);
    lock.unlock();
    const bool go_on = consume_(std::move(outcome));
    lock.lock();
    ++handed_on_;
    if (!go_on) ended_ = true;
    changed_.notify_all();
  }
  handing_on_ = false;
  changed_.notify_all();
}

}  // namespace casus
