#include "lexicon/name_fold.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

struct Letters {
  char32_t first;
  std::string_view plain;  ///< one letter a code point from `first` on; '.' keeps the code point as it is
};

/// Letters with marks whose plain form is one letter, by ranges of code points.
constexpr Letters kPlain[] = {
    {0xC0, "AAAAAA.CEEEEIIII.NOOOOO.OUUUUY..aaaaaa.ceeeeiiii.nooooo.ouuuuy.y"},
    {0x100,
     "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi..JjKk.LlLlLlLlLlNnNnNn...OoOoOo..RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZz"},
    {0x1CD, "AaIiOoUuUuUuUuUu"},
    {0x218, "SsTt"},
    {0x1E00,
     "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMmMmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVvWwWwW"
     "wWwWwXxXxYyZzZzZz"},
    {0x1EA0, "AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy"},
};

struct Spelling {
  char32_t letter;
  std::string_view plain;
};

/// Letters whose plain form is more than one letter, and letters of their own.
constexpr Spelling kSpelled[] = {{0xC6, "Ae"}, {0xD0, "D"},   {0xDE, "Th"},  {0xDF, "ss"},  {0xE6, "ae"},  {0xF0, "d"},
                                 {0xFE, "th"}, {0x132, "IJ"}, {0x133, "ij"}, {0x152, "Oe"}, {0x153, "oe"}, {0x18F, "A"},
                                 {0x1A0, "O"}, {0x1A1, "o"},  {0x1AF, "U"},  {0x1B0, "u"},  {0x259, "a"}};

bool is_mark(char32_t c) { return c >= 0x300 && c <= 0x36F; }

bool is_apostrophe(char32_t c) {
  return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x201B || (c >= 0x2B9 && c <= 0x2BF) || c == 0x2C8 || c == 0x2032;
}

bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }

bool is_blank(char32_t c) { return c == ' ' || c == '\n' || c == '\t' || c == 0xA0; }

/// Appends the plain form of a letter; other characters as they are.
void append_plain(char32_t c, std::string& out) {
  for (const Letters& range : kPlain) {
    if (c < range.first || c >= range.first + range.plain.size()) continue;
    const char plain = range.plain[c - range.first];
    if (plain == '.') break;
    out += plain;
    return;
  }
  const auto spelled = std::find_if(std::begin(kSpelled), std::end(kSpelled), [&](const Spelling& s) { return s.letter == c; });
  if (spelled != std::end(kSpelled)) {
    out += spelled->plain;
  } else {
    append_utf8(c, out);
  }
}

/// The text with plain letters and apostrophes, hyphens as '-'.
std::string plain_letters(std::string_view text) {
  const bool is_ascii = std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80 || c == '`'; });
  if (is_ascii) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    if (is_mark(c)) continue;
    if (is_apostrophe(c)) {
      out += '\'';
    } else if (is_hyphen(c)) {
      out += '-';
    } else if (c < 0x80) {
      out += static_cast<char>(c);
    } else {
      append_plain(c, out);
    }
  }
  return out;
}

bool is_word_byte(char c) { return is_ascii_alpha(c) || static_cast<unsigned char>(c) >= 0x80; }

/// Whether the apostrophe at `at` only separates sounds: between letters, and not the genitive's.
bool is_inner_apostrophe(std::string_view text, size_t at) {
  if (at == 0 || at + 1 >= text.size() || !is_word_byte(text[at - 1]) || !is_word_byte(text[at + 1])) return false;
  const bool genitive = ascii_lower(text[at + 1]) == 's' && (at + 2 >= text.size() || !is_word_byte(text[at + 2]));
  return !genitive;
}

/// Whether the full stop at `at` is that of an initial: behind one capital alone.
bool ends_initial(std::string_view text, size_t at) {
  return at > 0 && is_ascii_upper(text[at - 1]) && (at == 1 || text[at - 2] == '.' || text[at - 2] == ' ' || text[at - 2] == '-');
}

/// Makes the article that stands at the end of `out` "al", if a word ends there.
void unify_article(std::string& out) {
  const size_t size = out.size();
  if (size < 2 || (size > 2 && out[size - 3] != ' ') || out[size - 1] != 'l') return;
  const char first = out[size - 2];
  if (first == 'A' || first == 'E' || first == 'e') out[size - 2] = 'a';
}

}  // namespace

std::string fold_name(std::string_view text) {
  const std::string plain = plain_letters(text);
  std::string out;
  out.reserve(plain.size());
  bool behind_hyphen = false;
  for (size_t at = 0; at < plain.size(); ++at) {
    const char c = plain[at];
    if (c == '-' || is_blank(static_cast<unsigned char>(c))) {
      behind_hyphen = behind_hyphen || c == '-';
      unify_article(out);
      if (!out.empty() && out.back() != ' ') out += ' ';
      continue;
    }
    if (c == '\'' && is_inner_apostrophe(plain, at)) continue;
    if (c == '.' && ends_initial(plain, at)) continue;
    out += behind_hyphen && is_ascii_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
    behind_hyphen = false;
  }
  unify_article(out);
  return out;
}

std::string folded_prefix(std::string_view text) {
  std::string folded = fold_name(text);
  if (folded.ends_with('\'')) folded.pop_back();  // the text may go on: "Sana'" with "a"
  return folded;
}

}  // namespace casus
