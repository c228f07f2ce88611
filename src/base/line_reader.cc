#include "base/line_reader.h"

#include <span>
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
  Result<std::unique_ptr<ByteInput>> input = open_file_input(path);
  if (!input) return std::move(input).error();
  return LineReader(*std::move(input), path);
}

LineReader LineReader::standard_input() { return LineReader(casus::standard_input(), "-"); }

LineReader LineReader::of_bytes(std::string bytes, std::string name) {
  LineReader reader(nullptr, std::move(name));
  reader.memory_bytes_ = bytes.size();
  reader.buffer_ = std::move(bytes);
  reader.at_end_ = true;
  return reader;
}

std::optional<Error> LineReader::take_failure() {
  std::optional<Error> failure = std::exchange(failure_, std::nullopt);
  if (!failure) return std::nullopt;
  if (failure->file.empty()) failure->file = name_;
  if (failure->line == 0 && failure->code == ErrorCode::kUnreadable) failure->line = line_;
  return failure;
}

/// Appends one piece of the stream to what is left in the buffer.
void LineReader::fill() {
  buffer_.erase(0, position_);
  position_ = 0;
  const size_t kept = buffer_.size();
  buffer_.resize(kept + kBufferBytes);
  Result<size_t> count = input_->read(std::span(buffer_).subspan(kept));
  buffer_.resize(kept + (count ? *count : 0));
  at_end_ = !count || *count == 0;
  if (!count) failure_ = std::move(count).error();
}

std::string_view LineReader::peek() { return peek_at_least(1); }

std::string_view LineReader::peek_at_least(size_t bytes) {
  while (buffer_.size() - position_ < bytes && !at_end_) fill();
  return std::string_view(buffer_).substr(position_);
}

void LineReader::put_back(std::string_view bytes) {
  buffer_.replace(0, position_, bytes);
  position_ = 0;
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
  const bool fits = take_line(max_bytes);
  if (last_line_was_open_) {
    if (std::optional<Error> failure = take_failure()) return Line(*std::move(failure));
  }
  if (!fits) return Line(over_limit("the line is", max_bytes, name_, line_));
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
