#include "article/record_text.h"

#include <algorithm>
#include <unordered_map>

#include "article/html/html_text.h"
#include "base/text.h"

namespace casus {
namespace {

constexpr size_t kMaxTagBytes = 12;
constexpr size_t kMaxEntityBytes = 10;
constexpr size_t kLookedAtBytes = 100'000;  ///< a text that has no tag so far is no HTML
constexpr size_t kMaxTeaserEndBytes = 60;

/// The name of the tag at `at`, in small letters; "" if there is none: "<p>", "</div>", "<br/>", "<a href".
std::string tag_name(std::string_view text, size_t at) {
  size_t begin = at + 1;
  if (begin < text.size() && text[begin] == '/') ++begin;
  size_t end = begin;
  while (end < text.size() && end - begin <= kMaxTagBytes && (is_ascii_alpha(text[end]) || is_ascii_digit(text[end]))) ++end;
  const bool closed = end < text.size() && std::string_view("> \t\r\n/").find(text[end]) != std::string_view::npos;
  return closed ? ascii_lowered(text.substr(begin, end - begin)) : std::string();
}

bool has_tag(std::string_view text, const RecordColumns& columns) {
  text = text.substr(0, kLookedAtBytes);
  for (size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    if (columns.is_markup(tag_name(text, at)) && text.find('>', at) != std::string_view::npos) return true;
  }
  return false;
}

bool is_entity(std::string_view text, size_t at) {
  const size_t end = text.find(';', at);
  if (end == std::string_view::npos || end - at < 3 || end - at > kMaxEntityBytes) return false;
  const std::string_view name = text.substr(at + 1, end - at - 1);
  return std::ranges::all_of(name.substr(name.front() == '#' ? 1 : 0), [](char c) { return is_ascii_alpha(c) || is_ascii_digit(c); });
}

bool has_entity(std::string_view text) {
  for (size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
    if (is_entity(text, at)) return true;
  }
  return false;
}

bool is_page(std::string_view text) {
  const std::string start = ascii_lowered(trim(text).substr(0, 15));
  return start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<head>");
}

/// What an entity stands for. It stands between letters, so that one that is white space is not lost at an end.
std::string decode_entity(std::string_view entity) {
  const std::string decoded = html_to_text(std::string("x").append(entity).append("x"));
  const bool sound = decoded.size() > 2 && decoded.front() == 'x' && decoded.back() == 'x';
  return sound ? decoded.substr(1, decoded.size() - 2) : std::string(entity);
}

/// Entities alone: what looks like a tag, line ends and blanks are text here.
std::string decode_entities(std::string_view text) {
  std::unordered_map<std::string, std::string> known;
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t entity = std::min(text.find('&', at), text.size());
    out += text.substr(at, entity - at);
    at = entity;
    if (at == text.size()) break;
    const size_t size = is_entity(text, at) ? text.find(';', at) + 1 - at : 1;
    std::string name(text.substr(at, size));
    const auto found = known.find(name);
    out += size == 1 ? name : found != known.end() ? found->second : known.emplace(name, decode_entity(name)).first->second;
    at += size;
  }
  return out;
}

/// Whether `text` ends in `end`, # standing for figures; where it begins, else npos.
size_t ends_in(std::string_view text, std::string_view end) {
  size_t at = text.size();
  for (size_t i = end.size(); i-- > 0;) {
    if (end[i] == '#') {
      const size_t before = at;
      while (at > 0 && is_ascii_digit(text[at - 1])) --at;
      if (at == before) return std::string_view::npos;
    } else {
      if (at == 0 || ascii_lower(text[at - 1]) != end[i]) return std::string_view::npos;
      --at;
    }
  }
  return at;
}

}  // namespace

TextMarkup find_markup(std::string_view text, const RecordColumns& columns) {
  if (is_page(text)) return TextMarkup::kPage;
  if (has_tag(text, columns)) return TextMarkup::kFragment;
  return has_entity(text) ? TextMarkup::kEntities : TextMarkup::kNone;
}

std::string without_markup(std::string_view text, TextMarkup markup) {
  if (markup == TextMarkup::kNone) return std::string(text);
  return markup == TextMarkup::kEntities ? decode_entities(text) : html_to_text(text);
}

std::string plain_line(std::string_view text, const RecordColumns& columns) {
  std::string line;
  const std::string plain = without_markup(text, find_markup(text, columns));
  for (const std::string_view word : split_words(plain)) line.append(line.empty() ? "" : " ").append(word);
  return line;
}

size_t find_teaser_end(std::string_view text, const RecordColumns& columns) {
  const std::string_view trimmed = trim(text);
  if (trimmed.empty()) return std::string_view::npos;
  const size_t size = static_cast<size_t>(trimmed.data() - text.data()) + trimmed.size();
  const size_t skipped = size > kMaxTeaserEndBytes ? size - kMaxTeaserEndBytes : 0;
  for (const std::string& end : columns.teaser_ends()) {
    const size_t at = ends_in(text.substr(skipped, size - skipped), end);
    if (at != std::string_view::npos) return skipped + at;
  }
  return std::string_view::npos;
}

}  // namespace casus
