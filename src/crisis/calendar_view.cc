#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "crisis/parties.h"
#include "crisis/views.h"

namespace casus {
namespace {

constexpr int32_t kMovedWithin = 60;  // days between the old and the new date of one act
constexpr size_t kMostCompared = 64;  // acts of one kind between the same sides

const StatusChange* change_to(const Incident& incident, std::string_view status) {
  const auto found = std::ranges::find(incident.history, status, &StatusChange::status);
  return found == incident.history.end() ? nullptr : &*found;
}

bool people_agree(const std::vector<Party>& a, const std::vector<Party>& b) {
  return std::ranges::all_of(a, [&](const Party& party) {
    const Party* const same = find_party(b, party.key);
    if (same == nullptr || same->persons.empty() || party.persons.empty()) return true;
    return std::ranges::any_of(party.persons, [&](const std::string& person) {
      return std::ranges::any_of(same->persons, [&](const std::string& other) { return is_same_person(person, other); });
    });
  });
}

/// What acts must have in common to be one act with another date.
std::string kind_key(const Incident& incident, const CrisisRules& rules, const Lexicon& lexicon) {
  std::set<std::string> source, target;
  for (const Party& party : incident.source) source.insert(party.key);
  for (const Party& party : incident.target) target.insert(party.key);
  if (lexicon.rule_of(incident.type).symmetric) {
    source.insert(target.begin(), target.end());
    target.clear();
  }
  std::string key = incident.type + "\n" + std::string(rules.mode_group(incident.type, incident.mode));
  for (const std::string& party : source) key += "\n" + party;
  key += "\n→";
  for (const std::string& party : target) key += "\n" + party;
  return key;
}

/// Finds the acts that plans were moved to.
class Moves {
 public:
  Moves(const Crisis& crisis, const CrisisRules& rules, const Lexicon& lexicon) : crisis_(crisis), rules_(rules), lexicon_(lexicon) {
    for (uint32_t i = 0; i < crisis.incidents.size(); ++i) {
      const Incident& incident = crisis.incidents[i];
      if (!incident.dated || incident.status == "denied" || incident.status == "conditional") continue;
      std::vector<uint32_t>& same = kinds_[kind_key(incident, rules, lexicon)];
      if (same.size() < kMostCompared) same.push_back(i);
    }
  }

  [[nodiscard]] std::optional<uint32_t> of(uint32_t index) const {
    const Incident& plan = crisis_.incidents[index];
    const auto same = kinds_.find(kind_key(plan, rules_, lexicon_));
    if (same == kinds_.end()) return std::nullopt;
    for (const uint32_t other : same->second) {
      if (other != index && is_move(plan, crisis_.incidents[other])) return other;
    }
    return std::nullopt;
  }

 private:
  /// Told later, for other days, and not long after.
  [[nodiscard]] static bool is_move(const Incident& plan, const Incident& other) {
    if (!plan.last_report || !other.first_report || *other.first_report <= *plan.last_report) return false;
    const int32_t apart = other.window.begin - plan.window.begin;
    return !plan.window.overlaps(other.window) && std::abs(apart) <= kMovedWithin && people_agree(plan.source, other.source) &&
           people_agree(plan.target, other.target);
  }

  const Crisis& crisis_;
  const CrisisRules& rules_;
  const Lexicon& lexicon_;
  std::map<std::string, std::vector<uint32_t>> kinds_;
};

PlanOutcome outcome_of(const Crisis& crisis, const CalendarEntry& entry, const Incident& incident) {
  if (incident.happened) return *incident.happened ? PlanOutcome::kTookPlace : PlanOutcome::kCalledOff;
  if (change_to(incident, "actual") != nullptr) return PlanOutcome::kTookPlace;
  const StatusChange* const denied = change_to(incident, "denied");
  if (denied != nullptr && denied->day && entry.announced && *denied->day >= *entry.announced) return PlanOutcome::kCalledOff;
  if (entry.moved_to) return PlanOutcome::kMoved;
  return crisis.as_of && entry.planned.end <= *crisis.as_of ? PlanOutcome::kNoWord : PlanOutcome::kAhead;
}

}  // namespace

std::string_view outcome_name(PlanOutcome outcome) {
  switch (outcome) {
    case PlanOutcome::kAhead: return "ahead";
    case PlanOutcome::kTookPlace: return "took place";
    case PlanOutcome::kMoved: return "moved";
    case PlanOutcome::kCalledOff: return "called off";
    case PlanOutcome::kNoWord: return "no word since";
  }
  return "";
}

std::vector<CalendarEntry> calendar_of(const Crisis& crisis, const CrisisFilter& filter, const CrisisRules& rules, const Lexicon& lexicon) {
  const Moves moves(crisis, rules, lexicon);
  std::vector<CalendarEntry> entries;
  for (const uint32_t index : kept_incidents(crisis, filter)) {
    const Incident& incident = crisis.incidents[index];
    const StatusChange* const plan = change_to(incident, "planned");
    if (plan == nullptr) continue;
    CalendarEntry entry{.incident = index, .announced = plan->day};
    entry.planned = incident.window;
    entry.dated = incident.dated;
    if (incident.dated && incident.status != "actual") entry.moved_to = moves.of(index);
    entry.outcome = outcome_of(crisis, entry, incident);
    entries.push_back(entry);
  }
  std::ranges::stable_sort(entries, {}, [&](const CalendarEntry& entry) {
    return std::tuple(!entry.dated, entry.planned.begin, std::string_view(crisis.incidents[entry.incident].id));
  });
  return entries;
}

}  // namespace casus
