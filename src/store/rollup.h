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
  [[nodiscard]] const std::map<Key, int64_t>& dyads() const { return dyads_; }
  [[nodiscard]] const std::map<Key, int64_t>& countries() const { return countries_; }
  [[nodiscard]] const std::map<std::string, int64_t>& articles() const { return articles_; }

 private:
  std::map<Key, int64_t> dyads_{};
  std::map<Key, int64_t> countries_{};
  std::map<std::string, int64_t> articles_{};
};

}  // namespace casus
