#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <casus/crisis.h>

#include "crisis/crisis_filter.h"

namespace casus {

/// Finds the incidents that a filter keeps without asking all of them: lists by type and country, days and statuses in columns.
/// Ownership: uses the crisis, which must outlive it. Threads: immutable.
class IncidentIndex {
 public:
  explicit IncidentIndex(const Crisis& crisis);

  /// The same as kept_incidents (crisis/views.h) gives of a filter that knows nothing yet.
  [[nodiscard]] std::vector<uint32_t> kept(const CrisisFilter& filter) const;

 private:
  using List = std::vector<uint32_t>;  ///< of incidents, ascending
  using Lists = std::unordered_map<std::string_view, List>;

  /// What of an incident most filters ask for, beside one another in memory.
  struct Row {
    int32_t begin = 0;  ///< the days that CrisisFilter::keeps_days is asked about
    int32_t end = 0;
    uint16_t type = 0;
    uint16_t status = 0;
    bool has_day = false;
  };
  /// Names by number.
  struct Names {
    std::vector<std::string_view> names{};

    [[nodiscard]] uint16_t number_of(std::string_view name);
    /// Which numbers are meant; all by an empty list.
    [[nodiscard]] std::vector<bool> meant(const std::vector<std::string>& by) const;
  };

  void add(uint32_t index);
  /// The run of incidents, half-open, that holds all of no more than kLongDays that the days of the filter can keep.
  [[nodiscard]] std::pair<uint32_t, uint32_t> run_of_days(const CrisisFilter& filter) const;
  [[nodiscard]] List candidates(const CrisisFilter& filter) const;

  const Crisis& crisis_;
  std::vector<Row> rows_{};
  Names types_{};
  Names statuses_{};
  Lists of_type_{};
  Lists of_country_{};  ///< of those whom mentions name, and of the parties behind them
  List long_{};         ///< of more days than kLongDays
};

}  // namespace casus
