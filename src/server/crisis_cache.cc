#include "server/crisis_cache.h"

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

#include <algorithm>
#include <exception>
#include <utility>

#include "crisis/brief.h"
#include "crisis/crisis_builder.h"
#include "store/stored_crisis.h"

namespace casus {
namespace {

/// Whether the present crisis is what is asked for. A crisis as of a day knows nothing of articles without one.
bool is_same(const CrisisQuestion& question, const Crisis& present) {
  if (question.recent || question.min_confidence > 0) return false;
  if (!question.as_of) return true;
  return question.as_of == present.as_of &&
         std::ranges::all_of(present.articles, [](const auto& article) { return article.published.has_value(); });
}

/// What a build took besides its crisis goes back to the system: hundreds of megabytes that nothing else here needs.
void give_memory_back() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace

CrisisCache::CrisisCache(StorePool& stores, std::shared_ptr<const CrisisRules> rules, std::shared_ptr<const Lexicon> lexicon)
    : stores_(stores), rules_(std::move(rules)), lexicon_(std::move(lexicon)) {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

CrisisCache::~CrisisCache() {
  thread_.request_stop();
  wakes_.notify_all();
}

Result<FoundCrisis> CrisisCache::find(const CrisisQuestion& question) {
  const std::lock_guard lock(mutex_);
  const CrisisMomentPtr now = present_.load();
  if (now != nullptr && is_same(question, now->crisis)) return FoundCrisis{.moment = now};
  if (now == nullptr && question == CrisisQuestion()) {
    if (present_build_ == nullptr) present_build_ = std::make_shared<CrisisBuild>(question);
    wanted_version_ = std::max<uint64_t>(wanted_version_, 1);
    wakes_.notify_all();
    return FoundCrisis{.build = present_build_};
  }
  const auto kept = std::ranges::find(kept_, question, &Kept::question);
  if (kept != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, kept);
    return FoundCrisis{.moment = kept_.front().moment};
  }
  const auto is_asked = [&](const CrisisBuildPtr& build) { return build != nullptr && build->question == question; };
  if (is_asked(running_)) return FoundCrisis{.build = running_};
  const auto queued = std::ranges::find_if(queue_, is_asked);
  if (queued != queue_.end()) return FoundCrisis{.build = *queued};
  if (queue_.size() >= kMostQueued)
    return Error{.code = ErrorCode::kBusy, .message = "other days are being put together", .remedy = "ask again in a second"};
  queue_.push_back(std::make_shared<CrisisBuild>(question));
  wakes_.notify_all();
  return FoundCrisis{.build = queue_.back()};
}

void CrisisCache::renew(uint64_t version) {
  const std::lock_guard lock(mutex_);
  wanted_version_ = std::max(wanted_version_, version);
  wakes_.notify_all();
}

std::optional<Error> CrisisCache::take_failure() {
  const std::lock_guard lock(mutex_);
  return std::exchange(failure_, std::nullopt);
}

uint64_t CrisisCache::version() const {
  const CrisisMomentPtr moment = present_.load();
  return moment == nullptr ? 0 : moment->version;
}

/// Under `mutex_`.
bool CrisisCache::has_work() const { return wanted_version_ > version() || !queue_.empty(); }

void CrisisCache::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (wakes_.wait(lock, stop, [this] { return has_work(); })) {
    if (const uint64_t version = wanted_version_; version > this->version()) {
      lock.unlock();
      build_present(version);
      give_memory_back();
      lock.lock();
      continue;
    }
    running_ = queue_.front();
    queue_.pop_front();
    const CrisisBuildPtr build = running_;
    lock.unlock();
    build_other(build);
    give_memory_back();
    lock.lock();
  }
}

void CrisisCache::build_present(uint64_t version) {
  Result<CrisisMomentPtr> built = load(version);
  CrisisBuildPtr waited_for;
  {
    const std::lock_guard lock(mutex_);
    waited_for = std::exchange(present_build_, nullptr);
    if (built) {
      kept_.clear();
      present_.store(*built);
    } else {
      failure_ = built.error();
      wanted_version_ = this->version();  // until renew() asks again
    }
  }
  if (waited_for == nullptr) return;
  waited_for->moment = std::move(built);
  waited_for->finish();
}

void CrisisCache::build_other(const CrisisBuildPtr& build) {
  CrisisMomentPtr whole = present_.load();
  if (whole == nullptr) {
    build_present(1);
    whole = present_.load();
  }
  if (whole != nullptr) {
    build->moment = derive(build->question, *whole);
  } else {
    const std::lock_guard lock(mutex_);
    build->moment = failure_.value_or(Error{.code = ErrorCode::kBusy, .message = "the crisis is not there yet"});
  }
  {
    const std::lock_guard lock(mutex_);
    running_ = nullptr;
    if (build->moment && present_.load() == whole) keep(build->question, *build->moment);
  }
  build->finish();
}

/// Under `mutex_`.
void CrisisCache::keep(const CrisisQuestion& question, const CrisisMomentPtr& moment) {
  kept_.push_front({.question = question, .moment = moment});
  const size_t most = kMostKeptShare * present_.load()->crisis.mentions.size();
  size_t mentions = 0;
  for (const Kept& kept : kept_) mentions += kept.moment->crisis.mentions.size();
  while (kept_.size() > 1 && (kept_.size() > kMostKept || mentions > most)) {
    mentions -= kept_.back().moment->crisis.mentions.size();
    kept_.pop_back();
  }
}

Result<CrisisMomentPtr> CrisisCache::load(uint64_t version) {
  try {
    const Result<StorePool::Lease> lease = stores_.take();
    if (!lease) return lease.error();
    lease->forget_deadline();
    Result<StoredCrisis> stored = load_crisis(lease->store(), *rules_, *lexicon_);
    if (!stored) return std::move(stored).error();
    ++builds_;
    return CrisisMomentPtr(std::make_shared<const CrisisMoment>(std::move(stored->crisis), *rules_, *lexicon_, version));
  } catch (const std::exception& exception) {
    return Error{.code = ErrorCode::kTooLarge, .message = std::string("the crisis cannot be put together: ") + exception.what()};
  }
}

Result<CrisisMomentPtr> CrisisCache::derive(const CrisisQuestion& question, const CrisisMoment& whole) {
  try {
    const bool is_whole = is_same({.as_of = question.as_of, .min_confidence = question.min_confidence}, whole.crisis);
    Crisis crisis =
        is_whole ? Crisis() : crisis_as_of(whole.crisis, {.as_of = question.as_of}, question.min_confidence, *rules_, *lexicon_);
    if (question.recent) crisis = recent_part(is_whole ? whole.crisis : crisis, kBriefDays, *rules_, *lexicon_);
    ++builds_;
    return CrisisMomentPtr(std::make_shared<const CrisisMoment>(std::move(crisis), *rules_, *lexicon_, whole.version));
  } catch (const std::exception& exception) {
    return Error{.code = ErrorCode::kTooLarge, .message = std::string("the crisis cannot be put together: ") + exception.what()};
  }
}

}  // namespace casus
