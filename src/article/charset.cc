#include "article/charset.h"

#include <array>

#include "article/lexbor_bytes.h"
#include "base/text.h"
#include "base/utf8.h"

extern "C" {
#include <lexbor/encoding/encoding.h>
}

namespace casus {
namespace {

constexpr lxb_codepoint_t kBrokenMark = 0xFFFFFFFE;
constexpr std::string_view kFallback = "windows-1252";

/// Decodes by lexbor, in pieces of a fixed buffer.
CharsetText decode(const lxb_encoding_data_t& encoding, std::string_view bytes) {
  CharsetText result;
  result.text.reserve(bytes.size());
  std::array<lxb_codepoint_t, 4096> buffer;
  lxb_encoding_decode_t state;
  lxb_encoding_decode_init(&state, &encoding, buffer.data(), buffer.size());
  lxb_encoding_decode_replace_set(&state, &kBrokenMark, 1);
  const auto flush = [&] {
    for (size_t i = 0; i < lxb_encoding_decode_buf_used(&state); ++i) {
      result.replaced += buffer[i] == kBrokenMark;
      append_utf8(static_cast<char32_t>(buffer[i]), result.text);
    }
    lxb_encoding_decode_buf_used_set(&state, 0);
  };
  const lxb_char_t* at = lexbor_bytes(bytes);
  const lxb_char_t* const end = at + bytes.size();
  lxb_status_t status = LXB_STATUS_OK;
  do {
    const lxb_char_t* before = at;
    status = encoding.decode(&state, &at, end);
    const bool stands_still = at == before && lxb_encoding_decode_buf_used(&state) == 0;
    flush();
    if (stands_still) break;
  } while (status == LXB_STATUS_SMALL_BUFFER);
  lxb_encoding_decode_finish(&state);
  flush();
  return result;
}

}  // namespace

std::optional<CharsetText> decode_charset(std::string_view bytes, std::string_view label) {
  label = trim(label);
  const lxb_encoding_data_t* encoding = lxb_encoding_data_by_pre_name(lexbor_bytes(label), label.size());
  if (encoding == nullptr || encoding->encoding == LXB_ENCODING_REPLACEMENT) return std::nullopt;
  if (encoding->encoding != LXB_ENCODING_UTF_8) return decode(*encoding, bytes);
  CharsetText result;
  result.text = repair_utf8(bytes, result.replaced);
  return result;
}

std::string decode_unlabelled(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return std::string(bytes);
  const std::optional<CharsetText> decoded = decode_charset(bytes, kFallback);
  return decoded ? decoded->text : "";
}

}  // namespace casus
