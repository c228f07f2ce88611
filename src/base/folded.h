#pragma once

#include <cstdint>
#include <string_view>

#include "base/text.h"

namespace casus {

/// Hash (FNV-1a) and equality without regard to ASCII case, for containers of std::string that are asked with views: no copy is made.
/// Not noexcept, so that containers keep the hashes of what they hold.
struct FoldedHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const {
    uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(ascii_lower(c))) * 0x100000001b3;
    return hash ^ (hash >> 32);
  }
};
struct FoldedEqual {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const { return equals_ignoring_ascii_case(a, b); }
};

}  // namespace casus
