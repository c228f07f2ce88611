#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <string_view>
#include <vector>

namespace casus {

/// Floats of one vector of the kernels; every row that they touch is a multiple of it, and padded where the model's is not.
inline constexpr size_t kLanes = 16;
/// Columns of one panel of a packed matrix.
inline constexpr size_t kPanelWidth = 3 * kLanes;

/// Widest layer norm and widest hidden layer of a transition system; a model with more is refused when it is loaded.
inline constexpr size_t kMaxNormWidth = 512;
inline constexpr size_t kMaxHiddenWidth = 512;

/// Floats of an attention head of the judge's encoder, and the most pieces of a sentence that attend to each other.
inline constexpr size_t kHeadWidth = 32;
inline constexpr size_t kMaxAttended = 256;

[[nodiscard]] constexpr size_t pad_to_lanes(size_t count) { return (count + kLanes - 1) / kLanes * kLanes; }

/// Allocates on cache lines, as the kernels' loads want.
template <class T>
struct CacheLineAllocator {
  using value_type = T;
  CacheLineAllocator() = default;
  template <class U>
  explicit CacheLineAllocator(const CacheLineAllocator<U>&) {}
  [[nodiscard]] T* allocate(size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), std::align_val_t{64})); }
  void deallocate(T* pointer, size_t) { ::operator delete(pointer, std::align_val_t{64}); }
  friend bool operator==(const CacheLineAllocator&, const CacheLineAllocator&) { return true; }
};
template <class T>
using AlignedVector = std::vector<T, CacheLineAllocator<T>>;
using AlignedFloats = AlignedVector<float>;

/// Makes a buffer at least `count` long. What was in it is lost: it is freed before the longer one is taken, not copied.
template <class T>
void ensure_size(AlignedVector<T>& values, size_t count) {
  if (values.size() >= count) return;
  AlignedVector<T>().swap(values);
  AlignedVector<T>(count).swap(values);
}

/// Digits of a byte that a number of 24 bits has in products by tiles of bytes, and most inputs of such a product.
inline constexpr size_t kDigits = 3;
inline constexpr size_t kMaxDigitInputs = 1024;
/// Greatest whole number that three digits from -128 to 127 hold, with some room for rounding; and the greatest number of a row below which
/// the row counts as zeros.
inline constexpr float kGreatestDigits = 8'355'000.0F;
inline constexpr float kLeastTop = 1e-30F;

/// Weights as whole numbers of three digits times a scale of their output: panels of kLanes outputs, in each, for every 64 inputs, a tile
/// of the highest digits, one of the middle ones, one of the lowest; in a tile four inputs of the first output, of the second …, then the
/// next.
struct DigitMatrix {
  DigitMatrix() = default;
  /// `weights` is row-major, outputs × inputs (at most kMaxDigitInputs).
  DigitMatrix(std::span<const float> weights, size_t outputs, size_t inputs);

  size_t steps = 0;  ///< of 64 inputs; 0 if the matrix holds nothing
  AlignedVector<int8_t> data;
  AlignedFloats scales;  ///< by output, of sums whose lowest place is that of two middle digits
};

/// Weights of a linear layer, outputs × inputs in the model, re-laid for the kernels: panels of kPanelWidth outputs (the
/// last one narrower), each input-major, outputs padded with zeros to a multiple of kLanes.
struct PackedMatrix {
  PackedMatrix() = default;
  /// `weights` is row-major, outputs × inputs.
  PackedMatrix(std::span<const float> weights, size_t outputs, size_t inputs);

  size_t outputs = 0;
  size_t padded_outputs = 0;
  size_t inputs = 0;
  AlignedFloats data;
  DigitMatrix digits;  ///< the same, where a processor has tiles and there are not too many inputs
};

/// Bytes that a product of bytes takes at once of each row, and rows that it may read at once: rows of bytes are padded to the one, and
/// buffers of them to the other.
inline constexpr size_t kByteStep = 64;
inline constexpr size_t kByteRows = 16;
/// Most inputs of a product of bytes: sums of 255 · 128 · 8192 stay below 2^31.
inline constexpr size_t kMaxByteInputs = 8192;

[[nodiscard]] constexpr size_t pad_to_bytes(size_t count) { return (count + kByteStep - 1) / kByteStep * kByteStep; }
[[nodiscard]] constexpr size_t pad_to_byte_rows(size_t rows) { return (rows + kByteRows - 1) / kByteRows * kByteRows; }

/// Weights in 8 bits, outputs × inputs in the model, each output with a scale of its own; re-laid as all instruction sets for products of
/// bytes want them: panels of kLanes outputs, in each four inputs of the first output, of the second …, then the next four inputs.
struct ByteMatrix {
  ByteMatrix() = default;
  /// `weights` is row-major, outputs × inputs (at most kMaxByteInputs); a weight stands for itself times its output's scale.
  ByteMatrix(std::span<const int8_t> weights, std::span<const float> scales, size_t inputs);

  size_t outputs = 0;
  size_t padded_outputs = 0;  ///< to kLanes
  size_t inputs = 0;
  size_t padded_inputs = 0;  ///< to kByteStep
  AlignedVector<int8_t> data;
  AlignedFloats scales;         ///< by output
  AlignedVector<int32_t> sums;  ///< of each output's weights: what a row's zero adds to a product too much
};

