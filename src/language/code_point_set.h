#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <vector>

namespace casus {

constexpr char32_t kLastCodePoint = 0x10FFFF;

/// Code points first … last, both included.
struct CodePointRange {
  char32_t first = 0;
  char32_t last = 0;
  friend auto operator<=>(const CodePointRange&, const CodePointRange&) = default;
};

/// A set of code points: a class of a regular expression. Built by add() calls and one finish(); read only afterwards.
class CodePointSet {
 public:
  CodePointSet() = default;
  explicit CodePointSet(char32_t only) {
    add(only, only);
    finish();
  }

  void add(char32_t first, char32_t last) { ranges_.push_back({first, last}); }
  void add(const CodePointSet& other) { ranges_.insert(ranges_.end(), other.ranges_.begin(), other.ranges_.end()); }
  /// Sorts and joins what was added; needed before anything is asked.
  void finish();
  /// Turns the finished set into all code points that are not in it.
  void complement();

  [[nodiscard]] bool contains(char32_t c) const { return c < 128 ? (ascii_[c / 64] >> (c % 64) & 1) != 0 : contains_wide(c); }
  [[nodiscard]] bool empty() const { return ranges_.empty(); }
  /// Whether the set has just one member, and which.
  [[nodiscard]] bool is_single() const { return ranges_.size() == 1 && ranges_[0].first == ranges_[0].last; }
  [[nodiscard]] char32_t single() const { return ranges_[0].first; }
  /// Ascending, neither overlapping nor touching.
  [[nodiscard]] std::span<const CodePointRange> ranges() const { return ranges_; }

  friend bool operator==(const CodePointSet& a, const CodePointSet& b) { return a.ranges_ == b.ranges_; }

 private:
  [[nodiscard]] bool contains_wide(char32_t c) const;

  std::vector<CodePointRange> ranges_;
  std::array<uint64_t, 2> ascii_{};
};

/// All code points that have one of these unicode::Flag bits.
[[nodiscard]] CodePointSet code_points_with(uint8_t flags);
/// unicode::is_space as a set.
[[nodiscard]] CodePointSet space_code_points();

}  // namespace casus
