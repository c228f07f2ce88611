#include "crisis/incidents.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "crisis/candidates.h"
#include "crisis/incident_edits.h"
#include "crisis/incident_match.h"
#include "crisis/incident_summary.h"
#include "crisis/parties.h"

namespace casus {
namespace {

/// The turn of a mention of a crisis.
Rank rank_in(const Crisis& crisis, const Facts& facts, uint32_t index) {
  return rank_of(facts, crisis.articles[facts.mention->article].article_id, index);
}

/// What decides about a mention of a crisis.
Facts facts_in(const Crisis& crisis, uint32_t index, const CrisisRules& rules, const Lexicon& lexicon) {
  const Mention& mention = crisis.mentions[index];
  return facts_of(mention, crisis.articles[mention.article].published, rules, lexicon);
}

/// The draft of mentions that belong together, joined in the order in which the builder comes to them. `facts` are kept for it.
Draft draft_of(const std::vector<uint32_t>& group, const Crisis& crisis, const CrisisRules& rules, const Lexicon& lexicon,
               std::vector<Facts>& facts) {
  facts.clear();
  facts.reserve(group.size());
  for (const uint32_t mention : group) facts.push_back(facts_in(crisis, mention, rules, lexicon));
  std::vector<size_t> order(group.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::sort(order, [&](size_t a, size_t b) { return rank_in(crisis, facts[a], group[a]) < rank_in(crisis, facts[b], group[b]); });
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

  [[nodiscard]] bool is_crowded() const { return shelves_.is_crowded(); }

 private:
  void prepare() {
    facts_.reserve(crisis_.mentions.size());
    for (uint32_t i = 0; i < crisis_.mentions.size(); ++i) facts_.push_back(facts_in(crisis_, i, rules_, lexicon_));
  }

  [[nodiscard]] std::vector<uint32_t> in_order() const {
    std::vector<uint32_t> order(crisis_.mentions.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](uint32_t a, uint32_t b) { return rank_in(crisis_, facts_[a], a) < rank_in(crisis_, facts_[b], b); });
    return order;
  }

  void place(uint32_t mention) {
    const Facts& facts = facts_[mention];
    const auto draft_at = [&](uint32_t draft) -> const Draft& { return drafts_[draft]; };
    if (const auto best = best_candidate(facts, shelves_.candidates(shelves_to_look_on(facts)), draft_at)) {
      join(facts, mention, drafts_[*best]);
      return;
    }
    drafts_.push_back(begin_draft(facts, mention));
    shelves_.add(static_cast<uint32_t>(drafts_.size() - 1), shelves_to_stand_on(facts));
  }

  const Crisis& crisis_;
  const CrisisRules& rules_;
  const Lexicon& lexicon_;
  std::vector<Facts> facts_;
  std::vector<Draft> drafts_;
  DraftShelves<> shelves_{};
};

/// The root of a union-find.
size_t root_of(std::vector<size_t>& parents, size_t at) {
  while (parents[at] != at) at = parents[at] = parents[parents[at]];
  return at;
}

}  // namespace

std::vector<Incident> build_incidents(const Crisis& crisis, const CrisisRules& rules, const Lexicon& lexicon, bool* is_crowded) {
  std::vector<Incident> incidents;
  Builder builder(crisis, rules, lexicon);  // owns what the drafts point to
  const std::vector<Draft> drafts = builder.build();
  if (is_crowded != nullptr) *is_crowded = builder.is_crowded();
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
