#include "crisis/candidates.h"

#include <array>
#include <limits>

#include "base/hash.h"

namespace casus {
namespace {

constexpr int32_t kBinDays = 30;

/// What is shared with what is found there.
enum class Shelf : uint64_t {
  kPair = 1,      ///< both parties
  kOneSided = 2,  ///< names one side alone
  kAny = 3,       ///< one party of any
};

int32_t bin_of(int32_t day) { return day >= 0 ? day / kBinDays : (day - kBinDays + 1) / kBinDays; }

/// A hash of both, in this order.
uint64_t mixed(uint64_t a, uint64_t b) {
  const std::array<uint64_t, 2> both = {a, b};
  return hash64(std::string_view(reinterpret_cast<const char*>(both.data()), sizeof both));
}

void add_pairs(const Facts& facts, std::vector<uint64_t>& labels) {
  const std::vector<uint64_t>& first = facts.symmetric ? facts.both.close : facts.source.close;
  const std::vector<uint64_t>& second = facts.symmetric ? facts.both.close : facts.target.close;
  for (const uint64_t one : first) {
    for (const uint64_t other : second) {
      if (labels.size() >= kMaxPairs) return;
      if (!facts.symmetric || one < other) labels.push_back(mixed(mixed(one, static_cast<uint64_t>(Shelf::kPair)), other));
    }
  }
}

std::vector<uint64_t> in_bins(const std::vector<uint64_t>& labels, const Facts& facts) {
  std::vector<uint64_t> shelves;
  const uint64_t family = hash64(facts.rule->family);
  const Bins bins = bins_of(facts.reach);
  for (const uint64_t label : labels) {
    for (int32_t bin = bins.first; bin <= bins.last; ++bin)
      shelves.push_back(mixed(mixed(family, label), static_cast<uint64_t>(static_cast<int64_t>(bin))));
  }
  return shelves;
}

std::vector<uint64_t> shelves_of(const Facts& facts, bool to_look) {
  std::vector<uint64_t> labels;
  const auto label = [&](Shelf shelf, uint64_t key) { labels.push_back(mixed(key, static_cast<uint64_t>(shelf))); };
  const bool two_sided = facts.symmetric ? facts.both.close.size() > 1 : !facts.source.close.empty() && !facts.target.close.empty();
  if (two_sided) add_pairs(facts, labels);
  for (const uint64_t key : facts.both.close) {
    label(two_sided && to_look ? Shelf::kOneSided : Shelf::kAny, key);
    if (!two_sided && !to_look) label(Shelf::kOneSided, key);
  }
  if (facts.both.empty()) label(Shelf::kAny, 0);
  return in_bins(labels, facts);
}

}  // namespace

Rank rank_of(const Facts& facts, std::string_view article_id, int64_t position) {
  return {.less_detail = -facts.detail,
          .window = facts.mention->window,
          .published = facts.published.value_or(std::numeric_limits<int32_t>::max()),
          .article_id = article_id,
          .event_id = facts.mention->event.id,
          .position = position};
}

Bins bins_of(DaySpan reach) { return {.first = bin_of(reach.begin), .last = bin_of(reach.end)}; }

DaySpan days_of_bin(int32_t bin) { return {bin * kBinDays, (bin + 1) * kBinDays}; }

std::vector<uint64_t> shelves_to_stand_on(const Facts& facts) { return shelves_of(facts, false); }

std::vector<uint64_t> shelves_to_look_on(const Facts& facts) { return shelves_of(facts, true); }

}  // namespace casus
