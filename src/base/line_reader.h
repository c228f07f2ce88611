#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <casus/result.h>

namespace casus {

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
  LineReader(LineReader&& other) noexcept;
  LineReader& operator=(LineReader&&) = delete;
  ~LineReader();

  /// What comes next, without taking it; empty only at the end of the input.
  [[nodiscard]] std::string_view peek();

  /// The same, but at least `bytes` unless the input ends before.
  [[nodiscard]] std::string_view peek_at_least(size_t bytes);

  /// Takes `count` bytes of what peek() gave.
  void skip(size_t count) { position_ += count; }

  /// The next line without its end ("\n" or "\r\n"); nullopt at the end of the input. It stays valid until the next call, and
  /// the `padding` bytes behind it are zeros.
  /// Errors: kTooLarge over `max_bytes`, after which the next call gives the next line; those of the class.
  [[nodiscard]] std::optional<Result<std::string_view>> next_line(uint64_t max_bytes, size_t padding = 0);

  /// All that is left. Errors: kTooLarge over `max_bytes`; those of the class.
  [[nodiscard]] Result<std::string> read_rest(uint64_t max_bytes);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] uint64_t line() const { return line_; }                          ///< 1-based number of the last line, 0 before the first
  [[nodiscard]] uint64_t bytes_read() const { return bytes_read_; }              ///< taken from the stream, the buffer included
  [[nodiscard]] bool last_line_was_open() const { return last_line_was_open_; }  ///< the last line had no line end

 private:
  LineReader(int descriptor, bool owned, std::string name) : descriptor_(descriptor), owned_(owned), name_(std::move(name)) {}

  void fill();
  [[nodiscard]] bool take_line(uint64_t max_bytes);
  [[nodiscard]] std::optional<Error> take_failure();

  int descriptor_;  ///< -1 if there is nothing more to read from
  bool owned_;
  std::string name_;
  std::string buffer_{};
  std::string text_{};
  size_t position_ = 0;
  uint64_t line_ = 0;
  uint64_t bytes_read_ = 0;
  int error_number_ = 0;
  bool at_end_ = false;
  bool last_line_was_open_ = false;
};

}  // namespace casus
