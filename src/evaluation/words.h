#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "evaluation/scheme.h"
#include "lexicon/words.h"

namespace casus {

/// Ids of strings, ascending. A bag has an id as often as the word stands in the text, a set once.
using IdBag = std::vector<uint32_t>;
using IdSet = std::vector<uint32_t>;

/// Gives strings numbers, so that texts are compared by them.
/// Threads: one at a time.
class Vocabulary {
 public:
  explicit Vocabulary(const EvaluationScheme& scheme) : scheme_(scheme) {}

  [[nodiscard]] uint32_t id(std::string_view text);
  [[nodiscard]] IdSet ids(const std::vector<std::string>& texts);

  /// The words of a text: runs of letters, digits and "_", in lower case.
  [[nodiscard]] IdBag words(std::string_view text);
  [[nodiscard]] IdSet lemmas(std::string_view text);
  /// The words that may tell who is meant.
  [[nodiscard]] IdSet content(std::string_view text);

 private:
  const EvaluationScheme& scheme_;
  std::unordered_map<std::string, uint32_t, StringHash, std::equal_to<>> ids_{};
};

/// Number of words of a text, as Vocabulary::words has them.
[[nodiscard]] size_t count_words(std::string_view text);

/// How many elements two bags have in common, repeated ones as often as both have them.
[[nodiscard]] size_t common(const IdBag& a, const IdBag& b);

/// Share of the words that two texts have in common (Dice), 0 to 1; 0 for two empty ones.
[[nodiscard]] double dice(const IdBag& a, const IdBag& b);

/// Whether two sets share at least half of all that they have (Jaccard); an empty one is like an empty one only.
[[nodiscard]] bool alike(const IdSet& a, const IdSet& b);

/// Whether every element of `a` is in `b`.
[[nodiscard]] bool is_part_of(const IdSet& a, const IdSet& b);

[[nodiscard]] IdSet intersection(const IdSet& a, const IdSet& b);

}  // namespace casus
