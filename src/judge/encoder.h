#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <casus/result.h>

#include "judge/tensor_file.h"
#include "language/kernels.h"

namespace casus {

/// Rows of numbers as bytes, a buffer to be used again.
struct ByteRows {
  /// Makes room for rows of that many numbers; what was there may be lost.
  void ensure(size_t rows, size_t width) {
    ensure_size(bytes, pad_to_byte_rows(rows) * pad_to_bytes(width));
    ensure_size(scales, rows);
  }

  AlignedVector<uint8_t> bytes{};
  AlignedVector<ByteScale> scales{};
};

/// A linear layer: weights re-laid for the kernels, in single precision or in 8 bits, whichever the file holds; and what is added.
/// In 8 bits inputs are multiplied by factors before they become bytes, as the weights were divided by them: so that few inputs that are
/// always great do not leave the others a few steps only. Source: Xiao et al. 2023, "SmoothQuant".
class LinearLayer {
 public:
  /// Reads NAME.weight, outputs × inputs, F32, or I8 with NAME.scale of each output and NAME.factor of each input; and NAME.bias.
  /// Errors: kBadModel.
  [[nodiscard]] static Result<LinearLayer> read(const TensorFile& file, const std::string& name, uint64_t outputs, uint64_t inputs);

  [[nodiscard]] size_t padded_outputs() const { return bias_.size(); }
  /// What inputs are multiplied by before they become bytes; null in single precision.
  [[nodiscard]] const float* factors() const { return bytes_.outputs > 0 ? factors_.data() : nullptr; }
  /// `rows` rows of `in`, each as long as the layer has inputs, become as many of `out`, padded_outputs() floats apart.
  void run(const float* in, size_t rows, float* out, ByteRows& scratch) const;
  /// The same of what gelu makes of `in`, which is lost.
  void run_gelu(float* in, size_t rows, float* out, ByteRows& scratch) const;
  /// The same of rows that are bytes already, by its factors. Only in 8 bits.
  void run_bytes(const uint8_t* in, const ByteScale* scales, size_t rows, float* out) const;

 private:
  PackedMatrix floats_{};  ///< of one of the two forms
  ByteMatrix bytes_{};
  AlignedFloats factors_{};  ///< of inputs, in 8 bits
  AlignedFloats bias_{};
};

/// Sums of squares of what went into the linear layers of a block, by input.
struct BlockInputs {
  std::vector<double> qkv{};
  std::vector<double> output{};
  std::vector<double> up{};
  std::vector<double> down{};
};

/// Buffers of an encoder's run, to be used again. One thread at a time.
struct EncoderScratch {
  AlignedFloats states{};  ///< after a run: of all pieces, one row each
  AlignedFloats qkv{};     ///< these of the rows that are at work
  AlignedFloats mixed{};
  AlignedFloats sum{};
  AlignedFloats inner{};
  ByteRows state_bytes{};                      ///< the states as the next layer wants them, if it is in 8 bits
  ByteRows bytes{};                            ///< of the rows that are at work
  std::vector<BlockInputs>* inputs = nullptr;  ///< if it is there, what goes into the layers is added to it
};

/// The blocks of a BERT model that turn word pieces into states. Sentences lie one behind the other and see only themselves, so no result
/// depends on what is encoded with it. Source: Devlin et al. 2019; the sizes are those of the file.
/// Ownership: of its weights; embeddings stay in the file, which must outlive it. Threads: immutable, safe at once.
class Encoder {
 public:
  /// Errors: kBadModel for a tensor that is missing or has another shape than the others ask for.
  [[nodiscard]] static Result<Encoder> read(const TensorFile& file);

  [[nodiscard]] size_t width() const { return width_; }
  [[nodiscard]] size_t vocabulary_size() const { return words_.size() / width_; }
  [[nodiscard]] size_t max_pieces() const { return max_pieces_; }
  [[nodiscard]] size_t blocks() const { return blocks_.size(); }

  /// Begins with sentences of the given lengths, 1 … max_pieces() each, whose pieces stand in `ids` one behind the other, each below
  /// vocabulary_size(): what their states are before the first block.
  void embed(std::span<const uint32_t> ids, std::span<const uint32_t> lengths, EncoderScratch& scratch) const;
  /// Runs some of the blocks, each once in their order, over the states of sentences of these lengths.
  void run(size_t first_block, size_t end_block, std::span<const uint32_t> lengths, EncoderScratch& scratch) const;
  /// Forgets the states of the sentences that are not kept; the others move together.
  void keep(const std::vector<bool>& is_kept, std::span<const uint32_t> lengths, EncoderScratch& scratch) const;

 private:
  struct Norm {
    AlignedFloats gain{};
    AlignedFloats shift{};
  };
  struct Block {
    LinearLayer qkv{};
    LinearLayer output{};
    LinearLayer up{};
    LinearLayer down{};
    Norm attention_norm{};
    Norm norm{};
  };
  [[nodiscard]] static Result<Norm> read_norm(const TensorFile& file, const std::string& name, uint64_t width);
  [[nodiscard]] static Result<Block> read_block(const TensorFile& file, const std::string& name, uint64_t width, uint64_t inner);
  void add_and_norm(const Norm& norm, const LinearLayer* next, size_t first, size_t rows, EncoderScratch& scratch) const;
  void run_layer(const LinearLayer& layer, size_t first, size_t rows, float* out, EncoderScratch& scratch) const;
  void attend(const Block& block, std::span<const uint32_t> lengths, size_t first, EncoderScratch& scratch) const;
  void feed_forward(const Block& block, const LinearLayer* next, size_t rows, EncoderScratch& scratch) const;
  void note_inputs(const Block& block, std::vector<double> BlockInputs::* layer, std::span<const float> values,
                   EncoderScratch& scratch) const;

  size_t width_ = 0;
  size_t inner_ = 0;
  size_t max_pieces_ = 0;
  std::span<const float> words_ = {};
  std::span<const float> places_ = {};
  AlignedFloats kind_ = {};
  Norm norm_ = {};
  std::vector<Block> blocks_ = {};
};

}  // namespace casus
