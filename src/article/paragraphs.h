#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <casus/span.h>

namespace casus {

/// The pieces of a text that belong together: each line by itself, or, where lines were broken to a width, the lines of a
/// paragraph. Without white space at the ends, none empty, in order. At most `max_pieces`: what follows then is one piece.
[[nodiscard]] std::vector<ByteSpan> find_paragraphs(std::string_view text, uint64_t max_pieces);

}  // namespace casus
