#include "language/tokenizer.h"

#include <algorithm>
#include <atomic>
#include <span>
#include <string>
#include <tuple>

#include "base/hash.h"
#include "language/chunks.h"
#include "language/tokenizer_rules.h"

namespace casus {
namespace {

constexpr size_t kMaxMemoChunkBytes = 64;    ///< longer chunks hardly come twice
constexpr size_t kMaxMemoEntries = 1 << 16;  ///< then the table starts anew; some 8 MiB
constexpr size_t kMaxMemoTokens = 1 << 18;
constexpr size_t kFirstMemoSlots = 1 << 10;

/// Remembers how chunks were split. Open addressing, at most half full, bounded.
class ChunkMemo {
 public:
  ChunkMemo() { clear(); }

  void clear() {
    slots_.assign(kFirstMemoSlots, Slot{});
    used_ = 0;
    texts_.clear();
    tokens_.clear();
  }

  /// Empty if the chunk is not known.
  [[nodiscard]] std::span<const ChunkToken> find(std::string_view chunk, uint64_t hash) const {
    for (size_t at = hash & (slots_.size() - 1); slots_[at].token_count > 0; at = (at + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[at];
      if (slot.hash == hash && chunk == std::string_view(texts_.data() + slot.text, slot.text_size)) return tokens_of(slot);
    }
    return {};
  }

  /// Adds a chunk that is not in the table; `tokens` must not be empty.
  void insert(std::string_view chunk, uint64_t hash, std::span<const ChunkToken> tokens) {
    if (used_ == kMaxMemoEntries || tokens_.size() + tokens.size() > kMaxMemoTokens) clear();
    if (used_ * 2 == slots_.size()) grow();
    place({hash, static_cast<uint32_t>(texts_.size()), static_cast<uint32_t>(chunk.size()), static_cast<uint32_t>(tokens_.size()),
           static_cast<uint32_t>(tokens.size())});
    texts_.append(chunk);
    tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
    ++used_;
  }

 private:
  struct Slot {
    uint64_t hash = 0;
    uint32_t text = 0;
    uint32_t text_size = 0;
    uint32_t token = 0;
    uint32_t token_count = 0;  ///< 0: the slot is free
  };

  [[nodiscard]] std::span<const ChunkToken> tokens_of(const Slot& slot) const { return {tokens_.data() + slot.token, slot.token_count}; }

  void place(const Slot& slot) {
    size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].token_count > 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }

  void grow() {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
    for (const Slot& slot : old) {
      if (slot.token_count > 0) place(slot);
    }
  }

