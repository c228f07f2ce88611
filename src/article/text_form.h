#pragma once

#include <optional>
#include <string_view>

#include "article/file_form.h"

namespace casus {

// Parts of file_form: what the beginning of a text says that it is. Each takes text without white space in front, ASCII where
// it matters, and gives nullopt where it cannot tell.

/// HTML, feeds, sitemaps, SVG and other XML by their first element, rich text by its first word.
[[nodiscard]] std::optional<FileForm> form_of_markup(std::string_view text);

/// JSON by its first characters. A text file (`plain`) may begin with a lonely brace.
[[nodiscard]] std::optional<FileForm> form_of_json(std::string_view text, bool plain);

/// Mails and mailboxes by their first lines.
[[nodiscard]] std::optional<FileForm> form_of_lines(std::string_view text);

/// Whether the first line names columns between tabs, one of them "file".
[[nodiscard]] bool is_index(std::string_view text);

}  // namespace casus
