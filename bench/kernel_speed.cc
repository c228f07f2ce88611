// What a product costs in 8 bits beside single precision, by instruction set: processor time of one thread, all in one run; and what the
// processor could do at most: products from registers and tiles alone, and a copy of memory that no cache holds.
// Workload: the four linear layers of a block of the judge's encoder, 96 rows each, of random numbers. Rounds go through all kernels; the
// table has medians. First the bytes of each instruction set are compared with those of plain C++, or nothing is timed.
//
//     kernel_speed [--rounds=9]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string_view>
#include <vector>

#include "language/kernels.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif
#include "timing.h"

namespace {

using namespace casus;

constexpr size_t kRows = 96;

/// One layer in both precisions, with its inputs and what it gives.
struct Layer {
  size_t outputs;
  size_t inputs;
  PackedMatrix floats{};
  ByteMatrix bytes{};
  AlignedFloats in{};
  AlignedFloats bias{};
  AlignedFloats factors{};
};

Layer random_layer(size_t outputs, size_t inputs) {
  std::mt19937 generator(static_cast<uint32_t>(outputs * inputs));
  const auto next = [&] { return static_cast<float>(static_cast<int>(generator() % 255) - 127); };
  std::vector<float> weights(outputs * inputs);
  for (float& weight : weights) weight = next();
  const std::vector<int8_t> small(weights.begin(), weights.end());
  Layer layer{.outputs = outputs, .inputs = inputs};
  layer.floats = PackedMatrix(weights, outputs, inputs);
  layer.bytes = ByteMatrix(small, std::vector<float>(outputs, 1.0F), inputs);
  layer.in.resize(kRows * inputs);
  for (float& value : layer.in) value = next();
  layer.bias.resize(outputs);
  layer.factors.assign(inputs, 1.0F);
  return layer;
}

/// Buffers of all layers.
struct Scratch {
  AlignedVector<uint8_t> bytes{};
  AlignedVector<ByteScale> scales{};
  AlignedFloats out{};
};

void run_bytes(const Kernels& kernel, const Layer& layer, Scratch& scratch) {
  ensure_size(scratch.bytes, kRows * layer.bytes.padded_inputs);
  ensure_size(scratch.scales, kRows);
  ensure_size(scratch.out, kRows * layer.outputs);
  kernel.quantise(layer.in.data(), layer.factors.data(), kRows, layer.inputs, scratch.bytes.data(), scratch.scales.data());
  kernel.multiply_bytes(scratch.bytes.data(), scratch.scales.data(), kRows, layer.bytes, layer.bias.data(), scratch.out.data(),
                        layer.outputs);
}

struct Times {
  double floats = 0;
  double bytes = 0;
};

Times time_kernel(const Kernels& kernel, const std::vector<Layer>& layers, size_t repeats, Scratch& scratch) {
  Times times;
  double start = thread_seconds();
  for (size_t i = 0; i < repeats; ++i) {
    for (const Layer& layer : layers) {
      ensure_size(scratch.out, kRows * layer.outputs);
      kernel.multiply(layer.in.data(), layer.inputs, kRows, layer.floats, layer.bias.data(), scratch.out.data(), layer.outputs);
    }
  }
  times.floats = thread_seconds() - start;
  start = thread_seconds();
  for (size_t i = 0; i < repeats; ++i) {
    for (const Layer& layer : layers) run_bytes(kernel, layer, scratch);
  }
  times.bytes = thread_seconds() - start;
  return times;
}

bool are_right(const std::vector<Layer>& layers) {
  Scratch wanted, found;
  for (const Layer& layer : layers) {
    run_bytes(*kernels_named("generic"), layer, wanted);
    for (const std::string_view name : available_kernels()) {
      run_bytes(*kernels_named(name), layer, found);
      if (!std::equal(wanted.out.begin(), wanted.out.begin() + static_cast<long>(kRows * layer.outputs), found.out.begin())) {
        std::fprintf(stderr, "%s: another product than that of plain C++\n", std::string(name).c_str());
        return false;
      }
    }
  }
  return true;
}

#if defined(__x86_64__)
constexpr size_t kPeakRepeats = 200'000;

/// 10^9 products a second of fused multiply-adds that wait for nothing.
template <class Vec>
[[gnu::always_inline]] inline double fused_peak() {
  Vec a = {}, b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a;
  Vec factor = Vec{} + 0.5F;
  const double start = thread_seconds();
  for (size_t n = 0; n < kPeakRepeats * 10; ++n) {
    a = a * factor + factor, b = b * factor + factor, c = c * factor + factor, d = d * factor + factor, e = e * factor + factor;
    f = f * factor + factor, g = g * factor + factor, h = h * factor + factor, i = i * factor + factor, j = j * factor + factor;
    __asm__ volatile("" : "+x"(factor));
  }
  __asm__ volatile("" : : "x"(a + b + c + d + e + f + g + h + i + j));
  return 100.0 * kPeakRepeats * (sizeof(Vec) / sizeof(float)) / (thread_seconds() - start) / 1e9;
}
typedef float EightFloats __attribute__((vector_size(32)));
typedef float SixteenFloats __attribute__((vector_size(64)));
[[gnu::target("avx2,fma"), gnu::optimize("fp-contract=fast")]] double avx2_peak() { return fused_peak<EightFloats>(); }
[[gnu::target("avx512f"), gnu::optimize("fp-contract=fast")]] double avx512_peak() { return fused_peak<SixteenFloats>(); }

struct TileConfig {
  uint8_t palette = 1;
  uint8_t reserved[15] = {};
  uint16_t bytes_a_row[16] = {64, 64, 64, 64, 64, 64, 64, 64};
  uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};
alignas(64) constexpr TileConfig kTiles = {};

[[gnu::target("amx-tile,amx-int8")]] double tile_peak() {
  _tile_loadconfig(&kTiles);
  const double start = thread_seconds();
  for (size_t n = 0; n < kPeakRepeats; ++n) {
    _tile_dpbusd(0, 4, 6);
    _tile_dpbusd(1, 4, 7);
    _tile_dpbusd(2, 5, 6);
    _tile_dpbusd(3, 5, 7);
  }
  const double seconds = thread_seconds() - start;
  _tile_release();
  return 4.0 * kPeakRepeats * 16 * 16 * 64 / seconds / 1e9;
}

void print_peaks() {
  if (kernels_named("avx2") != nullptr) std::printf("%-44s %8.1f\n", "most with AVX2, fp32, 10^9 products/s", avx2_peak());
  if (kernels_named("avx512") != nullptr) std::printf("%-44s %8.1f\n", "most with AVX-512, fp32, 10^9 products/s", avx512_peak());
  if (kernels_named("amx") != nullptr) std::printf("%-44s %8.1f\n", "most with AMX, int8, 10^9 products/s", tile_peak());
}
#else
void print_peaks() {}
#endif

void print_copy() {
  constexpr size_t kBytes = 256'000'000;
  const std::vector<char> from(kBytes, 1);
  std::vector<char> to(kBytes);
  const double start = thread_seconds();
  std::copy(from.begin(), from.end(), to.begin());
  std::printf("%-44s %8.1f\n", "copy of memory, 10^9 bytes/s", kBytes / (thread_seconds() - start) / 1e9);
}

}  // namespace

