#pragma once

#include <unistd.h>

#include <string>
#include <string_view>

#include <casus/result.h>

namespace casus {

/// Where results go: standard output, or a file; every write is checked. Nothing is held back: what was written to standard output is with
/// the reader. A file appears as a whole: it is written beside its place and put there by close().
/// Threads: one at a time.
class Output {
 public:
  enum class State {
    kOpen,
    kClosed,  ///< the reader of the pipe has gone: no failure, and nothing more to do
    kFailed,  ///< no room, broken device; reason() says what
  };

  Output() = default;
  /// Takes away what close() has not put in its place.
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  /// Writes to this file from now on. What is no regular file, a device or a pipe, is written to as it is. Errors: kUnwritable.
  [[nodiscard]] Result<void> open(const std::string& path);

  /// Writes all bytes unless the output has ended before. Whether it is still open.
  bool write(std::string_view bytes);

  /// Closes the descriptor, since some file systems tell only then that there was no room. A file is put in its place if `keep` and all
  /// went well; else what was there before stays.
  void close(bool keep = true);

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }
  [[nodiscard]] bool is_file() const { return !path_.empty(); }
  [[nodiscard]] const std::string& name() const { return name_; }  ///< for messages

 private:
  void fail(int error_number);

  int descriptor_ = STDOUT_FILENO;
  State state_ = State::kOpen;
  std::string reason_;
  std::string name_ = "standard output";
  std::string path_;       ///< "" unless a file is to be put in its place
  std::string part_path_;  ///< what is written until then; "" when it is gone
};

}  // namespace casus
