#include <algorithm>
#include <map>
#include <set>

#include "crisis/parties.h"
#include "crisis/views.h"
#include "crisis/wording.h"

namespace casus {
namespace {

struct Gathered {
  ActorLine line{};
  std::set<uint32_t> articles{};
  std::map<std::string, uint32_t> partners{};
};

void add_person(const std::string& name, const Incident& incident, ActorLine& line) {
  auto found = std::ranges::find_if(line.persons, [&](const ActorLine::Person& person) { return is_same_person(person.name, name); });
  if (found == line.persons.end()) found = line.persons.insert(line.persons.end(), ActorLine::Person{.name = name});
  ++found->incidents;
  if (!incident.first_report) return;
  found->first = std::min(found->first.value_or(*incident.first_report), *incident.first_report);
  found->last = std::max(found->last, incident.last_report);
}

void add_party(const Party& party, const Incident& incident, const std::vector<Party>& others, bool acts, const Crisis& crisis,
               Gathered& gathered) {
  ActorLine& line = gathered.line;
  if (line.party.key.empty()) line.party = {.key = party.key, .country = party.country, .sector = party.sector, .name = party.name};
  ++(acts ? line.acts : line.suffered);
  for (const std::string& person : party.persons) add_person(person, incident, line);
  for (const uint32_t article : articles_of(incident, crisis)) gathered.articles.insert(article);
  for (const Party& other : others) {
    if (other.key != party.key) ++gathered.partners[other.key];
  }
}

}  // namespace

std::vector<ActorLine> actors_of(const Crisis& crisis, const CrisisFilter& filter) {
  constexpr size_t kMostPartners = 8;
  std::map<std::string, Gathered> parties;
  for (const uint32_t index : kept_incidents(crisis, filter)) {
    const Incident& incident = crisis.incidents[index];
    for (const Party& party : incident.source) add_party(party, incident, incident.target, true, crisis, parties[party.key]);
    for (const Party& party : incident.target) add_party(party, incident, incident.source, false, crisis, parties[party.key]);
  }
  std::vector<ActorLine> lines;
  for (auto& [key, gathered] : parties) {
    ActorLine& line = gathered.line;
    line.articles = static_cast<uint32_t>(gathered.articles.size());
    std::ranges::stable_sort(line.persons, std::ranges::greater(), &ActorLine::Person::incidents);
    line.partners.assign(gathered.partners.begin(), gathered.partners.end());
    std::ranges::stable_sort(line.partners, std::ranges::greater(), &std::pair<std::string, uint32_t>::second);
    if (line.partners.size() > kMostPartners) line.partners.resize(kMostPartners);
    lines.push_back(std::move(line));
  }
  std::ranges::stable_sort(lines, std::ranges::greater(), [](const ActorLine& line) { return line.acts + line.suffered; });
  return lines;
}

}  // namespace casus