/// What the bytes of a row stand for: (byte - zero) · scale.
struct ByteScale {
  float scale = 0;
  int32_t zero = 0;
};

/// Gain and shift of a layer norm, as wide as its rows, and what is added to a variance.
struct NormWeights {
  const float* gain = nullptr;
  const float* shift = nullptr;
  float epsilon = 0;
};

/// Where rows go as bytes, as Kernels::quantise makes them; nowhere if there are no factors.
struct ByteOutput {
  const float* factors = nullptr;
  uint8_t* bytes = nullptr;
  ByteScale* scales = nullptr;
};

using MultiplyBytes = void (*)(const uint8_t* a, const ByteScale* scales, size_t rows, const ByteMatrix& b, const float* bias, float* c,
                               size_t ldc);

/// The arithmetic of the networks for one instruction set. All give the same decisions; the FMA ones but for AMX the same bits. None
/// depends on the number of rows in a call, so that batching never changes a result.
struct Kernels {
  std::string_view name;  ///< "generic", "avx2", "avxvnni", "avx512", "avx512vnni", "amx"

  /// C = A · Bᵀ (+ bias): `rows` rows of A, `lda` floats apart, B.inputs long; rows of C are `ldc` apart and
  /// B.padded_outputs long. `bias` has B.padded_outputs floats or is null. Sums run along the inputs in order; with tiles they are exact,
  /// of numbers rounded to 24 bits of the greatest of their row.
  void (*multiply)(const float* a, size_t lda, size_t rows, const PackedMatrix& b, const float* bias, float* c, size_t ldc);

  /// out = LayerNorm(max over `pieces` of (y + bias)) · gain + shift (+ residual), for `rows` rows. A row of y is
  /// `pieces` runs of `width` floats; rows of out and residual are `width` apart. `residual` may be null or equal `out`.
  void (*maxout_norm)(const float* y, size_t rows, size_t pieces, size_t width, const float* bias, const float* gain, const float* shift,
                      const float* residual, float* out);

  /// out = Σ rows[i][0 … width) in order.
  void (*sum_rows)(const float* const* rows, size_t count, size_t width, float* out);

  /// Scores a state of a transition system: hidden = max of the two halves of (Σ rows[i] + bias), each 2 × hidden_width
  /// long; scores = upper · hidden + upper_bias, padded_outputs long.
  void (*score_state)(const float* const* rows, size_t count, const float* bias, size_t hidden_width, const PackedMatrix& upper,
                      const float* upper_bias, float* scores);

  /// Index of the greatest value[i] + mask[i], the lowest one on ties; `count` is a multiple of kLanes, `mask` may be null.
  /// If all are -infinity the answer is 0.
  uint32_t (*argmax)(const float* values, const float* mask, size_t count);

  /// Each value x becomes x · Φ(x), Φ the normal distribution, to 5e-5; `count` is a multiple of kLanes.
  void (*gelu)(float* values, size_t count);

  /// out = LayerNorm(a + b) for `rows` rows of `width` floats, a multiple of kLanes; `out` may be `a` or `b`. The same rows as bytes if
  /// somebody wants them.
  void (*norm_sum)(const float* a, const float* b, size_t rows, size_t width, const NormWeights& weights, float* out,
                   const ByteOutput& bytes);

  /// Attention of `rows` (at most kMaxAttended) pieces of one sentence to each other. A row of `qkv` is queries, keys and values of
  /// `heads` heads of kHeadWidth floats each; a row of `out` what the heads mixed of the values.
  void (*attend)(const float* qkv, size_t rows, size_t heads, float* out);

  /// `rows` rows of `width` floats, a multiple of kLanes, times `factors`, as bytes: each row's numbers from the least to the greatest, and
  /// zero, on 0 … 255, rounded to the nearest, to the even one of two. `width` is at most kMaxByteInputs. The same bytes with every
  /// instruction set. Rows of bytes are pad_to_bytes(width) apart; what pads them is left as it is. What is no number becomes some byte.
  void (*quantise)(const float* values, const float* factors, size_t rows, size_t width, uint8_t* bytes, ByteScale* scales);

  /// quantise of what gelu makes of the values, which are lost.
  void (*gelu_quantise)(float* values, const float* factors, size_t rows, size_t width, uint8_t* bytes, ByteScale* scales);

  /// The product of rows of bytes, pad_to_bytes(B.inputs) apart in a buffer of pad_to_byte_rows(rows) rows, and B: whole numbers, exact,
  /// hence the same with every instruction set, as are the floats that they become with the scales and `bias`. Rows of C are `ldc`
  /// apart and B.padded_outputs long; `bias` has as many floats.
  MultiplyBytes multiply_bytes;
};

/// The best kernels that this processor has, or those that CASUS_KERNELS names; a name that this machine lacks falls back to the best.
/// Those that multiply bytes in other ways than the others are tried on a small product first, and not taken if it is wrong. Chosen once.
[[nodiscard]] const Kernels& kernels();

/// Names of all kernels that this processor can run, best first.
[[nodiscard]] std::vector<std::string_view> available_kernels();

/// The kernels of that name, or null if this processor cannot run them. For tests.
[[nodiscard]] const Kernels* kernels_named(std::string_view name);

[[nodiscard]] inline std::string_view kernel_name() { return kernels().name; }

}  // namespace casus
