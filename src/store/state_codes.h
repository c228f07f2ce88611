#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

namespace casus {

/// Numbers of states in the systems of conflict research, by year (data/world/codes.tsv). Threads: immutable.
class StateCodes {
 public:
  /// Reads the table of a data folder. Errors: those of the table.
  [[nodiscard]] static Result<StateCodes> load(const std::filesystem::path& data_folder);

  /// The number of a state ("RUS") in a system ("cow", "gw") in a year; "" if it has none then.
  [[nodiscard]] std::string_view code(std::string_view system, std::string_view iso3, int year) const;
  [[nodiscard]] bool has_system(std::string_view system) const { return systems_.contains(system); }

 private:
  struct Period {
    std::string code{};
    int from = 0;
    int to = 0;
  };
  std::map<std::string, std::map<std::string, std::vector<Period>, std::less<>>, std::less<>> systems_{};
};

}  // namespace casus
