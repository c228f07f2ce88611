#include "evaluation/bootstrap.h"

#include <algorithm>
#include <vector>

namespace casus {
namespace {

constexpr uint32_t kSeed = 1;
constexpr size_t kDraws = 1000;
constexpr size_t kTail = 25;  // of the draws, on either side: 2.5 %

/// Fills the generator's state from a key, as "initialization by array" of Matsumoto and Nishimura's mt19937ar (2002) does and Python
/// with it; the standard library's own seeding is another.
class KeySequence {
 public:
  using result_type = uint32_t;

  explicit KeySequence(uint32_t key) : key_(key) {}

  template <class Iterator>
  void generate(Iterator begin, Iterator end) {
    const auto size = static_cast<uint32_t>(end - begin);
    std::vector<uint32_t> state(size);
    state[0] = 19650218;
    for (uint32_t i = 1; i < size; ++i) state[i] = 1812433253U * mixed(state[i - 1]) + i;
    uint32_t place = 1;
    const auto advance = [&] {
      if (++place < size) return;
      state[0] = state[size - 1];
      place = 1;
    };
    for (uint32_t i = 0; i < size; ++i, advance()) state[place] = (state[place] ^ (mixed(state[place - 1]) * 1664525U)) + key_;
    for (uint32_t i = 1; i < size; ++i, advance()) state[place] = (state[place] ^ (mixed(state[place - 1]) * 1566083941U)) - place;
    state[0] = 0x80000000U;
    std::copy(state.begin(), state.end(), begin);
  }

 private:
  static uint32_t mixed(uint32_t word) { return word ^ (word >> 30); }

  uint32_t key_;
};

}  // namespace

BootstrapDice::BootstrapDice(uint32_t seed) {
  KeySequence sequence(seed);
  generator_.seed(sequence);
}

uint64_t BootstrapDice::roll(uint64_t sides) {
  // A fraction of 53 bits out of two numbers of 32, as Python's random() makes it.
  const auto high = static_cast<double>(generator_() >> 5);
  const auto low = static_cast<double>(generator_() >> 6);
  const double fraction = (high * 67108864.0 + low) / 9007199254740992.0;
  return static_cast<uint64_t>(fraction * static_cast<double>(sides));
}

std::pair<double, double> bootstrap_interval(uint64_t groups, const std::function<double(std::span<const uint64_t>)>& measure) {
  if (groups == 0) return {0, 0};
  BootstrapDice dice(kSeed);
  std::vector<uint64_t> drawn(groups);
  std::vector<double> values;
  for (size_t i = 0; i < kDraws; ++i) {
    for (uint64_t& place : drawn) place = dice.roll(groups);
    values.push_back(measure(drawn));
  }
  std::ranges::sort(values);
  return {values[kTail], values[kDraws - kTail - 1]};
}

}  // namespace casus
