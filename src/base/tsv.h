#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <casus/result.h>

namespace casus {

/// Reads a data file of tab-separated columns: UTF-8, one record a line, empty lines and lines that begin with `#` are passed
/// over, white space around a column is no part of it. `row` gets the columns and says what is wrong with them, if anything.
/// Errors: kNotFound, kUnreadable, kTooLarge; kBadData with file and line for what `row` says and for broken UTF-8.
[[nodiscard]] Result<void> read_tsv(const std::string& path,
                                    const std::function<std::optional<std::string>(std::span<const std::string_view> columns)>& row);

}  // namespace casus
