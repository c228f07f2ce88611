#pragma once

#include <string>

#include <casus/crisis.h>

namespace casus {

/// Whom a filter means: everybody of a country or of a sector of it, or those whose name holds the words.
struct ActorFilter {
  std::string country{};  ///< "" for any
  std::string sector{};   ///< "" for any
  std::string name{};     ///< words of a name, letter case aside; "" for any
};

/// Who towards whom.
struct DyadFilter {
  ActorFilter source{};
  ActorFilter target{};
  bool both_ways = true;
};

/// Whether a filter means the actor as an event names it. The same as the condition in SQL (store/filters.h).
[[nodiscard]] bool is_meant(const ActorFilter& filter, const Actor& actor);

/// Whether it means the party, or one of its people.
[[nodiscard]] bool is_meant(const ActorFilter& filter, const Party& party);

}  // namespace casus
