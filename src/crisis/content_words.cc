#include "crisis/content_words.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "lexicon/table_file.h"

namespace casus {
namespace {

constexpr double kPerThousand = 1000;
constexpr double kRare = 0.5;        // of a thousand sentences hold a stem that is not in the table, at most
constexpr double kSaysNothing = 20;  // from so many on

bool is_letter_byte(char c) { return is_ascii_alpha(c) || static_cast<unsigned char>(c) >= 0x80; }

/// Calls `take` with the hash of each stem.
template <class Take>
void each_stem(std::string_view text, Take take) {
  std::string word;
  const auto finish = [&] {
    if (word.size() >= kLeastLetters) take(hash64(std::string_view(word).substr(0, kStemLetters)));
    word.clear();
  };
  for (const char c : text) {
    if (is_letter_byte(c))
      word += ascii_lower(c);
    else
      finish();
  }
  finish();
}

std::optional<double> positive_number(std::string_view text) {
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_whole = result.ec == std::errc() && result.ptr == text.data() + text.size();
  return is_whole && value > 0 && value <= kPerThousand ? std::optional(value) : std::nullopt;
}

}  // namespace

Result<ContentWords> ContentWords::load(const std::filesystem::path& file) {
  Result<std::string> content = read_file(file, kMaxDataFileBytes);
  if (!content) return std::move(content).error();
  const Result<Table> table = Table::parse(*std::move(content), file.string(), {"stem", "per_thousand"});
  if (!table) return table.error();
  ContentWords words;
  for (size_t row = 0; row < table->size(); ++row) {
    const std::string text(table->cell(row, "per_thousand"));
    const std::optional<double> count = positive_number(text);
    if (!count) return table->error(row, "per_thousand " + text + " is not between 0 and 1000", "give sentences of a thousand");
    words.weights_.emplace(hash64(table->cell(row, "stem")), std::max(0.0, std::log(kSaysNothing / *count)));
  }
  return words;
}

TextStems ContentWords::stems_of(std::string_view text, const std::vector<std::string_view>& names) const {
  std::vector<uint64_t> named, hashes;
  for (const std::string_view name : names) each_stem(name, [&](uint64_t hash) { named.push_back(hash); });
  each_stem(text, [&](uint64_t hash) {
    if (std::ranges::find(named, hash) == named.end()) hashes.push_back(hash);
  });
  std::ranges::sort(hashes);
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  TextStems found;
  found.stems.reserve(hashes.size());
  for (const uint64_t hash : hashes) {
    const auto common = weights_.find(hash);
    found.stems.push_back({.hash = hash, .weight = common == weights_.end() ? std::log(kSaysNothing / kRare) : common->second});
    found.weight += found.stems.back().weight;
  }
  return found;
}

double common_weight(const TextStems& a, const TextStems& b) {
  double common = 0;
  for (auto one = a.stems.begin(), other = b.stems.begin(); one != a.stems.end() && other != b.stems.end();) {
    if (one->hash == other->hash) common += one->weight;
    const bool move_one = one->hash <= other->hash, move_other = other->hash <= one->hash;
    if (move_one) ++one;
    if (move_other) ++other;
  }
  return common;
}

}  // namespace casus
