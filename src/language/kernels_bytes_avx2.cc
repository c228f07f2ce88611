// Products of bytes with AVX2. Its own instruction for bytes keeps sums of two in 16 bits, which overflow, so bytes become words first.
#include "language/kernels_bytes.h"

#if defined(__x86_64__)
#include <immintrin.h>

namespace casus {
namespace {

constexpr size_t kGroup = 4;     ///< inputs that lie together
constexpr size_t kTileRows = 6;  ///< of the sums that the registers hold
constexpr size_t kTileOutputs = 8;
constexpr size_t kWords = 49152;  ///< of the rows that are widened at once
static_assert(kWords >= kTileRows * kMaxByteInputs, "a tile's rows fit");

inline __m256i load_words(const int8_t* weights) {
  return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(weights)));
}

/// Both in one, or g++ 12 takes so many products before it adds them that registers run out: half the speed.
inline void add_products(__m256i words, __m256i weights, __m256i& sums) {
  __m256i products;
  __asm__("vpmaddwd %3, %2, %1\n\tvpaddd %1, %0, %0" : "+x"(sums), "=&x"(products) : "x"(words), "x"(weights));
}

/// One tile: `Rows` rows of words by eight outputs, half a panel.
template <size_t Rows>
inline void multiply_tile(const int16_t* a, const ByteScale* scales, const ByteMatrix& b, size_t first, const float* bias, float* c,
                          size_t ldc) {
  const int8_t* weights = b.data.data() + first / kLanes * kLanes * b.padded_inputs + first % kLanes * kGroup;
  __m256i sum[Rows][2];
#pragma GCC unroll 8
  for (size_t r = 0; r < Rows; ++r) sum[r][0] = sum[r][1] = _mm256_setzero_si256();
  for (size_t k = 0; k < b.padded_inputs; k += kGroup, weights += kGroup * kLanes) {
    const __m256i low = load_words(weights), high = load_words(weights + 16);
#pragma GCC unroll 8
    for (size_t r = 0; r < Rows; ++r) {
      int64_t four = 0;
      __builtin_memcpy(&four, a + r * b.padded_inputs + k, sizeof four);
      const __m256i inputs = _mm256_set1_epi64x(four);
      add_products(inputs, low, sum[r][0]);
      add_products(inputs, high, sum[r][1]);
    }
  }
  const __m256i weight_sums = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b.sums.data() + first));
  const __m256 weight_scales = _mm256_loadu_ps(b.scales.data() + first), added = _mm256_loadu_ps(bias + first);
#pragma GCC unroll 8
  for (size_t r = 0; r < Rows; ++r) {
    // Each output's sum stands in two lanes that are neighbours.
    __m256i whole = _mm256_permute4x64_epi64(_mm256_hadd_epi32(sum[r][0], sum[r][1]), 0b11011000);
    whole = _mm256_sub_epi32(whole, _mm256_mullo_epi32(weight_sums, _mm256_set1_epi32(scales[r].zero)));
    const __m256 scaled = _mm256_mul_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(whole), _mm256_set1_ps(scales[r].scale)), weight_scales);
    _mm256_storeu_ps(c + r * ldc + first, _mm256_add_ps(scaled, added));
  }
}

void widen(const uint8_t* bytes, size_t count, int16_t* words) {
  for (size_t i = 0; i < count; i += 16) {
    const __m128i sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(words + i), _mm256_cvtepu8_epi16(sixteen));
  }
}

}  // namespace

void multiply_bytes_avx2(const uint8_t* a, const ByteScale* scales, size_t rows, const ByteMatrix& b, const float* bias, float* c,
                         size_t ldc) {
  alignas(64) int16_t words[kWords];
  const size_t inputs = b.padded_inputs, most = kWords / inputs / kTileRows * kTileRows;
  for (size_t begin = 0, count = 0; begin < rows; begin += count) {
    count = rows - begin < most ? rows - begin : most;
    widen(a + begin * inputs, count * inputs, words);
    for (size_t first = 0; first < b.padded_outputs; first += kTileOutputs) {
      size_t row = 0;
      const auto tile = [&]<size_t Rows>() {
        for (; row + Rows <= count; row += Rows)
          multiply_tile<Rows>(words + row * inputs, scales + begin + row, b, first, bias, c + (begin + row) * ldc, ldc);
      };
      tile.template operator()<kTileRows>();
      tile.template operator()<2>();
      tile.template operator()<1>();
    }
  }
}

}  // namespace casus
#endif
