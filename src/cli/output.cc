#include "cli/output.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace casus {

bool Output::write(std::string_view bytes) {
  while (state_ == State::kOpen && !bytes.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {  // somebody made the pipe non-blocking
      pollfd ready{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
      poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      fail(errno);
    }
  }
  return state_ == State::kOpen;
}

void Output::close() {
  if (::close(STDOUT_FILENO) != 0 && errno != EBADF && state_ == State::kOpen) fail(errno);
}

void Output::fail(int error_number) {
  state_ = error_number == EPIPE ? State::kClosed : State::kFailed;
  reason_ = std::generic_category().message(error_number);
}

}  // namespace casus
