#include "reading/confidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <set>
#include <utility>

namespace casus {
namespace {

constexpr int kMaxExplained = 6;  ///< patterns that explain more are too rare to tell apart

double probability(double log_odds) { return std::round(1000 / (1 + std::exp(-log_odds))) / 1000; }

std::string_view kind_name(PatternKind kind) {
  switch (kind) {
    case PatternKind::kVerb: return "verb";
    case PatternKind::kNoun: return "noun";
    case PatternKind::kAdjective: return "adjective";
  }
  return "";
}

std::string_view sides_of(const Event& event) {
  if (event.source.empty()) return "target";
  return event.target.empty() ? "source" : "both";
}

/// Of how many of its actors the country is known.
std::string_view known_of(const Event& event) {
  size_t all = 0, known = 0;
  for (const std::vector<Actor>* side : {&event.source, &event.target}) {
    all += side->size();
    known += static_cast<size_t>(std::count_if(side->begin(), side->end(), [](const Actor& actor) { return !actor.country.empty(); }));
  }
  if (known == 0) return "none";
  return known == all ? "all" : "some";
}

}  // namespace

ConfidenceTerms confidence_terms(const Event& event, const FrameHit& hit, bool in_heading, const Lexicon& lexicon) {
  const std::array<std::pair<std::string_view, std::string>, 9> features = {{
      {"base", ""},
      {"word", std::string(kind_name(hit.pattern->kind))},
      {"sides", std::string(sides_of(event))},
      {"countries", std::string(known_of(event))},
      {"target", event.target.empty() ? "none" : std::string(target_origin_name(hit.target_origin))},
      {"explains", std::to_string(std::clamp(hit.weight, 0, kMaxExplained))},
      {"where", in_heading ? "heading" : "text"},
      {"status", event.status},
      {"type", event.type},
  }};
  ConfidenceTerms terms;
  for (const auto& [feature, value] : features) terms.push_back({feature, value, lexicon.confidence().log_odds(feature, value)});
  return terms;
}

ConfidenceTerm told_term(const Event& event, const Lexicon& lexicon) {
  const std::string value = event.also.empty() ? "once" : "again";
  return {"told", value, lexicon.confidence().log_odds("told", value)};
}

ConfidenceTerm judge_term(const Decided& decided, bool by_frame, const Lexicon& lexicon) {
  constexpr int kSteps = 5;
  const auto share = static_cast<int>(decided.judge_event * decided.judge_type * kSteps);
  const std::string value = (by_frame ? "frame " : "alone ") + std::to_string(std::clamp(share, 0, kSteps - 1));
  return {"judge", value, lexicon.confidence().log_odds("judge", value)};
}

double confidence_of(const ConfidenceTerms& terms) {
  double sum = 0;
  for (const ConfidenceTerm& term : terms) sum += term.log_odds;
  return probability(sum);
}

double with_term(double confidence, const ConfidenceTerm& term) {
  return probability(std::log(confidence / (1 - confidence)) + term.log_odds);
}

void drop_doubtful_events(double min_confidence, Report& report) {
  std::set<std::string, std::less<>> dropped;
  for (const Event& event : report.events) {
    if (event.confidence < min_confidence) dropped.insert(event.id);
  }
  if (dropped.empty()) return;
  std::erase_if(report.events, [&](const Event& event) { return dropped.contains(event.id); });
  for (Statement& statement : report.statements) {
    std::erase_if(statement.events, [&](const std::string& id) { return dropped.contains(id); });
  }
}

}  // namespace casus
