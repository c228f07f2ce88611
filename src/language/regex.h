#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "language/code_point_set.h"

namespace casus {

constexpr size_t kMaxRegexInstructions = 20'000;  ///< over all branches of one expression
constexpr size_t kMaxRegexBranches = 2'000;       ///< alternatives that are spelt out so that the next code point can choose among them
constexpr size_t kMaxRegexSets = 2'000;           ///< different classes of code points
constexpr size_t kMaxLookWidth = 64;              ///< code points a look-ahead or look-behind may cover
constexpr size_t kMaxLookDepth = 2;               ///< looks within looks

/// Where a match lies, in code points.
struct RegexMatch {
  size_t begin = 0;
  size_t end = 0;
};

/// Buffers of the matcher and the work it may still do. One per thread; keeps its capacity.
struct RegexScratch {
  struct Level {
    std::vector<uint32_t> current;
    std::vector<uint32_t> next;
    std::vector<uint32_t> pending;
    std::vector<uint32_t> seen;  ///< per instruction: the stamp of the step that last reached it
    uint32_t stamp = 0;
  };
  std::array<Level, kMaxLookDepth + 1> levels;
  uint64_t steps_left = 0;  ///< when it is used up, nothing matches any more; the caller refills it for each text
};

/// A compiled regular expression with Python's meaning: leftmost match, first alternative wins. Immutable.
/// Instead of backtracking, all ways to match advance together, in order of preference, so that the work is at most
/// text length times instructions for one attempt. The code point at hand selects the alternatives that are tried at all.
class Regex {
 public:
  /// Which end of the text all matches touch; said by ^ or $ in every alternative and checked.
  enum class Anchor : uint8_t {
    kStart,  ///< every alternative begins with ^ and consumes something: match_prefix
    kEnd,    ///< every alternative ends in $ and consumes something: match_suffix
    kFree,   ///< every alternative consumes something: find
    kWhole,  ///< anything: matches
  };

  /// `pattern`: UTF-8, the syntax of parse_regex. Errors: kBadModel if the pattern is not of the kind `anchor`, has unknown
  /// syntax or exceeds a limit.
  [[nodiscard]] static Result<std::unique_ptr<const Regex>> compile(std::string_view pattern, Anchor anchor);
  ~Regex();

  /// Length of the match at the start of `text` (kStart); 0 if there is none. As re.search.
  [[nodiscard]] size_t match_prefix(std::u32string_view text, RegexScratch& scratch) const;
  /// Length of the match at the end of `text` (kEnd), which is the longest of all alternatives; 0 if there is none. As re.search,
  /// but of two matches from the same start, one up to a last newline and one behind it, always the longer.
  [[nodiscard]] size_t match_suffix(std::u32string_view text, RegexScratch& scratch) const;
  /// The first match that begins at `from` or later (kFree). As one step of re.finditer.
  [[nodiscard]] std::optional<RegexMatch> find(std::u32string_view text, size_t from, RegexScratch& scratch) const;
  /// Whether there is a match at the start of `text` (kWhole). As re.match.
  [[nodiscard]] bool matches(std::u32string_view text, RegexScratch& scratch) const;

  struct Impl;  // regex.cc

 private:
  explicit Regex(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace casus
