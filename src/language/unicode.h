#pragma once

#include <cstdint>

#include "language/unicode_tables.h"

/// What Python's str methods say about code points. spaCy builds on them, so they are the yardstick here even where the
/// Unicode standard would draw another line. All are for code points up to U+10FFFF, surrogates included.
namespace casus::unicode {

/// The Flag bits (language/unicode_tables.h) of a code point.
[[nodiscard]] uint8_t flags(char32_t code_point);

/// Lower-case form of one code point by itself. U+0130 is the only one whose form has two, and the sigma rule needs
/// the neighbours: lower_case (language/strings.h) sees to both.
[[nodiscard]] char32_t lower(char32_t code_point);

/// str.isspace, \s of re.
[[nodiscard]] constexpr bool is_space(char32_t c) {
  if (c < 0x80) return c == 0x20 || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

}  // namespace casus::unicode
