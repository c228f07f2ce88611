#pragma once

#include <span>
#include <string_view>
#include <vector>

#include <casus/document.h>
#include <casus/span.h>

namespace casus {

/// Words between quotation marks; marks inside them are part of them.
struct Quotation {
  /// With the marks, in the order of the text; more than one where the quotation runs over several paragraphs, each of which opens anew
  /// while only the last one closes.
  std::vector<ByteSpan> pieces;

  [[nodiscard]] uint32_t begin() const { return pieces.front().begin; }
  [[nodiscard]] uint32_t end() const { return pieces.back().end; }
  [[nodiscard]] bool contains(uint32_t byte) const;
};

/// The paragraphs of what was analysed: blocks, cut at blank lines and at lines that end a sentence.
[[nodiscard]] std::vector<ByteSpan> paragraphs_of(const Document& doc);

/// The outermost quotations of a text in order, from pairs of " “ ” „ « » '' `` and, where an apostrophe can be told from them, ' ‘ ’.
/// What opens and is neither closed nor taken up by the next paragraph is no quotation. Linear in the text, however marks are nested.
/// `paragraphs`: in order, not overlapping; marks outside them do not count.
[[nodiscard]] std::vector<Quotation> find_quotations(std::string_view text, std::span<const ByteSpan> paragraphs);

/// Length in bytes of the mark that stands at this byte, 0 if none does. Whether it opens or closes is not asked.
[[nodiscard]] uint32_t mark_length(std::string_view text, uint32_t at);

}  // namespace casus
