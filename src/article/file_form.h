#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <casus/result.h>

#include "base/line_reader.h"

namespace casus {

/// The forms that an input file can have.
enum class FileForm : uint8_t { kText, kJsonLines, kIndex };

/// Tells the form by the name (.txt, .jsonl, .tsv), else by the first bytes: "{" begins JSON Lines.
/// `start` is the beginning of the file, as far as its first byte that is not white space at least.
/// Errors: kUnreadable for what is neither text nor JSON Lines (PDF, HTML, archives, …), kBadEncoding for JSON Lines in UTF-16.
[[nodiscard]] Result<FileForm> file_form(const std::string& name, std::string_view start);

/// The beginning of an input as far as file_form needs it.
[[nodiscard]] std::string_view peek_start(LineReader& file);

/// "jsonl" of "a/b.JSONL".
[[nodiscard]] std::string lowered_extension(std::string_view name);

}  // namespace casus
