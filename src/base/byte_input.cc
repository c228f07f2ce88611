#include "base/byte_input.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace casus {
namespace {

class DescriptorInput : public ByteInput {
 public:
  DescriptorInput(int descriptor, bool owned) : descriptor_(descriptor), owned_(owned) {}
  ~DescriptorInput() override {
    if (owned_) ::close(descriptor_);
  }

  Result<size_t> read(std::span<char> out) override {
    if (ended_) return size_t{0};
    const ssize_t count = ::read(descriptor_, out.data(), out.size());
    ended_ = count <= 0;
    if (count < 0 && errno == EINTR) return Error{.code = ErrorCode::kInterrupted, .message = "reading was interrupted"};
    if (count < 0) return Error{.code = ErrorCode::kUnreadable, .message = std::string("cannot be read: ") + std::strerror(errno)};
    taken_ += static_cast<uint64_t>(count);
    return static_cast<size_t>(count);
  }

  [[nodiscard]] uint64_t bytes_taken() const override { return taken_; }

 private:
  int descriptor_;
  bool owned_;
  bool ended_ = false;
  uint64_t taken_ = 0;
};

}  // namespace

Result<std::unique_ptr<ByteInput>> open_file_input(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor >= 0) return std::unique_ptr<ByteInput>(std::make_unique<DescriptorInput>(descriptor, true));
  const bool missing = errno == ENOENT || errno == ENOTDIR;
  return Error{.code = missing ? ErrorCode::kNotFound : ErrorCode::kUnreadable,
               .message = missing ? "no such file or folder" : std::string("cannot be opened: ") + std::strerror(errno),
               .file = path};
}

std::unique_ptr<ByteInput> standard_input() { return std::make_unique<DescriptorInput>(STDIN_FILENO, false); }

}  // namespace casus
