#include "crisis/parties.h"

#include <algorithm>

#include "base/text.h"
#include "lexicon/name_fold.h"

namespace casus {
namespace {

bool is_state_code(std::string_view country) { return country.size() == 3 && country != kInternational && country != kNonGovernmental; }

bool begins_small(std::string_view word) { return word.empty() || is_ascii_lower(word[0]) || is_ascii_digit(word[0]) || word[0] == '-'; }

bool has_kind(const std::vector<std::string_view>& words, NameKind kind, const NameTable& names) {
  return std::ranges::any_of(words, [&](std::string_view word) {
    return std::ranges::any_of(names.find(word), [&](const NameEntry& entry) { return entry.kind == kind; });
  });
}

/// The full name of the person that an actor is, as the dictionaries spell it where they know it; "" for what is no person.
std::string person_name(const Actor& actor, const Lexicon& lexicon) {
  const std::span<const NameEntry> entries = lexicon.names().find(actor.name);
  for (const NameEntry& entry : entries) {
    if (entry.kind == NameKind::kPerson) return entry.country == actor.country ? entry.name : actor.name;
  }
  const std::vector<std::string_view> words = split_words(actor.name);
  if (!entries.empty() || words.size() < 2) return {};
  if (begins_small(words.front()) || begins_small(words.back())) return {};
  if (lexicon.find_term(ascii_lowered(words.back())) != nullptr) return {};
  const bool is_called_by_country = has_kind(words, NameKind::kDemonym, lexicon.names()) ||
                                    has_kind(words, NameKind::kCountry, lexicon.names()) ||
                                    has_kind(words, NameKind::kSeat, lexicon.names());
  return is_called_by_country ? "" : actor.name;
}

/// The body that a name begins with ("NATO forces" are NATO's), else the name itself.
std::string body_name(std::string_view name, const NameTable& names) {
  for (size_t end = name.size(); end != std::string_view::npos && end > 0; end = name.rfind(' ', end - 1)) {
    for (const NameEntry& entry : names.find(name.substr(0, end))) {
      if (entry.kind == NameKind::kOrganisation) return entry.name;
    }
  }
  return std::string(name);
}

Party party_of(const Actor& actor, const Lexicon& lexicon) {
  Party party{.country = actor.country, .sector = actor.sector};
  const std::string person = person_name(actor, lexicon);
  if (is_state_code(actor.country) && actor.country != kNoCountry) {
    const bool is_state =
        actor.sector.empty() || actor.sector == kInternational || lexicon.ontology().is_one_state(actor.sector, kGovernment);
    party.key = is_state ? actor.country : actor.country + ":" + actor.sector;
    const bool says_more =
        !has_kind({actor.name}, NameKind::kCountry, lexicon.names()) && !has_kind({actor.name}, NameKind::kDemonym, lexicon.names());
    if (!is_state && person.empty() && says_more) party.name = body_name(actor.name, lexicon.names());
  } else {
    party.name = person.empty() ? body_name(actor.name.empty() ? actor.text : actor.name, lexicon.names()) : "";
    const std::string& body = person.empty() ? party.name : person;  // whose body it is the words need not say
    party.key = actor.country + ":" + ascii_lowered(fold_name(body));
  }
  if (!person.empty()) party.persons.push_back(person);
  return party;
}

void add_person(const std::string& person, std::vector<std::string>& persons) {
  if (persons.size() >= kMaxPersons) return;
  if (std::ranges::none_of(persons, [&](const std::string& other) { return is_same_person(person, other); })) persons.push_back(person);
}

bool has_word(std::string_view name, std::string_view word) {
  const std::vector<std::string_view> words = split_words(name);
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

std::string close_key(const Party& party, const Lexicon& lexicon) {
  const Ontology& ontology = lexicon.ontology();
  if (!is_state_code(party.country) || party.country == kNoCountry || party.key == party.country) return party.key;
  const bool stands_alone = ontology.is_armed(party.sector) || ontology.acts_at_home(party.sector);
  return ontology.is_state(party.sector) || !stands_alone ? party.country : party.key;
}

bool is_same_person(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const std::string one = fold_name(a), other = fold_name(b);
  const auto surname = [](std::string_view name) {
    return name.substr(name.rfind(' ') == std::string_view::npos ? 0 : name.rfind(' ') + 1);
  };
  return has_word(other, surname(one)) || has_word(one, surname(other));
}

std::vector<Party> parties_of(const std::vector<Actor>& actors, const Lexicon& lexicon) {
  std::vector<Party> parties;
  for (const Actor& actor : actors) {
    if (parties.size() >= kMaxParties) break;
    unite_parties({party_of(actor, lexicon)}, parties);
  }
  return parties;
}

void unite_parties(const std::vector<Party>& from, std::vector<Party>& into) {
  for (const Party& party : from) {
    const auto same = std::ranges::find(into, party.key, &Party::key);
    if (same == into.end()) {
      if (into.size() < kMaxParties) into.push_back(party);
      continue;
    }
    for (const std::string& person : party.persons) add_person(person, same->persons);
  }
}

const Party* find_party(const std::vector<Party>& parties, std::string_view key) {
  const auto found = std::ranges::find(parties, key, &Party::key);
  return found == parties.end() ? nullptr : &*found;
}

}  // namespace casus
