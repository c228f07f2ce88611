#pragma once

#include <cstdint>
#include <string>

#include "cli/messages.h"
#include "cli/options.h"
#include "cli/pool.h"

namespace casus {

/// What a command does with articles.
struct Job {
  /// What the sums name besides articles.
  enum class Counted : uint8_t { kTokens, kEvents, kArticles };

  std::string done_word;  ///< in the sums: "coded", "parsed"
  bool skip_duplicates = false;
  Counted counted = Counted::kTokens;
  std::string header;  ///< written before the first output, if there is any
  Pool::WorkerFactory make_worker;
};

/// Runs a job over the inputs of the command line, with progress, sums and clean ends: interrupted, closed pipe, full disk.
/// Returns the exit status; does not return at all if a thread waits for input that may never come.
[[nodiscard]] int run_job(const Options& options, const Job& job, Messages& messages);

}  // namespace casus
