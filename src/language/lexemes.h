#pragma once

#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "language/tok2vec.h"

namespace casus {

/// Norms of words that differ from their lower-case form, by string id (table lexeme_norm of vocab/lookups.bin).
using NormTable = std::unordered_map<uint64_t, std::string>;

/// Reads the table. `bytes`: content of the file. Errors: kBadModel.
[[nodiscard]] Result<NormTable> read_norm_table(std::string_view bytes, const std::string& file);

/// What depends on a word and the space behind it alone, computed once: features and mixed embeddings of both networks.
/// Most running words are found here, which saves a third of the arithmetic. One per worker.
class LexemeCache {
 public:
  /// Of the entries the first, which are the commonest words, also keep what they add to the encoders' first layers (7 kB each): so many.
  static constexpr uint32_t kSpreadEntries = 4'096;

  /// `max_entries`: more are forgotten, all at once, at the next call of make_room().
  LexemeCache(const Tok2Vec& shared, const Tok2Vec& entities, const NormTable& norms, uint32_t max_entries);
  ~LexemeCache();
  LexemeCache(const LexemeCache&) = delete;
  LexemeCache& operator=(const LexemeCache&) = delete;

  /// Forgets everything if the table is full; entry numbers from before are then void.
  void make_room();

  /// Number of the entry of a word, added if new. `orth`: its string id; `norm`: of a tokenizer exception, or "".
  [[nodiscard]] uint32_t intern(std::string_view text, uint64_t orth, std::string_view norm, bool space_after);

  /// Computes the embeddings of all entries that were added since the last call.
  void embed_new(Tok2Vec::Buffers& buffers);

  [[nodiscard]] const WordFeatures& features(uint32_t entry) const { return entries_[entry].features; }
  [[nodiscard]] const float* shared_row(uint32_t entry) const { return row(shared_rows_, shared_.width(), entry); }
  [[nodiscard]] const float* entity_row(uint32_t entry) const { return row(entity_rows_, entities_.width(), entry); }
  /// What Tok2Vec::spread gives of the row, or null if it is not kept.
  [[nodiscard]] const float* shared_spread(uint32_t entry) const { return spread(shared_spreads_, shared_, entry); }
  [[nodiscard]] const float* entity_spread(uint32_t entry) const { return spread(entity_spreads_, entities_, entry); }

 private:
  struct Entry {
    std::string_view text;  ///< in arena_
    std::string_view norm;  ///< in the tokenizer
    uint64_t hash;
    bool space_after;
    WordFeatures features;
  };
  using Rows = std::vector<AlignedFloats>;  ///< in chunks, so that growing copies nothing

  [[nodiscard]] static const float* row(const Rows& rows, size_t width, uint32_t entry);
  [[nodiscard]] const float* spread(const Rows& spreads, const Tok2Vec& network, uint32_t entry) const {
    return entry < spread_entries_ ? row(spreads, network.spread_floats(), entry) : nullptr;
  }
  [[nodiscard]] WordFeatures compute_features(std::string_view text, uint64_t orth, std::string_view norm, bool space_after) const;
  void embed(const Tok2Vec& network, uint32_t first, std::vector<WordFeatures>& words, Tok2Vec::Buffers& buffers, Rows& rows,
             Rows& spreads);
  void grow_slots();

  const Tok2Vec& shared_;
  const Tok2Vec& entities_;
  const NormTable& norms_;
  const uint32_t max_entries_;
  const uint32_t spread_entries_;  ///< whole chunks
  std::pmr::monotonic_buffer_resource arena_;
  std::vector<Entry> entries_;
  std::vector<uint32_t> slots_;  ///< open addressing; entry number + 1, 0 for free
  Rows shared_rows_, entity_rows_, shared_spreads_, entity_spreads_;
  uint32_t embedded_ = 0;
};

}  // namespace casus
