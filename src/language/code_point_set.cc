#include "language/code_point_set.h"

#include <algorithm>

#include "language/unicode.h"

namespace casus {

void CodePointSet::finish() {
  std::ranges::sort(ranges_);
  std::vector<CodePointRange> joined;
  for (const CodePointRange& range : ranges_) {
    if (!joined.empty() && range.first <= joined.back().last + 1) {
      joined.back().last = std::max(joined.back().last, range.last);
    } else {
      joined.push_back(range);
    }
  }
  ranges_ = std::move(joined);
  ascii_ = {};
  for (const CodePointRange& range : ranges_) {
    for (char32_t c = range.first; c <= range.last && c < 128; ++c) ascii_[c / 64] |= uint64_t{1} << (c % 64);
  }
}

void CodePointSet::complement() {
  std::vector<CodePointRange> gaps;
  char32_t next = 0;
  for (const CodePointRange& range : ranges_) {
    if (range.first > next) gaps.push_back({next, range.first - 1});
    next = range.last + 1;
  }
  if (next <= kLastCodePoint) gaps.push_back({next, kLastCodePoint});
  ranges_ = std::move(gaps);
  finish();
}

bool CodePointSet::contains_wide(char32_t c) const {
  const auto found = std::ranges::lower_bound(ranges_, c, {}, &CodePointRange::last);
  return found != ranges_.end() && found->first <= c;
}

CodePointSet code_points_with(uint8_t flags) {
  CodePointSet set;
  for (size_t i = 0; i < unicode::kFlagRunCount; ++i) {
    const uint32_t run = unicode::kFlagRuns[i];
    const bool is_last = i + 1 == unicode::kFlagRunCount;
    const char32_t end = is_last ? kLastCodePoint + 1 : unicode::kFlagRuns[i + 1] & 0xFFFFFF;
    if ((run >> 24) & flags) set.add(run & 0xFFFFFF, end - 1);
  }
  set.finish();
  return set;
}

CodePointSet space_code_points() {
  CodePointSet set;
  for (char32_t c = 0; c <= 0x3000; ++c) {
    if (unicode::is_space(c)) set.add(c, c);
  }
  set.finish();
  return set;
}

}  // namespace casus
