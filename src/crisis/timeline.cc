#include <algorithm>
#include <map>
#include <set>

#include "crisis/views.h"
#include "crisis/wording.h"

namespace casus {
namespace {

constexpr double kUndatedShare = 0.25;  // of the weight of an act that stands under the day of its report alone
constexpr double kNamedWeight = 5;      // of each independent text that names the day, on whatever occasion
constexpr double kLookedBackAt = 40;    // of each of them that looks back at it: what reports come back to makes history
constexpr int32_t kVague = 7;           // days from which on a date no longer says which day it was

bool happens(const Incident& incident) {
  return (incident.status == "actual" || incident.status == "planned") && incident.happened.value_or(true);
}

double weight_on_its_day(const Incident& incident) {
  return incident.dated && incident.window.days() < kVague ? incident.weight : incident.weight * kUndatedShare;
}

}  // namespace

std::vector<uint32_t> kept_incidents(const Crisis& crisis, const CrisisFilter& filter) {
  if (filter.known != nullptr) return *filter.known;
  std::vector<uint32_t> kept;
  for (uint32_t i = 0; i < crisis.incidents.size(); ++i) {
    if (filter.keeps(crisis.incidents[i], crisis)) kept.push_back(i);
  }
  return kept;
}

std::vector<TimelineDay> timeline_of(const Crisis& crisis, const CrisisFilter& filter, size_t top) {
  std::map<int32_t, TimelineDay> by_day;
  std::map<int32_t, std::set<uint32_t>> articles;
  for (const uint32_t index : kept_incidents(crisis, filter)) {
    const Incident& incident = crisis.incidents[index];
    const std::optional<int32_t> on = incident.day();
    if (!happens(incident) || !on) continue;
    TimelineDay& day = by_day[*on];
    day.day = *on;
    day.incidents.push_back(index);
    day.weight += weight_on_its_day(incident);
    for (const uint32_t article : articles_of(incident, crisis)) articles[day.day].insert(article);
  }
  for (const NamedDay& named : crisis.named_days) {
    const auto day = by_day.find(named.day);
    if (day != by_day.end()) day->second.weight += kNamedWeight * named.texts + kLookedBackAt * named.later;
  }
  std::vector<TimelineDay> days;
  for (auto& [number, day] : by_day) {
    day.articles = static_cast<uint32_t>(articles[number].size());
    std::ranges::stable_sort(day.incidents,
                             [&](uint32_t a, uint32_t b) { return crisis.incidents[a].weight > crisis.incidents[b].weight; });
    days.push_back(std::move(day));
  }
  if (top == 0 || days.size() <= top) return days;
  std::ranges::stable_sort(days, [](const TimelineDay& a, const TimelineDay& b) { return a.weight > b.weight; });
  days.resize(top);
  std::ranges::sort(days, {}, &TimelineDay::day);
  return days;
}

}  // namespace casus
