#pragma once

namespace casus {

/// While it lives, the first SIGINT or SIGTERM only leaves a mark and the second ends the program at once. A signal that was
/// ignored when the program began stays so. Several may live at once.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  [[nodiscard]] static bool interrupted();
};

}  // namespace casus
