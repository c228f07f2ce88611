#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>
#include <casus/result.h>

namespace casus {

/// Decoded lines of one input, whatever its form: plain text, rich text, a web page. Valid UTF-8 without NUL and line ends.
/// Threads: one at a time.
class TextLines {
 public:
  TextLines() = default;
  virtual ~TextLines() = default;
  TextLines(const TextLines&) = delete;
  TextLines& operator=(const TextLines&) = delete;

  /// The next line; nullopt at the end. It stays valid until the next call. A failure ends the input, but for kTooLarge.
  [[nodiscard]] virtual std::optional<Result<std::string_view>> next_line() = 0;

  [[nodiscard]] virtual const std::string& name() const = 0;
  [[nodiscard]] virtual uint64_t line() const = 0;                 ///< 1-based line of the input where the last line begins
  [[nodiscard]] virtual uint64_t bytes_read() const = 0;           ///< of the input
  [[nodiscard]] virtual std::vector<Warning> take_warnings() = 0;  ///< what was repaired since the last call
};

}  // namespace casus
