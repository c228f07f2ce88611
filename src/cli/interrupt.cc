#include "cli/interrupt.h"

#include <unistd.h>

#include <atomic>
#include <csignal>

#include "cli/exit_status.h"

namespace casus {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM};

std::atomic<int> signal_count = 0;
std::atomic<int> guards = 0;  // that live; only the first sets handlers and only the last takes them back
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
  if (guards.fetch_add(1) > 0) return;
  for (const int number : kSignals) set_handler(number, on_signal);
}

InterruptGuard::~InterruptGuard() {
  if (guards.fetch_sub(1) > 1) return;
  for (const int number : kSignals) set_handler(number, SIG_DFL);
}

bool InterruptGuard::interrupted() { return signal_count.load() > 0; }

}  // namespace casus
