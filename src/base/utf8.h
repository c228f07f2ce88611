#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace casus {

/// Decodes the code point at `position`, which must be below text.size(), and moves `position` behind it.
/// An invalid or cut-off sequence gives U+FFFD and moves on by one byte (WHATWG's maximal-subpart rule is not needed: text
/// is repaired by repair_utf8 before it gets further than the article stage).
[[nodiscard]] char32_t decode_utf8(std::string_view text, size_t& position);

/// The code points of the text, each invalid byte as U+FFFD.
[[nodiscard]] std::u32string code_points(std::string_view text);

/// Appends the UTF-8 form of `code_point`; surrogates and values over U+10FFFF become U+FFFD.
void append_utf8(char32_t code_point, std::string& out);

/// Whether the bytes are valid UTF-8 (no surrogates, no overlong forms).
[[nodiscard]] bool is_valid_utf8(std::string_view text);

/// Number of bytes before the first broken sequence; text.size() if there is none.
[[nodiscard]] size_t valid_utf8_prefix(std::string_view text);

/// The text with each broken sequence replaced by U+FFFD, as browsers do; `replaced` counts them.
[[nodiscard]] std::string repair_utf8(std::string_view text, uint64_t& replaced);

/// Number of code points of valid UTF-8.
[[nodiscard]] size_t utf8_length(std::string_view text);

}  // namespace casus
