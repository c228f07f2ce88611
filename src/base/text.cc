#include "base/text.h"

#include <algorithm>

#include "base/utf8.h"

namespace casus {
namespace {

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// Where the last code point of `text` begins.
size_t last_code_point(std::string_view text) {
  size_t position = text.size() - 1;
  while (position > 0 && text.size() - position < 4 && is_continuation(text[position])) --position;
  return position;
}

}  // namespace

std::string ascii_lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), ascii_lower);
  return out;
}

bool equals_ignoring_ascii_case(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, ascii_lower, ascii_lower); }

bool is_white_space(char32_t code_point) {
  switch (code_point) {
    case 0x20:
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
    case 0xFEFF: return true;
    default: return (code_point >= 0x09 && code_point <= 0x0D) || (code_point >= 0x2000 && code_point <= 0x200B);
  }
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    size_t next = 0;
    if (!is_white_space(decode_utf8(text, next))) break;
    text.remove_prefix(next);
  }
  while (!text.empty()) {
    const size_t begin = last_code_point(text);
    size_t next = begin;
    if (!is_white_space(decode_utf8(text, next)) || next != text.size()) break;
    text.remove_suffix(text.size() - begin);
  }
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  for (size_t begin = 0;;) {
    const size_t end = text.find(separator, begin);
    pieces.push_back(text.substr(begin, end == std::string_view::npos ? end : end - begin));
    if (end == std::string_view::npos) return pieces;
    begin = end + 1;
  }
}

std::vector<std::string_view> split_words(std::string_view text) {
  constexpr size_t kBytesOfWord = 6;  // and the blank: what most texts have
  std::vector<std::string_view> words;
  words.reserve(text.size() / kBytesOfWord + 1);
  size_t begin = 0;
  for (size_t position = 0; position < text.size();) {
    const size_t here = position;
    if (text[here] > ' ' && text[here] < '\x7F') {  // nearly every byte
      ++position;
      continue;
    }
    if (!is_white_space(decode_utf8(text, position))) continue;
    if (here > begin) words.push_back(text.substr(begin, here - begin));
    begin = position;
  }
  if (begin < text.size()) words.push_back(text.substr(begin));
  return words;
}

}  // namespace casus
