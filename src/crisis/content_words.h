#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace casus {

/// Letters of a word that count: "deploying", "deployed" and "deployment" are one.
inline constexpr size_t kStemLetters = 5;
/// Shorter words say little.
inline constexpr size_t kLeastLetters = 4;

/// The stems of a text as hashes, ascending, each once.
[[nodiscard]] std::vector<uint64_t> stems_of(std::string_view text);

/// How alike texts are in what they are about: the more texts a stem stands in, the less it says.
class ContentWords {
 public:
  /// Counts a text's stems.
  void add(std::span<const uint64_t> stems);
  /// The weight of the stems that both have, by the weight of all that the lighter one has; 0 where that is nothing.
  [[nodiscard]] double shared(std::span<const uint64_t> a, std::span<const uint64_t> b) const;

 private:
  [[nodiscard]] double weight(uint64_t stem) const;
  [[nodiscard]] double weight(std::span<const uint64_t> stems) const;

  std::unordered_map<uint64_t, uint32_t> texts_with_{};
  uint32_t texts_ = 0;
};

}  // namespace casus
