#include "server/incident_rows.h"

#include <algorithm>
#include <memory>

namespace casus {
namespace {

size_t bytes_of(const std::string& row) { return row.capacity() + sizeof(std::string); }

}  // namespace

IncidentRows::Kind::~Kind() {
  for (const std::atomic<const std::string*>& place : rows_) {
    const std::unique_ptr<const std::string> row(place.load());
    if (row != nullptr) bytes_ -= bytes_of(*row);
  }
}

void IncidentRows::Kind::append(uint32_t incident, const std::function<void(std::string&)>& make, std::string& out) {
  std::atomic<const std::string*>& place = rows_[incident];
  if (const std::string* const row = place.load(std::memory_order_acquire); row != nullptr) {
    out += *row;
    return;
  }
  std::string made;
  make(made);
  out += made;
  made.shrink_to_fit();
  if (bytes_ + bytes_of(made) > kMostBytes) return;
  auto row = std::make_unique<const std::string>(std::move(made));
  const std::string* none = nullptr;
  if (!place.compare_exchange_strong(none, row.get(), std::memory_order_acq_rel)) return;  // another was faster
  bytes_ += bytes_of(*row.release());
}

std::shared_ptr<IncidentRows::Kind> IncidentRows::kind(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find_if(kinds_, [&](const auto& kind) { return kind->name() == name; });
  if (found != kinds_.end()) {
    kinds_.splice(kinds_.begin(), kinds_, found);
    return kinds_.front();
  }
  if (kinds_.size() == kMostKinds) kinds_.pop_back();
  kinds_.push_front(std::make_shared<Kind>(name, incidents_, bytes_));
  return kinds_.front();
}

}  // namespace casus
