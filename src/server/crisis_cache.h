#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include <casus/result.h>

#include "crisis/crisis_rules.h"
#include "lexicon/lexicon.h"
#include "server/crisis_moment.h"
#include "server/http.h"
#include "server/store_pool.h"

namespace casus {

/// Which crisis is asked for.
struct CrisisQuestion {
  std::optional<int32_t> as_of{};  ///< as it was known on that day; nullopt: as it is known
  double min_confidence = 0;       ///< events below it tell nothing
  bool recent = false;             ///< only the days of which a brief is made

  friend bool operator==(const CrisisQuestion&, const CrisisQuestion&) = default;
};

/// A crisis that is being built, for all who ask for it.
struct CrisisBuild : Waiting {
  explicit CrisisBuild(const CrisisQuestion& asked) : question(asked) {}

  const CrisisQuestion question;
  Result<CrisisMomentPtr> moment = CrisisMomentPtr();  ///< to be read once it is done
};
using CrisisBuildPtr = std::shared_ptr<CrisisBuild>;

/// What there is of a crisis: itself, or what is to be waited for.
struct FoundCrisis {
  CrisisMomentPtr moment{};
  CrisisBuildPtr build{};  ///< where `moment` is null
};

/// Builds crises beside, one after another, and keeps the last ones: the present one for each state of the database, and of it those of
/// other days. Nobody waits for a build who does not ask for what it makes.
/// Ownership: a thread of its own. Threads: safe at once.
class CrisisCache {
 public:
  static constexpr size_t kMostQueued = 32;    ///< questions, each with any number of requests that wait for it
  static constexpr size_t kMostKept = 16;      ///< beside the present one
  static constexpr size_t kMostKeptShare = 2;  ///< and with no more mentions in all than so many times the present one

  CrisisCache(StorePool& stores, std::shared_ptr<const CrisisRules> rules, std::shared_ptr<const Lexicon> lexicon);
  ~CrisisCache();
  CrisisCache(const CrisisCache&) = delete;
  CrisisCache& operator=(const CrisisCache&) = delete;

  /// The crisis that is asked for, of the present state or about to be. Errors: kBusy where kMostQueued others wait to be built.
  [[nodiscard]] Result<FoundCrisis> find(const CrisisQuestion& question);

  /// The whole of what is known, as it was last built; null before the first.
  [[nodiscard]] CrisisMomentPtr present() const { return present_.load(); }

  /// Has the present one built anew, of the database at `version`, unless it is. The old one stays until then, and where that fails.
  void renew(uint64_t version);

  /// Why the last building of the present one failed, once.
  [[nodiscard]] std::optional<Error> take_failure();

  /// The version of the present one, 0 before the first.
  [[nodiscard]] uint64_t version() const;
  [[nodiscard]] uint64_t builds() const { return builds_; }

 private:
  struct Kept {
    CrisisQuestion question{};
    CrisisMomentPtr moment{};
  };

  void run(const std::stop_token& stop);
  [[nodiscard]] bool has_work() const;
  void build_present(uint64_t version);
  void build_other(const CrisisBuildPtr& build);
  [[nodiscard]] Result<CrisisMomentPtr> load(uint64_t version);
  [[nodiscard]] Result<CrisisMomentPtr> derive(const CrisisQuestion& question, const CrisisMoment& whole);
  void keep(const CrisisQuestion& question, const CrisisMomentPtr& moment);

  StorePool& stores_;
  const std::shared_ptr<const CrisisRules> rules_;
  const std::shared_ptr<const Lexicon> lexicon_;
  std::atomic<CrisisMomentPtr> present_{};
  std::atomic<uint64_t> builds_ = 0;
  std::mutex mutex_{};  ///< for what follows
  std::condition_variable_any wakes_{};
  uint64_t wanted_version_ = 0;         ///< of the present one
  CrisisBuildPtr present_build_{};      ///< while there is no present one
  std::deque<CrisisBuildPtr> queue_{};  ///< of others
  CrisisBuildPtr running_{};            ///< of others
  std::list<Kept> kept_{};              ///< of the present version; the last asked first
  std::optional<Error> failure_{};
  std::jthread thread_{};
};

}  // namespace casus
