#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casus/crisis.h>
#include <casus/result.h>

#include "lexicon/lexicon.h"

namespace casus {

/// Which incidents a view shows: the common filters.
struct CrisisFilter {
  std::optional<int32_t> since{};     ///< the act's days reach that day or a later one
  std::optional<int32_t> until{};     ///< or that or an earlier one
  std::vector<std::string> actors{};  ///< each must take part: a country code, a party's key, or a person's name; as find_actor gives them

  [[nodiscard]] bool keeps(const Incident& incident) const;
  [[nodiscard]] bool keeps_parties(const std::vector<Party>& source, const std::vector<Party>& target) const;
  [[nodiscard]] bool keeps_days(DaySpan days) const;
};

/// Whether a party is the actor, or one of its people is.
[[nodiscard]] bool is_actor(const Party& party, std::string_view actor);

/// What the user calls an actor as a filter has it: "Russia", "RUS", "Moscow" are RUS, "NATO" is the party of that body, other names are a
/// person's. Errors: kBadOption for what no dictionary and no article knows, with names that are near.
[[nodiscard]] Result<std::string> find_actor(std::string_view text, const Crisis& crisis, const Lexicon& lexicon);

}  // namespace casus
