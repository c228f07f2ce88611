// The products of AMX with functions in place of its instructions, so that the layout of the tiles is tested where no processor has them.
// Each does what Intel's manual says of its instruction, and reads every byte that it would read.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstring>
#include <random>

#include "language/kernels_bytes.h"

namespace casus {
namespace {

/// The state of the tiles, of one thread.
struct Tiles {
  bool are_taken = false;
  std::array<uint8_t, 64> config{};
  std::array<std::array<std::array<uint8_t, 64>, 16>, 8> tile{};

  void take(const void* from) {
    std::memcpy(config.data(), from, config.size());
    are_taken = config[0] == 1;
    tile = {};
  }
  void leave() { are_taken = false; }
  [[nodiscard]] size_t rows(size_t t) const { return are_taken ? config.at(48 + t) : 0; }
  [[nodiscard]] size_t bytes(size_t t) const { return are_taken ? config.at(16 + 2 * t) + 256U * config.at(17 + 2 * t) : 0; }

  void zero(size_t t) { tile.at(t) = {}; }
  void load(size_t t, const void* from, size_t stride) {
    for (size_t row = 0; row < rows(t); ++row)
      std::memcpy(tile.at(t).at(row).data(), static_cast<const char*>(from) + row * stride, bytes(t));
  }
  void store(size_t t, void* to, size_t stride) const {
    for (size_t row = 0; row < rows(t); ++row) std::memcpy(static_cast<char*>(to) + row * stride, tile.at(t).at(row).data(), bytes(t));
  }
  /// TDPBUSD and TDPBSSD: bytes without sign, or with sign, of `a`, with sign of `b`.
  template <class Byte>
  void add(size_t sums, size_t a, size_t b) {
    ASSERT_EQ(bytes(a) / 4, rows(b));
    for (size_t m = 0; m < rows(sums); ++m) {
      for (size_t n = 0; n < bytes(sums) / 4; ++n) {
        int32_t sum = 0;
        std::memcpy(&sum, &tile.at(sums).at(m).at(4 * n), 4);
        for (size_t k = 0; k < rows(b); ++k) {
          for (size_t i = 0; i < 4; ++i)
            sum += static_cast<Byte>(tile.at(a).at(m).at(4 * k + i)) * static_cast<int8_t>(tile.at(b).at(k).at(4 * n + i));
        }
        std::memcpy(&tile.at(sums).at(m).at(4 * n), &sum, 4);
      }
    }
  }
};
Tiles tiles;

}  // namespace

ByteProduct multiply_bytes_emulated;
void multiply_floats_emulated(const float* a, size_t lda, size_t rows, const PackedMatrix& b, const float* bias, float* c, size_t ldc);

}  // namespace casus

#define CASUS_PRODUCT multiply_bytes_emulated
#define CASUS_TILES_BEGIN(config) tiles.take(config)
#define CASUS_TILES_END() tiles.leave()
#define CASUS_TILE_ZERO(t) tiles.zero(t)
#define CASUS_TILE_LOAD(t, from, stride) tiles.load(t, from, stride)
#define CASUS_TILE_STORE(t, to, stride) tiles.store(t, to, stride)
#define CASUS_TILE_ADD(sums, a, b) tiles.add<uint8_t>(sums, a, b)
#define CASUS_FLOAT_PRODUCT multiply_floats_emulated
#define CASUS_TILE_ADD_SIGNED(sums, a, b) tiles.add<int8_t>(sums, a, b)
#include "language/kernels_amx.inc"
#include "language/kernels_amx_floats.inc"

