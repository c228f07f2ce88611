#include "cli/interrupt.h"

#include <unistd.h>

#include <atomic>
#include <csignal>

#include "cli/exit_status.h"

namespace casus {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM};

std::atomic<int> signal_count = 0;
static_assert(std::atomic<int>::is_always_lock_free, "a handler may not lock");

extern "C" void on_signal(int /*number*/) {
  if (signal_count.fetch_add(1) > 0) _exit(kInterrupted);
}

void set_handler(int number, void (*handler)(int)) {
  struct sigaction action = {};
  if (sigaction(number, nullptr, &action) != 0 || action.sa_handler == SIG_IGN) return;
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigaction(number, &action, nullptr);
}

}  // namespace

InterruptGuard::InterruptGuard() {
  for (const int number : kSignals) set_handler(number, on_signal);
}

InterruptGuard::~InterruptGuard() {
  for (const int number : kSignals) set_handler(number, SIG_DFL);
}

bool InterruptGuard::interrupted() { return signal_count.load() > 0; }

}  // namespace casus
