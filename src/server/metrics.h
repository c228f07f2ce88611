#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "server/http.h"

namespace casus {

/// What happened since the start, for Prometheus. Threads: safe at once.
class ServerMetrics {
 public:
  /// Upper ends of the classes of seconds.
  static constexpr std::array<double, 9> kSeconds = {0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 20};

  /// `route`: its path in the table of routes, or "page".
  void count(std::string_view route, int status, std::chrono::nanoseconds took);

  struct State {
    HttpGauges http{};
    uint64_t data_version = 0;
    uint64_t crisis_version = 0;
    uint64_t crisis_builds = 0;
    uint64_t answers_kept_hits = 0;
    uint64_t answers_kept_misses = 0;
    uint64_t answers_kept_bytes = 0;
  };
  /// The text format of Prometheus, version 0.0.4.
  [[nodiscard]] std::string text(const State& state, std::string_view version) const;

 private:
  struct Times {
    std::array<uint64_t, kSeconds.size()> within{};
    uint64_t all = 0;
    double seconds = 0;
  };
  mutable std::mutex mutex_{};
  std::map<std::pair<std::string, int>, uint64_t> requests_{};
  std::map<std::string, Times, std::less<>> times_{};
};

}  // namespace casus
