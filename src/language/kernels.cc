#include "language/kernels.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "language/kernels_bytes.h"

namespace casus {

extern const Kernels kGenericKernels;
#if defined(__x86_64__)
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
#endif

namespace {

/// Whether products by tiles may be used in this process.
bool has_tiles() {
#if defined(CASUS_HAS_AMX)
  static const bool has = __builtin_cpu_supports("avx512f") && may_use_amx();
  return has;
#else
  return false;
#endif
}

constexpr float kLowestPlace = 65536.0F;  ///< of the sums of products of digits that are kept

/// A row of weights as whole numbers; gives what the sums of their products are times.
float put_whole(std::span<const float> row, std::span<int32_t> out) {
  float top = 0;
  for (const float weight : row) top = std::max(top, std::abs(weight));
  if (!(top > kLeastTop)) {
    std::ranges::fill(out, 0);
    return 0;
  }
  for (size_t i = 0; i < row.size(); ++i) out[i] = static_cast<int32_t>(std::lrint(double{row[i]} * kGreatestDigits / top));
  return top / kGreatestDigits * kLowestPlace;
}

}  // namespace

DigitMatrix::DigitMatrix(std::span<const float> weights, size_t outputs, size_t inputs)
    : steps(pad_to_bytes(inputs) / kByteStep),
      data(pad_to_lanes(outputs) * steps * kByteStep * kDigits, 0),
      scales(pad_to_lanes(outputs), 0.0F) {
  constexpr size_t kGroup = 4, kTile = kLanes * kByteStep;
  std::vector<int32_t> whole(inputs);
  for (size_t output = 0; output < outputs; ++output) {
    scales[output] = put_whole(weights.subspan(output * inputs, inputs), whole);
    int8_t* panel = data.data() + output / kLanes * steps * kDigits * kTile + output % kLanes * kGroup;
    for (size_t input = 0; input < inputs; ++input) {
      int8_t* to = panel + input / kByteStep * kDigits * kTile + input % kByteStep / kGroup * kGroup * kLanes + input % kGroup;
      // The lowest digit is what a byte with sign holds of the number; the next are those of what is left.
      for (int32_t digit = kDigits - 1, rest = whole[input]; digit >= 0; --digit) {
        to[static_cast<size_t>(digit) * kTile] = static_cast<int8_t>(rest);
        rest = (rest - static_cast<int8_t>(rest)) / 256;
      }
    }
  }
}

PackedMatrix::PackedMatrix(std::span<const float> weights, size_t outputs_, size_t inputs_)
    : outputs(outputs_), padded_outputs(pad_to_lanes(outputs_)), inputs(inputs_), data(padded_outputs * inputs_, 0.0F) {
  for (size_t output = 0; output < outputs; ++output) {
    const size_t first = output / kPanelWidth * kPanelWidth;
    const size_t width = std::min(kPanelWidth, padded_outputs - first);
    float* panel = data.data() + first * inputs;
    for (size_t input = 0; input < inputs; ++input) panel[input * width + (output - first)] = weights[output * inputs + input];
  }
  if (has_tiles() && inputs <= kMaxDigitInputs) digits = DigitMatrix(weights, outputs, inputs);
}

ByteMatrix::ByteMatrix(std::span<const int8_t> weights, std::span<const float> scales_, size_t inputs_)
    : outputs(scales_.size()),
      padded_outputs(pad_to_lanes(outputs)),
      inputs(inputs_),
      padded_inputs(pad_to_bytes(inputs_)),
      data(padded_outputs * padded_inputs, 0),
      scales(padded_outputs, 0.0F),
      sums(padded_outputs, 0) {
  constexpr size_t kGroup = 4;
  std::ranges::copy(scales_, scales.begin());
  for (size_t output = 0; output < outputs; ++output) {
    const int8_t* row = weights.data() + output * inputs;
    int8_t* to = data.data() + output / kLanes * kLanes * padded_inputs + output % kLanes * kGroup;
    int32_t sum = 0;
    for (size_t input = 0; input < inputs; ++input) {
      to[input / kGroup * kGroup * kLanes + input % kGroup] = row[input];
      sum += row[input];
    }
    sums[output] = sum;
  }
}

namespace {

#if defined(__x86_64__)
/// Leaf 7, subleaf 1: the compilers' own test does not know it. The system saves these registers if it does so for AVX2.
bool has_avx_vnni() {
  uint32_t eax = 0, ebx = 0, ecx = 0, edx = 0;
  return __get_cpuid_count(7, 1, &eax, &ebx, &ecx, &edx) != 0 && (eax & (1u << 4)) != 0;
}
#endif

/// Kernels for floats with another way to multiply bytes.
Kernels combined(const Kernels& floats, std::string_view name, MultiplyBytes multiply_bytes) {
  Kernels out = floats;
  out.name = name;
  out.multiply_bytes = multiply_bytes;
  return out;
}

#if defined(CASUS_HAS_AMX)
void multiply_with_tiles(const float* a, size_t lda, size_t rows, const PackedMatrix& b, const float* bias, float* c, size_t ldc) {
  return (b.digits.steps > 0 ? multiply_floats_amx : kAvx512Kernels.multiply)(a, lda, rows, b, bias, c, ldc);
}

Kernels with_tiles() {
  Kernels out = combined(kAvx512Kernels, "amx", multiply_bytes_amx);
  out.multiply = multiply_with_tiles;
  return out;
}
#endif

/// Whether a small product of floats is near that of plain C++.
bool multiplies_floats(const Kernels& kernel) {
  constexpr size_t kOutputs = 40, kInputs = 150, kRows = 37;
  constexpr float kTolerance = 1e-4F;
  AlignedFloats weights(kOutputs * kInputs), a(kRows * kInputs);
  for (size_t i = 0; i < weights.size(); ++i) weights[i] = static_cast<float>(i * i % 201) / 100.0F - 1.0F;
  for (size_t i = 0; i < a.size(); ++i) a[i] = static_cast<float>(i * i % 199) / 100.0F - 1.0F;
  const PackedMatrix matrix(weights, kOutputs, kInputs);
  AlignedFloats out(kRows * matrix.padded_outputs), wanted(kRows * matrix.padded_outputs);
  kernel.multiply(a.data(), kInputs, kRows, matrix, nullptr, out.data(), matrix.padded_outputs);
  kGenericKernels.multiply(a.data(), kInputs, kRows, matrix, nullptr, wanted.data(), matrix.padded_outputs);
  return std::ranges::equal(out, wanted, [](float one, float other) { return std::abs(one - other) <= kTolerance; });
}

/// Whether a small product of bytes is what plain C++ makes of it.
bool multiplies_bytes(const Kernels& kernel) {
  constexpr size_t kOutputs = 40, kInputs = 150, kRows = 37;
  std::vector<int8_t> weights(kOutputs * kInputs);
  AlignedVector<uint8_t> bytes(pad_to_byte_rows(kRows) * pad_to_bytes(kInputs));
  uint32_t state = 1;  // a generator of Lehmer's
  const auto next = [&] { return state = static_cast<uint32_t>(uint64_t{state} * 48271 % 0x7FFFFFFF); };
  for (int8_t& weight : weights) weight = static_cast<int8_t>(static_cast<int>(next() % 255) - 127);
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(next() % 256);
  const std::vector<float> scales(kOutputs, 1.0F);
  const std::vector<ByteScale> rows(kRows, ByteScale{.scale = 1.0F, .zero = 77});
  const ByteMatrix matrix(weights, scales, kInputs);
  const AlignedFloats bias(matrix.padded_outputs, 0.5F);
  AlignedFloats out(kRows * matrix.padded_outputs), wanted(kRows * matrix.padded_outputs);
  kernel.multiply_bytes(bytes.data(), rows.data(), kRows, matrix, bias.data(), out.data(), matrix.padded_outputs);
  multiply_bytes_generic(bytes.data(), rows.data(), kRows, matrix, bias.data(), wanted.data(), matrix.padded_outputs);
  return out == wanted;
}

/// All kernels that this processor can run, best first.
std::vector<Kernels> find_kernels() {
  std::vector<Kernels> out;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    if (__builtin_cpu_supports("avx512f")) {
#if defined(CASUS_HAS_AMX)
      if (has_tiles()) out.push_back(with_tiles());
#endif
      if (__builtin_cpu_supports("avx512vnni")) out.push_back(combined(kAvx512Kernels, "avx512vnni", multiply_bytes_avx512vnni));
      out.push_back(combined(kAvx512Kernels, "avx512", multiply_bytes_avx2));
    }
    if (has_avx_vnni()) out.push_back(combined(kAvx2Kernels, "avxvnni", multiply_bytes_avxvnni));
    out.push_back(combined(kAvx2Kernels, "avx2", multiply_bytes_avx2));
  }
#endif
  out.push_back(combined(kGenericKernels, "generic", multiply_bytes_generic));
  std::erase_if(out, [](const Kernels& kernel) { return !multiplies_bytes(kernel) || !multiplies_floats(kernel); });
  return out;
}

const std::vector<Kernels>& runnable_kernels() {
  static const std::vector<Kernels> all = find_kernels();
  return all;
}

const Kernels& choose_kernels() {
  const char* wanted = std::getenv("CASUS_KERNELS");
  const Kernels* named = wanted != nullptr ? kernels_named(wanted) : nullptr;
  return named != nullptr ? *named : runnable_kernels().front();
}

}  // namespace

const Kernels& kernels() {
  static const Kernels& chosen = choose_kernels();
  return chosen;
}

std::vector<std::string_view> available_kernels() {
  std::vector<std::string_view> names;
  for (const Kernels& each : runnable_kernels()) names.push_back(each.name);
  return names;
}

const Kernels* kernels_named(std::string_view name) {
  for (const Kernels& each : runnable_kernels()) {
    if (each.name == name) return &each;
  }
  return nullptr;
}

}  // namespace casus
