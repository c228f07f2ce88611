#include "reading/merge.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace casus {
namespace {

using Countries = std::set<std::string>;

Countries countries(const std::vector<Actor>& actors) {
  Countries all;
  for (const Actor& actor : actors) all.insert(actor.country.empty() ? actor.name : actor.country);
  return all;
}

bool is_part_of(const Countries& part, const Countries& whole) { return std::includes(whole.begin(), whole.end(), part.begin(), part.end()); }

/// Whether one side says no more than the other and nothing else.
bool agree(const Countries& a, const Countries& b) { return a.empty() || b.empty() || is_part_of(a, b) || is_part_of(b, a); }

bool same_sides(const Event& a, const Event& b, bool symmetric, bool speech) {
  const Countries a_source = countries(a.source), a_target = countries(a.target);
  const Countries b_source = countries(b.source), b_target = countries(b.target);
  if (speech && a_target.empty() != b_target.empty()) return false;  // words to somebody are not words to nobody
  if (agree(a_source, b_source) && agree(a_target, b_target) && (!a_source.empty() || !a_target.empty())) {
    return (a_source == b_source && !a_source.empty()) || (a_target == b_target && !a_target.empty());
  }
  return symmetric && a_source == b_target && a_target == b_source;
}

/// Whether two dates can be one: one is unknown, equal to or within the other.
bool dates_agree(const Event& a, const Event& b) {
  return a.date.empty() || b.date.empty() || a.date.starts_with(b.date) || b.date.starts_with(a.date);
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

void absorb(Candidate& into, Candidate&& from) {
  Event& event = into.event;
  if (from.event.sentence != event.sentence) event.also.push_back(from.event.sentence);
  event.also.insert(event.also.end(), from.event.also.begin(), from.event.also.end());
  if (event.date.empty()) {
    event.date = std::move(from.event.date);
    event.date_precision = std::move(from.event.date_precision);
    event.date_span = from.event.date_span;
  }
  if (event.mode.empty()) event.mode = std::move(from.event.mode);
  if (!event.place) event.place = std::move(from.event.place);
}

/// An act told once without its doer ("fears of an invasion of Ukraine") takes the one doer that the article names for such an
/// act towards the same side; where it names two, none.
void fill_sources(std::vector<Candidate>& candidates) {
  for (Candidate& candidate : candidates) {
    if (!candidate.event.source.empty() || candidate.event.target.empty()) continue;
    const Countries target = countries(candidate.event.target);
    const Event* told = nullptr;
    bool doubtful = false;
    for (const Candidate& other : candidates) {
      if (other.event.source.empty() || other.event.type != candidate.event.type || countries(other.event.target) != target) continue;
      doubtful = doubtful || (told && countries(told->source) != countries(other.event.source));
      if (!told) told = &other.event;
    }
    if (told && !doubtful && candidate.event.status != "actual") candidate.event.source = told->source;
  }
}

}  // namespace

std::vector<Event> merge_mentions(std::vector<Candidate> candidates, const Lexicon& lexicon) {
  fill_sources(candidates);
  std::vector<Candidate> kept;
  for (Candidate& candidate : candidates) {
    const TypeRule& rule = lexicon.rule_of(candidate.event.type);
    const auto same = std::find_if(kept.begin(), kept.end(), [&](const Candidate& other) {
      return other.event.type == candidate.event.type && other.event.status == candidate.event.status && dates_agree(other.event, candidate.event) &&
             modes_agree(other.event, candidate.event) && same_sides(other.event, candidate.event, rule.symmetric, rule.is_speech);
    });
    if (same == kept.end()) {
      kept.push_back(std::move(candidate));
      continue;
    }
    if (detail(candidate) > detail(*same)) std::swap(*same, candidate);
    absorb(*same, std::move(candidate));
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
