#include "crisis/text_groups.h"

#include <algorithm>
#include <limits>

#include "base/hash.h"
#include "base/text.h"

namespace casus {
namespace {

constexpr uint64_t kOneIn = 8;  // shingles are kept by their hash, so that the same ones are kept of two texts

bool is_word_byte(char c) { return is_ascii_alpha(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0x80; }

/// The hashes of the words, in small letters.
std::vector<uint64_t> word_hashes(const Article& article) {
  std::vector<uint64_t> hashes;
  std::string word;
  for (const Block& block : article.blocks()) {
    if (block.kind == BlockKind::kNoise || block.kind == BlockKind::kDateline) continue;
    for (const char c : article.view(block.span)) {
      if (is_word_byte(c)) {
        word += ascii_lower(c);
      } else if (!word.empty()) {
        hashes.push_back(hash64(word));
        word.clear();
      }
    }
    if (!word.empty()) hashes.push_back(hash64(word));
    word.clear();
  }
  return hashes;
}

uint64_t hash_of(std::span<const uint64_t> words) {
  return hash64(std::string_view(reinterpret_cast<const char*>(words.data()), words.size_bytes()));
}

/// Texts without a day come after all others and are near one another alone.
int32_t day_of(const ComparedText& text) { return text.day.value_or(std::numeric_limits<int32_t>::max()); }

}  // namespace

std::vector<uint64_t> shingles_of(const Article& article) {
  const std::vector<uint64_t> words = word_hashes(article);
  std::vector<uint64_t> kept;
  for (size_t i = 0; i + kShingleWords <= words.size(); ++i) {
    const uint64_t hash = hash_of(std::span(words).subspan(i, kShingleWords));
    if (hash % kOneIn == 0) kept.push_back(hash);
  }
  if (kept.empty()) kept.push_back(hash_of(words));
  std::ranges::sort(kept);
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  if (kept.size() > kMaxShingles) kept.resize(kMaxShingles);
  return kept;
}

// The one that shares most, of several the earliest.
TextGrouper::Shared TextGrouper::nearest(const ComparedText& compared) const {
  std::unordered_map<uint32_t, size_t> counts;
  Shared best;
  for (const uint64_t shingle : compared.shingles) {
    const auto found = by_shingle_.find(shingle);
    if (found == by_shingle_.end()) continue;
    for (const uint32_t leader : found->second) {
      if (leaders_[leader].day < day_of(compared) - kCopyDays) continue;
      const size_t count = ++counts[leader];
      if (count > best.count || (count == best.count && leader < best.leader)) best = {leader, count};
    }
  }
  return best;
}

uint32_t TextGrouper::place(uint32_t text, const ComparedText& compared) {
  if (const Shared best = nearest(compared); best.count > 0) {
    const size_t shorter = std::min(compared.shingles.size(), leaders_[best.leader].shingles);
    const size_t needed = std::max(static_cast<size_t>(kSharedShare * static_cast<double>(shorter)), std::min(kLeastShared, shorter));
    if (best.count >= needed) return leaders_[best.leader].text;
  }
  lead(text, compared);
  return text;
}

void TextGrouper::lead(uint32_t text, const ComparedText& compared) {
  const auto number = static_cast<uint32_t>(leaders_.size());
  leaders_.push_back({.text = text, .day = day_of(compared), .shingles = compared.shingles.size()});
  for (const uint64_t shingle : compared.shingles) {
    std::vector<uint32_t>& latest = by_shingle_[shingle];
    if (latest.size() == kMaxTextsOfShingle) latest.erase(latest.begin());
    latest.push_back(number);
  }
}

std::vector<uint32_t> group_texts(std::span<const ComparedText> texts) {
  std::vector<uint32_t> groups;
  groups.reserve(texts.size());
  TextGrouper grouper;
  for (uint32_t text = 0; text < texts.size(); ++text) groups.push_back(grouper.place(text, texts[text]));
  return groups;
}

}  // namespace casus
