#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

namespace casus {

/// A half-open range of bytes [begin, end) in Article::text(), never inside a UTF-8 sequence.
/// Eight bytes, so that it can be stored and checked; a view is made from it only where one is needed.
struct ByteSpan {
  uint32_t begin = 0;
  uint32_t end = 0;

  [[nodiscard]] constexpr uint32_t size() const { return end - begin; }
  [[nodiscard]] constexpr bool empty() const { return begin == end; }
  [[nodiscard]] constexpr bool contains(ByteSpan other) const { return begin <= other.begin && other.end <= end; }
  [[nodiscard]] constexpr bool overlaps(ByteSpan other) const { return begin < other.end && other.begin < end; }
  [[nodiscard]] constexpr std::string_view in(std::string_view text) const { return text.substr(begin, size()); }

  friend constexpr auto operator<=>(const ByteSpan&, const ByteSpan&) = default;
};

}  // namespace casus
