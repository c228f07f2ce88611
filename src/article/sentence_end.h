#pragma once

#include <string_view>

namespace casus {

/// The text without closing quotation marks and brackets at its end.
[[nodiscard]] std::string_view without_closing_marks(std::string_view text);

/// Whether the text ends as a sentence does: with . ! ? or …, closing quotation marks and brackets not counted.
[[nodiscard]] bool ends_sentence(std::string_view text);

/// Whether there is a sentence end with more text behind it.
[[nodiscard]] bool has_inner_sentence_end(std::string_view text);

/// Whether the text begins as a sentence does: with a capital, a figure, an opening mark or a letter that ASCII does not have.
[[nodiscard]] bool begins_sentence(std::string_view text);

}  // namespace casus
