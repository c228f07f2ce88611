#include "crisis/text_groups.h"

#include <algorithm>
#include <unordered_map>

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

/// How many earlier leaders share how many shingles, the one with most first.
struct Shared {
  uint32_t leader = 0;
  size_t count = 0;
};

Shared nearest(const std::vector<uint64_t>& own, const std::unordered_map<uint64_t, std::vector<uint32_t>>& leaders) {
  std::unordered_map<uint32_t, size_t> counts;
  Shared best;
  for (const uint64_t shingle : own) {
    const auto found = leaders.find(shingle);
    if (found == leaders.end()) continue;
    for (const uint32_t leader : found->second) {
      const size_t count = ++counts[leader];
      if (count > best.count || (count == best.count && leader < best.leader)) best = {leader, count};
    }
  }
  return best;
}

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

std::vector<uint32_t> group_texts(std::span<const std::vector<uint64_t>> shingles) {
  std::vector<uint32_t> groups(shingles.size());
  std::unordered_map<uint64_t, std::vector<uint32_t>> leaders;
  for (uint32_t text = 0; text < shingles.size(); ++text) {
    const std::vector<uint64_t>& own = shingles[text];
    const Shared best = nearest(own, leaders);
    const size_t shorter = best.count == 0 ? 0 : std::min(own.size(), shingles[best.leader].size());
    const size_t needed = std::max(static_cast<size_t>(kSharedShare * static_cast<double>(shorter)), std::min(kLeastShared, shorter));
    if (best.count > 0 && best.count >= needed) {
      groups[text] = best.leader;
      continue;
    }
    groups[text] = text;
    for (const uint64_t shingle : own) {
      std::vector<uint32_t>& texts = leaders[shingle];
      if (texts.size() < kMaxTextsOfShingle) texts.push_back(text);
    }
  }
  return groups;
}

}  // namespace casus
