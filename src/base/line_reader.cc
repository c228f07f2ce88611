#include "base/line_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace casus {
namespace {

constexpr size_t kBufferBytes = size_t{1} << 16;

Error over_limit(std::string_view what, uint64_t max_bytes, const std::string& name, uint64_t line) {
  return Error{.code = ErrorCode::kTooLarge,
               .message = std::string(what) + " over the limit of " + std::to_string(max_bytes) + " bytes",
               .file = name,
               .line = line};
}

}  // namespace

Result<LineReader> LineReader::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    return Error{.code = missing ? ErrorCode::kNotFound : ErrorCode::kUnreadable,
                 .message = missing ? "no such file or folder" : std::string("cannot be opened: ") + std::strerror(errno),
                 .file = path};
  }
  return LineReader(descriptor, true, path);
}

LineReader LineReader::standard_input() { return LineReader(STDIN_FILENO, false, "-"); }

LineReader LineReader::of_bytes(std::string bytes, std::string name) {
  LineReader reader(-1, false, std::move(name));
  reader.bytes_read_ = bytes.size();
  reader.buffer_ = std::move(bytes);
  reader.at_end_ = true;
  return reader;
}

LineReader::LineReader(LineReader&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      owned_(other.owned_),
      name_(std::move(other.name_)),
      buffer_(std::move(other.buffer_)),
      text_(std::move(other.text_)),
      position_(other.position_),
      line_(other.line_),
      bytes_read_(other.bytes_read_),
      error_number_(other.error_number_),
      at_end_(other.at_end_),
      last_line_was_open_(other.last_line_was_open_) {}

LineReader::~LineReader() {
  if (owned_ && descriptor_ >= 0) ::close(descriptor_);
}

std::optional<Error> LineReader::take_failure() {
  const int number = std::exchange(error_number_, 0);
  if (number == 0) return std::nullopt;
  if (number == EINTR) return Error{.code = ErrorCode::kInterrupted, .message = "reading was interrupted", .file = name_};
  return Error{
      .code = ErrorCode::kUnreadable, .message = std::string("cannot be read: ") + std::strerror(number), .file = name_, .line = line_};
}

/// Appends one piece of the stream to what is left in the buffer.
void LineReader::fill() {
  buffer_.erase(0, position_);
  position_ = 0;
  const size_t kept = buffer_.size();
  buffer_.resize(kept + kBufferBytes);
  const ssize_t count = ::read(descriptor_, buffer_.data() + kept, kBufferBytes);
  buffer_.resize(kept + (count > 0 ? static_cast<size_t>(count) : 0));
  bytes_read_ += buffer_.size() - kept;
  at_end_ = count <= 0;
  if (count < 0) error_number_ = errno;
}

std::string_view LineReader::peek() { return peek_at_least(1); }

std::string_view LineReader::peek_at_least(size_t bytes) {
  while (buffer_.size() - position_ < bytes && !at_end_) fill();
  return std::string_view(buffer_).substr(position_);
}

/// Puts the next line into text_; of a line over the limit no more than the limit is kept.
bool LineReader::take_line(uint64_t max_bytes) {
  bool fits = true;
  text_.clear();
  last_line_was_open_ = true;
  while (last_line_was_open_) {
    const std::string_view left = peek();
    if (left.empty()) break;
    const size_t end = left.find('\n');
    const std::string_view piece = left.substr(0, end);
    fits = fits && piece.size() <= max_bytes - text_.size();
    if (fits) text_ += piece;
    position_ += piece.size() + (end == std::string_view::npos ? 0 : 1);
    last_line_was_open_ = end == std::string_view::npos;
  }
  return fits;
}

std::optional<Result<std::string_view>> LineReader::next_line(uint64_t max_bytes, size_t padding) {
  using Line = Result<std::string_view>;
  if (peek().empty()) {
    if (std::optional<Error> failure = take_failure()) return Line(*std::move(failure));
    return std::nullopt;
  }
  ++line_;
  if (!take_line(max_bytes)) return Line(over_limit("the line is", max_bytes, name_, line_));
  if (!last_line_was_open_ && text_.ends_with('\r')) text_.pop_back();
  const size_t size = text_.size();
  text_.append(padding, '\0');
  return Line(std::string_view(text_).substr(0, size));
}

Result<std::string> LineReader::read_rest(uint64_t max_bytes) {
  std::string rest;
  while (true) {
    const std::string_view left = peek();
    if (left.empty()) break;
    if (left.size() > max_bytes - rest.size()) return over_limit("is", max_bytes, name_, 0);
    rest += left;
    position_ = buffer_.size();
  }
  if (std::optional<Error> failure = take_failure()) return *std::move(failure);
  return rest;
}

}  // namespace casus