  std::vector<Slot> slots_;  ///< a power of two
  size_t used_ = 0;
  std::string texts_;
  std::vector<ChunkToken> tokens_;
};

/// Tokens [begin, end) that make up a pattern of the second pass.
struct TokenSpan {
  size_t begin = 0;
  size_t end = 0;
};

uint64_t next_tokenizer_number() {
  static std::atomic<uint64_t> count{0};
  return ++count;
}

}  // namespace

struct Tokenizer::Impl {
  std::unique_ptr<const TokenizerRules> rules;
  uint64_t number = next_tokenizer_number();  ///< tells tokenizers apart where an address may have been used twice
};

struct Tokenizer::Workspace::Impl {
  uint64_t owner = 0;  ///< number of the tokenizer whose chunks the memo holds
  ChunkMemo memo;
  ChunkScratch scratch;
  std::vector<ChunkToken> chunk_tokens;
  std::vector<size_t> starts;  ///< tokens that may begin a pattern of the second pass
  std::vector<TokenSpan> spans;
  std::vector<bool> taken;
  std::vector<RawToken> rebuilt;
};

Tokenizer::Workspace::Workspace() : impl(std::make_unique<Impl>()) {}
Tokenizer::Workspace::~Workspace() = default;
Tokenizer::Workspace::Workspace(Workspace&&) noexcept = default;

namespace {

using Buffers = Tokenizer::Workspace::Impl;

std::span<const ChunkToken> split_chunk(const TokenizerRules& rules, std::string_view chunk, Buffers& buffers) {
  const bool is_short = chunk.size() <= kMaxMemoChunkBytes;
  const uint64_t hash = is_short ? hash64(chunk) : 0;
  if (is_short) {
    const auto known = buffers.memo.find(chunk, hash);
    if (!known.empty()) return known;
  }
  buffers.chunk_tokens.clear();
  rules.split(chunk, true, buffers.scratch, buffers.chunk_tokens);
  if (is_short) buffers.memo.insert(chunk, hash, buffers.chunk_tokens);
  return buffers.chunk_tokens;
}

void split_text(const TokenizerRules& rules, std::string_view text, Buffers& buffers, std::vector<RawToken>& tokens) {
  for_each_chunk(text, [&](size_t begin, size_t end, bool space_after) {
    const auto base = static_cast<uint32_t>(begin);
    for (const ChunkToken& token : split_chunk(rules, text.substr(begin, end - begin), buffers)) {
      if (token.starts_special) buffers.starts.push_back(tokens.size());
      tokens.push_back({base + token.begin, base + token.end, false, token.norm, token.orth});
    }
    tokens.back().space_after = space_after;
  });
}

// The second pass: exceptions that the first one cut through ("(a.m.)" is found by its pieces "a.m" and "."), however the pieces
// are spaced. Where patterns overlap, the longer one wins, then the earlier; a loser still keeps yet shorter ones away.

void find_spans(const SpecialPatterns& patterns, std::span<const RawToken> tokens, Buffers& buffers) {
  buffers.spans.clear();
  for (const size_t begin : buffers.starts) {
    uint32_t node = SpecialPatterns::kRoot;
    for (size_t at = begin; at < tokens.size(); ++at) {
      node = patterns.step(node, tokens[at].orth);
      if (node == SpecialPatterns::kNone) break;
      if (patterns.is_end(node)) buffers.spans.push_back({begin, at + 1});
    }
  }
}

void drop_overlaps(size_t token_count, Buffers& buffers) {
  std::ranges::sort(buffers.spans,
                    [](TokenSpan a, TokenSpan b) { return std::tuple(b.end - b.begin, a.begin) < std::tuple(a.end - a.begin, b.begin); });
  buffers.taken.assign(token_count, false);
  size_t kept = 0;
  for (const TokenSpan span : buffers.spans) {
    if (!buffers.taken[span.begin] && !buffers.taken[span.end - 1]) buffers.spans[kept++] = span;
    for (size_t at = span.begin; at < span.end; ++at) buffers.taken[at] = true;
  }
  buffers.spans.resize(kept);
  std::ranges::sort(buffers.spans, {}, &TokenSpan::begin);
}

/// Puts the pieces of the exception where the tokens of the span were; without an exception of that text they stay.
void append_span(const TokenizerRules& rules, std::string_view text, std::span<const RawToken> span, std::vector<RawToken>& out) {
  const uint32_t begin = span.front().begin;
  const TokenizerRules::Pieces* pieces = rules.exception(text.substr(begin, span.back().end - begin));
  if (!pieces) {
    out.insert(out.end(), span.begin(), span.end());
    return;
  }
  for (const ChunkToken& piece : *pieces) out.push_back({begin + piece.begin, begin + piece.end, false, piece.norm, piece.orth});
  out.back().space_after = span.back().space_after;
}

void apply_special_patterns(const TokenizerRules& rules, std::string_view text, size_t first, Buffers& buffers,
                            std::vector<RawToken>& tokens) {
  find_spans(rules.patterns(), tokens, buffers);
  if (buffers.spans.empty()) return;
  drop_overlaps(tokens.size(), buffers);
  const std::span<const RawToken> old(tokens);
  buffers.rebuilt.clear();
  size_t at = first;
  for (const TokenSpan span : buffers.spans) {
    buffers.rebuilt.insert(buffers.rebuilt.end(), old.begin() + static_cast<ptrdiff_t>(at),
                           old.begin() + static_cast<ptrdiff_t>(span.begin));
    append_span(rules, text, old.subspan(span.begin, span.end - span.begin), buffers.rebuilt);
    at = span.end;
  }
  buffers.rebuilt.insert(buffers.rebuilt.end(), old.begin() + static_cast<ptrdiff_t>(at), old.end());
  tokens.resize(first);
  tokens.insert(tokens.end(), buffers.rebuilt.begin(), buffers.rebuilt.end());
}

}  // namespace

Tokenizer::Tokenizer(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Tokenizer::~Tokenizer() = default;

Result<std::unique_ptr<const Tokenizer>> Tokenizer::load(std::string_view bytes, std::string_view file_name) {
  Result<std::unique_ptr<const TokenizerRules>> rules = TokenizerRules::load(bytes);
  if (!rules) {
    Error error = std::move(rules).error();
    error.file = file_name;
    return error;
  }
  auto impl = std::make_unique<Impl>();
  impl->rules = std::move(*rules);
  return std::unique_ptr<const Tokenizer>(new Tokenizer(std::move(impl)));
}

void Tokenizer::tokenize(std::string_view text, Workspace& workspace, std::vector<RawToken>& tokens) const {
  Buffers& buffers = *workspace.impl;
  if (buffers.owner != impl_->number) {
    buffers.memo.clear();
    buffers.owner = impl_->number;
  }
  const size_t first = tokens.size();
  buffers.starts.clear();
  split_text(*impl_->rules, text, buffers, tokens);
  if (!buffers.starts.empty()) apply_special_patterns(*impl_->rules, text, first, buffers, tokens);
}

}  // namespace casus
