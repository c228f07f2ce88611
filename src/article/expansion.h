#pragma once

#include <cstdint>
#include <optional>

#include <casus/result.h>

#include "article/article_source.h"

namespace casus {

/// Counts what one input expands to, over all compressions and archives in it, against the limits of ArticleOptions. Shared by them.
/// Threads: one at a time.
class Expansion {
 public:
  explicit Expansion(const ArticleOptions& options)
      : max_bytes_(options.max_expanded_bytes),
        max_ratio_(options.max_expansion_ratio),
        floor_(options.expansion_floor_bytes),
        max_members_(options.max_archive_members) {}

  /// Bytes of the input itself, as it lies on disk.
  void take(uint64_t bytes) { taken_ += bytes; }

  /// Bytes that a compression or archive gives. Errors: kTooLarge beyond a limit, once; exhausted() from then on.
  [[nodiscard]] std::optional<Error> give(uint64_t bytes);

  /// One more member of an archive. Errors: as give().
  [[nodiscard]] std::optional<Error> give_member();

  [[nodiscard]] bool exhausted() const { return exhausted_; }

 private:
  [[nodiscard]] std::optional<Error> exhaust(Error error);

  uint64_t max_bytes_;
  uint64_t max_ratio_;
  uint64_t floor_;
  uint64_t max_members_;
  uint64_t taken_ = 0;
  uint64_t given_ = 0;
  uint64_t members_ = 0;
  bool exhausted_ = false;
};

}  // namespace casus
