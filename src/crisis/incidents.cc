#include "crisis/incidents.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "crisis/incident_edits.h"
#include "crisis/incident_match.h"
#include "crisis/incident_summary.h"
#include "crisis/parties.h"

namespace casus {
namespace {

constexpr int32_t kBinDays = 30;  // of the lists of candidates

/// Under what an incident is found, and what a mention looks under.
enum class Shelf : uint64_t {
  kPair = 1,      ///< both parties
  kOneSided = 2,  ///< names one side alone
  kAny = 3,       ///< one party of any
};

int32_t bin_of(int32_t day) { return day >= 0 ? day / kBinDays : (day - kBinDays + 1) / kBinDays; }

/// A hash of both, in this order.
uint64_t mixed(uint64_t a, uint64_t b) {
  const std::array<uint64_t, 2> both = {a, b};
  return hash64(std::string_view(reinterpret_cast<const char*>(both.data()), sizeof both));
}

/// What says most comes first.
auto rank_of(const Facts& facts, uint32_t index) {
  const Mention& mention = *facts.mention;
  return std::tuple(-facts.detail, mention.window.begin, mention.window.end, mention.article, std::string_view(mention.event.id), index);
}

/// The draft of mentions that belong together, joined in the order in which the builder comes to them. `facts` are kept for it.
Draft draft_of(const std::vector<uint32_t>& group, const Crisis& crisis, const CrisisRules& rules, const Lexicon& lexicon,
               std::vector<Facts>& facts) {
  facts.clear();
  facts.reserve(group.size());
  for (const uint32_t mention : group) facts.push_back(facts_of(crisis.mentions[mention], crisis, rules, lexicon));
  std::vector<size_t> order(group.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::sort(order, [&](size_t a, size_t b) { return rank_of(facts[a], group[a]) < rank_of(facts[b], group[b]); });
  Draft draft = begin_draft(facts[order.front()], group[order.front()]);
  for (size_t i = 1; i < order.size(); ++i) join(facts[order[i]], group[order[i]], draft);
  return draft;
}

void sort_incidents(std::vector<Incident>& incidents) {
  std::ranges::sort(incidents, [](const Incident& a, const Incident& b) {
    const auto key = [](const Incident& incident) {
      return std::tuple(incident.day().value_or(std::numeric_limits<int32_t>::max()), std::string_view(incident.id));
    };
    return key(a) < key(b);
  });
}

/// The builder of incidents: the mentions that say most come first, each joins the incident that it fits best or begins one.
class Builder {
 public:
  Builder(const Crisis& crisis, const CrisisRules& rules, const Lexicon& lexicon) : crisis_(crisis), rules_(rules), lexicon_(lexicon) {}

  std::vector<Draft> build() {
    prepare();
    for (const uint32_t mention : in_order()) place(mention);
    return std::move(drafts_);
  }

 private:
  void prepare() {
    facts_.reserve(crisis_.mentions.size());
    for (const Mention& mention : crisis_.mentions) {
      facts_.push_back(facts_of(mention, crisis_, rules_, lexicon_));
    }
  }

  [[nodiscard]] std::vector<uint32_t> in_order() const {
    std::vector<uint32_t> order(crisis_.mentions.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](uint32_t a, uint32_t b) { return rank_of(facts_[a], a) < rank_of(facts_[b], b); });
    return order;
  }

  void place(uint32_t mention) {
    const std::vector<uint64_t> shelves = shelves_of(mention, true);
    std::optional<uint32_t> best;
    double most = kEnoughPoints;
    for (const uint32_t draft : candidates(shelves)) {
      const std::optional<double> points = match(facts_[mention], drafts_[draft]);
      if (!points || *points < most || (best && *points == most)) continue;
      best = draft;
      most = *points;
    }
    if (best) {
      join(facts_[mention], mention, drafts_[*best]);
      return;
    }
    drafts_.push_back(begin_draft(facts_[mention], mention));
    const auto number = static_cast<uint32_t>(drafts_.size() - 1);
    for (const uint64_t shelf : shelves_of(mention, false)) shelves_[shelf].push_back(number);
  }

  /// Drafts of the shelves, each once, in the order in which they began.
  [[nodiscard]] std::vector<uint32_t> candidates(const std::vector<uint64_t>& shelves) const {
    std::vector<uint32_t> found;
    for (const uint64_t shelf : shelves) {
      const auto drafts = shelves_.find(shelf);
      if (drafts == shelves_.end()) continue;
      const std::vector<uint32_t>& all = drafts->second;
      found.insert(found.end(), all.end() - static_cast<ptrdiff_t>(std::min(all.size(), kMaxCandidates)), all.end());
    }
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  /// The shelves of a mention: where it looks, or where the incident that it begins stands. By close keys, since reports name a state's
  /// organs for one another.
  [[nodiscard]] std::vector<uint64_t> shelves_of(uint32_t index, bool to_look) const {
    const Facts& facts = facts_[index];
    const std::vector<uint64_t>&source = facts.source.close, &target = facts.target.close;
    std::vector<uint64_t> labels;
    const auto label = [&](Shelf shelf, uint64_t key) { labels.push_back(mixed(key, static_cast<uint64_t>(shelf))); };
    const bool two_sided = facts.symmetric ? facts.both.close.size() > 1 : !source.empty() && !target.empty();
    if (two_sided) add_pairs(facts, labels);
    for (const uint64_t key : facts.both.close) {
      label(two_sided && to_look ? Shelf::kOneSided : Shelf::kAny, key);
      if (!two_sided && !to_look) label(Shelf::kOneSided, key);
    }
    if (facts.both.empty()) label(Shelf::kAny, 0);
    return in_bins(labels, facts);
  }

  static void add_pairs(const Facts& facts, std::vector<uint64_t>& labels) {
    const std::vector<uint64_t>& first = facts.symmetric ? facts.both.close : facts.source.close;
    const std::vector<uint64_t>& second = facts.symmetric ? facts.both.close : facts.target.close;
    for (const uint64_t one : first) {
      for (const uint64_t other : second) {
        if (labels.size() >= kMaxPairs) return;
        if (!facts.symmetric || one < other) labels.push_back(mixed(mixed(one, static_cast<uint64_t>(Shelf::kPair)), other));
      }
    }
  }

  [[nodiscard]] static std::vector<uint64_t> in_bins(const std::vector<uint64_t>& labels, const Facts& facts) {
    std::vector<uint64_t> shelves;
    const uint64_t family = hash64(facts.rule->family);
    for (const uint64_t label : labels) {
      for (int32_t bin = bin_of(facts.reach.begin); bin <= bin_of(facts.reach.end); ++bin)
        shelves.push_back(mixed(mixed(family, label), static_cast<uint64_t>(static_cast<int64_t>(bin))));
    }
    return shelves;
  }

  const Crisis& crisis_;
  const CrisisRules& rules_;
  const Lexicon& lexicon_;
  std::vector<Facts> facts_;
  std::vector<Draft> drafts_;
  std::unordered_map<uint64_t, std::vector<uint32_t>> shelves_;
};

/// The root of a union-find.
size_t root_of(std::vector<size_t>& parents, size_t at) {
  while (parents[at] != at) at = parents[at] = parents[parents[at]];
  return at;
}

}  // namespace

std::vector<Incident> build_incidents(const Crisis& crisis, const CrisisRules& rules, const Lexicon& lexicon) {
  std::vector<Incident> incidents;
  Builder builder(crisis, rules, lexicon);  // owns what the drafts point to
  const std::vector<Draft> drafts = builder.build();
  if (!crisis.fixes.empty()) {
    std::vector<std::vector<uint32_t>> groups;
    groups.reserve(drafts.size());
    for (const Draft& draft : drafts) groups.push_back(draft.mentions);
    return incidents_of_groups(edited_groups(std::move(groups), crisis), crisis, rules, lexicon);
  }
  incidents.reserve(drafts.size());
  for (const Draft& draft : drafts) incidents.push_back(summarise(draft, crisis));
  sort_incidents(incidents);
  return incidents;
}

std::vector<Incident> incidents_of_groups(const std::vector<std::vector<uint32_t>>& groups, const Crisis& crisis, const CrisisRules& rules,
                                          const Lexicon& lexicon) {
  std::vector<Incident> incidents;
  incidents.reserve(groups.size());
  std::vector<Facts> facts;
  for (const std::vector<uint32_t>& group : groups) {
    if (!group.empty()) incidents.push_back(summarise(draft_of(group, crisis, rules, lexicon, facts), crisis));
  }
  mark_fixed(crisis, incidents);
  sort_incidents(incidents);
  return incidents;
}

std::string incident_id(const Event& event) { return hash_hex("incident\n" + event.id); }

Result<FoundIncident> find_incident(std::string_view beginning, const Crisis& crisis) {
  std::map<std::string, uint32_t> own, merged;
  for (uint32_t i = 0; i < crisis.incidents.size(); ++i) {
    const Incident& incident = crisis.incidents[i];
    if (incident.id.starts_with(beginning)) own.emplace(incident.id, i);
    for (const uint32_t mention : incident.mentions) {
      std::string id = incident_id(crisis.mentions[mention].event);
      if (id.starts_with(beginning)) merged.emplace(std::move(id), i);
    }
  }
  const std::map<std::string, uint32_t>& found = own.empty() ? merged : own;
  if (found.empty()) return Error{.code = ErrorCode::kNotFound, .message = "there is no incident " + std::string(beginning)};
  if (found.size() > 1) {
    std::string ids;
    for (const auto& [id, incident] : found) ids += " " + id;
    return Error{.code = ErrorCode::kBadOption, .message = "several incidents begin with " + std::string(beginning) + ":" + ids};
  }
  return FoundIncident{.incident = found.begin()->second, .asked = found.begin()->first, .merged = own.empty()};
}

uint32_t count_sources(const std::vector<CrisisArticle>& articles, const std::vector<uint32_t>& of) {
  std::vector<size_t> parents(of.size());
  std::iota(parents.begin(), parents.end(), size_t{0});
  std::unordered_map<uint32_t, size_t> by_text;
  std::unordered_map<std::string_view, size_t> by_outlet;
  for (size_t i = 0; i < of.size(); ++i) {
    const CrisisArticle& article = articles[of[i]];
    const auto [text, new_text] = by_text.emplace(article.text_group, i);
    if (!new_text) parents[root_of(parents, i)] = root_of(parents, text->second);
    if (article.outlet.empty()) continue;
    const auto [outlet, new_outlet] = by_outlet.emplace(article.outlet, i);
    if (!new_outlet) parents[root_of(parents, i)] = root_of(parents, outlet->second);
  }
  uint32_t sources = 0;
  for (size_t i = 0; i < of.size(); ++i) sources += parents[i] == i ? 1 : 0;
  return sources;
}

}  // namespace casus
