// The products of AMX with functions in place of its instructions, so that the layout of the tiles is tested where no processor has them.
// Each does what Intel's manual says of its instruction, and reads every byte that it would read.
#include <gtest/gtest.h>

#include <array>
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
  /// TDPBUSD: bytes without sign of `a`, with sign of `b`.
  void add(size_t sums, size_t a, size_t b) {
    ASSERT_EQ(bytes(a) / 4, rows(b));
    for (size_t m = 0; m < rows(sums); ++m) {
      for (size_t n = 0; n < bytes(sums) / 4; ++n) {
        int32_t sum = 0;
        std::memcpy(&sum, &tile.at(sums).at(m).at(4 * n), 4);
        for (size_t k = 0; k < rows(b); ++k) {
          for (size_t i = 0; i < 4; ++i) sum += tile.at(a).at(m).at(4 * k + i) * static_cast<int8_t>(tile.at(b).at(k).at(4 * n + i));
        }
        std::memcpy(&tile.at(sums).at(m).at(4 * n), &sum, 4);
      }
    }
  }
};
Tiles tiles;

}  // namespace

ByteProduct multiply_bytes_emulated;

}  // namespace casus

#define CASUS_PRODUCT multiply_bytes_emulated
#define CASUS_TILES_BEGIN(config) tiles.take(config)
#define CASUS_TILES_END() tiles.leave()
#define CASUS_TILE_ZERO(t) tiles.zero(t)
#define CASUS_TILE_LOAD(t, from, stride) tiles.load(t, from, stride)
#define CASUS_TILE_STORE(t, to, stride) tiles.store(t, to, stride)
#define CASUS_TILE_ADD(sums, a, b) tiles.add(sums, a, b)
#include "language/kernels_amx.inc"

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

}  // namespace
}  // namespace casus
