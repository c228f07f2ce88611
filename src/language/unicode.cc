#include "language/unicode.h"

#include <algorithm>
#include <span>

namespace casus::unicode {
namespace {

constexpr uint32_t kCodePointMask = 0xFFFFFF;

}  // namespace

uint8_t flags(char32_t code_point) {
  const std::span runs(kFlagRuns, kFlagRunCount);
  const auto next =
      std::ranges::upper_bound(runs, static_cast<uint32_t>(code_point), {}, [](uint32_t run) { return run & kCodePointMask; });
  return static_cast<uint8_t>(*(next - 1) >> 24);  // the first run begins at 0
}

char32_t lower(char32_t code_point) {
  const std::span ranges(kLowerRanges, kLowerRangeCount);
  const auto found = std::ranges::lower_bound(ranges, code_point, {}, &LowerRange::last);
  if (found == ranges.end() || code_point < found->first || (code_point - found->first) % found->step != 0) return code_point;
  return static_cast<char32_t>(static_cast<int32_t>(code_point) + found->distance);
}

}  // namespace casus::unicode
