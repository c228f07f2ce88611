#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <casus/article.h>

namespace casus {

/// Words that a shingle has: what two reporters write alike for so long, one of them copied.
inline constexpr size_t kShingleWords = 8;
/// Of an article's shingles those with the smallest hashes are kept, at most so many.
inline constexpr size_t kMaxShingles = 256;
/// The share of the shorter text's shingles that stand in the other from which on the two are one source.
inline constexpr double kSharedShare = 0.4;
/// Fewer common shingles than this are a common quotation.
inline constexpr size_t kLeastShared = 4;
/// Texts that a shingle is looked up in, the latest; a phrase of a whole trade ("this is a developing story") leads nowhere.
inline constexpr size_t kMaxTextsOfShingle = 16;
/// Days after its publication in which a text is copied; what repeats it later is a source of its own.
inline constexpr int32_t kCopyDays = 14;

/// Hashes of the runs of kShingleWords words of what is no noise, one in eight, ascending; a text without so long a run has one of its
/// whole.
[[nodiscard]] std::vector<uint64_t> shingles_of(const Article& article);

/// A text that is compared with others.
struct ComparedText {
  std::optional<int32_t> day{};  ///< of its publication; texts without one are compared with one another
  std::vector<uint64_t> shingles{};
};

/// Finds what texts are copies. They come in the order of their days, those without one last: each either leads a group of its own or
/// belongs to the earlier leader of the last kCopyDays with which it shares most, more than kSharedShare of the shorter one's shingles. So
/// which group a text is in depends on the leaders of those days alone.
class TextGrouper {
 public:
  /// The number of the group of the next text, which is that of its leader: its own if it leads one.
  /// Constant in the number of texts: each is compared with at most kMaxShingles × kMaxTextsOfShingle leaders.
  uint32_t place(uint32_t text, const ComparedText& compared);
  /// Takes a text that is known to lead a group.
  void lead(uint32_t text, const ComparedText& compared);

 private:
  struct Leader {
    uint32_t text = 0;
    int32_t day = 0;
    size_t shingles = 0;  ///< how many it has
  };
  /// A leader, by index, and how many shingles it shares.
  struct Shared {
    uint32_t leader = 0;
    size_t count = 0;
  };
  [[nodiscard]] Shared nearest(const ComparedText& compared) const;

  std::vector<Leader> leaders_{};
  std::unordered_map<uint64_t, std::vector<uint32_t>> by_shingle_{};  ///< the latest leaders
};

/// For each text the number of the one that leads its group, as TextGrouper finds it.
[[nodiscard]] std::vector<uint32_t> group_texts(std::span<const ComparedText> texts);

}  // namespace casus
