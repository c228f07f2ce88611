#pragma once

#include <cstdint>
#include <fstream>
#include <mutex>
#include <string>
#include <string_view>

#include <casus/result.h>

namespace casus {

/// What goes to standard error: errors and warnings, the first of each kind printed and the rest counted, and the
/// progress line, which a message never tears.
/// Threads: safe.
class Messages {
 public:
  static constexpr uint64_t kMostPrinted = 10;  ///< of errors, and of warnings

  Messages();
  ~Messages();
  Messages(const Messages&) = delete;
  Messages& operator=(const Messages&) = delete;

  /// Opens the file that gets every error and warning as JSON Lines. Errors: kUnwritable.
  [[nodiscard]] Result<void> write_errors_to(const std::string& path);

  void error(const Error& error);
  void warning(const Error& warning);
  void skipped(const Error& reason);  ///< an article that is passed over and no failure; counted with the warnings
  void note(std::string_view text);   ///< printed always

  /// Says how many errors and warnings were not printed, and begins to count anew. Call once for each run, before its sums.
  void finish();

  /// Draws or redraws the one progress line; an empty one takes it away. For terminals only.
  void progress(std::string_view line);

  /// Runs `write` while no progress line is on the screen: for output that goes to the same terminal.
  template <class Write>
  void without_progress(Write write) {
    const std::lock_guard lock(mutex_);
    draw("");
    write();
  }

 private:
  void print(std::string_view text);
  void draw(std::string_view line);
  void record(std::string_view level, const Error& error);

  std::mutex mutex_;
  std::ofstream errors_file_;
  uint64_t errors_ = 0;
  uint64_t warnings_ = 0;
  bool line_is_drawn_ = false;
};

}  // namespace casus
