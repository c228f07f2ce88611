// Products of bytes in plain C++: the reference for all others.
#include "language/kernels_bytes.h"

namespace casus {
namespace {

constexpr size_t kGroup = 4;  ///< inputs that lie together

/// Sums of one row and one panel.
void add_panel(const uint8_t* a, const int8_t* panel, size_t inputs, int32_t* sums) {
  for (size_t k = 0; k < inputs; k += kGroup, panel += kGroup * kLanes) {
    for (size_t lane = 0; lane < kLanes; ++lane) {
      for (size_t i = 0; i < kGroup; ++i) sums[lane] += a[k + i] * panel[lane * kGroup + i];
    }
  }
}

}  // namespace

void multiply_bytes_generic(const uint8_t* a, const ByteScale* scales, size_t rows, const ByteMatrix& b, const float* bias, float* c,
                            size_t ldc) {
  for (size_t first = 0; first < b.padded_outputs; first += kLanes) {
    for (size_t row = 0; row < rows; ++row) {
      int32_t sums[kLanes];
      for (size_t lane = 0; lane < kLanes; ++lane) sums[lane] = -scales[row].zero * b.sums[first + lane];
      add_panel(a + row * b.padded_inputs, b.data.data() + first * b.padded_inputs, b.padded_inputs, sums);
      for (size_t lane = 0; lane < kLanes; ++lane)
        c[row * ldc + first + lane] = static_cast<float>(sums[lane]) * scales[row].scale * b.scales[first + lane] + bias[first + lane];
    }
  }
}

}  // namespace casus
