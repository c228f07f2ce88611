#include "reading/merge.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace casus {
namespace {

constexpr std::string_view kJudgeRule = "judge";  ///< of events that no frame knows

using Countries = std::set<std::string>;

Countries countries(const std::vector<Actor>& actors) {
  Countries all;
  for (const Actor& actor : actors) {  // bodies and people without a country are told apart by name
    const bool is_country = actor.country.size() == 3 && actor.country != kInternational && actor.country != kNonGovernmental;
    all.insert(is_country ? actor.country : actor.name);
  }
  return all;
}

bool is_part_of(const Countries& part, const Countries& whole) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

/// Whether one side says no more than the other and nothing else.
bool agree(const Countries& a, const Countries& b) { return a.empty() || b.empty() || is_part_of(a, b) || is_part_of(b, a); }

/// The countries of both sides, worked out once a mention.
struct Sides {
  Countries source;
  Countries target;
};

/// "The call, which the Russian took": one who is known to have been on either side of a meeting, without the other.
bool takes_part(const Sides& one, const Sides& whole) {
  if (!one.target.empty() || one.source.empty() || whole.target.empty()) return false;
  return is_part_of(one.source, whole.source) || is_part_of(one.source, whole.target);
}

bool same_sides(const Sides& a, const Sides& b, bool symmetric, bool speech) {
  if (speech && a.target.empty() != b.target.empty()) return false;  // words to somebody are not words to nobody
  if (agree(a.source, b.source) && agree(a.target, b.target) && (!a.source.empty() || !a.target.empty())) {
    return (a.source == b.source && !a.source.empty()) || (a.target == b.target && !a.target.empty());
  }
  return symmetric && ((a.source == b.target && a.target == b.source) || takes_part(a, b) || takes_part(b, a));
}

/// A headline says less and otherwise: one side in common with an act of its kind is enough.
bool is_headline_of(const Sides& headline, const Sides& act) {
  return (headline.source == act.source && !act.source.empty()) || (headline.target == act.target && !act.target.empty());
}

/// Whether two dates can be one: one is unknown, equal to or within the other.
bool dates_agree(const Event& a, const Event& b) {
  return a.date.empty() || b.date.empty() || a.date.starts_with(b.date) || b.date.starts_with(a.date);
}

/// Two different places without a government of their own ("took Grytviken", "took Goose Green") are two acts.
bool places_agree(const Event& a, const Event& b) {
  if (a.target.size() != 1 || b.target.size() != 1) return true;
  const bool place = a.target[0].sector.empty() || b.target[0].sector.empty();
  return !place || a.target[0].name == b.target[0].name;
}

/// "Broke off relations and cut all links": what is joined and done in different ways is two acts.
bool are_joined(const Candidate& a, const Candidate& b) {
  const bool joined = a.joined_to == b.trigger || b.joined_to == a.trigger;
  return joined && a.event.rule.substr(0, a.event.rule.find('/')) != b.event.rule.substr(0, b.event.rule.find('/'));
}

/// The persons named on either side, by country.
std::map<std::string, std::set<std::string>> persons(const Event& event) {
  std::map<std::string, std::set<std::string>> all;
  for (const std::vector<Actor>* side : {&event.source, &event.target}) {
    for (const Actor& actor : *side) {
      if (actor.is_person) all[actor.country].insert(actor.name);
    }
  }
  return all;
}

/// The ministers' call is not the presidents'.
bool persons_agree(const Event& a, const Event& b) {
  const auto of_a = persons(a), of_b = persons(b);
  return std::ranges::all_of(of_a, [&](const auto& one) {
    const auto other = of_b.find(one.first);
    return other == of_b.end() || std::ranges::any_of(one.second, [&](const std::string& name) { return other->second.contains(name); });
  });
}

bool modes_agree(const Event& a, const Event& b) { return a.mode.empty() || b.mode.empty() || a.mode == b.mode; }

int detail(const Candidate& candidate) {
  const Event& event = candidate.event;
  int points = candidate.weight;
  points += candidate.in_heading ? -100 : 0;
  points += event.source.empty() ? 0 : 8;
  points += event.target.empty() ? 0 : 8;
  points += static_cast<int>(std::min<size_t>(event.source.size() + event.target.size(), 4));
  points += event.date.empty() ? 0 : 2;
  points += event.mode.empty() ? 0 : 1;
  return points;
}

/// Whether what one mention tells of day, place and number may be said of the other: an act that only the judge takes for one, in another
/// sentence, is too seldom the same.
bool tells_of(const Event& from, const Event& into) {
  return from.sentence == into.sentence || from.rule != kJudgeRule || into.rule == kJudgeRule;
}

void absorb(Candidate& into, Candidate&& from) {
  Event& event = into.event;
  if (from.event.sentence != event.sentence) event.also.push_back(from.event.sentence);
  event.also.insert(event.also.end(), from.event.also.begin(), from.event.also.end());
  if (!tells_of(from.event, event)) return;
  if (event.date.empty()) {
    event.date = std::move(from.event.date);
    event.date_precision = std::move(from.event.date_precision);
    event.date_span = from.event.date_span;
  }
  if (event.mode.empty()) event.mode = std::move(from.event.mode);
  if (!event.place) event.place = std::move(from.event.place);
  if (event.quantity.empty()) event.quantity = std::move(from.event.quantity);
}

/// An act told once without its doer ("fears of an invasion of Ukraine") takes the one doer that the article names for such an
/// act towards the same side; where it names two, none.
void fill_sources(std::vector<Candidate>& candidates) {
  struct Doer {
    const std::vector<Actor>* actors = nullptr;
    bool doubtful = false;
  };
  std::map<std::pair<std::string, Countries>, Doer> doers;
  for (const Candidate& candidate : candidates) {
    const Event& event = candidate.event;
    if (event.source.empty() || event.target.empty()) continue;
    Doer& doer = doers[{event.type, countries(event.target)}];
    doer.doubtful = doer.doubtful || (doer.actors && countries(*doer.actors) != countries(event.source));
    if (!doer.actors) doer.actors = &event.source;
  }
  for (Candidate& candidate : candidates) {
    Event& event = candidate.event;
    if (!event.source.empty() || event.target.empty() || event.status == "actual" || event.status == "denied") continue;
    const auto doer = doers.find({event.type, countries(event.target)});
    if (doer != doers.end() && !doer->second.doubtful) event.source = *doer->second.actors;
  }
}

}  // namespace

