#include "article/word_template.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace casus {
namespace {

constexpr size_t kMaxItems = 32;
constexpr size_t kMaxNameWords = 5;
constexpr size_t kMaxNamesWords = 24;
constexpr size_t kMaxAgencyWords = 16;

/// A capital, or a letter that ASCII does not have: which of those are capitals would take tables.
bool begins_like_name(std::string_view word) {
  return !word.empty() && (is_ascii_upper(word.front()) || static_cast<unsigned char>(word.front()) >= 0x80);
}

std::string_view without_end(std::string_view word, std::string_view ends) {
  while (!word.empty() && ends.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  return word;
}

std::string_view without_start(std::string_view word, std::string_view starts) {
  while (!word.empty() && starts.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
  return word;
}

/// Whether a number has nothing but digits and what stands between them, behind the dots that pages put before it.
bool is_number(std::string_view word) {
  const size_t first = word.find_first_of("0123456789");
  if (first == std::string_view::npos) return false;
  if (std::ranges::any_of(word.substr(0, first), is_ascii_alpha)) return false;
  return word.find_first_not_of("0123456789.,", first) == std::string_view::npos;
}

/// "ar/sms", "bur-dw/kjm": the marks of those who wrote and edited.
bool is_initials(std::string_view word, bool need_slash) {
  constexpr size_t kMaxBytes = 24;
  if (word.size() > kMaxBytes || word.empty() || !is_ascii_lower(word.front())) return false;
  const auto fits = [](char c) { return is_ascii_lower(c) || c == '/' || c == '-' || c == ','; };
  return std::ranges::all_of(word, fits) && (!need_slash || word.find('/') != std::string_view::npos);
}

/// "LBA0000020220210ei2a003x5": the number under which a database keeps an article.
bool is_accession_code(std::string_view word) {
  constexpr ptrdiff_t kMinDigits = 6;
  constexpr size_t kMinBytes = 12;
  const auto fits = [](char c) { return is_ascii_alpha(c) || is_ascii_digit(c); };
  return word.size() >= kMinBytes && std::ranges::all_of(word, fits) && std::ranges::any_of(word, is_ascii_alpha) &&
         std::ranges::count_if(word, is_ascii_digit) >= kMinDigits;
}

/// Whether words [0, n) are a list of agencies, with or without brackets: "(AFP, AP, Reuters)", "Reuters/AP".
bool are_agencies(std::span<const std::string_view> words, const PageWords& page_words) {
  std::string name;
  const auto take_name = [&] { return page_words.is_agency(std::exchange(name, {})); };
  for (const std::string_view word : words) {
    if (page_words.is_joiner(word)) {
      if (!take_name()) return false;
      continue;
    }
    const std::string_view bare = without_end(without_start(word, "("), ").,;");
    const std::vector<std::string_view> parts = split(bare, '/');
    for (size_t i = 0; i < parts.size(); ++i) {
      if (i > 0 && !take_name()) return false;
      if (!name.empty()) name += ' ';
      name += parts[i];
    }
    const bool list_goes_on = word.ends_with(',') || word.ends_with(';');
    if (list_goes_on && !take_name()) return false;
  }
  return name.empty() || take_name();
}

/// How many words at the beginning are the outlet's name; 0 if they are not.
size_t outlet_words(std::span<const std::string_view> words, std::string_view outlet) {
  const std::vector<std::string_view> name = split_words(outlet);
  if (name.empty() || name.size() > words.size()) return 0;
  const auto same = [](std::string_view word, std::string_view part) {
    return equals_ignoring_ascii_case(word, part) || equals_ignoring_ascii_case(without_end(word, ".,:"), part);
  };
  return std::ranges::equal(words.first(name.size()), name, same) ? name.size() : 0;
}

}  // namespace

bool WordTemplate::is_separator_word(std::string_view word) {
  constexpr std::string_view kSeparators[] = {"-", "--",     "\u2013", "\u2014", "\u2015", "|",
                                              "/", "\u00B7", "\u2022", ">",      "\u203A", "\u00BB"};
  constexpr size_t kMaxBytes = 3;
  if (word.size() > kMaxBytes || word.empty() || is_ascii_alpha(word.front())) return false;
  return std::ranges::find(kSeparators, word) != std::end(kSeparators);
}

std::optional<WordTemplate::Gap> WordTemplate::gap_of(std::string_view name) {
  constexpr std::pair<std::string_view, Gap> kGaps[] = {{"...", Gap::kAny},
                                                        {"{number}", Gap::kNumber},
                                                        {"{name}", Gap::kName},
                                                        {"{names}", Gap::kNames},
                                                        {"{agencies}", Gap::kAgencies},
                                                        {"{outlet}", Gap::kOutlet},
                                                        {"{initials}", Gap::kInitials},
                                                        {"{desk}", Gap::kDesk},
                                                        {"{handle}", Gap::kHandle},
                                                        {"{date}", Gap::kDate},
                                                        {"{time}", Gap::kTime},
                                                        {"{code}", Gap::kCode}};
  const auto* found = std::ranges::find(kGaps, name, &std::pair<std::string_view, Gap>::first);
  return found == std::end(kGaps) ? std::nullopt : std::optional(found->second);
}

Result<WordTemplate> WordTemplate::parse(std::string_view pattern) {
  WordTemplate result;
  const auto bad = [](std::string message) { return Error{.code = ErrorCode::kBadData, .message = std::move(message)}; };
  for (std::string_view word : split_words(pattern)) {
    if (is_separator_word(word)) continue;
    Item item;
    item.optional = word.size() > 1 && word.ends_with('?');
    if (item.optional) word.remove_suffix(1);
    if (const std::optional<Gap> gap = gap_of(word)) {
      item.gap = *gap;
    } else if (word.starts_with('{')) {
      return bad("unknown gap: " + std::string(word));
    } else {
      item.prefix = word.size() > 1 && word.ends_with('*');
      if (item.prefix) word.remove_suffix(1);
      item.word = ascii_lowered(word);
    }
    result.items_.push_back(std::move(item));
  }
  if (result.items_.empty()) return bad("the pattern is empty");
  if (result.items_.size() > kMaxItems) return bad("the pattern is over the limit of " + std::to_string(kMaxItems) + " words");
  const bool says_something = std::ranges::any_of(result.items_, [](const Item& item) { return item.gap != Gap::kAny && !item.optional; });
  if (!says_something) return bad("the pattern would fit everything");
  return result;
}

std::string_view WordTemplate::key() const {
  std::string_view longest;
  for (const Item& item : items_) {
    if (is_needed(item) && item.word.size() > longest.size()) longest = item.word;
  }
  return longest;
}

bool WordTemplate::fits_word(const Item& item, std::string_view word) {
  if (item.prefix) return word.size() >= item.word.size() && equals_ignoring_ascii_case(word.substr(0, item.word.size()), item.word);
  if (equals_ignoring_ascii_case(word, item.word)) return true;
  return equals_ignoring_ascii_case(without_end(word, ".,!"), item.word);
}

/// Whether a word that the wording needs is missing: the quick answer for nearly every line.
bool WordTemplate::lacks_a_word(std::span<const std::string_view> words) const {
  for (const Item& item : items_) {
    if (item.gap != Gap::kNone || item.optional) continue;
    const size_t last = &item == &items_.front() ? 1 : words.size();
    if (std::ranges::none_of(words.first(last), [&](std::string_view word) { return fits_word(item, word); })) return true;
  }
  return false;
}

/// Marks the positions behind `item` if it begins at word `begin`.
void WordTemplate::reach(const Item& item, std::span<const std::string_view> words, size_t begin, const LineContext& context,
                         std::vector<bool>& reached) {
  const PageWords& page_words = context.words;
  const std::span<const std::string_view> left = words.subspan(begin);
  const auto mark_if = [&](bool fits) {
    if (fits) reached[begin + 1] = true;
  };
  const auto mark_while = [&](size_t most, const auto& fits) {
    for (size_t i = 0; i < std::min(most, left.size()) && fits(left[i]); ++i) reached[begin + i + 1] = true;
  };
  if (item.gap == Gap::kAny) {
    std::fill(reached.begin() + static_cast<ptrdiff_t>(begin), reached.end(), true);
    return;
  }
  if (left.empty()) return;
  switch (item.gap) {
    case Gap::kNone: mark_if(fits_word(item, left[0])); break;
    case Gap::kNumber: mark_if(is_number(left[0])); break;
    case Gap::kCode: mark_if(is_accession_code(left[0])); break;
    case Gap::kInitials: mark_if(is_initials(left[0], false)); break;
    case Gap::kDesk: mark_if(is_initials(left[0], true)); break;
    case Gap::kHandle: mark_if(left[0].starts_with('@') || left[0].starts_with("(@")); break;
    case Gap::kName:
      if (begins_like_name(left[0]))
        mark_while(kMaxNameWords, [&](std::string_view word) { return begins_like_name(word) || page_words.is_particle(word); });
      break;
    case Gap::kNames:
      if (begins_like_name(left[0])) {
        mark_while(kMaxNamesWords, [&](std::string_view word) {
          return begins_like_name(word) || page_words.is_particle(word) || page_words.is_joiner(word);
        });
      }
      break;
    case Gap::kAgencies:
      for (size_t i = 1; i <= std::min(kMaxAgencyWords, left.size()); ++i) {
        if (are_agencies(left.first(i), page_words)) reached[begin + i] = true;
      }
      break;
    case Gap::kOutlet:
      if (const size_t count = outlet_words(left, context.outlet); count > 0) reached[begin + count] = true;
      break;
    case Gap::kDate:
      if (const std::optional<WrittenDate> date = read_date(left, page_words)) reached[begin + date->words] = true;
      break;
    case Gap::kTime:
      if (const size_t count = read_clock_time(left, page_words); count > 0) reached[begin + count] = true;
      break;
    case Gap::kAny: break;
  }
}

bool WordTemplate::matches(std::span<const std::string_view> words, const LineContext& context) const {
  if (words.empty() || lacks_a_word(words)) return false;
  std::vector<bool> reached(words.size() + 1), next;
  reached[0] = true;
  for (const Item& item : items_) {
    next.assign(words.size() + 1, false);
    for (size_t begin = 0; begin <= words.size(); ++begin) {
      if (!reached[begin]) continue;
      reach(item, words, begin, context, next);
      if (item.optional) next[begin] = true;
      if (item.gap == Gap::kAny) break;
    }
    reached.swap(next);
    if (std::ranges::none_of(reached, [](bool here) { return here; })) return false;
  }
  return reached[words.size()];
}

}  // namespace casus