namespace casus {
namespace {

TEST(kernels_amx, multiplies_as_plain_arithmetic_does_for_every_shape) {
  std::mt19937 generator(1);
  for (const size_t outputs : {1U, 16U, 17U, 32U, 50U, 80U}) {
    for (const size_t inputs : {16U, 64U, 96U, 384U}) {
      for (const size_t rows : {0U, 1U, 15U, 16U, 17U, 31U, 32U, 33U, 50U}) {
        std::vector<int8_t> weights(outputs * inputs);
        for (int8_t& weight : weights) weight = static_cast<int8_t>(generator());
        std::vector<float> scales(outputs);
        for (float& scale : scales) scale = static_cast<float>(generator() % 1000) / 999.0F;
        const ByteMatrix matrix(weights, scales, inputs);
        AlignedVector<uint8_t> a(pad_to_byte_rows(rows) * matrix.padded_inputs);
        for (uint8_t& byte : a) byte = static_cast<uint8_t>(generator());
        std::vector<ByteScale> row_scales(rows);
        for (ByteScale& scale : row_scales) scale = {.scale = 0.25F, .zero = static_cast<int32_t>(generator() % 256)};
        const AlignedFloats bias(matrix.padded_outputs, 0.5F);
        AlignedFloats found(rows * matrix.padded_outputs), wanted(rows * matrix.padded_outputs);
        multiply_bytes_emulated(a.data(), row_scales.data(), rows, matrix, bias.data(), found.data(), matrix.padded_outputs);
        multiply_bytes_generic(a.data(), row_scales.data(), rows, matrix, bias.data(), wanted.data(), matrix.padded_outputs);
        EXPECT_EQ(found, wanted) << outputs << " by " << inputs << ", " << rows << " rows";
        EXPECT_FALSE(tiles.are_taken);
      }
    }
  }
}

constexpr float kTop = 20.0F;

/// Random numbers up to kTop, of which most are far smaller.
AlignedFloats uneven_floats(size_t count, uint32_t seed) {
  std::mt19937 generator(seed);
  std::uniform_real_distribution<float> distribution(-1.0F, 1.0F);
  AlignedFloats out(count);
  for (size_t i = 0; i < count; ++i) out[i] = distribution(generator) * (i % 29 == 0 ? kTop : 1.0F);
  return out;
}

/// A matrix with its digits, which it has not of itself where the processor lacks tiles.
PackedMatrix with_digits(const AlignedFloats& weights, size_t outputs, size_t inputs) {
  PackedMatrix matrix(weights, outputs, inputs);
  matrix.digits = DigitMatrix(weights, outputs, inputs);
  return matrix;
}

TEST(kernels_amx, multiplies_floats_to_24_bits_of_the_greatest_for_every_shape) {
  for (const size_t outputs : {1U, 16U, 17U, 50U}) {
    for (const size_t inputs : {1U, 16U, 50U, 64U, 96U, 288U}) {
      for (const size_t rows : {0U, 1U, 16U, 17U, 70U}) {
        const AlignedFloats weights = uneven_floats(outputs * inputs, 1), a = uneven_floats(rows * inputs, 2);
        const PackedMatrix matrix = with_digits(weights, outputs, inputs);
        const AlignedFloats bias = uneven_floats(matrix.padded_outputs, 3);
        AlignedFloats c(rows * matrix.padded_outputs + 1, 7.0F);
        multiply_floats_emulated(a.data(), inputs, rows, matrix, bias.data(), c.data(), matrix.padded_outputs);
        for (size_t r = 0; r < rows; ++r) {
          for (size_t o = 0; o < outputs; ++o) {
            double sum = bias[o];
            for (size_t k = 0; k < inputs; ++k) sum += double{a[r * inputs + k]} * double{weights[o * inputs + k]};
            // Half a step of either factor, and the products of digits that are left out, less than a step.
            const double tolerance = 3.0 / kGreatestDigits * double(inputs) * kTop * kTop + 1e-6 * std::abs(sum);
            ASSERT_NEAR(c[r * matrix.padded_outputs + o], sum, tolerance) << outputs << " by " << inputs << ", row " << r << " of " << rows;
          }
        }
        EXPECT_EQ(c.back(), 7.0F);
        EXPECT_FALSE(tiles.are_taken);
      }
    }
  }
}

TEST(kernels_amx, multiplies_floats_of_rows_without_size_and_at_the_ends_of_the_digits) {
  constexpr size_t kInputs = 64;
  AlignedFloats a(4 * kInputs, 0.0F), weights(2 * kInputs, 0.0F);
  for (size_t k = 0; k < kInputs; ++k) {
    a[kInputs + k] = 1e-35F;                              // counts as zero
    a[2 * kInputs + k] = (k % 2 == 0 ? 1.0F : -1.0F);     // all the greatest
    a[3 * kInputs + k] = static_cast<float>(k) / 128.0F;  // digits of all kinds
    weights[k] = (k % 2 == 0 ? 2.0F : -2.0F);
  }
  const PackedMatrix matrix = with_digits(weights, 2, kInputs);
  AlignedFloats c(4 * kLanes, 7.0F);
  multiply_floats_emulated(a.data(), kInputs, 4, matrix, nullptr, c.data(), kLanes);
  EXPECT_EQ(c[0], 0.0F);
  EXPECT_EQ(c[kLanes], 0.0F);
  EXPECT_NEAR(c[2 * kLanes], 128.0F, 1e-4);
  EXPECT_NEAR(c[3 * kLanes], -0.5F, 1e-5);
  for (size_t row = 0; row < 4; ++row) EXPECT_EQ(c[row * kLanes + 1], 0.0F) << "an output without weights";
}

}  // namespace
}  // namespace casus
