#pragma once

#include <string>
#include <string_view>

namespace casus {

/// Standard output, with every write checked. Nothing is held back: what was written is with the reader.
/// Threads: one at a time.
class Output {
 public:
  enum class State {
    kOpen,
    kClosed,  ///< the reader of the pipe has gone: no failure, and nothing more to do
    kFailed,  ///< no room, broken device; reason() says what
  };

  /// Writes all bytes unless the output has ended before. Whether it is still open.
  bool write(std::string_view bytes);

  /// Closes the descriptor, since some file systems tell only then that there was no room.
  void close();

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }

 private:
  void fail(int error_number);

  State state_ = State::kOpen;
  std::string reason_;
};

}  // namespace casus
