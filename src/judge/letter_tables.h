#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// What uncased BERT models make of code points, written by tools/make_unicode_tables.py. Whether a code point is a mark, punctuation
/// and so on is told by Unicode 14.0.
namespace casus::letters {

enum class Kind : uint8_t {
  kLetter = 0,   ///< goes into a word: letters, digits, signs that are no punctuation
  kDropped = 1,  ///< leaves no trace: controls, formats, private use, U+FFFD, marks that take no room
  kBlank = 2,    ///< ends a word
  kApart = 3,    ///< a word by itself: punctuation, ASCII signs and ideographs
};

/// kind << 24 | first code point, ascending from 0; a run ends where the next begins.
extern const uint32_t kKindRuns[];
extern const size_t kKindRunCount;

/// A code point and the code points that it consists of without its marks, 0 behind the last one.
struct Decomposition {
  char32_t whole;
  std::array<char32_t, 3> parts;
};
/// Ascending; Hangul syllables, which a rule takes apart, are not among them.
extern const Decomposition kDecompositions[];
extern const size_t kDecompositionCount;

}  // namespace casus::letters
