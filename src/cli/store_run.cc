#include "cli/store_run.h"

#include <utility>

#include "cli/exit_status.h"
#include "cli/load.h"
#include "store/stored_crisis.h"

namespace casus {

void StoringObserver::take(const Outcome& outcome, std::string& /*out*/) {
  if (outcome.report == nullptr) return;
  const std::lock_guard lock(mutex_);
  if (failure_) return;
  if (group_.empty()) group_began_ = std::chrono::steady_clock::now();
  group_.push_back(*outcome.report);
  group_bytes_ += outcome.report->article->text().size();
  if (group_.size() >= kGroupArticles || group_bytes_ >= kGroupBytes) flush();
}

void StoringObserver::tick() {
  const std::lock_guard lock(mutex_);
  if (!group_.empty() && std::chrono::steady_clock::now() - group_began_ >= kGroupAge) flush();
}

void StoringObserver::finish(const PassedOver& /*passed_over*/, std::string& /*out*/) {
  const std::lock_guard lock(mutex_);
  flush();
  if (batch_ && !failure_) {
    if (const Result<void> done = store_.finish_batch(*batch_); !done.ok()) failure_ = done.error();
  }
}

std::optional<Error> StoringObserver::failure() {
  const std::lock_guard lock(mutex_);
  return failure_;
}

// A run that brings nothing leaves no batch.
void StoringObserver::flush() {
  if (group_.empty() || failure_) return;
  if (!batch_) {
    const Result<int64_t> begun = store_.begin_batch(info_);
    if (!begun) {
      failure_ = begun.error();
      return;
    }
    batch_ = *begun;
  }
  if (const Result<void> written = write(group_, *batch_); !written.ok()) failure_ = written.error();
  group_.clear();
  group_bytes_ = 0;
}

int update_stored_incidents(const Options& options, const Lexicon& lexicon, Store& store, Messages& messages) {
  const auto rules = load_crisis_rules(options.data, lexicon.ontology());
  if (!rules) {
    messages.error(rules.error());
    return kCannotWork;
  }
  const Result<bool> updated = update_incidents(store, **rules, lexicon);
  if (updated) return kFine;
  messages.error(updated.error());
  return kCannotWork;
}

}  // namespace casus
