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

  /// Runs the encoder in place over `count` rows beginning at rows[width()]; row 0 and row count + 1 must be there and
  /// zero, as must the padding rows.
  void encode(AlignedFloats& rows, size_t count, Buffers& buffers) const;

 private:
  struct HashTable {
    uint64_t WordFeatures::*attribute;
    uint32_t seed;
    size_t row_count;
    AlignedFloats rows;
  };
  struct MaxoutLayer {
    PackedMatrix weights;  ///< rows re-ordered so that each piece is contiguous
    AlignedFloats bias, gain, shift;
    size_t pieces;
  };

  [[nodiscard]] Result<void> read_tables(const ThincModel& model, const std::string& file);
  [[nodiscard]] Result<void> read_layers(const ThincModel& model, const std::string& file);
  [[nodiscard]] Result<void> read_vectors(const ThincModel& model, const std::string& file, const StaticVectors* vectors);
  [[nodiscard]] static Result<MaxoutLayer> read_layer(const ThincNode& maxout, const ThincNode& norm, size_t width, size_t inputs,
                                                      const std::string& file);
  void embed_word(const WordFeatures& word, float* out) const;

  size_t width_ = 0;
  std::vector<std::string> attributes_;
  std::vector<HashTable> tables_;
  const StaticVectors* vectors_ = nullptr;  ///< null if the model has no static_vectors layer
  PackedMatrix vector_weights_;
  MaxoutLayer mix_{};
  std::vector<MaxoutLayer> layers_;
};

/// Reads one parameter of a node and checks its shape. Errors: kBadModel naming file, node, parameter, both shapes.
[[nodiscard]] Result<const Tensor*> tensor_of(const ThincNode& node, std::string_view name, const std::vector<uint32_t>& shape,
                                              const std::string& file);

}  // namespace casus
