#include "evaluation/words.h"

#include <algorithm>
#include <iterator>

#include "base/utf8.h"
#include "language/strings.h"
#include "language/unicode.h"

namespace casus {
namespace {

template <class Take>
void for_each_word(std::string_view text, Take take) {
  size_t begin = 0;
  bool in_word = false;
  for (size_t at = 0; at < text.size();) {
    const size_t here = at;
    const bool is_word = (unicode::flags(decode_utf8(text, at)) & unicode::kWord) != 0;
    if (is_word && !in_word) begin = here;
    if (!is_word && in_word) take(text.substr(begin, here - begin));
    in_word = is_word;
  }
  if (in_word) take(text.substr(begin));
}

void make_set(IdSet& ids) {
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
}

}  // namespace

uint32_t Vocabulary::id(std::string_view text) {
  if (const auto found = ids_.find(text); found != ids_.end()) return found->second;
  const auto next = static_cast<uint32_t>(ids_.size());
  ids_.emplace(text, next);
  return next;
}

IdSet Vocabulary::ids(const std::vector<std::string>& texts) {
  IdSet set;
  for (const std::string& text : texts) set.push_back(id(text));
  make_set(set);
  return set;
}

IdBag Vocabulary::words(std::string_view text) {
  IdBag bag;
  for_each_word(lower_case(text), [&](std::string_view word) { bag.push_back(id(word)); });
  std::ranges::sort(bag);
  return bag;
}

IdSet Vocabulary::lemmas(std::string_view text) {
  IdSet set;
  for_each_word(lower_case(text), [&](std::string_view word) { set.push_back(id(scheme_.lemma(word))); });
  make_set(set);
  return set;
}

IdSet Vocabulary::content(std::string_view text) {
  IdSet set;
  for_each_word(lower_case(text), [&](std::string_view word) {
    if (!scheme_.is_small(word)) set.push_back(id(word));
  });
  make_set(set);
  return set;
}

size_t count_words(std::string_view text) {
  size_t count = 0;
  for_each_word(text, [&](std::string_view /*word*/) { ++count; });
  return count;
}

size_t common(const IdBag& a, const IdBag& b) {
  size_t count = 0;
  auto left = a.begin();
  auto right = b.begin();
  while (left != a.end() && right != b.end()) {
    if (*left == *right) {
      ++count;
      ++left;
      ++right;
    } else if (*left < *right) {
      ++left;
    } else {
      ++right;
    }
  }
  return count;
}

double dice(const IdBag& a, const IdBag& b) {
  const size_t words = a.size() + b.size();
  return words == 0 ? 0 : static_cast<double>(2 * common(a, b)) / static_cast<double>(words);
}

bool alike(const IdSet& a, const IdSet& b) {
  const size_t both = common(a, b);
  return 2 * both >= a.size() + b.size() - both;
}

bool is_part_of(const IdSet& a, const IdSet& b) { return std::ranges::includes(b, a); }

IdSet intersection(const IdSet& a, const IdSet& b) {
  IdSet both;
  std::ranges::set_intersection(a, b, std::back_inserter(both));
  return both;
}

}  // namespace casus
