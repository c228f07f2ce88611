#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace casus {

// ASCII only, whatever the locale; bytes above 0x7F belong to no class.
[[nodiscard]] constexpr bool is_ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_ascii_lower(char c) { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool is_ascii_alpha(char c) { return is_ascii_upper(c) || is_ascii_lower(c); }
[[nodiscard]] constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr char ascii_lower(char c) { return is_ascii_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

/// The text with A–Z made small.
[[nodiscard]] std::string ascii_lowered(std::string_view text);
[[nodiscard]] bool equals_ignoring_ascii_case(std::string_view a, std::string_view b);

/// White space that separates words on a line or lines from each other: Unicode's White_Space, and the zero-width space and
/// byte order mark that web pages leave about.
[[nodiscard]] bool is_white_space(char32_t code_point);

/// The text without white space at its ends.
[[nodiscard]] std::string_view trim(std::string_view text);

/// The pieces between separators; always one more than there are separators.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

/// The pieces between runs of white space, none of them empty.
[[nodiscard]] std::vector<std::string_view> split_words(std::string_view text);

}  // namespace casus
