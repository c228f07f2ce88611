#include "base/utf8.h"

#include <cstring>

namespace casus {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Decoded {
  char32_t code_point;
  uint32_t length;  ///< bytes taken; for a broken sequence those of its maximal valid prefix, at least 1
  bool valid;
};

/// The decoder of the Unicode standard's table 3-7, which also says how many bytes a broken sequence takes.
Decoded decode_at(std::string_view text, size_t position) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[position + i]); };
  const size_t left = text.size() - position;
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const uint32_t length = lead >= 0xC2 && lead <= 0xDF ? 2 : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
  if (length == 0) return {kReplacement, 1, false};
  char32_t code_point = lead & (0xFF >> (length + 1));
  for (uint32_t i = 1; i < length; ++i) {
    if (i >= left) return {kReplacement, i, false};
    const unsigned char next = byte(i);
    const unsigned char low = i == 1 ? (lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80) : 0x80;
    const unsigned char high = i == 1 ? (lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF) : 0xBF;
    if (next < low || next > high) return {kReplacement, i, false};
    code_point = (code_point << 6) | (next & 0x3F);
  }
  return {code_point, length, true};
}

/// Number of ASCII bytes at the beginning, which are most of all text; eight at a time.
size_t ascii_run(std::string_view text) {
  size_t count = 0;
  for (uint64_t eight = 0; text.size() - count >= sizeof eight; count += sizeof eight) {
    std::memcpy(&eight, text.data() + count, sizeof eight);
    if ((eight & 0x8080808080808080) != 0) break;
  }
  while (count < text.size() && static_cast<unsigned char>(text[count]) < 0x80) ++count;
  return count;
}

}  // namespace

char32_t decode_utf8(std::string_view text, size_t& position) {
  const auto first = static_cast<unsigned char>(text[position]);
  if (first < 0x80) {
    ++position;
    return first;
  }
  const Decoded decoded = decode_at(text, position);
  position += decoded.valid ? decoded.length : 1;
  return decoded.code_point;
}

std::u32string code_points(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) out += decode_utf8(text, at);
  return out;
}

void append_utf8(char32_t code_point, std::string& out) {
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = kReplacement;
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | (code_point >> 6));
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | (code_point >> 12));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | (code_point >> 18));
    put(0x80 | ((code_point >> 12) & 0x3F));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
}

bool is_valid_utf8(std::string_view text) { return valid_utf8_prefix(text) == text.size(); }

size_t valid_utf8_prefix(std::string_view text) {
  size_t position = 0;
  while (position < text.size()) {
    position += ascii_run(text.substr(position));
    if (position == text.size()) break;
    const Decoded decoded = decode_at(text, position);
    if (!decoded.valid) return position;
    position += decoded.length;
  }
  return position;
}

std::string repair_utf8(std::string_view text, uint64_t& replaced) {
  std::string out;
  out.reserve(text.size());
  replaced = 0;
  for (size_t position = 0; position < text.size();) {
    const size_t ascii = ascii_run(text.substr(position));
    out.append(text, position, ascii);
    position += ascii;
    if (position == text.size()) break;
    const Decoded decoded = decode_at(text, position);
    if (decoded.valid) {
      out.append(text, position, decoded.length);
    } else {
      append_utf8(kReplacement, out);
      ++replaced;
    }
    position += decoded.length;
  }
  return out;
}

size_t utf8_length(std::string_view text) {
  size_t count = 0;
  for (const char byte : text) count += (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  return count;
}

}  // namespace casus
