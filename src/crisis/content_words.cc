#include "crisis/content_words.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/hash.h"
#include "base/text.h"

namespace casus {
namespace {

bool is_letter_byte(char c) { return is_ascii_alpha(c) || static_cast<unsigned char>(c) >= 0x80; }

}  // namespace

std::vector<uint64_t> stems_of(std::string_view text) {
  std::vector<uint64_t> stems;
  std::string word;
  const auto finish = [&] {
    if (word.size() >= kLeastLetters) stems.push_back(hash64(std::string_view(word).substr(0, kStemLetters)));
    word.clear();
  };
  for (const char c : text) {
    if (is_letter_byte(c))
      word += ascii_lower(c);
    else
      finish();
  }
  finish();
  std::ranges::sort(stems);
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  return stems;
}

void ContentWords::add(std::span<const uint64_t> stems) {
  ++texts_;
  for (const uint64_t stem : stems) ++texts_with_[stem];
}

double ContentWords::weight(uint64_t stem) const {
  const auto found = texts_with_.find(stem);
  const double with = found == texts_with_.end() ? 1 : found->second;
  return std::log((1.0 + texts_) / with);
}

double ContentWords::weight(std::span<const uint64_t> stems) const {
  double sum = 0;
  for (const uint64_t stem : stems) sum += weight(stem);
  return sum;
}

double ContentWords::shared(std::span<const uint64_t> a, std::span<const uint64_t> b) const {
  double common = 0;
  for (auto one = a.begin(), other = b.begin(); one != a.end() && other != b.end();) {
    if (*one == *other) common += weight(*one);
    const bool move_one = *one <= *other, move_other = *other <= *one;
    if (move_one) ++one;
    if (move_other) ++other;
  }
  const double lighter = std::min(weight(a), weight(b));
  return lighter > 0 ? common / lighter : 0;
}

}  // namespace casus
