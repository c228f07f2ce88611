#include "server/incident_index.h"

#include <algorithm>
#include <optional>
#include <set>
#include <span>

namespace casus {
namespace {

/// Days of an act from which on it is looked for by itself: of the others those of a span of days lie close together.
constexpr int32_t kLongDays = 31;

void add_countries(const Mention& mention, std::set<std::string_view>& countries) {
  for (const std::vector<Actor>* side : {&mention.event.source, &mention.event.target}) {
    for (const Actor& actor : *side) countries.insert(actor.country);
  }
  for (const std::vector<Party>* side : {&mention.source, &mention.target}) {
    for (const Party& party : *side) countries.insert(party.country);
  }
}

}  // namespace

uint16_t IncidentIndex::Names::number_of(std::string_view name) {
  const auto number = static_cast<uint16_t>(std::ranges::find(names, name) - names.begin());
  if (number == names.size()) names.push_back(name);
  return number;
}

std::vector<bool> IncidentIndex::Names::meant(const std::vector<std::string>& by) const {
  std::vector<bool> are(names.size(), by.empty());
  for (const std::string& name : by) {
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) are[static_cast<size_t>(found - names.begin())] = true;
  }
  return are;
}

IncidentIndex::IncidentIndex(const Crisis& crisis) : crisis_(crisis) {
  rows_.reserve(crisis.incidents.size());
  for (uint32_t i = 0; i < crisis.incidents.size(); ++i) add(i);
}

void IncidentIndex::add(uint32_t index) {
  const Incident& incident = crisis_.incidents[index];
  const std::optional<int32_t> day = incident.day();
  const DaySpan days = incident.dated ? incident.window : DaySpan{day.value_or(0), day.value_or(0) + 1};
  rows_.push_back({.begin = days.begin,
                   .end = days.end,
                   .type = types_.number_of(incident.type),
                   .status = statuses_.number_of(incident.status),
                   .has_day = day.has_value()});
  if (days.days() > kLongDays) long_.push_back(index);
  of_type_[incident.type].push_back(index);
  std::set<std::string_view> countries;
  for (const uint32_t mention : incident.mentions) add_countries(crisis_.mentions[mention], countries);
  for (const std::string_view country : countries) of_country_[country].push_back(index);
}

/// Incidents are in the order of their first days, and those without one come last.
std::pair<uint32_t, uint32_t> IncidentIndex::run_of_days(const CrisisFilter& filter) const {
  const auto number = [&](std::vector<Row>::const_iterator at) { return static_cast<uint32_t>(at - rows_.begin()); };
  if (!filter.since && !filter.until) return {0, number(rows_.end())};
  const auto dated_end = std::ranges::partition_point(rows_, &Row::has_day);
  const auto is_before = [&](const Row& row) { return filter.since && row.begin <= *filter.since - kLongDays; };
  const auto is_no_later = [&](const Row& row) { return !filter.until || row.begin <= *filter.until; };
  const auto first = std::partition_point(rows_.begin(), dated_end, is_before);
  return {number(first), number(std::partition_point(first, dated_end, is_no_later))};
}

/// The shortest list that holds all that the filter can keep.
IncidentIndex::List IncidentIndex::candidates(const CrisisFilter& filter) const {
  const auto [begin, end] = run_of_days(filter);
  std::optional<std::span<const uint32_t>> shortest;
  const auto take = [&, first = begin, last = end](const Lists& lists, const std::string& name) {
    const auto found = lists.find(name);
    const std::span<const uint32_t> all = found == lists.end() ? std::span<const uint32_t>() : std::span(found->second);
    const std::span<const uint32_t> run(std::ranges::lower_bound(all, first), std::ranges::lower_bound(all, last));
    if (!shortest || run.size() < shortest->size()) shortest = run;
  };
  if (filter.types.size() == 1) take(of_type_, filter.types.front());
  if (filter.actors.size() == 1 && !filter.actors.front().country.empty()) take(of_country_, filter.actors.front().country);
  if (filter.dyad) {
    for (const ActorFilter* side : {&filter.dyad->source, &filter.dyad->target}) {
      if (!side->country.empty()) take(of_country_, side->country);
    }
  }
  List found(long_.begin(), std::ranges::lower_bound(long_, begin));
  if (shortest) {
    found.insert(found.end(), shortest->begin(), shortest->end());
  } else {
    for (uint32_t i = begin; i < end; ++i) found.push_back(i);
  }
  return found;
}

std::vector<uint32_t> IncidentIndex::kept(const CrisisFilter& filter) const {
  const std::vector<bool> types = types_.meant(filter.types), statuses = statuses_.meant(filter.statuses);
  const bool asks_for_days = filter.since || filter.until, asks_for_mentions = filter.asks_for_mentions();
  List kept = candidates(filter);
  std::erase_if(kept, [&](uint32_t index) {
    const Row& row = rows_[index];
    if (!types[row.type] || !statuses[row.status]) return true;
    if (asks_for_days && (!row.has_day || !filter.keeps_days({row.begin, row.end}))) return true;
    return asks_for_mentions && !filter.keeps(crisis_.incidents[index], crisis_);
  });
  return kept;
}

}  // namespace casus
