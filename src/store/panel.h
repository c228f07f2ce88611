#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "store/sqlite.h"

namespace casus {

enum class PanelUnit : uint8_t { kDyad, kCountry };
enum class PanelPeriod : uint8_t { kDay, kWeek, kMonth, kQuarter, kYear };

/// What a panel is to have.
struct PanelQuery {
  PanelUnit unit = PanelUnit::kDyad;
  PanelPeriod period = PanelPeriod::kMonth;
  bool fill_zero = true;                ///< a row for each unit and period, else only where there are events
  std::vector<std::string> statuses{};  ///< of the events that count; empty for all
  std::string since{};                  ///< first day, else that of the first event; "YYYY-MM-DD"
  std::string until{};                  ///< last day, else that of the last event
  std::string a{};                      ///< country codes that a dyad, or country, must have; "" for any
  std::string b{};
  bool both_ways = false;       ///< of dyads: also from b to a
  bool counts_left_out = true;  ///< whether PanelLeftOut is asked for: without it only the days of the panel are read
};

/// Events of one unit in one period.
struct PanelCounts {
  uint64_t events = 0;
  std::map<std::string, uint64_t, std::less<>> by_type{};
  std::map<int, uint64_t> by_quad{};
};

/// One row of a panel. Of countries: `source` is the country, `counts` what it did, `received` what was done to it.
struct PanelRow {
  std::string_view source{};
  std::string_view target{};
  std::string_view period{};  ///< first day of the period
  const PanelCounts* counts = nullptr;
  const PanelCounts* received = nullptr;
  uint64_t articles = 0;  ///< published in the period: what counts may be divided by
};

/// What no row counts.
struct PanelLeftOut {
  uint64_t undated = 0;   ///< events whose day is unknown
  uint64_t spanning = 0;  ///< events whose days lie in more than one period
};

/// Gives the rows of a panel one after another, by unit, then period. Weeks begin on Monday. Holds one unit at a time. An event counts
/// in the period in which all of its days lie; of several actors of a side each country counts once.
/// Errors: kTooLarge for more than `kMostPeriods` periods; those of the file.
[[nodiscard]] Result<PanelLeftOut> make_panel(Database& database, const PanelQuery& query, const std::function<bool(const PanelRow&)>& row);

inline constexpr int64_t kMostPeriods = 200'000;

}  // namespace casus
