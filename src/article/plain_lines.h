#pragma once

#include <memory>

#include "article/text_lines.h"
#include "base/line_reader.h"

namespace casus {

/// Lines of a text file: UTF-8, UTF-16 with a byte order mark, and where a line is not UTF-8, windows-1252 (with a warning).
/// Streams, but for UTF-16, which is decoded at once. Errors of lines: kTooLarge over `max_line_bytes`; kTooLarge for UTF-16 over
/// `max_text_bytes`.
[[nodiscard]] std::unique_ptr<TextLines> plain_lines(LineReader file, uint64_t max_line_bytes, uint64_t max_text_bytes);

}  // namespace casus
