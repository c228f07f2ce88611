#include "crisis/crisis_filter.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "crisis/parties.h"
#include "lexicon/name_fold.h"

namespace casus {
namespace {

bool takes_part(const std::vector<Party>& parties, std::string_view actor) {
  return std::ranges::any_of(parties, [&](const Party& party) { return is_actor(party, actor); });
}

bool is_code(std::string_view text) { return text.size() == 3 && std::ranges::all_of(text, is_ascii_upper); }

/// The countries that the mentions name, for the remedy.
std::string known_countries(const Crisis& crisis) {
  constexpr size_t kMost = 12;
  std::set<std::string> codes;
  for (const Incident& incident : crisis.incidents) {
    for (const std::vector<Party>* side : {&incident.source, &incident.target}) {
      for (const Party& party : *side) {
        if (is_code(party.country)) codes.insert(party.country);
      }
    }
  }
  std::string text;
  size_t left = kMost;
  for (const std::string& code : codes) {
    if (left-- == 0) break;
    text += (text.empty() ? "" : ", ") + code;
  }
  return text.empty() ? "no actor" : text;
}

}  // namespace

bool is_actor(const Party& party, std::string_view actor) {
  if (party.country == actor || party.key == actor) return true;
  if (is_code(actor)) return false;
  return std::ranges::any_of(party.persons, [&](const std::string& person) { return is_same_person(person, actor); });
}

bool CrisisFilter::keeps_days(DaySpan days) const { return (!since || days.end > *since) && (!until || days.begin <= *until); }

bool CrisisFilter::keeps_parties(const std::vector<Party>& source, const std::vector<Party>& target) const {
  return std::ranges::all_of(actors, [&](const std::string& actor) { return takes_part(source, actor) || takes_part(target, actor); });
}

bool CrisisFilter::keeps(const Incident& incident) const {
  if (!keeps_parties(incident.source, incident.target)) return false;
  if (!since && !until) return true;
  const std::optional<int32_t> day = incident.day();
  if (!day) return false;
  return keeps_days(incident.dated ? incident.window : DaySpan{*day, *day + 1});
}

Result<std::string> find_actor(std::string_view text, const Crisis& crisis, const Lexicon& lexicon) {
  if (is_code(text) && !lexicon.names().country_name(text).empty()) return std::string(text);
  for (const NameEntry& entry : lexicon.names().find(text)) {
    if (entry.kind == NameKind::kPerson) return entry.name;
    if (entry.country == kInternational || entry.country == kNonGovernmental)
      return entry.country + ":" + ascii_lowered(fold_name(entry.name));
    if (!entry.country.empty() && entry.kind != NameKind::kPlace) return entry.country;
  }
  for (const Mention& mention : crisis.mentions) {
    for (const std::vector<Party>* side : {&mention.source, &mention.target}) {
      if (takes_part(*side, text)) return std::string(text);
    }
  }
  return Error{.code = ErrorCode::kBadOption,
               .message = "--actor: no such actor: " + std::string(text),
               .remedy = "give a country (code or name), a body or a person of the articles; there are: " + known_countries(crisis)};
}

}  // namespace casus
