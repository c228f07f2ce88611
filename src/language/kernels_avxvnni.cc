// Products of bytes with AVX-VNNI, for processors that have it without AVX-512.
#include "language/kernels_bytes.h"

#if defined(__x86_64__)
#include <immintrin.h>

namespace casus {
namespace {

constexpr size_t kHalf = kLanes / 2;

struct Sums {
  __m256i half[2];
};

inline __m256i load_half(const void* from) { return _mm256_loadu_si256(static_cast<const __m256i*>(from)); }
inline Sums no_sums() { return {{_mm256_setzero_si256(), _mm256_setzero_si256()}}; }
inline Sums load_sums(const int8_t* weights) { return {{load_half(weights), load_half(weights + 4 * kHalf)}}; }
inline __m256i broadcast(int32_t four) { return _mm256_set1_epi32(four); }
inline void add_products(__m256i bytes, const Sums& weights, Sums& sums) {
  for (size_t h = 0; h < 2; ++h) sums.half[h] = _mm256_dpbusd_avx_epi32(sums.half[h], bytes, weights.half[h]);
}
inline void put_floats(const Sums& sums, const ByteScale& row, const int32_t* weight_sums, const float* scales, const float* bias,
                       float* out) {
  for (size_t h = 0; h < 2; ++h) {
    const __m256i too_much = _mm256_mullo_epi32(load_half(weight_sums + h * kHalf), _mm256_set1_epi32(row.zero));
    const __m256 whole = _mm256_cvtepi32_ps(_mm256_sub_epi32(sums.half[h], too_much));
    const __m256 scaled = _mm256_mul_ps(_mm256_mul_ps(whole, _mm256_set1_ps(row.scale)), _mm256_loadu_ps(scales + h * kHalf));
    _mm256_storeu_ps(out + h * kHalf, _mm256_add_ps(scaled, _mm256_loadu_ps(bias + h * kHalf)));
  }
}

}  // namespace
}  // namespace casus

#define CASUS_PRODUCT multiply_bytes_avxvnni
#define CASUS_TILE_ROWS 6
#define CASUS_TILE_PANELS 1
#include "language/kernels_vnni.inc"
#endif
