#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <casus/result.h>

#include "store/store.h"

namespace casus {

/// Connections to one database for reading, one for each request at work; a question that takes too long is broken off.
/// Threads: safe at once.
class StorePool {
 public:
  static constexpr std::chrono::seconds kLongest{20};

  explicit StorePool(std::string path) : path_(std::move(path)) {}

  /// A connection for one request; goes back when it ends.
  class Lease {
   public:
    ~Lease();
    Lease(Lease&& other) noexcept;
    Lease& operator=(Lease&&) = delete;
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    [[nodiscard]] Store& store() const { return reader_->store; }
    [[nodiscard]] Database& database() const { return reader_->store.database(); }
    /// For work that nobody waits for.
    void forget_deadline() const { reader_->deadline = std::chrono::steady_clock::time_point::max(); }

   private:
    friend class StorePool;
    struct Reader {
      Store store;
      std::chrono::steady_clock::time_point deadline{};
    };
    Lease(StorePool& pool, std::unique_ptr<Reader> reader) : pool_(&pool), reader_(std::move(reader)) {}

    StorePool* pool_;
    std::unique_ptr<Reader> reader_;
  };

  /// Errors: those of Store::open.
  [[nodiscard]] Result<Lease> take();

 private:
  const std::string path_;
  std::mutex mutex_{};
  std::vector<std::unique_ptr<Lease::Reader>> free_{};
};

}  // namespace casus
