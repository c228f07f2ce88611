#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casus {

/// Bytes of a named character set as UTF-8; what cannot be decoded becomes U+FFFD.
struct CharsetText {
  std::string text{};
  uint64_t replaced = 0;  ///< broken sequences
};

/// Decodes by a label of the WHATWG encoding standard ("utf-8", "windows-1251", "ISO-8859-1", "gb2312", …), case and white space
/// aside. nullopt for labels that the standard does not know.
[[nodiscard]] std::optional<CharsetText> decode_charset(std::string_view bytes, std::string_view label);

/// For bytes that may be anything and say nothing: UTF-8 if they are valid, else windows-1252, which every byte string is.
[[nodiscard]] std::string decode_unlabelled(std::string_view bytes);

}  // namespace casus
