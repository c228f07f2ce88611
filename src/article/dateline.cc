#include "article/dateline.h"

#include <algorithm>
#include <span>
#include <vector>

#include "article/sentence_end.h"
#include "base/text.h"

namespace casus {
namespace {

/// Long enough for two places, a date and two agencies.
constexpr size_t kMaxDatelineBytes = 120;
constexpr size_t kMaxPlaceWords = 4;
constexpr size_t kMaxPlaceParts = 3;
constexpr std::string_view kDashes[] = {"--", "-", "\u2013", "\u2014", "\u2015", "\u2012", "\u2212"};

size_t dash_at(std::string_view text, size_t position) {
  if (text[position] != '-' && text[position] != '\xE2') return 0;  // what all dashes begin with
  for (const std::string_view dash : kDashes) {
    if (text.substr(position).starts_with(dash)) return dash.size();
  }
  return 0;
}

size_t skip_spaces(std::string_view text, size_t position) {
  const std::string_view rest = text.substr(position), trimmed = trim(rest);
  return trimmed.empty() ? text.size() : static_cast<size_t>(trimmed.data() - text.data());
}

/// Where the head ends and the running text begins, for one way to set a dateline off.
struct Cut {
  size_t head_end = 0;
  size_t end = 0;
  size_t body = 0;
  bool is_dash = true;
  bool is_colon = false;
};

/// Behind the first bracket that closes, with the dash or colon that may follow.
std::optional<Cut> cut_behind_bracket(std::string_view text) {
  const size_t close = text.substr(0, kMaxDatelineBytes).find(')');
  if (close == std::string_view::npos) return std::nullopt;
  size_t end = close + 1;
  const size_t mark = skip_spaces(text, end);
  const size_t length = mark < text.size() && text[mark] == ':' ? 1 : mark < text.size() ? dash_at(text, mark) : 0;
  if (length > 0) end = mark + length;
  return Cut{.head_end = close + 1, .end = end, .body = skip_spaces(text, end), .is_dash = length > 0};
}

/// Behind an agency between slashes, as the Russian one writes itself: "MOSCOW, February 2. /TASS/."
std::optional<Cut> cut_behind_slashes(std::string_view text) {
  const std::string_view start = text.substr(0, kMaxDatelineBytes);
  const size_t open = start.find('/');
  const size_t close = open == std::string_view::npos ? open : start.find('/', open + 1);
  if (close == std::string_view::npos || (open > 0 && start[open - 1] != ' ')) return std::nullopt;
  size_t end = close + 1;
  if (end < text.size() && text[end] == '.') ++end;
  const size_t mark = skip_spaces(text, end);
  const size_t length = mark < text.size() ? dash_at(text, mark) : 0;
  if (length > 0) end = mark + length;
  return Cut{.head_end = close + 1, .end = end, .body = skip_spaces(text, end), .is_dash = length > 0};
}

/// At the first dash with white space around it.
std::optional<Cut> cut_at_dash(std::string_view text) {
  const std::string_view start = text.substr(0, kMaxDatelineBytes);
  for (size_t position = 1; position < start.size(); ++position) {
    const size_t length = dash_at(text, position);
    if (length == 0) continue;
    const size_t body = skip_spaces(text, position + length);
    const bool spaced = trim(text.substr(0, position)).size() < position && body > position + length;
    if (spaced && body < text.size()) return Cut{.head_end = position, .end = position + length, .body = body};
    position += length - 1;
  }
  return std::nullopt;
}

/// At a colon behind the first words.
std::optional<Cut> cut_at_colon(std::string_view text) {
  const size_t colon = text.substr(0, kMaxDatelineBytes).find(':');
  if (colon == std::string_view::npos || colon + 1 >= text.size()) return std::nullopt;
  const size_t body = skip_spaces(text, colon + 1);
  if (body == colon + 1 || body >= text.size()) return std::nullopt;
  return Cut{.head_end = colon, .end = colon + 1, .body = body, .is_dash = false, .is_colon = true};
}

struct Head {
  std::vector<std::string_view> parts{};  ///< of the place, between commas
  std::string_view place{};
  std::string agency{};
  bool dated = false;
  bool agency_known = false;
};

/// What the words of a head are compared with.
struct Page {
  const PageWords* words = nullptr;
  std::string_view outlet{};
};

bool is_all_capitals(std::string_view text) {
  return std::ranges::count_if(text, is_ascii_upper) >= 2 && std::ranges::none_of(text, is_ascii_lower);
}

/// Letters, and what else stands in names of places.
bool has_place_letters(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return is_ascii_alpha(c) || static_cast<unsigned char>(c) >= 0x80 || c == ' ' || c == '.' || c == '\'' || c == '-' || c == '/';
  });
}

bool is_place_part(std::string_view part, const PageWords* page_words) {
  const std::vector<std::string_view> words = split_words(part);
  if (words.empty() || words.size() > kMaxPlaceWords || !has_place_letters(part)) return false;
  return std::ranges::all_of(words, [&](std::string_view word) {
    return !is_ascii_lower(word.front()) || (page_words != nullptr && (page_words->is_particle(word) || page_words->is_joiner(word)));
  });
}

/// "Meridian Wire": how an agency that no list has would be written.
bool looks_like_agency(std::string_view name) {
  const std::vector<std::string_view> words = split_words(name);
  constexpr size_t kMaxAgencyWords = 4;
  return !words.empty() && words.size() <= kMaxAgencyWords &&
         std::ranges::all_of(words, [](std::string_view word) { return is_ascii_upper(word.front()); });
}

