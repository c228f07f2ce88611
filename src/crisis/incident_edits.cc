#include "crisis/incident_edits.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "crisis/incident_summary.h"

namespace casus {
namespace {

using Groups = std::vector<std::vector<uint32_t>>;

/// The number of the group of each mention.
std::unordered_map<uint32_t, size_t> groups_of(const Groups& groups) {
  std::unordered_map<uint32_t, size_t> of;
  for (size_t i = 0; i < groups.size(); ++i) {
    for (const uint32_t mention : groups[i]) of.emplace(mention, i);
  }
  return of;
}

bool is_told_as_done(const Incident& incident) {
  return std::ranges::find(incident.history, "actual", &StatusChange::status) != incident.history.end();
}

/// The last word of several counts.
void mark(const IncidentFix& fix, uint32_t index, const Crisis& crisis, Incident& incident) {
  const bool is_outcome = fix.kind == kHappenedFix || fix.kind == kNotHappenedFix;
  if (fix.other && !std::ranges::binary_search(incident.mentions, *fix.other)) return;  // split again
  if (is_outcome && is_told_as_done(incident)) return;
  incident.fixes.push_back(index);
  if (!is_outcome) return;
  incident.happened = fix.kind == kHappenedFix;
  if (*incident.happened)
    incident.status = "actual";
  else if (incident.status == "actual")
    incident.status = "planned";
  incident.weight = weight_of(incident, crisis);
}

}  // namespace

Groups edited_groups(Groups groups, const Crisis& crisis) {
  if (crisis.fixes.empty()) return groups;
  std::unordered_map<uint32_t, size_t> of = groups_of(groups);
  for (const IncidentFix& fix : crisis.fixes) {
    const size_t group = of.at(fix.mention);
    if (fix.kind == kSplitFix) {
      std::erase(groups[group], fix.mention);
      of[fix.mention] = groups.size();
      groups.push_back({fix.mention});
    } else if (fix.other && of.at(*fix.other) != group) {
      const std::vector<uint32_t> joined = std::exchange(groups[of.at(*fix.other)], {});
      for (const uint32_t mention : joined) of[mention] = group;
      groups[group].insert(groups[group].end(), joined.begin(), joined.end());
    }
  }
  std::erase_if(groups, [](const std::vector<uint32_t>& group) { return group.empty(); });
  for (std::vector<uint32_t>& group : groups) std::ranges::sort(group);
  return groups;
}

void mark_fixed(const Crisis& crisis, std::vector<Incident>& incidents) {
  if (crisis.fixes.empty()) return;
  std::unordered_multimap<uint32_t, uint32_t> about;  // by mention
  for (uint32_t i = 0; i < crisis.fixes.size(); ++i) about.emplace(crisis.fixes[i].mention, i);
  for (Incident& incident : incidents) {
    std::vector<uint32_t> found;
    for (const uint32_t mention : incident.mentions) {
      const auto [begin, end] = about.equal_range(mention);
      for (auto one = begin; one != end; ++one) found.push_back(one->second);
    }
    std::ranges::sort(found);
    for (const uint32_t index : found) mark(crisis.fixes[index], index, crisis, incident);
  }
}

std::string corrections_text(const Incident& incident, const Crisis& crisis) {
  static constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {kJoinFix, "joined"}, {kSplitFix, "split off"}, {kHappenedFix, "marked as happened"}, {kNotHappenedFix, "marked as not happened"}};
  std::string text;
  for (const uint32_t index : incident.fixes) {
    const IncidentFix& fix = crisis.fixes[index];
    const auto* const words = std::ranges::find(kWords, fix.kind, &std::pair<std::string_view, std::string_view>::first);
    const std::string one = std::string(words->second) + " by " + fix.author;
    if (text.find(one) == std::string::npos) text += (text.empty() ? "" : ", ") + one;
  }
  return text;
}

}  // namespace casus
