#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "crisis/incident_match.h"

namespace casus {

/// Earlier incidents that a mention is compared with, of those that share a pair of parties, a kind of act and a month with it: the last
/// that began.
inline constexpr size_t kMaxCandidates = 256;
/// Pairs of parties that an incident is looked up by.
inline constexpr size_t kMaxPairs = 24;
/// Points from which on two mentions are taken for one act (docs/crisis.md says what gives points).
inline constexpr double kEnoughPoints = 4.5;

/// The turn of a mention: what says most comes first. Views of its article and event.
struct Rank {
  int less_detail = 0;
  DaySpan window{};
  int32_t published = 0;
  std::string_view article_id{};
  std::string_view event_id{};
  int64_t position = 0;  ///< within its article

  friend auto operator<=>(const Rank&, const Rank&) = default;
};
[[nodiscard]] Rank rank_of(const Facts& facts, std::string_view article_id, int64_t position);

/// The thirty days by which incidents are looked up, as numbers, both included.
struct Bins {
  int32_t first = 0;
  int32_t last = 0;
};
[[nodiscard]] Bins bins_of(DaySpan reach);
/// The days of one.
[[nodiscard]] DaySpan days_of_bin(int32_t bin);

/// Under what the incident that a mention begins is found, and what a mention looks under: hashes of the kind of act, parties and days. By
/// close keys, since reports name a state's organs for one another. Those of an incident are among those that a mention looks under only
/// if both share a family, a bin and a close key, unless neither names a party.
[[nodiscard]] std::vector<uint64_t> shelves_to_stand_on(const Facts& facts);
[[nodiscard]] std::vector<uint64_t> shelves_to_look_on(const Facts& facts);

/// Incidents in the making, by number, on the shelves where they are found. `Before`: which of two numbers began first.
template <class Before = std::less<>>
class DraftShelves {
 public:
  explicit DraftShelves(Before before = {}) : before_(before) {}

  void add(uint32_t draft, const std::vector<uint64_t>& shelves) {
    for (const uint64_t shelf : shelves) {
      std::vector<uint32_t>& drafts = shelves_[shelf];
      drafts.insert(std::ranges::upper_bound(drafts, draft, before_), draft);
      is_crowded_ = is_crowded_ || drafts.size() > kMaxCandidates;
    }
  }

  /// Each once, in the order in which they began.
  [[nodiscard]] std::vector<uint32_t> candidates(const std::vector<uint64_t>& shelves) const {
    std::vector<uint32_t> found;
    for (const uint64_t shelf : shelves) {
      const auto drafts = shelves_.find(shelf);
      if (drafts == shelves_.end()) continue;
      const std::vector<uint32_t>& all = drafts->second;
      found.insert(found.end(), all.end() - static_cast<ptrdiff_t>(std::min(all.size(), kMaxCandidates)), all.end());
    }
    std::ranges::sort(found, before_);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  /// Whether some shelf has more than a mention is compared with.
  [[nodiscard]] bool is_crowded() const { return is_crowded_; }

 private:
  Before before_;
  std::unordered_map<uint64_t, std::vector<uint32_t>> shelves_{};
  bool is_crowded_ = false;
};

/// The candidate that a mention fits best, of several the one that began first; nullopt where none has enough points. `draft_at` gives the
/// draft of a number.
template <class DraftAt>
[[nodiscard]] std::optional<uint32_t> best_candidate(const Facts& facts, const std::vector<uint32_t>& candidates, DraftAt draft_at) {
  std::optional<uint32_t> best;
  double most = kEnoughPoints;
  for (const uint32_t candidate : candidates) {
    const std::optional<double> points = match(facts, draft_at(candidate));
    if (!points || *points < most || (best && *points == most)) continue;
    best = candidate;
    most = *points;
  }
  return best;
}

}  // namespace casus
