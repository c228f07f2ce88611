// Products of bytes, and of floats as three bytes each, with AMX.
#include "language/kernels_bytes.h"

#if defined(CASUS_HAS_AMX)
#include <cpuid.h>
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CASUS_PRODUCT multiply_bytes_amx
#define CASUS_TILES_BEGIN(config) _tile_loadconfig(config)
#define CASUS_TILES_END() _tile_release()
#define CASUS_TILE_ZERO(t) _tile_zero(t)
#define CASUS_TILE_LOAD(t, from, stride) _tile_loadd(t, from, stride)
#define CASUS_TILE_STORE(t, to, stride) _tile_stored(t, to, stride)
#define CASUS_TILE_ADD(sums, a, b) _tile_dpbusd(sums, a, b)
#define CASUS_FLOAT_PRODUCT multiply_floats_amx
#define CASUS_TILE_ADD_SIGNED(sums, a, b) _tile_dpbssd(sums, a, b)
#include "language/kernels_amx.inc"
#include "language/kernels_amx_floats.inc"

namespace casus {

bool may_use_amx() {
  constexpr uint32_t kSaves = 1u << 27;                     // leaf 1, ecx: the system saves more than it must, and tells what
  constexpr uint32_t kTiles = 1u << 24, kBytes = 1u << 25;  // leaf 7, edx
  constexpr uint32_t kTileState = 3u << 17;                 // XCR0: configuration and data of tiles
  constexpr long kAskFor = 0x1023, kTileData = 18;          // ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA of Linux
  uint32_t eax = 0, ebx = 0, ecx = 0, edx = 0;
  if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) == 0 || (ecx & kSaves) == 0) return false;
  if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) == 0 || (edx & kTiles) == 0 || (edx & kBytes) == 0) return false;
  uint32_t low = 0, high = 0;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (low & kTileState) == kTileState && syscall(SYS_arch_prctl, kAskFor, kTileData) == 0;
}

}  // namespace casus
#endif
