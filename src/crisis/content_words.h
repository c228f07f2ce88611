#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <casus/result.h>

namespace casus {

/// Letters that words of one stem share.
inline constexpr size_t kStemLetters = 5;
/// Shorter words say little.
inline constexpr size_t kLeastLetters = 4;

/// A stem of a text with what it says: the rarer in news, the more (in nats).
struct Stem {
  uint64_t hash = 0;
  double weight = 0;
};

/// The stems of a text, by hash, each once.
struct TextStems {
  std::vector<Stem> stems{};
  double weight = 0;  ///< of all of them
};

/// How much words say, by how often their stems stand in news (data/crisis/stems.tsv). Immutable once loaded.
/// The same for every body of articles, so that whether two reports tell of one act depends on no third.
class ContentWords {
 public:
  /// Errors: as of tables; kBadData for a count that is none.
  [[nodiscard]] static Result<ContentWords> load(const std::filesystem::path& file);

  /// Without those of `names`, whom both texts name whatever they tell.
  [[nodiscard]] TextStems stems_of(std::string_view text, const std::vector<std::string_view>& names = {}) const;

 private:
  std::unordered_map<uint64_t, double> weights_{};  ///< of what is common
};

/// The weight of the stems that both texts have.
[[nodiscard]] double common_weight(const TextStems& a, const TextStems& b);

}  // namespace casus
