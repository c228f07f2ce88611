#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "crisis/parties.h"
#include "crisis/views.h"
#include "crisis/wording.h"

namespace casus {
namespace {

constexpr int32_t kAnsweredWithin = 60;  // days
constexpr size_t kMostWords = 280;       // bytes

bool shares_party(const std::vector<Party>& a, const std::vector<Party>& b) {
  return std::ranges::any_of(a, [&](const Party& party) { return find_party(b, party.key) != nullptr; });
}

/// The words in which an event is told: of the statement that carries it, which leaves out who speaks; else the sentence.
class WordsOfEvents {
 public:
  explicit WordsOfEvents(const Crisis& crisis) : crisis_(crisis) {
    for (uint32_t i = 0; i < crisis.sayings.size(); ++i) by_article_[crisis.sayings[i].article].push_back(i);
  }

  [[nodiscard]] std::string of(uint32_t index) const {
    const Mention& mention = crisis_.mentions[index];
    const auto linked = by_article_.find(mention.article);
    if (linked != by_article_.end()) {
      for (const uint32_t saying : linked->second) {
        const Statement& statement = crisis_.sayings[saying].statement;
        // What is demanded is what the words of demanding introduce.
        if (statement.cue_span.overlaps(mention.event.trigger_span) && !statement.text.empty()) return on_one_line(statement.text);
      }
    }
    return on_one_line(mention.words);
  }

 private:
  const Crisis& crisis_;
  std::map<uint32_t, std::vector<uint32_t>> by_article_;
};

/// The acts that may be answers, by who gives them.
class Answers {
 public:
  Answers(const Crisis& crisis, const CrisisRules& rules, const Lexicon& lexicon) : crisis_(crisis), lexicon_(lexicon) {
    for (uint32_t i = 0; i < crisis.incidents.size(); ++i) {
      const Incident& incident = crisis.incidents[i];
      if (rules.rule_of(incident.type).answer.empty() || incident.status != "actual") continue;
      for (const Party& party : incident.source) by_source_[party.key].push_back(i);
    }
  }

  /// The last one that the asked gave the asker about as long as the demand is told.
  [[nodiscard]] std::optional<uint32_t> to(const Incident& demand) const {
    std::optional<uint32_t> best;
    for (const Party& asked : demand.target) {
      const auto given = by_source_.find(asked.key);
      if (given == by_source_.end()) continue;
      for (const uint32_t index : given->second) {
        if (is_answer(crisis_.incidents[index], demand) && (!best || later(index, *best))) best = index;
      }
    }
    return best;
  }

 private:
  [[nodiscard]] bool later(uint32_t a, uint32_t b) const {
    const auto key = [&](uint32_t index) {
      return std::tuple(crisis_.incidents[index].last_report, crisis_.incidents[index].weight, index);
    };
    return key(a) > key(b);
  }

  [[nodiscard]] bool is_answer(const Incident& answer, const Incident& demand) const {
    const std::vector<std::string>& answered = lexicon_.rule_of(answer.type).answers;
    if (std::ranges::find(answered, demand.type) == answered.end()) return false;
    if (!shares_party(answer.target, demand.source) || shares_party(answer.source, demand.source)) return false;
    if (!answer.last_report || !demand.first_report || !demand.last_report) return false;
    return *answer.last_report >= *demand.first_report && *answer.last_report <= *demand.last_report + kAnsweredWithin;
  }

  const Crisis& crisis_;
  const Lexicon& lexicon_;
  std::map<std::string, std::vector<uint32_t>> by_source_;
};

}  // namespace

std::vector<Demand> demands_of(const Crisis& crisis, const CrisisFilter& filter, const CrisisRules& rules, const Lexicon& lexicon) {
  const WordsOfEvents words(crisis);
  const Answers answers(crisis, rules, lexicon);
  std::vector<Demand> demands;
  for (const uint32_t index : kept_incidents(crisis, filter)) {
    const Incident& incident = crisis.incidents[index];
    if (!rules.rule_of(incident.type).demand || incident.status != "actual" || incident.source.empty()) continue;
    Demand demand{.incident = index, .words = shortened(words.of(incident.lead), kMostWords), .answered_by = answers.to(incident)};
    if (demand.answered_by) demand.answer = rules.rule_of(crisis.incidents[*demand.answered_by].type).answer;
    demands.push_back(std::move(demand));
  }
  std::ranges::stable_sort(demands, [&](const Demand& a, const Demand& b) {
    const auto key = [&](const Demand& demand) {
      const Incident& incident = crisis.incidents[demand.incident];
      return std::tuple(-incident.last_report.value_or(std::numeric_limits<int32_t>::min() + 1), -incident.weight,
                        std::string_view(incident.id));
    };
    return key(a) < key(b);
  });
  return demands;
}

}  // namespace casus
