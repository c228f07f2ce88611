#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/utf8.h"
#include "language/unicode.h"

namespace casus {

/// What the first byte of a code point says about its being white space.
enum class SpaceByte : uint8_t { kNo, kYes, kDecode };

constexpr std::array<SpaceByte, 256> space_bytes() {
  std::array<SpaceByte, 256> table{};
  for (char32_t c = 0; c < 128; ++c) table[c] = unicode::is_space(c) ? SpaceByte::kYes : SpaceByte::kNo;
  for (const int lead : {0xC2, 0xE1, 0xE2, 0xE3}) table[lead] = SpaceByte::kDecode;  // the leads of all other white space
  return table;
}
inline constexpr std::array<SpaceByte, 256> kSpaceBytes = space_bytes();

/// Where the run of white space (or of anything else) that `at` lies in ends.
[[nodiscard]] inline size_t chunk_end(std::string_view text, size_t at, bool in_space) {
  while (at < text.size()) {
    const SpaceByte kind = kSpaceBytes[static_cast<unsigned char>(text[at])];
    size_t next = at;
    bool is_space = kind == SpaceByte::kYes;
    if (kind == SpaceByte::kDecode) {
      is_space = unicode::is_space(decode_utf8(text, next));
    } else {
      ++next;  // a byte of a word's longer code point counts as a word's
    }
    if (is_space != in_space) return at;
    at = next;
  }
  return at;
}

/// Cuts `text` (valid UTF-8) where white space begins or ends and calls on_chunk(begin, end, space_after) for each run.
/// A U+0020 right behind a word belongs to no chunk and is reported as space_after of that word instead, so that a single
/// space between words gives no chunk of its own. The runs are spaCy's (Tokenizer._tokenize_affixes).
template <class OnChunk>
void for_each_chunk(std::string_view text, OnChunk on_chunk) {
  if (text.empty()) return;
  size_t first = 0;
  bool in_space = unicode::is_space(decode_utf8(text, first));
  size_t start = 0;
  for (size_t at = 0; at < text.size(); in_space = !in_space) {
    at = chunk_end(text, at, in_space);
    const bool space_after = at < text.size() && text[at] == ' ';
    if (start < at) on_chunk(start, at, space_after);
    start = space_after ? at + 1 : at;
  }
}

}  // namespace casus
