#pragma once

#include <cstdint>

#include <casus/result.h>

namespace casus {

/// Bounds what this process may take from now on, everything that is loaded and mapped included: beyond it allocations fail, which an
/// article that is at work then does not survive (Pool). Gives how many words the tables of each of `threads` threads may keep so that
/// this does not come to pass of itself.
/// Units: bytes; 0 bounds nothing. Call once, when all is loaded and before threads work.
/// Errors: kBadOption if so much is not enough for what is loaded and the smallest tables.
[[nodiscard]] Result<uint32_t> bound_memory(uint64_t most_bytes, unsigned threads);

}  // namespace casus
