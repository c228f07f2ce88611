#include "article/expansion.h"

#include <algorithm>
#include <string>
#include <utility>

namespace casus {

std::optional<Error> Expansion::exhaust(Error error) {
  if (std::exchange(exhausted_, true)) return std::nullopt;
  error.code = ErrorCode::kTooLarge;
  return error;
}

std::optional<Error> Expansion::give(uint64_t bytes) {
  given_ += bytes;
  if (given_ > max_bytes_) {
    return exhaust({.message = "expands to more than " + std::to_string(max_bytes_) + " bytes; what follows is not read",
                    .remedy = "raise --max-expanded-bytes if it is what it should be"});
  }
  if (given_ <= floor_ || given_ / max_ratio_ <= std::max<uint64_t>(taken_, 1)) return std::nullopt;
  return exhaust({.message = "expands to more than " + std::to_string(max_ratio_) +
                             " times its size, as a decompression bomb does; what follows is not read",
                  .remedy = "raise --max-expansion-ratio if it is what it should be"});
}

std::optional<Error> Expansion::give_member() {
  if (++members_ <= max_members_) return std::nullopt;
  return exhaust({.message = "has more than " + std::to_string(max_members_) + " members; those that follow are not read",
                  .remedy = "raise --max-archive-members if it is what it should be"});
}

}  // namespace casus
