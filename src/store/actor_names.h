#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include <casus/result.h>

#include "store/filters.h"

namespace casus {

/// Tells whom people mean by the name of an actor in a filter. Threads: immutable.
class ActorNames {
 public:
  /// Reads the countries of a data folder. Errors: those of the table.
  [[nodiscard]] static Result<ActorNames> load(const std::filesystem::path& data_folder);

  /// A code ("RUS"), a country by any name or adjective ("Russia", "Russian"), either with a sector ("RUS/MIL", "Russia/MIL"), or words
  /// that a name holds ("Lavrov").
  [[nodiscard]] ActorFilter filter(std::string_view text) const;

  /// Both sides of "A,B" or "A>B".
  [[nodiscard]] DyadFilter dyad(std::string_view text) const;

 private:
  std::map<std::string, std::string, std::less<>> codes_{};  ///< by folded name
};

}  // namespace casus
