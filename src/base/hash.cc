#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace casus {

uint64_t hash64(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

std::string hash_hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  uint64_t hash = hash64(bytes);
  std::string out(16, '0');
  for (size_t i = 16; i-- > 0; hash >>= 4) out[i] = kDigits[hash & 15];
  return out;
}

}  // namespace casus
