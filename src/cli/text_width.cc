#include "cli/text_width.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

struct CodeRange {
  char32_t first;
  char32_t last;
};

// Unicode 15, EastAsianWidth.txt (classes W and F), by blocks.
constexpr CodeRange kWide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x25FD, 0x25FE},   {0x2614, 0x2615},
    {0x2648, 0x2653},   {0x26A1, 0x26A1},   {0x26BD, 0x26BE},   {0x26D4, 0x26D4},   {0x2705, 0x2705},   {0x2728, 0x2728},
    {0x274C, 0x274C},   {0x2753, 0x2757},   {0x2795, 0x2797},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97C},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},
    {0xFE30, 0xFE6B},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18AFF}, {0x1B000, 0x1B2FF}, {0x1F004, 0x1F004},
    {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320}, {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C},
    {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E},
    {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F567}, {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5},
    {0x1F6CC, 0x1F6D7}, {0x1F6DC, 0x1F6FC}, {0x1F7E0, 0x1F7F0}, {0x1F90C, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD}};

// Unicode 15, combining marks (general category Mn, Me) of the scripts that news agencies quote, joiners and selectors.
constexpr CodeRange kZeroWidth[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x05BF, 0x05BF}, {0x05C1, 0x05C2},   {0x0610, 0x061A},  {0x064B, 0x065F},
    {0x0670, 0x0670}, {0x06D6, 0x06DC}, {0x06DF, 0x06E4}, {0x0900, 0x0902}, {0x093C, 0x093C},   {0x0941, 0x0948},  {0x094D, 0x094D},
    {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},   {0x200B, 0x200F},  {0x2060, 0x2064},
    {0x20D0, 0x20F0}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0x1F3FB, 0x1F3FF}, {0xE0000, 0xE0FFF}};

template <size_t N>
bool is_in(const CodeRange (&ranges)[N], char32_t code_point) {
  const auto* range = std::ranges::lower_bound(ranges, code_point, {}, &CodeRange::last);
  return range != std::end(ranges) && code_point >= range->first;
}

size_t width_of(char32_t code_point) {
  if (code_point < 0x300) return 1;
  if (is_in(kZeroWidth, code_point)) return 0;
  return is_in(kWide, code_point) ? 2 : 1;
}

bool is_unsafe(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }

constexpr size_t kMinTextWidth = 20;  // whatever the columns: narrower than that nobody reads

/// How many bytes of `text` make a line of at most `width` columns: whole words, or as much of one as there is room for.
size_t line_bytes(std::string_view text, size_t width) {
  size_t fitting = 0;  // up to the last space
  size_t columns = 0;
  for (size_t position = 0; position < text.size();) {
    const size_t begin = position;
    static_cast<void>(decode_utf8(text, position));
    columns += display_width(text.substr(begin, position - begin));
    if (text[begin] == ' ') fitting = begin;
    if (columns > width) return fitting > 0 ? fitting : std::max(begin, position - begin);
  }
  return text.size();
}

}  // namespace

size_t display_width(std::string_view text) {
  size_t width = 0;
  for (size_t at = 0; at < text.size();) width += width_of(decode_utf8(text, at));
  return width;
}

std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool space_due = false;
  for (size_t at = 0; at < text.size();) {
    const char32_t code_point = decode_utf8(text, at);
    if (is_white_space(code_point)) {
      space_due = true;
      continue;
    }
    if (space_due && !out.empty()) out += ' ';
    space_due = false;
    append_utf8(is_unsafe(code_point) ? U'\uFFFD' : code_point, out);
  }
  return out;
}

std::string fit(std::string_view text, size_t width) {
  if (width == 0) return {};
  size_t used = 0;
  size_t keep = 0;  // bytes that leave room for the ellipsis
  for (size_t at = 0; at < text.size();) {
    used += width_of(decode_utf8(text, at));
    if (used + 1 <= width) keep = at;
    if (used > width) return std::string(text.substr(0, keep)) + "…";
  }
  return std::string(text);
}

std::string fit_end(std::string_view text, size_t width) {
  if (width == 0) return {};
  size_t total = display_width(text);
  if (total <= width) return std::string(text);
  size_t at = 0;
  while (at < text.size() && total + 1 > width) total -= width_of(decode_utf8(text, at));
  return "…" + std::string(text.substr(at));
}

void append_padded(std::string_view text, size_t width, std::string& out) {
  out += text;
  const size_t used = display_width(text);
  if (used < width) out.append(width - used, ' ');
}

void append_filled(std::string_view text, size_t indent, size_t columns, std::string& out) {
  const size_t width = std::max(kMinTextWidth, columns > indent ? columns - indent : 0);
  std::string line = one_line(text);
  std::string_view left = line;
  for (bool first = true; first || !left.empty(); first = false) {
    if (!first) out.append(indent, ' ');
    const size_t bytes = line_bytes(left, width);
    out += left.substr(0, bytes);
    out += '\n';
    left = trim(left.substr(bytes));
  }
}

std::string with_separators(unsigned long long value) {
  std::string digits = std::to_string(value);
  for (size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

}  // namespace casus