/// Takes a list of agencies in brackets off the end of `text`; false if the brackets hold something else.
bool take_agency(std::string_view& text, Head& head, const Page& page) {
  const bool slashes = text.size() > 1 && text.ends_with('/');
  if (!slashes && !text.ends_with(')')) return true;
  const size_t open = slashes ? text.rfind('/', text.size() - 2) : text.rfind('(');
  if (open == std::string_view::npos || page.words == nullptr) return false;
  std::string_view names = text.substr(open + 1, text.size() - open - 2);
  text = trim(text.substr(0, open));
  head.agency_known = true;
  while (!names.empty()) {
    const size_t end = std::min(names.find_first_of(",/"), names.size());
    const std::string_view name = trim(names.substr(0, end));
    if (!looks_like_agency(name) && !page.words->is_agency(name)) return false;
    head.agency_known = head.agency_known && (page.words->is_agency(name) || equals_ignoring_ascii_case(name, page.outlet));
    if (head.agency.empty()) head.agency = name;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return !head.agency.empty();
}

bool is_year(std::string_view part) { return part.size() == 4 && std::ranges::all_of(part, is_ascii_digit); }

/// Takes dates off the end of the parts.
bool take_dates(std::vector<std::string_view>& parts, const PageWords* page_words) {
  bool dated = false;
  while (!parts.empty() && page_words != nullptr) {
    const std::vector<std::string_view> words = split_words(parts.back());
    const std::optional<WrittenDate> date = read_date(words, *page_words);
    const bool whole = date && date->words == words.size();
    if (!whole && !is_year(parts.back())) break;
    dated = dated || whole;
    parts.pop_back();
  }
  return dated;
}

/// "MOSCOW. Feb 2", where a full stop stands for the comma before the date.
void split_off_date(std::vector<std::string_view>& parts, const PageWords* page_words) {
  if (parts.empty() || page_words == nullptr) return;
  const std::string_view last = parts.back();
  const size_t stop = last.find(". ");
  if (stop == std::string_view::npos) return;
  const std::string_view rest = trim(last.substr(stop + 1));
  const std::vector<std::string_view> words = split_words(rest);
  const std::optional<WrittenDate> date = read_date(words, *page_words);
  if (!date || date->words != words.size()) return;
  parts.back() = trim(last.substr(0, stop));
  parts.push_back(rest);
}

std::optional<Head> read_head(std::string_view head, const Page& page) {
  Head result;
  head = trim(head);
  if (!take_agency(head, result, page)) return std::nullopt;
  if (head.ends_with(',')) head = trim(head.substr(0, head.size() - 1));
  if (head.empty()) return result;
  result.parts = split(head, ',');
  for (std::string_view& part : result.parts) part = trim(part);
  split_off_date(result.parts, page.words);
  result.dated = take_dates(result.parts, page.words);
  if (result.parts.size() > kMaxPlaceParts) return std::nullopt;
  if (!std::ranges::all_of(result.parts, [&](std::string_view part) { return is_place_part(part, page.words); })) return std::nullopt;
  if (!result.parts.empty()) {
    const std::string_view last = result.parts.back();
    result.place = head.substr(0, static_cast<size_t>(last.data() + last.size() - head.data()));
  }
  return result;
}

bool never_a_place(std::string_view part, const PageWords* page_words) {
  return page_words != nullptr && page_words->is_never_place(split_words(part).front());
}

/// Whether a head is one, given what sets it off: the less it says, the more its form has to.
bool is_believable(const Head& head, const Cut& cut, bool first, const PageWords* page_words) {
  if (head.agency_known) return head.parts.empty() || cut.is_dash || first;
  if (head.parts.empty() || never_a_place(head.parts.front(), page_words)) return false;
  const bool capitals = is_all_capitals(head.parts.front());
  if (!head.agency.empty()) return capitals && cut.is_dash;
  if (head.dated && (cut.is_dash || cut.is_colon)) return capitals || first;
  constexpr size_t kMinLetters = 3;
  if (!first || head.parts.front().size() < kMinLetters) return false;
  if (cut.is_colon && page_words != nullptr && page_words->is_dateline_city(head.parts.front())) return true;
  return capitals ? true : cut.is_dash && head.parts.size() > 1;
}

std::optional<Dateline> try_cut(std::string_view text, const std::optional<Cut>& cut, bool first, const Page& page) {
  if (!cut || cut->body >= text.size() || !begins_sentence(text.substr(cut->body))) return std::nullopt;
  const std::optional<Head> head = read_head(text.substr(0, cut->head_end), page);
  if (!head || !is_believable(*head, *cut, first, page.words)) return std::nullopt;
  return Dateline{.end = cut->end, .body = cut->body, .place = std::string(head->place), .agency = head->agency};
}

}  // namespace

std::optional<Dateline> find_dateline(std::string_view paragraph, DatelineSetting setting, const PageWords* page_words) {
  const Page page{page_words, setting.outlet};
  if (std::optional<Dateline> found = try_cut(paragraph, cut_behind_bracket(paragraph), setting.first, page)) return found;
  if (std::optional<Dateline> found = try_cut(paragraph, cut_behind_slashes(paragraph), setting.first, page)) return found;
  if (std::optional<Dateline> found = try_cut(paragraph, cut_at_dash(paragraph), setting.first, page)) return found;
  if (!setting.first || !setting.colon) return std::nullopt;
  return try_cut(paragraph, cut_at_colon(paragraph), setting.first, page);
}

bool begins_with_label(std::string_view line) {
  const std::optional<Cut> cut = cut_at_colon(line);
  return cut && is_all_capitals(line.substr(0, cut->head_end));
}

}  // namespace casus
