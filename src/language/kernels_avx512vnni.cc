// Products of bytes with AVX-512 VNNI.
#include "language/kernels_bytes.h"

#if defined(__x86_64__)
#include <immintrin.h>

namespace casus {
namespace {

// Vectors of the compilers' own, since some intrinsics make g++ 12 warn of its own header.
typedef int32_t IntVec __attribute__((vector_size(64), aligned(4), may_alias));
typedef float FloatVec __attribute__((vector_size(64), aligned(4), may_alias));

struct Sums {
  __m512i all;
};

inline Sums no_sums() { return {_mm512_setzero_si512()}; }
inline Sums load_sums(const int8_t* weights) { return {_mm512_loadu_si512(weights)}; }
inline __m512i broadcast(int32_t four) { return _mm512_set1_epi32(four); }
// Written as it is: g++ 12 copies each sum before its own function adds to it, which halves the speed.
inline void add_products(__m512i bytes, const Sums& weights, Sums& sums) {
  __asm__("vpdpbusd %2, %1, %0" : "+v"(sums.all) : "v"(bytes), "v"(weights.all));
}
inline void put_floats(const Sums& sums, const ByteScale& row, const int32_t* weight_sums, const float* scales, const float* bias,
                       float* out) {
  const IntVec whole = (IntVec)sums.all - *reinterpret_cast<const IntVec*>(weight_sums) * row.zero;
  const FloatVec scaled = __builtin_convertvector(whole, FloatVec) * row.scale * *reinterpret_cast<const FloatVec*>(scales);
  *reinterpret_cast<FloatVec*>(out) = scaled + *reinterpret_cast<const FloatVec*>(bias);
}

}  // namespace
}  // namespace casus

#define CASUS_PRODUCT multiply_bytes_avx512vnni
#define CASUS_TILE_ROWS 12
#define CASUS_TILE_PANELS 2
#include "language/kernels_vnni.inc"
#endif
