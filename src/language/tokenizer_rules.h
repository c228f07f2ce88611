#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <casus/result.h>

#include "base/hash.h"
#include "language/msgpack.h"
#include "language/regex.h"

namespace casus {

constexpr size_t kMaxExceptionBytes = 128;       ///< the text of one tokenizer exception; English: up to 29
constexpr size_t kMaxExceptions = 20'000;        ///< English: 1,347
constexpr size_t kMaxUrlCodePoints = 64 * 1024;  ///< a longer run without white space is no URL; bounds the time, not met in texts
/// Steps of the regular expressions on one chunk, beyond which they no longer match; spaCy's English patterns need a fraction.
constexpr uint64_t kMaxStepsPerCodePoint = 4096;
constexpr uint64_t kMaxLoadSteps = 50'000'000;  ///< the same for all exceptions while a file is loaded; English: 18,000

/// One token of a chunk. The norm lives in the rules.
struct ChunkToken {
  uint32_t begin = 0;  ///< bytes from the start of the chunk
  uint32_t end = 0;
  uint64_t orth = 0;  ///< string_id of its text
  std::string_view norm;
  bool starts_special = false;  ///< a pattern of the second pass begins with this word
};

/// Buffers for splitting chunks. One per thread.
struct ChunkScratch {
  std::u32string text;
  std::vector<uint32_t> offsets;  ///< byte offset of each code point and of the end
  std::vector<ChunkToken> suffixes;
  RegexScratch regex;
  uint64_t work_left = UINT64_MAX;  ///< steps that all calls together may still take
};

/// Sequences of words that the second pass looks for, as a tree keyed by string ids.
class SpecialPatterns {
 public:
  static constexpr uint32_t kRoot = 0;
  static constexpr uint32_t kNone = UINT32_MAX;

  void add(const std::vector<uint64_t>& words);
  [[nodiscard]] uint32_t step(uint32_t node, uint64_t word) const;
  [[nodiscard]] bool is_end(uint32_t node) const { return ends_[node]; }

 private:
  struct Edge {
    uint32_t node;
    uint64_t word;
    friend bool operator==(const Edge&, const Edge&) = default;
  };
  struct EdgeHash {
    size_t operator()(const Edge& edge) const { return static_cast<size_t>(edge.word ^ (edge.node * 0x9e3779b97f4a7c15ULL)); }
  };
  std::unordered_map<Edge, uint32_t, EdgeHash> edges_;
  std::vector<bool> ends_{false};
};

/// What a package's `tokenizer` file says: exceptions, affix and URL patterns. Immutable after loading.
class TokenizerRules {
 public:
  using Pieces = std::vector<ChunkToken>;

  /// Errors: kBadModel naming the entry: not a map of the seven known keys, an exception whose pieces do not make up its text,
  /// a pattern that Regex does not know.
  [[nodiscard]] static Result<std::unique_ptr<const TokenizerRules>> load(std::string_view bytes);

  /// The pieces of an exception with this text, or nullptr.
  [[nodiscard]] const Pieces* exception(std::string_view text) const;

  /// Splits a chunk (all white space or none, not empty, valid UTF-8) and appends its tokens.
  void split(std::string_view chunk, bool with_exceptions, ChunkScratch& scratch, std::vector<ChunkToken>& tokens) const;

  [[nodiscard]] const SpecialPatterns& patterns() const { return patterns_; }

 private:
  class Loader;
  class Splitter;

  struct TextHash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return static_cast<size_t>(hash64(text)); }
  };
  [[nodiscard]] ChunkToken token(std::string_view chunk, uint32_t begin, uint32_t end) const;

  std::unique_ptr<const Regex> prefix_;  ///< each may be missing
  std::unique_ptr<const Regex> suffix_;
  std::unique_ptr<const Regex> infix_;
  std::unique_ptr<const Regex> token_match_;
  std::unique_ptr<const Regex> url_;
  std::unordered_map<std::string, Pieces, TextHash, std::equal_to<>> exceptions_;
  size_t longest_exception_ = 0;           ///< bytes
  std::unordered_set<std::string> norms_;  ///< nodes never move, so that tokens can point into them
  SpecialPatterns patterns_;
};

}  // namespace casus
