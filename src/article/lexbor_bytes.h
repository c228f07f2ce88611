// Text as the HTML parser wants it.
#pragma once

#include <string_view>

#include <lexbor/core/types.h>

namespace casus {

/// The bytes of `text`, which stays the owner.
inline const lxb_char_t* lexbor_bytes(std::string_view text) { return reinterpret_cast<const lxb_char_t*>(text.data()); }

}  // namespace casus
