#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include <casus/result.h>

namespace casus {

/// Where bytes come from: a file, a pipe, a decompressor over another input, a member of an archive.
/// Threads: one at a time.
class ByteInput {
 public:
  ByteInput() = default;
  virtual ~ByteInput() = default;
  ByteInput(const ByteInput&) = delete;
  ByteInput& operator=(const ByteInput&) = delete;

  /// Puts as many bytes into `out` as there are without waiting for more, and says how many; 0 only at the end.
  /// Errors: without file and line, which the caller knows. The next call goes on behind the fault, or is at the end.
  [[nodiscard]] virtual Result<size_t> read(std::span<char> out) = 0;

  /// Bytes taken so far from where the input lies on disk, for progress; of what lies inside another input 0.
  [[nodiscard]] virtual uint64_t bytes_taken() const = 0;
};

/// A file. Errors: kNotFound, kUnreadable; of read() kUnreadable, and kInterrupted if a signal with a handler came meanwhile.
[[nodiscard]] Result<std::unique_ptr<ByteInput>> open_file_input(const std::string& path);

/// Standard input, which is not closed. Errors of read(): as of a file.
[[nodiscard]] std::unique_ptr<ByteInput> standard_input();

}  // namespace casus
