#include "language/kernels.h"

#include <algorithm>
#include <cstdlib>

namespace casus {

extern const Kernels kGenericKernels;
#if defined(__x86_64__)
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
#endif

PackedMatrix::PackedMatrix(std::span<const float> weights, size_t outputs_, size_t inputs_)
    : outputs(outputs_), padded_outputs(pad_to_lanes(outputs_)), inputs(inputs_), data(padded_outputs * inputs_, 0.0F) {
  for (size_t output = 0; output < outputs; ++output) {
    const size_t first = output / kPanelWidth * kPanelWidth;
    const size_t width = std::min(kPanelWidth, padded_outputs - first);
    float* panel = data.data() + first * inputs;
    for (size_t input = 0; input < inputs; ++input) panel[input * width + (output - first)] = weights[output * inputs + input];
  }
}

namespace {

/// All kernels that this processor can run, best first.
std::vector<const Kernels*> runnable_kernels() {
  std::vector<const Kernels*> out;
#if defined(__x86_64__)
  const bool fma = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (fma && __builtin_cpu_supports("avx512f")) out.push_back(&kAvx512Kernels);
  if (fma) out.push_back(&kAvx2Kernels);
#endif
  out.push_back(&kGenericKernels);
  return out;
}

const Kernels& choose_kernels() {
  const char* wanted = std::getenv("CASUS_KERNELS");
  const Kernels* named = wanted != nullptr ? kernels_named(wanted) : nullptr;
  return named != nullptr ? *named : *runnable_kernels().front();
}

}  // namespace

const Kernels& kernels() {
  static const Kernels& chosen = choose_kernels();
  return chosen;
}

std::vector<std::string_view> available_kernels() {
  std::vector<std::string_view> names;
  for (const Kernels* each : runnable_kernels()) names.push_back(each->name);
  return names;
}

const Kernels* kernels_named(std::string_view name) {
  for (const Kernels* each : runnable_kernels()) {
    if (each->name == name) return each;
  }
  return nullptr;
}

}  // namespace casus
