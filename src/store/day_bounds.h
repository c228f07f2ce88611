#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casus {

/// First and last day, both included, as "YYYY-MM-DD".
struct DayBounds {
  std::string first{};
  std::string last{};
};

/// The days of a record's date: "2022", "2022-02", "2022-02-04" or "start/end" of these. Nothing for "" and what is no such date.
[[nodiscard]] std::optional<DayBounds> days_of(std::string_view date);

}  // namespace casus
