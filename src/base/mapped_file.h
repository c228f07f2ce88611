#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include <casus/result.h>

namespace casus {

/// A file in memory without being read: its pages come as they are touched and are shared by all processes that map it.
/// Ownership: the bytes live as long as the object; it can be moved, and views stay good then.
/// Threads:   safe at once. Nobody may shorten the file meanwhile: replace it by another of that name (rename) instead.
class MappedFile {
 public:
  MappedFile() = default;
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  /// Errors: kNotFound; kUnreadable (also for what is no regular file); kTooLarge over `max_bytes`.
  [[nodiscard]] static Result<MappedFile> open(const std::filesystem::path& path, uint64_t max_bytes);

  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  std::string_view bytes_ = {};
};

}  // namespace casus
