#include "crisis/actor_filter.h"

#include <algorithm>

#include "base/text.h"
#include "crisis/parties.h"

namespace casus {
namespace {

bool fits(const std::string& wanted, const std::string& value) { return wanted.empty() || wanted == value; }

bool holds(std::string_view text, std::string_view words) { return ascii_lowered(text).find(ascii_lowered(words)) != std::string::npos; }

}  // namespace

bool is_meant(const ActorFilter& filter, const Actor& actor) {
  if (!fits(filter.country, actor.country) || !fits(filter.sector, actor.sector)) return false;
  return filter.name.empty() || holds(actor.name, filter.name);
}

bool is_meant(const ActorFilter& filter, const Party& party) {
  if (!fits(filter.country, party.country) || !fits(filter.sector, party.sector)) return false;
  if (filter.name.empty() || (!party.name.empty() && holds(party.name, filter.name))) return true;
  return std::ranges::any_of(party.persons, [&](const std::string& person) { return is_same_person(person, filter.name); });
}

}  // namespace casus
