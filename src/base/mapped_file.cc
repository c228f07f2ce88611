#include "base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace casus {
namespace {

/// Closes a file when it goes.
class Handle {
 public:
  explicit Handle(int number) : number_(number) {}
  ~Handle() {
    if (number_ >= 0) ::close(number_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

Error unreadable(const std::filesystem::path& path, std::string message) {
  return {.code = ErrorCode::kUnreadable, .message = std::move(message), .file = path.string()};
}

}  // namespace

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

MappedFile::MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  return *this;
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path, uint64_t max_bytes) {
  const Handle handle(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));  // does not wait for a pipe's other end
  if (handle.number() < 0) {
    if (errno == ENOENT || errno == ENOTDIR)
      return Error{.code = ErrorCode::kNotFound, .message = "no such file or folder", .file = path.string()};
    return unreadable(path, std::string("cannot be opened: ") + std::strerror(errno));
  }
  struct stat about = {};
  if (::fstat(handle.number(), &about) != 0) return unreadable(path, std::string("cannot be read: ") + std::strerror(errno));
  if (!S_ISREG(about.st_mode)) return unreadable(path, "is no regular file");
  const auto size = static_cast<uint64_t>(about.st_size);
  if (size > max_bytes) {
    return Error{
        .code = ErrorCode::kTooLarge, .message = "is over the limit of " + std::to_string(max_bytes) + " bytes", .file = path.string()};
  }
  MappedFile file;
  if (size == 0) return file;  // nothing to map
  void* const memory = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, handle.number(), 0);
  if (memory == MAP_FAILED) return unreadable(path, std::string("cannot be mapped: ") + std::strerror(errno));
  file.bytes_ = {static_cast<const char*>(memory), size};
  return file;
}

}  // namespace casus
