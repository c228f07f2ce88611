#include "server/crisis_cache.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "crisis/brief.h"
#include "crisis/crisis_builder.h"
#include "crisis/record.h"
#include "crisis/view_records.h"
#include "store/stored_crisis.h"

namespace casus {
namespace {

/// One more while it lives.
class Counted {
 public:
  explicit Counted(std::atomic<unsigned>& count) : count_(count), before_(count.fetch_add(1)) {}
  ~Counted() { --count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  [[nodiscard]] unsigned before() const { return before_; }

 private:
  std::atomic<unsigned>& count_;
  unsigned before_;
};

}  // namespace

CrisisMoment::CrisisMoment(Crisis told, const CrisisRules& rules, const Lexicon& lexicon, uint64_t version_given)
    : crisis(std::move(told)),
      wording(crisis, rules, lexicon),
      recent(recent_part(crisis, kBriefDays, rules, lexicon)),
      recent_wording(recent, rules, lexicon),
      version(version_given) {
  std::string record;
  for (uint32_t i = 0; i < crisis.incidents.size(); ++i) {
    incidents.emplace(crisis.incidents[i].id, i);
    for (const uint32_t mention : crisis.incidents[i].mentions) {
      auto& known = of_articles[crisis.articles[crisis.mentions[mention].article].article_id];
      if (known.empty() || known.back().first != i) known.emplace_back(i, mention);
    }
    record.clear();
    append_json(incident_record(crisis.incidents[i], crisis, wording), record);
    hashes.push_back(hash64(record));
  }
}

Result<CrisisMomentPtr> CrisisCache::present() {
  if (CrisisMomentPtr moment = present_.load()) return moment;
  return refresh(1);
}

Result<CrisisMomentPtr> CrisisCache::refresh(uint64_t version) {
  const std::lock_guard lock(building_);
  if (CrisisMomentPtr moment = present_.load(); moment != nullptr && moment->version >= version) return moment;
  Result<CrisisMomentPtr> built = build({}, version);
  if (!built) return built;
  kept_.clear();
  present_.store(*built);
  return built;
}

Result<CrisisMomentPtr> CrisisCache::get(const CrisisQuestion& question) {
  Result<CrisisMomentPtr> now = present();
  if (!now) return now;
  const bool is_present = !question.as_of || ((*now)->crisis.as_of == question.as_of && (*now)->crisis.left_out == 0);
  if (is_present && question.min_confidence <= 0) return now;
  const Counted waiting(waiting_);
  if (waiting.before() >= kMostWaiting)
    return Error{.code = ErrorCode::kBusy, .message = "other days are being put together", .remedy = "ask again in a second"};
  const std::lock_guard lock(building_);
  const auto found = std::ranges::find(kept_, question, &Kept::question);
  if (found != kept_.end() && found->moment->version >= (*now)->version) {
    kept_.splice(kept_.begin(), kept_, found);
    return kept_.front().moment;
  }
  Result<CrisisMomentPtr> built = build(question, (*now)->version);
  if (!built) return built;
  kept_.push_front({.question = question, .moment = *built});
  if (kept_.size() > kMostKept) kept_.pop_back();
  return built;
}

uint64_t CrisisCache::version() const {
  const CrisisMomentPtr moment = present_.load();
  return moment == nullptr ? 0 : moment->version;
}

Result<CrisisMomentPtr> CrisisCache::build(const CrisisQuestion& question, uint64_t version) {
  const Result<StorePool::Lease> lease = stores_.take();
  if (!lease) return lease.error();
  lease->forget_deadline();
  Result<StoredCrisis> stored = load_crisis(lease->store(), *rules_, *lexicon_, {.as_of = question.as_of}, question.min_confidence);
  if (!stored) return std::move(stored).error();
  ++builds_;
  return CrisisMomentPtr(std::make_shared<const CrisisMoment>(std::move(stored->crisis), *rules_, *lexicon_, version));
}

}  // namespace casus
