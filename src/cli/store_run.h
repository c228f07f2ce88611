#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "cli/run.h"
#include "store/store.h"

namespace casus {

/// Puts the reports of a run into a database, in groups, each a transaction. A group is written when it is large or old, and when the run
/// ends, however it ends.
/// Ownership: uses `store` until it has finished. Threads: as RunObserver.
class StoringObserver : public RunObserver {
 public:
  static constexpr size_t kGroupArticles = 128;
  static constexpr size_t kGroupBytes = 8'000'000;  ///< of text
  static constexpr std::chrono::milliseconds kGroupAge{1000};

  StoringObserver(Store& store, BatchInfo info) : store_(store), info_(std::move(info)) {}

  void take(const Outcome& outcome, std::string& out) override;
  void finish(const PassedOver& passed_over, std::string& out) override;
  void tick() override;
  [[nodiscard]] std::optional<Error> failure() override;

 protected:
  /// Writes a group. Called one at a time.
  [[nodiscard]] virtual Result<void> write(std::span<const Report> reports, int64_t batch) = 0;
  [[nodiscard]] Store& store() { return store_; }

 private:
  void flush();

  Store& store_;
  BatchInfo info_;
  std::mutex mutex_{};
  std::vector<Report> group_{};
  size_t group_bytes_ = 0;
  std::chrono::steady_clock::time_point group_began_{};
  std::optional<int64_t> batch_{};
  std::optional<Error> failure_{};
};

/// What a run that changed articles ends with: stores the incidents that they tell (update_incidents). Gives the exit status, and tells
/// what went wrong.
[[nodiscard]] int update_stored_incidents(const Options& options, const Lexicon& lexicon, Store& store, Messages& messages);

}  // namespace casus
