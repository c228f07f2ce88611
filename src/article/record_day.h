#pragma once

#include <optional>
#include <string_view>

#include "article/page_words.h"
#include "base/calendar.h"

namespace casus {

/// The day that a field of a record gives: everything that read_publication_day reads, years first with slashes or dots, time stamps
/// of figures alone (YYYYMMDDHHMMSS, with or without T and Z), seconds or milliseconds since 1970 (in UTC), months in words with a
/// time of day anywhere, and days and months in figures where only one order is possible ("25/02/2022").
[[nodiscard]] std::optional<Day> read_record_day(std::string_view text, const PageWords* page_words);

}  // namespace casus
