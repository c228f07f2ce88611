#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace casus {

/// XXH3, 64 bits: fast, stable over versions and machines; not for anything an adversary must not forge.
[[nodiscard]] uint64_t hash64(std::string_view bytes);

/// hash64 as 16 lower-case hex digits: the form of ids.
[[nodiscard]] std::string hash_hex(std::string_view bytes);

}  // namespace casus
