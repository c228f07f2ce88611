#pragma once

#include <casus/result.h>
#include <casus/span.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

/// A piece of a text: its number in the vocabulary and the bytes of the text it stands for (empty for [CLS] and [SEP]).
struct WordPiece {
  uint32_t id = 0;
  ByteSpan span = {};
};

struct NormalWord;

/// The vocabulary of an uncased BERT model and its way of cutting text into pieces. Immutable, so that threads may share it.
class WordPieces {
 public:
  /// `lines` holds the pieces, one a line; the number of a line, from 0, is the id of its piece. `name` is the file that errors name.
  /// Errors: kBadData for a vocabulary without [CLS], [SEP] or [UNK], with too many pieces, with a piece that is empty, too long, no
  /// UTF-8 or there twice.
  [[nodiscard]] static Result<WordPieces> of_vocabulary(std::string_view lines, const std::string& name);

  /// [CLS], the pieces of the text, [SEP]; at most `most` in all, and never fewer than these two. What is over is cut at the end of the
  /// text, and [SEP] stays last. Text is taken as BERT's uncased models do: controls and broken UTF-8 dropped, letters small and without
  /// marks, punctuation and ideographs apart; each word becomes the longest known pieces from its beginning on, or [UNK] if that fails
  /// or it has over 100 letters. Spans cover the text as given. Text that spells "[SEP]" and the like is text. The time is linear in the
  /// part of the text that is not cut.
  [[nodiscard]] std::vector<WordPiece> split(std::string_view text, size_t most) const;

  /// How many pieces the vocabulary has: all ids are below.
  [[nodiscard]] size_t size() const { return begins_.size() - 1; }

 private:
  /// A place of the hash table; free if `id` is kNone.
  struct Slot {
    uint32_t check = 0;  ///< the upper half of the hash, so that few wrong pieces are compared
    uint32_t id = kNone;
  };
  static constexpr uint32_t kNone = UINT32_MAX;

  WordPieces() = default;
  [[nodiscard]] std::string_view piece(uint32_t id) const;
  /// The id of the piece that is `prefix` followed by `rest`, both together hashed as `hash`; kNone if there is none.
  [[nodiscard]] uint32_t find(uint64_t hash, std::string_view prefix, std::string_view rest) const;
  [[nodiscard]] uint32_t find(std::string_view piece) const;
  void insert(uint32_t id);
  [[nodiscard]] size_t take_longest(const NormalWord& word, size_t first, std::vector<WordPiece>& out) const;
  void append_pieces(const NormalWord& word, std::vector<WordPiece>& out) const;

  std::string text_{};               ///< all pieces, each with a line feed behind it
  std::vector<uint32_t> begins_{0};  ///< where each begins in text_, and the end
  std::vector<Slot> slots_{};        ///< open addressing; a power of two, at most half full
  size_t longest_ = 0;               ///< bytes of the longest piece
  uint32_t cls_ = kNone;
  uint32_t sep_ = kNone;
  uint32_t unknown_ = kNone;
};

}  // namespace casus
