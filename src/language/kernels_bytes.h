#pragma once

#include "language/kernels.h"

// Products of bytes, by instruction set; Kernels::multiply_bytes says what they do; and those of floats that are made of them. Each in a
// file of its own, whose compiler options no other code may see.
namespace casus {

using ByteProduct = void(const uint8_t* a, const ByteScale* scales, size_t rows, const ByteMatrix& b, const float* bias, float* c,
                         size_t ldc);

ByteProduct multiply_bytes_generic;
#if defined(__x86_64__)
ByteProduct multiply_bytes_avx2;        ///< by products of words
ByteProduct multiply_bytes_avxvnni;     ///< AVX-VNNI, eight sums a register
ByteProduct multiply_bytes_avx512vnni;  ///< sixteen sums a register
#endif
#if defined(__x86_64__) && defined(__linux__)
#define CASUS_HAS_AMX 1
ByteProduct multiply_bytes_amx;  ///< by tiles of sixteen rows and sixteen outputs

/// Kernels::multiply by tiles of digits; for matrices that have them.
void multiply_floats_amx(const float* a, size_t lda, size_t rows, const PackedMatrix& b, const float* bias, float* c, size_t ldc);

/// Whether this processor has the tiles and the system lets this process use them, which it is asked for.
[[nodiscard]] bool may_use_amx();
#endif

}  // namespace casus
