#include "server/http.h"

#include <utility>

#include "base/text.h"

namespace casus {

std::string_view HttpRequest::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (equals_ignoring_ascii_case(key, name)) return value;
  }
  return "";
}

void Waiting::finish() {
  std::vector<std::function<void()>> waiters;
  {
    const std::lock_guard lock(mutex_);
    is_there_ = true;
    waiters.swap(waiters_);
  }
  for (const std::function<void()>& wake : waiters) wake();
}

void Waiting::then(std::function<void()> wake) {
  {
    const std::lock_guard lock(mutex_);
    if (!is_there_) return waiters_.push_back(std::move(wake));
  }
  wake();
}

}  // namespace casus
