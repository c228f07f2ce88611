#include "article/export/export_document.h"

#include <algorithm>

#include "base/text.h"

namespace casus {
namespace {

constexpr size_t kMaxAuthors = 20;

std::string_view without_by(std::string_view text) {
  text = trim(text);
  if (text.size() > 3 && equals_ignoring_ascii_case(text.substr(0, 2), "by") && text[2] == ' ') return trim(text.substr(3));
  return text;
}

/// A name has two words at least, the first and last of them with a capital.
bool looks_like_name(std::string_view text) {
  constexpr size_t kMaxNameWords = 6;
  const std::vector<std::string_view> words = split_words(text);
  const auto begins_like_name = [](std::string_view word) { return !is_ascii_lower(word.front()) && !is_ascii_digit(word.front()); };
  return words.size() >= 2 && words.size() <= kMaxNameWords && begins_like_name(words.front()) && begins_like_name(words.back());
}

void add_author(std::string_view name, std::vector<std::string>& authors) {
  name = trim(name);
  while (name.ends_with('.') || name.ends_with(',') || name.ends_with(';')) name.remove_suffix(1);
  if (!name.empty() && authors.size() < kMaxAuthors && std::ranges::find(authors, name) == authors.end()) authors.emplace_back(name);
}

/// "Doe, Jane", as catalogues put it.
void add_turned_name(std::string_view name, std::vector<std::string>& authors) {
  const size_t comma = name.find(',');
  if (comma == std::string_view::npos) return add_author(name, authors);
  const std::string_view given = trim(name.substr(comma + 1, name.find(',', comma + 1) - comma - 1));
  add_author(std::string(given) + ' ' + std::string(trim(name.substr(0, comma))), authors);
}

/// The pieces of a byline between joiners ("and", "&").
std::vector<std::string> split_at_joiners(std::string_view text, const PageWords& words) {
  std::vector<std::string> pieces(1);
  for (const std::string_view word : split_words(text)) {
    if (words.is_joiner(word)) {
      pieces.emplace_back();
    } else {
      if (!pieces.back().empty()) pieces.back() += ' ';
      pieces.back() += word;
    }
  }
  return pieces;
}

}  // namespace

bool ExportLine::is_blank() const { return trim(text).empty(); }

void ExportedArticle::leave_out(std::string_view line) {
  if (!trim(line).empty()) left_out.push_back({.text = std::string(trim(line)), .reason = "export-field"});
}

void ExportedArticle::add_text(std::string_view line) {
  if (text.empty() && trim(line).empty()) return;
  text += line;
  text += '\n';
}

void ExportedArticle::take(ExportField field, std::string_view label, std::string_view value, uint64_t line) {
  const auto fill = [&](std::string& into) {
    if (into.empty() && !value.empty()) {
      into = value;
    } else {
      leave_out(std::string(label) + ' ' + std::string(value));
    }
  };
  switch (field) {
    case ExportField::kId: return fill(id);
    case ExportField::kTitle: return fill(title);
    case ExportField::kOutlet: return fill(outlet);
    case ExportField::kPlace: return fill(place);
    case ExportField::kUrl: return fill(url);
    case ExportField::kDate:
      if (date.empty()) date_line = line;
      return fill(date);
    case ExportField::kText: return add_text(value);
    case ExportField::kAbstract:
      if (!abstract.empty()) abstract += '\n';
      abstract += value;
      return;
    case ExportField::kAuthor:
    case ExportField::kLength:
    case ExportField::kNone: leave_out(std::string(label) + ' ' + std::string(value));
  }
}

std::vector<std::string> split_authors(std::string_view byline, const PageWords& words) {
  std::vector<std::string> authors;
  byline = without_by(byline);
  const std::vector<std::string_view> by_semicolon = split(byline, ';');
  const size_t comma = byline.find(',');
  // "Doe, Jane": a family name alone stands before the comma.
  const bool turned = comma != std::string_view::npos && !looks_like_name(byline.substr(0, comma));
  if (by_semicolon.size() > 1 || turned) {
    for (const std::string_view name : by_semicolon) {
      const std::string_view bare = without_by(name);
      const bool turned_name = bare.find(',') != std::string_view::npos && !looks_like_name(bare.substr(0, bare.find(',')));
      turned_name ? add_turned_name(bare, authors) : add_author(bare.substr(0, bare.find(',')), authors);
    }
    return authors;
  }
  const std::vector<std::string> joined = split_at_joiners(byline, words);
  for (const std::string& piece : joined) {
    // Without a joiner what stands behind the comma is an office or a place: "Jane Doe, Foreign Correspondent".
    const std::vector<std::string_view> names = split(piece, ',');
    for (size_t i = 0; i < (joined.size() > 1 ? names.size() : 1); ++i) {
      const std::string_view name = names[i].substr(0, std::min(names[i].find(" in "), names[i].find(" at ")));
      if (i == 0 || looks_like_name(name)) add_author(name, authors);
    }
  }
  return authors;
}

std::optional<Day> leading_day(std::string_view line, const PageWords& page_words) {
  constexpr size_t kMaxDateLineBytes = 200;
  line = trim(line);
  if (line.empty() || line.size() > kMaxDateLineBytes) return std::nullopt;
  if (const std::optional<Day> day = read_publication_day(line, &page_words)) return day;
  const std::optional<WrittenDate> date = read_date(split_words(line), page_words);
  return date ? date->day : std::nullopt;
}

}  // namespace casus
