#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace casus {

/// Columns that the text takes in a terminal: wide East Asian characters and emoji two, combining marks none.
[[nodiscard]] size_t display_width(std::string_view text);

/// The text on one line, safe for a terminal: runs of white space become one space, control characters and overrides of
/// the direction of writing, which could forge what stands beside them, U+FFFD.
[[nodiscard]] std::string one_line(std::string_view text);

/// At most `width` columns of the text, cut at its end (or at its beginning) with "…".
[[nodiscard]] std::string fit(std::string_view text, size_t width);
[[nodiscard]] std::string fit_end(std::string_view text, size_t width);

/// Appends the text and spaces up to `width` columns; a longer text is kept whole.
void append_padded(std::string_view text, size_t width, std::string& out);

/// Appends the text in lines of at most `columns` columns that begin in column `indent`; the first one is there already as far as that.
void append_filled(std::string_view text, size_t indent, size_t columns, std::string& out);

/// 1234567 as "1,234,567": for people; data has no separators.
[[nodiscard]] std::string with_separators(unsigned long long value);

}  // namespace casus
