#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>

namespace casus {

/// The bytes of a web page as valid UTF-8.
struct DecodedHtml {
  std::string_view text{};          ///< views the page's own bytes where they need no change, else `buffer`
  std::string buffer{};             ///< what was decoded; do not move a DecodedHtml whose text views it
  std::string encoding{};           ///< the name of the encoding by the WHATWG's standard: "UTF-8", "windows-1252", …
  std::vector<Warning> warnings{};  ///< how many broken sequences became U+FFFD
};

/// Decodes a page into `out`. What tells the encoding, in this order: a byte order mark, `charset` (of the HTTP header, or ""),
/// <meta charset> among the first 8192 bytes, else UTF-8 if the bytes are valid, else windows-1252. A name that is unknown is
/// passed over. Where a single-byte encoding is named and the bytes are valid UTF-8 beyond ASCII, they are that.
/// Knows every encoding of the WHATWG's standard. Broken sequences become U+FFFD.
/// Ownership: `out.text` may view `bytes`, which must outlive it.
void decode_html(std::string_view bytes, std::string_view charset, DecodedHtml& out);

}  // namespace casus
