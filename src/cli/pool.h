#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <casus/report.h>

#include "article/article_source.h"
#include "article/seen_articles.h"
#include "reading/coverage.h"

namespace casus {

/// What became of one item of the input. Each has just one fate, so that the sums of a run add up.
enum class Fate : uint8_t { kDone, kDuplicate, kOtherLanguage, kUnreadable, kEmpty };

/// One item of the input, in the order of the input, when all is done that can be.
struct Outcome {
  Fate fate = Fate::kDone;
  ArticlePtr article;          ///< null if it could not be read
  std::optional<Error> error;  ///< of kUnreadable and kOtherLanguage, and of kEmpty where that is known before the article is made
  std::string output;          ///< bytes for standard output
  uint64_t tokens = 0;
  uint64_t events = 0;
  uint64_t statements = 0;
  std::shared_ptr<const CoverageReport> coverage{};  ///< where a command asks for it
  std::shared_ptr<const Report> report{};            ///< the same
};

/// What one thread does with articles; it may keep buffers from one to the next.
class ArticleWorker {
 public:
  ArticleWorker() = default;
  virtual ~ArticleWorker() = default;
  ArticleWorker(const ArticleWorker&) = delete;
  ArticleWorker& operator=(const ArticleWorker&) = delete;

  /// Fills output and counts. An exception makes the article unreadable, and the next ones go on.
  virtual void process(const ArticlePtr& article, Outcome& outcome) = 0;
};

struct PoolOptions {
  unsigned threads = 1;
  uint64_t limit = 0;            ///< articles to take at most; 0 for all
  bool skip_duplicates = false;  ///< an article whose address or text came before is not processed (SeenArticles)
};

/// Processes articles independently on some threads and hands the outcomes on in input order. Each thread takes the next
/// article when it is free; nobody runs ahead of the output by more than kWindowPerThread articles a thread, so memory stays
/// flat whatever the input's length.
/// Ownership: uses `source` from its threads, one at a time, until it has finished.
class Pool {
 public:
  static constexpr unsigned kWindowPerThread = 4;

  using WorkerFactory = std::function<std::unique_ptr<ArticleWorker>()>;
  /// Gets each outcome once, never two at a time; false ends the run as stop() does.
  using Consumer = std::function<bool(Outcome&&)>;

  Pool(ArticleSource& source, PoolOptions options, WorkerFactory make_worker, Consumer consume);
  /// Waits for the threads; after stop() a thread that waits for input may keep it waiting (see abandon).
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// Begins no more articles; those at work are finished and handed on.
  void stop();

  /// Waits until all is handed on, or for `milliseconds`. Whether all is.
  [[nodiscard]] bool wait(unsigned milliseconds);

  /// Whether a thread waits for input and may do so for ever.
  [[nodiscard]] bool is_reading() const;

 private:
  struct Slot {
    Outcome outcome;
    bool ready = false;
  };

  void run();
  [[nodiscard]] bool take(std::unique_lock<std::mutex>& lock, Outcome& outcome, uint64_t& sequence);
  [[nodiscard]] bool read(Outcome& outcome);
  void put(std::unique_lock<std::mutex>& lock, Outcome&& outcome, uint64_t sequence);
  void hand_on(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] bool finished() const;

  ArticleSource& source_;
  const PoolOptions options_;
  const WorkerFactory make_worker_;
  const Consumer consume_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Slot> window_;  // outcomes that wait for earlier ones, by sequence number
  uint64_t begun_ = 0;        // items taken from the source
  uint64_t handed_on_ = 0;
  bool reading_ = false;     // a thread is in source_.next()
  bool handing_on_ = false;  // a thread is in consume_
  bool ended_ = false;       // no more items: end of input, limit or stop()

  bool source_failed_ = false;  // these three belong to the thread that reads
  uint64_t articles_ = 0;
  SeenArticles seen_;

  std::vector<std::thread> threads_;
};

}  // namespace casus
