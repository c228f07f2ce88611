#include "article/html/html_decode.h"

#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "article/charset.h"
#include "article/lexbor_bytes.h"
#include "base/text.h"
#include "base/utf8.h"

extern "C" {
#include <lexbor/encoding/encoding.h>
#include <lexbor/html/encoding.h>
}

namespace casus {
namespace {

constexpr size_t kPrescannedBytes = 8192;  // the standard asks for 1024, but pages put scripts before the declaration

bool is_utf8(std::string_view bytes) { return simdjson::validate_utf8(bytes.data(), bytes.size()); }

bool is_ascii(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// UTF-8 or UTF-16 by the byte order mark, which is taken off.
lxb_encoding_t take_mark(std::string_view& bytes) {
  const lxb_encoding_t encoding = lxb_encoding_bom_sniff(lexbor_bytes(bytes), bytes.size());
  if (encoding == LXB_ENCODING_UTF_8) bytes.remove_prefix(3);
  if (encoding == LXB_ENCODING_UTF_16BE || encoding == LXB_ENCODING_UTF_16LE) bytes.remove_prefix(2);
  return encoding;
}

lxb_encoding_t encoding_named(std::string_view name) {
  name = trim(name);
  while (!name.empty() && (name.front() == '"' || name.front() == '\'')) name.remove_prefix(1);
  while (!name.empty() && (name.back() == '"' || name.back() == '\'')) name.remove_suffix(1);
  const lxb_encoding_data_t* data = lxb_encoding_data_by_pre_name(lexbor_bytes(name), name.size());
  return data == nullptr ? LXB_ENCODING_UNDEFINED : data->encoding;
}

lxb_encoding_t encoding_declared(std::string_view bytes) {
  bytes = bytes.substr(0, kPrescannedBytes);
  lxb_html_encoding_t scan{};
  lxb_encoding_t encoding = LXB_ENCODING_UNDEFINED;
  if (lxb_html_encoding_init(&scan) == LXB_STATUS_OK) {
    size_t length = 0;
    const lxb_char_t* name = lxb_html_encoding_prescan(&scan, lexbor_bytes(bytes), lexbor_bytes(bytes) + bytes.size(), &length);
    if (name != nullptr) encoding = encoding_named({reinterpret_cast<const char*>(name), length});
  }
  lxb_html_encoding_destroy(&scan, false);
  // Who could read the declaration byte by byte knows that it is not UTF-16.
  if (encoding == LXB_ENCODING_UTF_16BE || encoding == LXB_ENCODING_UTF_16LE) {
    return bytes.find('\0') == std::string_view::npos ? LXB_ENCODING_UTF_8 : encoding;
  }
  return encoding;
}

bool is_single_byte(lxb_encoding_t encoding) {
  return (encoding >= LXB_ENCODING_WINDOWS_1250 && encoding <= LXB_ENCODING_X_USER_DEFINED) ||
         (encoding >= LXB_ENCODING_ISO_8859_10 && encoding <= LXB_ENCODING_KOI8_U) || encoding == LXB_ENCODING_IBM866 ||
         encoding == LXB_ENCODING_MACINTOSH;
}

lxb_encoding_t choose_encoding(std::string_view bytes, std::string_view charset) {
  lxb_encoding_t encoding = charset.empty() ? LXB_ENCODING_UNDEFINED : encoding_named(charset);
  if (encoding == LXB_ENCODING_UNDEFINED) encoding = encoding_declared(bytes);
  const bool is_known = encoding != LXB_ENCODING_UNDEFINED && encoding != LXB_ENCODING_REPLACEMENT;
  if (!is_known) return is_utf8(bytes) ? LXB_ENCODING_UTF_8 : LXB_ENCODING_WINDOWS_1252;
  if (is_single_byte(encoding) && is_utf8(bytes) && !is_ascii(bytes)) return LXB_ENCODING_UTF_8;
  return encoding;
}

}  // namespace

void decode_html(std::string_view bytes, std::string_view charset, DecodedHtml& out) {
  out = DecodedHtml{};
  lxb_encoding_t encoding = take_mark(bytes);
  if (encoding != LXB_ENCODING_UTF_8 && encoding != LXB_ENCODING_UTF_16BE && encoding != LXB_ENCODING_UTF_16LE)
    encoding = choose_encoding(bytes, charset);
  const lxb_encoding_data_t* data = lxb_encoding_data(encoding);
  out.encoding = reinterpret_cast<const char*>(data->name);
  out.text = bytes;
  uint64_t broken = 0;
  if (encoding != LXB_ENCODING_UTF_8) {
    if (std::optional<CharsetText> decoded = decode_charset(bytes, out.encoding)) {
      out.buffer = std::move(decoded->text);
      broken = decoded->replaced;
    }
    out.text = out.buffer;
  } else if (!is_utf8(bytes)) {
    out.buffer = repair_utf8(bytes, broken);
    out.text = out.buffer;
  }
  if (broken == 0) return;
  out.warnings.push_back({.message = std::to_string(broken) + " broken byte sequence" + (broken == 1 ? " was" : "s were") +
                                     " replaced by U+FFFD (" + out.encoding + ")"});
}

}  // namespace casus
