// The kernels against plain arithmetic in double precision, and against each other.
#include "language/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

namespace casus {
namespace {

AlignedFloats random_floats(size_t count, uint32_t seed) {
  std::mt19937 generator(seed);
  std::uniform_real_distribution<float> distribution(-1.0F, 1.0F);
  AlignedFloats out(count);
  for (float& value : out) value = distribution(generator);
  return out;
}

std::vector<const Kernels*> all_kernels() {
  std::vector<const Kernels*> out;
  for (const std::string_view name : available_kernels()) out.push_back(kernels_named(name));
  return out;
}

TEST(kernels, multiply_is_the_product_for_every_shape) {
  for (const Kernels* kernel : all_kernels()) {
    for (const size_t outputs : {1U, 16U, 50U, 64U, 106U, 288U}) {
      for (const size_t rows : {1U, 2U, 3U, 7U, 8U, 13U, 40U}) {
        const size_t inputs = 96;
        const AlignedFloats weights = random_floats(outputs * inputs, 1), a = random_floats(rows * inputs, 2);
        const PackedMatrix packed(weights, outputs, inputs);
        const AlignedFloats bias = random_floats(packed.padded_outputs, 3);
        AlignedFloats c(rows * packed.padded_outputs, 7.0F);
        kernel->multiply(a.data(), inputs, rows, packed, bias.data(), c.data(), packed.padded_outputs);
        for (size_t r = 0; r < rows; ++r) {
          for (size_t o = 0; o < outputs; ++o) {
            double sum = bias[o];
            for (size_t k = 0; k < inputs; ++k) sum += double{a[r * inputs + k]} * double{weights[o * inputs + k]};
            ASSERT_NEAR(c[r * packed.padded_outputs + o], sum, 1e-4)
                << kernel->name << " " << outputs << " outputs, row " << r << " of " << rows;
          }
        }
      }
    }
  }
}

TEST(kernels, multiply_gives_a_row_the_same_bits_in_any_batch) {
  const size_t inputs = 288, outputs = 288, rows = 21;
  const PackedMatrix packed(random_floats(outputs * inputs, 1), outputs, inputs);
  const AlignedFloats a = random_floats(rows * inputs, 2);
  for (const Kernels* kernel : all_kernels()) {
    AlignedFloats whole(rows * outputs), alone(outputs);
    kernel->multiply(a.data(), inputs, rows, packed, nullptr, whole.data(), outputs);
    for (size_t r = 0; r < rows; ++r) {
      kernel->multiply(a.data() + r * inputs, inputs, 1, packed, nullptr, alone.data(), outputs);
      EXPECT_EQ(std::memcmp(alone.data(), whole.data() + r * outputs, outputs * sizeof(float)), 0) << kernel->name << " row " << r;
    }
  }
}

TEST(kernels, maxout_norm_follows_the_formula) {
  const size_t rows = 5, pieces = 3, width = 96;
  const AlignedFloats y = random_floats(rows * pieces * width, 1), bias = random_floats(pieces * width, 2), gain = random_floats(width, 3),
                      shift = random_floats(width, 4), residual = random_floats(rows * width, 5);
  for (const Kernels* kernel : all_kernels()) {
    AlignedFloats out(rows * width);
    kernel->maxout_norm(y.data(), rows, pieces, width, bias.data(), gain.data(), shift.data(), residual.data(), out.data());
    for (size_t r = 0; r < rows; ++r) {
      std::vector<double> best(width, -1e9);
      double mean = 0, variance = 0;
      for (size_t i = 0; i < width; ++i) {
        for (size_t p = 0; p < pieces; ++p)
          best[i] = std::max(best[i], double{y[(r * pieces + p) * width + i]} + double{bias[p * width + i]});
        mean += best[i] / double(width);
      }
      for (const double value : best) variance += (value - mean) * (value - mean) / double(width);
      for (size_t i = 0; i < width; ++i) {
        const double expected =
            (best[i] - mean) / std::sqrt(variance + 1e-8) * double{gain[i]} + double{shift[i]} + double{residual[r * width + i]};
        ASSERT_NEAR(out[r * width + i], expected, 1e-5) << kernel->name;
      }
    }
  }
}

TEST(kernels, score_state_adds_slots_takes_the_greater_half_and_multiplies) {
  const size_t hidden = 64, classes = 74, slots = 3;
  const AlignedFloats weights = random_floats(classes * hidden, 1), rows = random_floats(slots * 2 * hidden, 2),
                      bias = random_floats(2 * hidden, 3);
  const PackedMatrix upper(weights, classes, hidden);
  const AlignedFloats upper_bias = random_floats(upper.padded_outputs, 4);
  const float* row[slots] = {rows.data(), rows.data() + 2 * hidden, rows.data() + 4 * hidden};
  for (const Kernels* kernel : all_kernels()) {
    AlignedFloats scores(upper.padded_outputs);
    kernel->score_state(row, slots, bias.data(), hidden, upper, upper_bias.data(), scores.data());
    for (size_t c = 0; c < classes; ++c) {
      double expected = upper_bias[c];
      for (size_t h = 0; h < hidden; ++h) {
        double half[2] = {bias[h], bias[hidden + h]};
        for (const float* each : row) {
          half[0] += each[h];
          half[1] += each[hidden + h];
        }
        expected += std::max(half[0], half[1]) * double{weights[c * hidden + h]};
      }
      ASSERT_NEAR(scores[c], expected, 1e-4) << kernel->name;
    }
  }
}

TEST(kernels, argmax_takes_the_lowest_index_of_equals) {
  AlignedFloats values(112, 1.0F);
  values[40] = values[41] = values[100] = 2.0F;
  for (const Kernels* kernel : all_kernels()) EXPECT_EQ(kernel->argmax(values.data(), nullptr, values.size()), 40U) << kernel->name;
}

TEST(kernels, argmax_obeys_the_mask) {
  AlignedFloats values(32, 0.0F), mask(32, -INFINITY);
  values[3] = 5.0F;
  mask[9] = mask[20] = 0.0F;
  for (const Kernels* kernel : all_kernels()) EXPECT_EQ(kernel->argmax(values.data(), mask.data(), values.size()), 9U) << kernel->name;
}

TEST(kernels, fused_instruction_sets_agree_to_the_bit) {
  const Kernels *avx2 = kernels_named("avx2"), *avx512 = kernels_named("avx512");
  if (avx2 == nullptr || avx512 == nullptr) GTEST_SKIP() << "this processor has not both AVX2 and AVX-512";
  const size_t rows = 11, width = 96, outputs = 288;
  const PackedMatrix packed(random_floats(outputs * outputs, 1), outputs, outputs);
  const AlignedFloats a = random_floats(rows * outputs, 2), bias = random_floats(outputs, 3), gain = random_floats(width, 4);
  AlignedFloats y[2], out[2];
  for (const int i : {0, 1}) {
    const Kernels& kernel = i == 0 ? *avx2 : *avx512;
    y[i].resize(rows * outputs);
    out[i].resize(rows * width);
    kernel.multiply(a.data(), outputs, rows, packed, nullptr, y[i].data(), outputs);
    kernel.maxout_norm(y[i].data(), rows, 3, width, bias.data(), gain.data(), gain.data(), nullptr, out[i].data());
  }
  EXPECT_EQ(std::memcmp(y[0].data(), y[1].data(), y[0].size() * sizeof(float)), 0);
  EXPECT_EQ(std::memcmp(out[0].data(), out[1].data(), out[0].size() * sizeof(float)), 0);
}

TEST(kernels, gelu_is_x_times_the_normal_distribution) {
  for (const Kernels* kernel : all_kernels()) {
    AlignedFloats values(4096);
    for (size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i) / 128.0F - 16.0F;
    const AlignedFloats before = values;
    kernel->gelu(values.data(), values.size());
    for (size_t i = 0; i < values.size(); ++i) {
      const double x = before[i];
      ASSERT_NEAR(values[i], 0.5 * x * (1 + std::erf(x / std::sqrt(2.0))), 5e-5) << kernel->name << " at " << x;
    }
    AlignedFloats extremes = {-1e30F, 1e30F, -100.0F, 100.0F, 0.0F, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    kernel->gelu(extremes.data(), extremes.size());
    EXPECT_EQ(extremes[0], 0) << kernel->name;
    EXPECT_EQ(extremes[1], 1e30F) << kernel->name;
    EXPECT_EQ(extremes[2], 0) << kernel->name;
    EXPECT_EQ(extremes[3], 100) << kernel->name;
  }
}

TEST(kernels, norm_sum_is_the_layer_norm_of_the_sum_and_may_overwrite_it) {
  const size_t rows = 5, width = 48;
  const AlignedFloats a = random_floats(rows * width, 1), b = random_floats(rows * width, 2), gain = random_floats(width, 3),
                      shift = random_floats(width, 4);
  for (const Kernels* kernel : all_kernels()) {
    AlignedFloats out = a;
    kernel->norm_sum(out.data(), b.data(), rows, width, {.gain = gain.data(), .shift = shift.data(), .epsilon = 1e-12F}, out.data(), {});
    for (size_t r = 0; r < rows; ++r) {
      double mean = 0, squares = 0;
      for (size_t i = r * width; i < (r + 1) * width; ++i) mean += (double{a[i]} + double{b[i]}) / width;
      for (size_t i = r * width; i < (r + 1) * width; ++i) squares += std::pow(double{a[i]} + double{b[i]} - mean, 2) / width;
      for (size_t i = 0; i < width; ++i) {
        const double wanted =
            (double{a[r * width + i]} + double{b[r * width + i]} - mean) / std::sqrt(squares) * double{gain[i]} + double{shift[i]};
        ASSERT_NEAR(out[r * width + i], wanted, 1e-5) << kernel->name;
      }
    }
  }
}

/// Rows as bytes, and what they stand for.
struct FoundBytes {
  FoundBytes(size_t rows, size_t width) : bytes(rows * pad_to_bytes(width), 99), scales(rows) {}
  friend bool operator==(const FoundBytes& one, const FoundBytes& other) {
    return one.bytes == other.bytes && std::ranges::equal(one.scales, other.scales, [](const ByteScale& a, const ByteScale& b) {
             return a.zero == b.zero && a.scale == b.scale;
           });
  }
  AlignedVector<uint8_t> bytes;
  std::vector<ByteScale> scales;
};

TEST(kernels, norm_sum_gives_the_bytes_of_what_it_gives) {
  for (const size_t width : {16U, 48U, 384U, 400U}) {
    const size_t rows = 7;
    const AlignedFloats a = random_floats(rows * width, 1), b = random_floats(rows * width, 2), gain = random_floats(width, 3),
                        shift = random_floats(width, 4), factors = random_floats(width, 5);
    const NormWeights weights = {.gain = gain.data(), .shift = shift.data(), .epsilon = 1e-12F};
    for (const Kernels* kernel : all_kernels()) {
      AlignedFloats out(rows * width), alone(rows * width);
      FoundBytes found(rows, width), wanted(rows, width);
      kernel->norm_sum(a.data(), b.data(), rows, width, weights, out.data(), {factors.data(), found.bytes.data(), found.scales.data()});
      kernel->norm_sum(a.data(), b.data(), rows, width, weights, alone.data(), {});
      kernel->quantise(out.data(), factors.data(), rows, width, wanted.bytes.data(), wanted.scales.data());
      EXPECT_EQ(out, alone) << kernel->name << " " << width;
      EXPECT_TRUE(found == wanted) << kernel->name << " " << width;
    }
  }
}

TEST(kernels, gelu_quantise_is_gelu_and_then_quantise) {
  for (const size_t width : {16U, 48U, 1536U}) {
    const size_t rows = 7;
    AlignedFloats values = random_floats(rows * width, 1);
    for (float& value : values) value *= 6;
    const AlignedFloats factors = random_floats(width, 5);
    for (const Kernels* kernel : all_kernels()) {
      AlignedFloats together = values, after = values;
      FoundBytes found(rows, width), wanted(rows, width);
      kernel->gelu_quantise(together.data(), factors.data(), rows, width, found.bytes.data(), found.scales.data());
      kernel->gelu(after.data(), after.size());
      kernel->quantise(after.data(), factors.data(), rows, width, wanted.bytes.data(), wanted.scales.data());
      EXPECT_TRUE(found == wanted) << kernel->name << " " << width;
    }
  }
}

/// Attention of one head in double precision.
double attended(const AlignedFloats& qkv, size_t rows, size_t heads, size_t head, size_t row, size_t column) {
  const size_t width = heads * kHeadWidth;
  const auto at = [&](size_t r, size_t part, size_t d) { return double{qkv[r * 3 * width + part * width + head * kHeadWidth + d]}; };
  double sum = 0, mixed = 0;
  for (size_t j = 0; j < rows; ++j) {
    double score = 0;
    for (size_t d = 0; d < kHeadWidth; ++d) score += at(row, 0, d) * at(j, 1, d);
    const double share = std::exp(score / std::sqrt(static_cast<double>(kHeadWidth)));
    sum += share;
    mixed += share * at(j, 2, column);
  }
  return mixed / sum;
}

TEST(kernels, attend_mixes_the_values_of_one_sentence) {
  constexpr size_t kHeads = 3, kWidth = kHeads * kHeadWidth;
  for (const Kernels* kernel : all_kernels()) {
    for (const size_t rows : {size_t{1}, size_t{2}, size_t{16}, size_t{17}, size_t{100}, kMaxAttended}) {
      const AlignedFloats qkv = random_floats(rows * 3 * kWidth, static_cast<uint32_t>(rows));
      AlignedFloats out(rows * kWidth);
      kernel->attend(qkv.data(), rows, kHeads, out.data());
      for (const size_t row : {size_t{0}, rows / 2, rows - 1}) {
        for (size_t column = 0; column < kWidth; column += 7) {
          const double wanted = attended(qkv, rows, kHeads, column / kHeadWidth, row, column % kHeadWidth);
          ASSERT_NEAR(out[row * kWidth + column], wanted, 1e-5) << kernel->name << " " << rows << " rows";
        }
      }
    }
  }
}

/// Rows of bytes with their scales, in a buffer as the products want it.
struct RandomBytes {
  RandomBytes(size_t rows, size_t inputs, uint32_t seed) : bytes(pad_to_byte_rows(rows) * pad_to_bytes(inputs)), scales(rows) {
    std::mt19937 generator(seed);
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(generator());
    for (ByteScale& scale : scales)
      scale = {.scale = static_cast<float>(generator() % 1000) / 999.0F, .zero = static_cast<int32_t>(generator() % 256)};
  }
  AlignedVector<uint8_t> bytes;
  std::vector<ByteScale> scales;
};

std::vector<int8_t> random_weights(size_t count, uint32_t seed) {
  std::mt19937 generator(seed);
  std::vector<int8_t> out(count);
  for (int8_t& weight : out) weight = static_cast<int8_t>(generator());
  return out;
}

TEST(kernels, multiply_bytes_is_the_whole_product_for_every_shape) {
  for (const size_t outputs : {1U, 16U, 17U, 32U, 50U, 80U, 106U}) {
    for (const size_t inputs : {16U, 64U, 96U, 384U}) {
      for (const size_t rows : {0U, 1U, 2U, 5U, 12U, 15U, 16U, 17U, 31U, 33U, 50U}) {
        const RandomBytes a(rows, inputs, 1);
        const auto weights = random_weights(outputs * inputs, 2);
        const AlignedFloats scales = random_floats(outputs, 3), bias = random_floats(pad_to_lanes(outputs), 4);
        const ByteMatrix matrix(weights, scales, inputs);
        for (const Kernels* kernel : all_kernels()) {
          AlignedFloats c(rows * matrix.padded_outputs + 1, 7.0F);
          kernel->multiply_bytes(a.bytes.data(), a.scales.data(), rows, matrix, bias.data(), c.data(), matrix.padded_outputs);
          for (size_t r = 0; r < rows; ++r) {
            for (size_t o = 0; o < outputs; ++o) {
              int32_t sum = 0;
              for (size_t k = 0; k < inputs; ++k)
                sum += (a.bytes[r * matrix.padded_inputs + k] - a.scales[r].zero) * weights[o * inputs + k];
              const float scaled = static_cast<float>(sum) * a.scales[r].scale * scales[o];  // apart from the sum, so that nothing is fused
              ASSERT_EQ(c[r * matrix.padded_outputs + o], scaled + bias[o])
                  << kernel->name << " " << outputs << " by " << inputs << ", row " << r << " of " << rows;
            }
          }
          EXPECT_EQ(c.back(), 7.0F) << kernel->name;
        }
      }
    }
  }
}

TEST(kernels, multiply_bytes_does_not_overflow) {
  for (const int8_t weight : {int8_t{-128}, int8_t{127}}) {
    for (const int32_t zero : {0, 255}) {
      const std::vector<int8_t> weights(kMaxByteInputs, weight);
      const std::vector<float> scales = {1.0F};
      const ByteMatrix matrix(weights, scales, kMaxByteInputs);
      const AlignedVector<uint8_t> bytes(kByteRows * kMaxByteInputs, zero == 0 ? 255 : 0);
      const ByteScale scale = {.scale = 1.0F, .zero = zero};
      const AlignedFloats bias(kLanes);
      for (const Kernels* kernel : all_kernels()) {
        AlignedFloats c(kLanes);
        kernel->multiply_bytes(bytes.data(), &scale, 1, matrix, bias.data(), c.data(), kLanes);
        EXPECT_EQ(c[0], static_cast<float>((zero == 0 ? 255 : -255) * weight * static_cast<int>(kMaxByteInputs))) << kernel->name;
      }
    }
  }
}

TEST(kernels, quantise_rounds_to_the_nearest_of_255_steps_and_keeps_zero) {
  const size_t rows = 9, width = 48, pitch = pad_to_bytes(width);
  AlignedFloats values = random_floats(rows * width, 1), factors = random_floats(width, 2);
  for (size_t i = 0; i < width; ++i) values[3 * width + i] = std::abs(values[3 * width + i]) + 1;  // zero is its least
  for (size_t i = 0; i < rows; ++i) values[i * width + 5] = 0;
  for (float& factor : factors) factor = std::abs(factor) + 0.5F;
  for (const Kernels* kernel : all_kernels()) {
    AlignedVector<uint8_t> bytes(rows * pitch, 99);
    std::vector<ByteScale> scales(rows);
    kernel->quantise(values.data(), factors.data(), rows, width, bytes.data(), scales.data());
    for (size_t r = 0; r < rows; ++r) {
      EXPECT_EQ(bytes[r * pitch + 5], scales[r].zero);
      for (size_t i = 0; i < width; ++i) {
        const float stands_for = static_cast<float>(bytes[r * pitch + i] - scales[r].zero) * scales[r].scale;
        EXPECT_NEAR(stands_for, values[r * width + i] * factors[i], scales[r].scale * 1.001F) << kernel->name << " row " << r;
      }
      EXPECT_EQ(bytes[r * pitch + width], 99) << "what pads a row is left as it is";
    }
  }
}

TEST(kernels, quantise_gives_the_same_bytes_with_every_instruction_set) {
  const size_t rows = 200, width = 1536;
  AlignedFloats values = random_floats(rows * width, 1);
  const AlignedFloats factors = random_floats(width, 2);
  std::fill_n(values.begin(), width, 0.0F);            // a flat row
  std::fill_n(values.begin() + width, width, 1e-38F);  // one whose steps could not be told apart
  for (size_t i = 0; i < 255; ++i) values[2 * width + i] = static_cast<float>(i) + 0.5F;
  values[4 * width] = std::nanf("");
  values[5 * width] = INFINITY;
  values[6 * width] = -INFINITY;
  values[7 * width] = 3e38F;
  values[7 * width + 1] = -3e38F;
  AlignedVector<uint8_t> wanted;
  std::vector<ByteScale> wanted_scales;
  for (const Kernels* kernel : all_kernels()) {
    AlignedVector<uint8_t> bytes(rows * width);
    std::vector<ByteScale> scales(rows);
    kernel->quantise(values.data(), factors.data(), rows, width, bytes.data(), scales.data());
    if (wanted.empty()) {
      wanted = bytes;
      wanted_scales = scales;
    }
    EXPECT_EQ(bytes, wanted) << kernel->name;
    for (size_t r = 0; r < rows; ++r) {
      EXPECT_EQ(std::memcmp(&scales[r], &wanted_scales[r], sizeof(ByteScale)), 0) << kernel->name << " row " << r;
      EXPECT_GE(scales[r].zero, 0);
      EXPECT_LE(scales[r].zero, 255);
    }
    EXPECT_EQ(scales[0].scale, 0);
    EXPECT_EQ(scales[1].scale, 0);
  }
}

}  // namespace
}  // namespace casus
