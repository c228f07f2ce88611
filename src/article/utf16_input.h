#pragma once

#include "base/line_reader.h"

namespace casus {

/// The input itself, or if it begins with a mark of UTF-16, its text as UTF-8 without the mark, decoded piece by piece. Unpaired
/// surrogates and a last odd byte become U+FFFD.
[[nodiscard]] LineReader as_utf8(LineReader input);

}  // namespace casus
