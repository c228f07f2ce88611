#include "cli/output.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace casus {
namespace {

constexpr mode_t kNewFileMode = 0666;  // less what the umask takes away

std::string reason_of(int error_number) { return std::generic_category().message(error_number); }

/// Where a file is to be put: behind links, which stay.
std::string target_of(const std::string& path) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);
  return error ? path : target.string();
}

}  // namespace

Output::~Output() {
  if (!part_path_.empty()) ::unlink(part_path_.c_str());
}

Result<void> Output::open(const std::string& path) {
  struct stat there{};
  const bool exists = ::stat(path.c_str(), &there) == 0;
  const bool is_regular = !exists || S_ISREG(there.st_mode);
  const std::string target = target_of(path);
  const std::string part = target + ".part" + std::to_string(::getpid());
  const int descriptor =
      is_regular ? ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kNewFileMode) : ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return Error{.code = ErrorCode::kUnwritable,
                 .message = "cannot be written: " + reason_of(errno),
                 .file = path,
                 .remedy = "name a file in a folder that exists and may be written to"};
  }
  if (exists && is_regular) static_cast<void>(::fchmod(descriptor, there.st_mode & 07777));
  descriptor_ = descriptor;
  name_ = path;
  if (is_regular) {
    path_ = target;
    part_path_ = part;
  }
  return {};
}

bool Output::write(std::string_view bytes) {
  while (state_ == State::kOpen && !bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {  // somebody made the pipe non-blocking
      pollfd ready{.fd = descriptor_, .events = POLLOUT, .revents = 0};
      poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      fail(errno);
    }
  }
  return state_ == State::kOpen;
}

void Output::close(bool keep) {
  const bool in_place = is_file() && keep && state_ == State::kOpen;
  if (in_place && ::fsync(descriptor_) != 0) fail(errno);
  if (::close(descriptor_) != 0 && errno != EBADF && state_ == State::kOpen) fail(errno);
  if (!is_file() || part_path_.empty()) return;
  if (in_place && state_ == State::kOpen) {
    if (std::rename(part_path_.c_str(), path_.c_str()) != 0) fail(errno);
  }
  if (!in_place || state_ != State::kOpen) ::unlink(part_path_.c_str());
  part_path_.clear();
}

void Output::fail(int error_number) {
  state_ = error_number == EPIPE ? State::kClosed : State::kFailed;
  reason_ = reason_of(error_number);
}

}  // namespace casus
