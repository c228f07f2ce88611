#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include <casus/report.h>
#include <casus/result.h>

#include "store/sqlite.h"

namespace casus {

/// Changes of the daily sums (daily_dyads, daily_countries, daily_articles), gathered in memory until they are written at once.
class Rollup {
 public:
  /// Counts the events and the article of a report `times` times: 1 where it comes, -1 where it goes.
  void add(const Report& report, int64_t times);

  /// Adds what was gathered to the tables, where no sum of 0 stays, and forgets it. Errors: those of the file.
  [[nodiscard]] Result<void> write(Database& database);

  // Who, towards whom or on which side, first day, last day, status, type, quad.
  using Key = std::tuple<std::string, std::string, std::string, std::string, std::string, std::string, int>;
  /// Of a dyad: its events, and those of them that are also of the other direction.
  struct DyadSum {
    int64_t events = 0;
    int64_t mutual = 0;
  };

 private:
  std::map<Key, DyadSum> dyads_{};
  std::map<Key, int64_t> countries_{};
  std::map<std::string, int64_t> articles_{};
};

}  // namespace casus
