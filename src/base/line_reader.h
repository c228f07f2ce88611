#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <casus/result.h>

#include "base/byte_input.h"

namespace casus {

/// So much of a reader's own buffer, once read, is dropped at once: less would move the rest too often.
inline constexpr size_t kDropBytes = 1 << 18;

/// Reads a byte stream piece by piece or line by line, never holding more than a buffer and one line. Hands on what a slow
/// pipe gives without waiting for more.
/// Errors:  kUnreadable; kInterrupted if a signal with a handler came while waiting for input. Either ends the input.
/// Threads: one at a time.
class LineReader {
 public:
  /// Opens a file. Errors: kNotFound; kUnreadable.
  [[nodiscard]] static Result<LineReader> open(const std::string& path);
  /// Standard input, named "-" in messages; it is not closed.
  [[nodiscard]] static LineReader standard_input();
  /// Bytes in memory.
  [[nodiscard]] static LineReader of_bytes(std::string bytes, std::string name);
  /// Any other input; `name` is what messages call it.
  LineReader(std::unique_ptr<ByteInput> input, std::string name) : input_(std::move(input)), name_(std::move(name)) {}

  /// What comes next, without taking it; empty only at the end of the input.
  [[nodiscard]] std::string_view peek();

  /// The same, but at least `bytes` unless the input ends before.
  [[nodiscard]] std::string_view peek_at_least(size_t bytes);

  /// Takes `count` bytes of what peek() gave.
  void skip(size_t count) { position_ += count; }

  /// Puts bytes in front of what comes next.
  void put_back(std::string_view bytes);

  /// The next line without its end ("\n" or "\r\n"); nullopt at the end of the input. It stays valid until the next call, and
  /// the `padding` bytes behind it are zeros.
  /// Errors: kTooLarge over `max_bytes`, after which the next call gives the next line; those of the class.
  [[nodiscard]] std::optional<Result<std::string_view>> next_line(uint64_t max_bytes, size_t padding = 0);

  /// What ended the input, once; nullopt if nothing went wrong. For callers of peek(); the other functions tell it themselves.
  [[nodiscard]] std::optional<Error> take_failure();

  /// Goes on behind a failure, where the input can.
  void resume() { at_end_ = input_ == nullptr; }

  /// All that is left. Errors: kTooLarge over `max_bytes`; those of the class.
  [[nodiscard]] Result<std::string> read_rest(uint64_t max_bytes);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] uint64_t line() const { return line_; }  ///< 1-based number of the last line, 0 before the first
  [[nodiscard]] uint64_t bytes_read() const {
    return input_ ? input_->bytes_taken() : memory_bytes_;
  }  ///< taken from the stream, the buffer included
  [[nodiscard]] bool last_line_was_open() const { return last_line_was_open_; }  ///< the last line had no line end

 private:
  void fill();
  [[nodiscard]] bool take_line(uint64_t max_bytes);

  std::unique_ptr<ByteInput> input_;  ///< null for bytes in memory
  std::string name_;
  std::string buffer_{};
  std::string text_{};
  size_t position_ = 0;
  uint64_t line_ = 0;
  uint64_t memory_bytes_ = 0;
  std::optional<Error> failure_{};
  bool at_end_ = false;
  bool last_line_was_open_ = false;
};

}  // namespace casus
