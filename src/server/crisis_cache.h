#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <casus/crisis.h>
#include <casus/result.h>

#include "crisis/crisis_filter.h"
#include "crisis/crisis_rules.h"
#include "crisis/wording.h"
#include "lexicon/lexicon.h"
#include "server/store_pool.h"

namespace casus {

/// A crisis as the database told it at one moment, ready for views. Threads: immutable.
struct CrisisMoment {
  CrisisMoment(Crisis told, const CrisisRules& rules, const Lexicon& lexicon, uint64_t version_given);
  CrisisMoment(const CrisisMoment&) = delete;
  CrisisMoment& operator=(const CrisisMoment&) = delete;

  const Crisis crisis;
  const Wording wording;
  const Crisis recent;  ///< its last kBriefDays: what the brief is made of
  const Wording recent_wording;
  const uint64_t version;                                      ///< ServerData::data_version when it was read, or an earlier one
  std::unordered_map<std::string_view, uint32_t> incidents{};  ///< by id
  /// Of each article, by its id, the incidents that it tells of, each with the mention that does.
  std::unordered_map<std::string_view, std::vector<std::pair<uint32_t, uint32_t>>> of_articles{};
  std::vector<uint64_t> hashes{};  ///< of the incidents' records: what changed from one moment to the next
};
using CrisisMomentPtr = std::shared_ptr<const CrisisMoment>;

/// Which crisis is asked for.
struct CrisisQuestion {
  std::optional<int32_t> as_of{};  ///< as it was known on that day; nullopt: as it is known
  double min_confidence = 0;       ///< events below it tell nothing

  friend bool operator==(const CrisisQuestion&, const CrisisQuestion&) = default;
};

/// Builds crises once for each state of the database and keeps the last ones.
/// Threads: safe at once. Readers of the present one wait for nobody.
class CrisisCache {
 public:
  static constexpr unsigned kMostWaiting = 3;  ///< fewer than there are threads, so that other requests go on
  static constexpr size_t kMostKept = 8;       ///< beside the present one

  CrisisCache(StorePool& stores, std::shared_ptr<const CrisisRules> rules, std::shared_ptr<const Lexicon> lexicon)
      : stores_(stores), rules_(std::move(rules)), lexicon_(std::move(lexicon)) {}

  /// The crisis as the last refresh() found it; built now where there was none. Errors: of the file.
  [[nodiscard]] Result<CrisisMomentPtr> present();

  /// Another one, built when it is first asked for. Errors: kBusy where kMostWaiting wait for such; of the file.
  [[nodiscard]] Result<CrisisMomentPtr> get(const CrisisQuestion& question);

  /// Builds the present one anew, of the database at `version`. Errors: of the file; the old one stays then.
  [[nodiscard]] Result<CrisisMomentPtr> refresh(uint64_t version);

  /// The version of the present one, 0 before the first.
  [[nodiscard]] uint64_t version() const;
  [[nodiscard]] uint64_t builds() const { return builds_; }

 private:
  [[nodiscard]] Result<CrisisMomentPtr> build(const CrisisQuestion& question, uint64_t version);

  struct Kept {
    CrisisQuestion question{};
    CrisisMomentPtr moment{};
  };

  StorePool& stores_;
  const std::shared_ptr<const CrisisRules> rules_;
  const std::shared_ptr<const Lexicon> lexicon_;
  std::atomic<CrisisMomentPtr> present_{};
  std::atomic<uint64_t> builds_ = 0;
  std::atomic<unsigned> waiting_ = 0;
  std::mutex building_{};   ///< one at a time: it takes a processor and much memory
  std::list<Kept> kept_{};  ///< under `building_`; the last asked first
};

}  // namespace casus
