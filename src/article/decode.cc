#include "article/decode.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"

namespace casus {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LittleMark = "\xFF\xFE";
constexpr std::string_view kUtf16BigMark = "\xFE\xFF";
constexpr std::string_view kUtf32LittleMark{"\xFF\xFE\0\0", 4};
constexpr std::string_view kUtf32BigMark{"\0\0\xFE\xFF", 4};
constexpr char32_t kReplacement = 0xFFFD;

/// A text may have stray NULs; more than this many, and more than one in ten of the first bytes, means that it is something else.
constexpr size_t kLookedAtBytes = 4096;
constexpr size_t kStrayNuls = 16;
constexpr size_t kNulShare = 10;

uint64_t line_of(std::string_view text, size_t position) {
  return 1 + static_cast<uint64_t>(std::ranges::count(text.substr(0, position), '\n'));
}

void warn(uint64_t count, std::string_view what, uint64_t line, std::vector<Warning>& warnings) {
  if (count == 0) return;
  warnings.push_back({.message = std::to_string(count) + " " + std::string(what) + (count == 1 ? " was" : "s were") + " replaced by U+FFFD",
                      .line = line});
}

std::string replace_nuls(std::string_view text, uint64_t& replaced) {
  std::string out;
  out.reserve(text.size());
  replaced = 0;
  for (const char c : text) {
    if (c != '\0') {
      out += c;
    } else {
      append_utf8(kReplacement, out);
      ++replaced;
    }
  }
  return out;
}

/// Decodes UTF-16; unpaired surrogates and a last odd byte count as broken.
class Utf16Decoder {
 public:
  Utf16Decoder(std::string_view bytes, bool big_endian) : bytes_(bytes), big_endian_(big_endian) {}

  DecodedText decode() {
    while (bytes_.size() - position_ >= 2) append(take_unit());
    if (position_ < bytes_.size()) append_broken();
    DecodedText result{.text = std::move(text_), .warnings = {}};
    warn(broken_, "broken byte sequence", first_broken_line_, result.warnings);
    return result;
  }

 private:
  [[nodiscard]] char32_t unit_at(size_t position) const {
    const auto first = static_cast<unsigned char>(bytes_[position]), second = static_cast<unsigned char>(bytes_[position + 1]);
    return big_endian_ ? static_cast<char32_t>(first << 8 | second) : static_cast<char32_t>(second << 8 | first);
  }

  char32_t take_unit() {
    position_ += 2;
    return unit_at(position_ - 2);
  }

  void append(char32_t unit) {
    if (unit < 0xD800 || unit > 0xDFFF) return append_utf8(unit, text_);
    if (unit > 0xDBFF || bytes_.size() - position_ < 2) return append_broken();
    const char32_t low = unit_at(position_);
    if (low < 0xDC00 || low > 0xDFFF) return append_broken();
    position_ += 2;
    append_utf8(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), text_);
  }

  void append_broken() {
    if (broken_++ == 0) first_broken_line_ = line_of(text_, text_.size());
    append_utf8(kReplacement, text_);
  }

  std::string_view bytes_;
  bool big_endian_;
  std::string text_{};
  size_t position_ = 0;
  uint64_t broken_ = 0;
  uint64_t first_broken_line_ = 0;
};

/// What a file with many NUL bytes is, or "" for text.
std::string_view binary_kind(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, kLookedAtBytes);
  size_t nuls[2] = {0, 0};
  for (size_t i = 0; i < start.size(); ++i) nuls[i % 2] += start[i] == '\0';
  if (nuls[0] + nuls[1] <= std::max(kStrayNuls, start.size() / kNulShare)) return "";
  const bool one_sided = nuls[0] * kNulShare < nuls[1] || nuls[1] * kNulShare < nuls[0];
  return one_sided ? "looks like UTF-16 without a byte order mark" : "is not text: too many NUL bytes";
}

Error bad_encoding(std::string_view message, const std::string& file) {
  return Error{.code = ErrorCode::kBadEncoding, .message = std::string(message), .file = file, .remedy = "convert it to UTF-8"};
}

Result<DecodedText> decode_any(std::string_view bytes, const std::string& file) {
  if (bytes.starts_with(kUtf32LittleMark) || bytes.starts_with(kUtf32BigMark)) return bad_encoding("is UTF-32", file);
  if (bytes.starts_with(kUtf16LittleMark)) return Utf16Decoder(bytes.substr(2), false).decode();
  if (bytes.starts_with(kUtf16BigMark)) return Utf16Decoder(bytes.substr(2), true).decode();
  if (const std::string_view kind = binary_kind(bytes); !kind.empty()) return bad_encoding(kind, file);
  if (bytes.starts_with(kUtf8Mark)) bytes.remove_prefix(kUtf8Mark.size());
  return DecodedText{.text = std::string(bytes), .warnings = {}};
}

}  // namespace

DecodedText repair_text(std::string text, uint64_t line) {
  DecodedText result;
  uint64_t broken = 0, nuls = 0;
  const size_t first_broken = valid_utf8_prefix(text), first_nul = std::min(text.find('\0'), text.size());
  const uint64_t broken_line = line + line_of(text, first_broken) - 1, nul_line = line + line_of(text, first_nul) - 1;
  if (first_broken < text.size()) text = repair_utf8(text, broken);
  if (first_nul < text.size()) text = replace_nuls(text, nuls);
  result.text = std::move(text);
  warn(broken, "broken byte sequence", broken_line, result.warnings);
  warn(nuls, "NUL byte", nul_line, result.warnings);
  return result;
}

Result<DecodedText> decode_text(std::string_view bytes, const std::string& file, uint64_t max_bytes) {
  Result<DecodedText> decoded = decode_any(bytes, file);
  if (!decoded) return decoded;
  DecodedText result = repair_text(std::move(decoded->text), 1);
  result.warnings.insert(result.warnings.begin(), decoded->warnings.begin(), decoded->warnings.end());
  if (result.text.size() <= max_bytes) return result;
  return Error{
      .code = ErrorCode::kTooLarge, .message = "the text is over the limit of " + std::to_string(max_bytes) + " bytes", .file = file};
}

}  // namespace casus
