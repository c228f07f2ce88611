#pragma once

#include <string>
#include <string_view>

#include "article/record_fields.h"

namespace casus {

enum class TextMarkup : uint8_t { kNone, kEntities, kFragment, kPage };

/// What a text of a record is: plain, plain with entities of HTML, a piece of HTML, or a whole page.
[[nodiscard]] TextMarkup find_markup(std::string_view text, const RecordColumns& columns);

/// The text without tags and entities; of entities alone line ends and blanks stay as they are.
[[nodiscard]] std::string without_markup(std::string_view text, TextMarkup markup);

/// One line of plain text: without markup and line ends, white space as single blanks. For titles and names.
[[nodiscard]] std::string plain_line(std::string_view text, const RecordColumns& columns);

/// Where a mark that a text was cut off begins ("… [+1234 chars]"), by the teaser ends of the columns; npos without one.
[[nodiscard]] size_t find_teaser_end(std::string_view text, const RecordColumns& columns);

}  // namespace casus
