#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "article/article_reader.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/pool.h"

namespace casus {

/// Is shown each outcome, in input order and one at a time, in place of the worker's output.
class RunObserver {
 public:
  RunObserver() = default;
  virtual ~RunObserver() = default;
  RunObserver(const RunObserver&) = delete;
  RunObserver& operator=(const RunObserver&) = delete;

  /// Both append what is to be printed then.
  virtual void take(const Outcome& outcome, std::string& out) = 0;
  virtual void finish(const PassedOver& passed_over, std::string& out) = 0;

  /// Is called about ten times a second, from another thread than take().
  virtual void tick() {}
  /// Why nothing more can be taken, which ends the run with status 3.
  [[nodiscard]] virtual std::optional<Error> failure() { return std::nullopt; }
  /// A line for people below the sums, or "".
  [[nodiscard]] virtual std::string closing_note() { return {}; }
};

/// What a command does with articles.
struct Job {
  /// What the sums name besides articles.
  enum class Counted : uint8_t { kTokens, kEvents, kArticles };

  std::string done_word;  ///< in the sums: "coded", "parsed"
  bool skip_duplicates = false;
  bool tells_known = false;  ///< whether the worker may find articles known already
  Counted counted = Counted::kTokens;
  std::string header;          ///< written before the first output, if there is any
  bool header_always = false;  ///< written even if there is none: a table without rows still has columns
  Pool::WorkerFactory make_worker;
  std::shared_ptr<RunObserver> observer{};  ///< or null
};

/// Runs a job over the inputs of the command line, with progress, sums and clean ends: interrupted, closed pipe, full disk.
/// Returns the exit status; does not return at all if a thread waits for input that may never come.
[[nodiscard]] int run_job(const Options& options, const Job& job, Messages& messages);

}  // namespace casus
