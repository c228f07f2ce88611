#include "server/store_pool.h"

#include <sqlite3.h>

#include <utility>

namespace casus {
namespace {

constexpr int kStepsBetweenLooks = 10'000;  // of SQLite's machine: some tens of microseconds

}  // namespace

StorePool::Lease::~Lease() {
  if (reader_ == nullptr) return;
  const std::lock_guard lock(pool_->mutex_);
  pool_->free_.push_back(std::move(reader_));
}

StorePool::Lease::Lease(Lease&& other) noexcept : pool_(other.pool_), reader_(std::move(other.reader_)) {}

Result<StorePool::Lease> StorePool::take() {
  std::unique_ptr<Lease::Reader> reader;
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      reader = std::move(free_.back());
      free_.pop_back();
    }
  }
  if (reader == nullptr) {
    Result<Store> store = Store::open(path_, Database::Mode::kRead);
    if (!store) return std::move(store).error();
    reader = std::make_unique<Lease::Reader>(Lease::Reader{.store = *std::move(store)});
    sqlite3_progress_handler(
        reader->store.database().handle(), kStepsBetweenLooks,
        [](void* at) { return std::chrono::steady_clock::now() > static_cast<Lease::Reader*>(at)->deadline ? 1 : 0; }, reader.get());
  }
  reader->deadline = std::chrono::steady_clock::now() + kLongest;
  return Lease(*this, std::move(reader));
}

}  // namespace casus
