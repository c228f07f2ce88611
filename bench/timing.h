#pragma once

#include <time.h>

#include <algorithm>
#include <vector>

/// Processor time of this thread in seconds, which other work on the machine disturbs less than the clock.
inline double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// The median of a stage over rounds, which are not empty.
template <class Round>
double median(std::vector<Round> rounds, double Round::* stage) {
  std::ranges::sort(rounds, {}, stage);
  return rounds[rounds.size() / 2].*stage;
}
