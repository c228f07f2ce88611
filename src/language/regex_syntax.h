#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "language/code_point_set.h"

namespace casus {

/// Bounds on a regular expression of a model file.
constexpr size_t kMaxPatternBytes = 64 * 1024;
constexpr size_t kMaxPatternRanges = 500'000;  ///< ranges of code points in all classes together
constexpr uint32_t kMaxPatternDepth = 32;      ///< groups within groups
constexpr uint32_t kMaxRepetitions = 1000;     ///< the numbers in {m,n}
constexpr uint32_t kNoLimit = UINT32_MAX;      ///< `max` of *, + and {m,}

/// A parsed regular expression: a tree no deeper than kMaxPatternDepth times the three levels of a group.
struct RegexNode {
  enum class Kind : uint8_t {
    kSet,          ///< one code point of `set`
    kSequence,     ///< the children one after the other; none: matches nothing, which is always there
    kAlternation,  ///< the first child that leads to a match
    kRepeat,       ///< the only child, min … max times, as often as possible (lazy: as seldom)
    kBegin,        ///< ^: the start of the text
    kEnd,          ///< $: the end of the text or just before its last newline
    kLook,         ///< the only child matches here (ahead) or ends here (behind); negative: it does not
  };
  Kind kind = Kind::kSequence;
  bool lazy = false;
  bool behind = false;
  bool negative = false;
  uint32_t min = 0;
  uint32_t max = 0;
  CodePointSet set;
  std::vector<RegexNode> children;
};

/// Parses the part of Python's `re` syntax (str patterns, Python 3.11) that tokenizer files use: | [] ranges and
/// complements * + ? {m,n} and their lazy forms, (…) (?:…) (?=…) (?!…) (?<=…) (?<!…) ^ $ . \d \w \s and their complements,
/// \x \u \U and the control escapes, a leading (?u). Groups capture nothing.
/// Errors: kBadModel for all else (back-references, \b, flags, …) and beyond the limits, with the place in the pattern.
[[nodiscard]] Result<RegexNode> parse_regex(std::string_view pattern);

/// How many code points a node can consume.
struct RegexWidth {
  uint64_t min = 0;
  uint64_t max = 0;  ///< saturates at kNoLimit, which means: no limit
};
[[nodiscard]] RegexWidth regex_width(const RegexNode& node);

}  // namespace casus
