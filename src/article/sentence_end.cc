#include "article/sentence_end.h"

#include <algorithm>

#include "base/text.h"

namespace casus {
namespace {

constexpr std::string_view kClosingMarks[] = {"\"", "'", ")", "]", "\u201D", "\u2019", "\u00BB"};
constexpr std::string_view kSentenceEnds[] = {".", "!", "?", "\u2026"};

/// "Mr.", "U.S.": short, or with a full stop inside.
bool looks_abbreviated(std::string_view word) { return word.ends_with('.') && (word.size() <= 4 || word.find('.') != word.size() - 1); }

}  // namespace

std::string_view without_closing_marks(std::string_view text) {
  for (bool found = true; found;) {
    found = false;
    for (const std::string_view mark : kClosingMarks) {
      if (!text.ends_with(mark)) continue;
      text.remove_suffix(mark.size());
      found = true;
    }
  }
  return text;
}

bool ends_sentence(std::string_view text) {
  const std::string_view bare = without_closing_marks(text);
  return std::ranges::any_of(kSentenceEnds, [&](std::string_view end) { return bare.ends_with(end); });
}

bool has_inner_sentence_end(std::string_view text) {
  const std::vector<std::string_view> words = split_words(text);
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    if (ends_sentence(words[i]) && !looks_abbreviated(words[i]) && begins_sentence(words[i + 1])) return true;
  }
  return false;
}

bool begins_sentence(std::string_view text) {
  return !text.empty() && !is_ascii_lower(text.front()) && std::string_view(",.;:!?)-").find(text.front()) == std::string_view::npos;
}

}  // namespace casus