int main(int count, char** arguments) {
  size_t rounds = 9;
  if (count == 2 && std::string_view(arguments[1]).starts_with("--rounds="))
    rounds = std::max<size_t>(1, std::strtoul(arguments[1] + 9, nullptr, 10));
  const std::vector<Layer> layers = [] {
    std::vector<Layer> out;
    for (const auto& [outputs, inputs] : {std::pair(1152, 384), {384, 384}, {1536, 384}, {384, 1536}})
      out.push_back(random_layer(outputs, inputs));
    return out;
  }();
  if (!are_right(layers)) return 1;
  const auto names = available_kernels();
  std::vector<std::vector<Times>> times(names.size());
  Scratch scratch;
  double products = 0;
  for (const Layer& layer : layers) products += static_cast<double>(kRows * layer.outputs * layer.inputs);
  constexpr size_t kRepeats = 8;
  for (size_t round = 0; round < rounds; ++round) {
    for (size_t i = 0; i < names.size(); ++i) times[i].push_back(time_kernel(*kernels_named(names[i]), layers, kRepeats, scratch));
  }
  std::printf("%-12s %22s %22s %8s\n", "kernels", "fp32, 10^9 products/s", "int8, 10^9 products/s", "ratio");
  for (size_t i = 0; i < names.size(); ++i) {
    const double floats = median(times[i], &Times::floats), bytes = median(times[i], &Times::bytes);
    const double all = products * kRepeats / 1e9;
    std::printf("%-12s %22.1f %22.1f %8.2f\n", std::string(names[i]).c_str(), all / floats, all / bytes, floats / bytes);
  }
  print_peaks();
  print_copy();
  return 0;
}
