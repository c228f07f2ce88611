#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// The bare tables behind language/unicode.h, written by tools/make_unicode_tables.py.
namespace casus::unicode {

/// The version of the Unicode character database in the Python that made the tables. Later ones differ only in code
/// points that were not assigned before.
extern const std::string_view kVersion;

enum Flag : uint8_t {
  kAlpha = 1,           ///< str.isalpha: a letter of any kind
  kUpper = 2,           ///< a letter that is str.isupper; title-case letters are not
  kDecimal = 4,         ///< str.isdecimal, \d of re
  kDigit = 8,           ///< str.isdigit: kDecimal and superscripts, circled digits, …
  kWord = 16,           ///< \w of re: str.isalnum or "_"
  kCased = 32,          ///< decides how a capital sigma beside it is lower-cased; never together with kCaseIgnorable
  kCaseIgnorable = 64,  ///< passed over in that decision
};

/// flags << 24 | first code point, ascending; a run ends where the next begins.
extern const uint32_t kFlagRuns[];
extern const size_t kFlagRunCount;

/// Code points first, first + step, …, last whose lower-case form lies `distance` away.
struct LowerRange {
  char32_t first;
  char32_t last;
  int32_t distance;
  uint32_t step;
};
extern const LowerRange kLowerRanges[];
extern const size_t kLowerRangeCount;

}  // namespace casus::unicode