std::vector<Event> merge_mentions(std::vector<Candidate> candidates, const Lexicon& lexicon, std::vector<Merged>* merged) {
  fill_sources(candidates);
  std::vector<Candidate> kept;
  std::vector<Sides> sides;                                                    // of kept
  std::map<std::pair<std::string, std::string>, std::vector<size_t>> of_kind;  // type and status to indices of kept
  std::vector<size_t> order;                                                   // headings last
  for (const bool heading : {false, true}) {
    for (size_t i = 0; i < candidates.size(); ++i) {
      if (candidates[i].in_heading == heading && !candidates[i].is_mention) order.push_back(i);
    }
  }
  for (const size_t next : order) {
    Candidate& candidate = candidates[next];
    const TypeRule& rule = lexicon.rule_of(candidate.event.type);
    Sides own{countries(candidate.event.source), countries(candidate.event.target)};
    std::vector<size_t>& rivals = of_kind[{candidate.event.type, candidate.event.status}];
    const auto same = std::find_if(rivals.begin(), rivals.end(), [&](size_t index) {
      const Event& other = kept[index].event;
      if (candidate.in_heading && is_headline_of(own, sides[index])) return true;
      return same_sides(sides[index], own, rule.symmetric, rule.is_speech) && dates_agree(other, candidate.event) &&
             (modes_agree(other, candidate.event) || (rule.symmetric && takes_part(own, sides[index]))) &&
             (!rule.symmetric || persons_agree(other, candidate.event)) && places_agree(other, candidate.event) &&
             !are_joined(kept[index], candidate);
    });
    if (same == rivals.end()) {
      rivals.push_back(kept.size());
      kept.push_back(std::move(candidate));
      sides.push_back(std::move(own));
      continue;
    }
    if (detail(candidate) > detail(kept[*same])) {
      std::swap(kept[*same], candidate);
      std::swap(sides[*same], own);
    }
    if (merged) merged->push_back({.from = candidate.trigger, .into = kept[*same].trigger});
    absorb(kept[*same], std::move(candidate));
  }
  std::vector<Event> events;
  for (Candidate& candidate : kept) {
    Event& event = candidate.event;
    std::sort(event.also.begin(), event.also.end());
    event.also.erase(std::unique(event.also.begin(), event.also.end()), event.also.end());
    std::erase(event.also, event.sentence);
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace casus
