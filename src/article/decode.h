#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>
#include <casus/result.h>

namespace casus {

/// Bytes turned into valid UTF-8 without NUL, and what had to be repaired for it.
struct DecodedText {
  std::string text;
  std::vector<Warning> warnings;
};

/// Decodes UTF-8 with or without a byte order mark, and UTF-16 with one; the mark is not part of the text. Each broken sequence and
/// each NUL becomes U+FFFD, and one warning a kind counts them with the line of the first.
/// Errors: kBadEncoding for UTF-32, UTF-16 without a mark and bytes that are no text; kTooLarge if the text is over `max_bytes`.
[[nodiscard]] Result<DecodedText> decode_text(std::string_view bytes, const std::string& file, uint64_t max_bytes);

/// The repair alone, of text that claims to be UTF-8; `line` is where it begins in its input.
[[nodiscard]] DecodedText repair_text(std::string text, uint64_t line);

}  // namespace casus
