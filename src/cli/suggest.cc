#include "cli/suggest.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace casus {
namespace {

constexpr size_t kLongestWord = 64;  // what is longer is no mistyped option, and the distance takes quadratic time

// Insertions, deletions, substitutions, and swaps of neighbours (optimal string alignment).
size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> before_previous;
  std::vector<size_t> previous(b.size() + 1);
  std::iota(previous.begin(), previous.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    std::vector<size_t> row(b.size() + 1, i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t changed = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({changed, previous[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before_previous[j - 2] + 1);
    }
    before_previous = std::exchange(previous, std::move(row));
  }
  return previous.back();
}

}  // namespace

std::string suggest(std::string_view word, std::span<const std::string> known) {
  if (word.size() > kLongestWord) return {};
  std::string best;
  size_t best_distance = std::max<size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : known) {
    if (candidate.size() > word.size() && word.size() > 3 && candidate.starts_with(word)) return candidate;
    const size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace casus
