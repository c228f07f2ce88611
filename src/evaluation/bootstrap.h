#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <span>
#include <utility>

namespace casus {

/// Draws whole numbers as Python's random.Random(seed).choices() does, so that whoever checks an interval with Python has the same.
/// Threads: one at a time.
class BootstrapDice {
 public:
  explicit BootstrapDice(uint32_t seed);
  /// A number below `sides`, which must be over 0 and at most 2^53.
  [[nodiscard]] uint64_t roll(uint64_t sides);

 private:
  std::mt19937 generator_;
};

/// A bootstrap interval of 95 %: draws as many of `groups` groups as there are, with replacement, 1,000 times with seed 1, and gives the
/// values of `measure`, which gets the places drawn, between the lowest and the highest 2.5 %. Nothing to draw from gives zeros.
[[nodiscard]] std::pair<double, double> bootstrap_interval(uint64_t groups,
                                                           const std::function<double(std::span<const uint64_t>)>& measure);

}  // namespace casus
