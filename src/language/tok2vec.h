#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "language/kernels.h"
#include "language/static_vectors.h"
#include "language/thinc_model.h"

namespace casus {

/// The attributes of a word that embeddings read, as spaCy's numbers (spacy-runtime: string ids and flags).
struct WordFeatures {
  uint64_t orth = 0;
  uint64_t norm = 0;
  uint64_t prefix = 0;
  uint64_t suffix = 0;
  uint64_t shape = 0;
  uint64_t spacy = 0;     ///< 1 if one U+0020 follows
  uint64_t is_space = 0;  ///< 1 if all white space
};

/// spaCy's MultiHashEmbed.v2 and MaxoutWindowEncoder.v2 (window 1). Immutable.
/// Rows of words are laid out with kPadding rows before the first text, between texts and after the last, so that one
/// product covers many texts; no text sees another, since the layers reach no further than the padding.
class Tok2Vec {
 public:
  /// `model`: a thinc file that holds one tok2vec (tok2vec/model, ner/model). `vectors` must outlive the result; it is
  /// used only if the model has a static_vectors layer.
  /// Errors: kBadModel naming file, node and what was expected.
  [[nodiscard]] static Result<std::unique_ptr<const Tok2Vec>> build(const ThincModel& model, const std::string& file,
                                                                    const StaticVectors* vectors);

  [[nodiscard]] size_t width() const { return width_; }
  [[nodiscard]] size_t padding() const { return layers_.size(); }  ///< rows between texts: as many as layers
  [[nodiscard]] const std::vector<std::string>& attributes() const { return attributes_; }

  /// Buffers of one worker.
  struct Buffers {
    AlignedFloats embedded;
    AlignedFloats products;
    AlignedFloats other;
  };

  /// Embeds and mixes words, each by itself: out gets words.size() rows of width().
  void embed(std::span<const WordFeatures> words, Buffers& buffers, float* out) const;

  /// Floats that spread() writes per row.
  [[nodiscard]] size_t spread_floats() const { return kWindow * layers_.front().weights.padded_outputs; }

  /// What each of `count` rows adds to the first layer of the row after it, of itself and of the row before it. The window
  /// of that layer is a sum of three such parts, and they depend on the word alone, so they can be kept.
  void spread(const float* rows, size_t count, float* out) const;

  /// Runs the encoder in place over `count` rows beginning at rows[width()]; row 0 and row count + 1 must be there and
  /// zero, as must the padding rows. `spreads` has what spread() gives of each of the count + 2 rows, null for zero rows.
  void encode(AlignedFloats& rows, size_t count, std::span<const float* const> spreads, Buffers& buffers) const;

 private:
  static constexpr size_t kWindow = 3;  ///< a row, the one before and the one after

  struct HashTable {
    uint64_t WordFeatures::* attribute;
    uint32_t seed;
    size_t row_count;
    AlignedFloats rows;
  };
  struct MaxoutLayer {
    PackedMatrix weights;  ///< rows re-ordered so that each piece is contiguous
    AlignedFloats bias, gain, shift;
    size_t pieces;
    std::vector<float> rows;  ///< the re-ordered weights, unpacked; only while the model is built
  };

  [[nodiscard]] Result<void> read_tables(const ThincModel& model, const std::string& file);
  [[nodiscard]] Result<void> read_layers(const ThincModel& model, const std::string& file);
  [[nodiscard]] Result<void> read_vectors(const ThincModel& model, const std::string& file, const StaticVectors* vectors);
  [[nodiscard]] static Result<MaxoutLayer> read_layer(const ThincNode& maxout, const ThincNode& norm, size_t width, size_t inputs,
                                                      const std::string& file);
  [[nodiscard]] PackedMatrix split_window(const std::vector<float>& rows) const;
  void embed_word(const WordFeatures& word, float* out) const;
  /// Products of rows first … first + count of the first layer, from their parts.
  void gather_products(std::span<const float* const> spreads, size_t first, size_t count, float* products) const;

  size_t width_ = 0;
  std::vector<std::string> attributes_;
  std::vector<HashTable> tables_;
  const StaticVectors* vectors_ = nullptr;  ///< null if the model has no static_vectors layer
  PackedMatrix vector_weights_;
  MaxoutLayer mix_{};
  std::vector<MaxoutLayer> layers_;
  PackedMatrix spread_weights_;  ///< of the first layer, its three columns of weights below each other
};

/// Reads one parameter of a node and checks its shape. Errors: kBadModel naming file, node, parameter, both shapes.
[[nodiscard]] Result<const Tensor*> tensor_of(const ThincNode& node, std::string_view name, const std::vector<uint32_t>& shape,
                                              const std::string& file);

}  // namespace casus
