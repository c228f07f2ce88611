#include "evaluation/coder_scores.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace casus {
namespace {

constexpr std::array<std::string_view, 7> kLineNames = {"relevant", "event", "quad", "root", "root+01", "quad ~most", "root ~most"};
constexpr size_t kQuadLine = 2;
constexpr size_t kRootLine = 3;
constexpr size_t kMostLines = kRaterFields;  // where the lines begin that compare with most people
constexpr std::string_view kStatement = "STATEMENT";
constexpr size_t kLeastForMost = 2;  // people with one answer, for that to be most people's

/// Answers of two raters to the same sentences, in the order of the sentences. "" is none.
class RaterPairs {
 public:
  /// `raters` names the two within their round.
  void add(const std::string& raters, std::string_view one, std::string_view other) {
    const auto [entry, is_new] = places_.emplace(raters, groups_.size());
    if (is_new) groups_.emplace_back();
    groups_[entry->second].emplace_back(one, other);
  }

  void add_all(const RaterPairs& other, const std::string& round) {
    for (const auto& [raters, place] : other.places_) {
      for (const auto& [a, b] : other.groups_[place]) add(round + raters, a, b);
    }
  }

  [[nodiscard]] RaterAgreement agreement() const {
    Counts sum;
    for (const Group& group : groups_) sum.add(group);
    const auto share = [](double part, double whole) { return whole > 0 ? part / whole : 0; };
    const auto pairs = static_cast<double>(sum.pairs);
    const auto equal = static_cast<double>(sum.equal);
    const auto same = static_cast<double>(sum.same);
    return {.f1 = share(2 * same, static_cast<double>(sum.given)),
            .kappa = share(equal - sum.chance, pairs - sum.chance),
            .agree = share(equal, pairs),
            .pairs = sum.pairs,
            .both = share(same, static_cast<double>(sum.both)),
            .both_pairs = sum.both};
  }

 private:
  using Group = std::vector<std::pair<std::string_view, std::string_view>>;

  struct Counts {
    uint64_t pairs = 0;
    uint64_t equal = 0;
    uint64_t given = 0;  ///< answers, of one or the other
    uint64_t same = 0;   ///< equal, and given
    uint64_t both = 0;   ///< pairs where both gave one
    double chance = 0;   ///< pairs that would be equal if each answered blindly as often as he does

    void add(const Group& group) {
      std::map<std::string_view, std::pair<uint64_t, uint64_t>> answers;
      for (const auto& [a, b] : group) {
        ++answers[a].first;
        ++answers[b].second;
        equal += a == b ? 1 : 0;
        given += (a.empty() ? 0U : 1U) + (b.empty() ? 0U : 1U);
        same += a == b && !a.empty() ? 1 : 0;
        both += !a.empty() && !b.empty() ? 1 : 0;
      }
      pairs += group.size();
      uint64_t products = 0;
      for (const auto& [answer, times] : answers) products += times.first * times.second;
      chance += static_cast<double>(products) / static_cast<double>(group.size());
    }
  };

  std::map<std::string, size_t> places_{};
  std::vector<Group> groups_{};
};

/// The pairs of one table: of people with each other, and of the machine with people.
struct LinePairs {
  RaterPairs people{};
  RaterPairs machine{};
};
using RoundPairs = std::array<LinePairs, kLineNames.size()>;

/// The machine's answers, as a rater's; the first event that has a class counts.
std::array<std::string_view, kRaterFields> machine_answers(const DocumentRecords& records, const EvaluationScheme& scheme) {
  std::string_view root;
  for (const EventRecord& event : records.events) {
    root = scheme.class_of(event.type, event.status);
    if (!root.empty()) break;
  }
  const bool is_relevant = !records.events.empty() || !records.statements.empty();
  const std::string_view said = records.statements.empty() ? std::string_view() : kStatement;
  return {is_relevant ? "yes" : "", root.empty() ? "" : "yes", scheme.quad_of(root), root, root.empty() ? said : root};
}

/// The answer that more than half of the people give, at least two of them.
std::optional<std::string_view> majority(const std::vector<std::string_view>& answers) {
  std::map<std::string_view, size_t> times;
  for (const std::string_view answer : answers) {
    const size_t count = ++times[answer];
    if (count >= kLeastForMost && 2 * count > answers.size()) return answer;
  }
  return std::nullopt;
}

struct KnownAnswer {
  char person;
  std::string_view answer;
};

std::vector<KnownAnswer> known_answers(const RatedSentence& rated, size_t field) {
  std::vector<KnownAnswer> known;
  for (const auto& [person, answers] : rated.people) {
    if (const std::optional<std::string>& answer = answers[field]) known.push_back({person, *answer});
  }
  return known;
}

std::vector<std::string_view> answers_but(const std::vector<KnownAnswer>& known, char person) {
  std::vector<std::string_view> others;
  for (const KnownAnswer& one : known) {
    if (one.person != person) others.push_back(one.answer);
  }
  return others;
}

/// Adds what two raters answer on a sentence; each person is left out of most people in turn.
void add_sentence(const RatedSentence& rated, size_t field, std::string_view machine, RoundPairs& pairs) {
  const std::vector<KnownAnswer> known = known_answers(rated, field);
  for (size_t i = 0; i < known.size(); ++i) {
    const std::string one(1, known[i].person);
    for (size_t j = i + 1; j < known.size(); ++j) pairs[field].people.add(one + known[j].person, known[i].answer, known[j].answer);
    pairs[field].machine.add(one, machine, known[i].answer);
    if (field != kQuadLine && field != kRootLine) continue;
    const std::optional<std::string_view> most = majority(answers_but(known, known[i].person));
    if (!most) continue;
    LinePairs& line = pairs[kMostLines + field - kQuadLine];
    line.people.add(one, known[i].answer, *most);
    line.machine.add(one, machine, *most);
  }
}

RoundScore score_of(const RoundPairs& pairs) {
  RoundScore score;
  for (size_t i = 0; i < kLineNames.size(); ++i) {
    score.lines.push_back({.name = kLineNames[i], .people = pairs[i].people.agreement(), .machine = pairs[i].machine.agreement()});
  }
  return score;
}

std::optional<CoderDifference> difference(const RatedSentence& rated, std::string_view machine) {
  CoderDifference differs{.sentence = &rated, .machine = machine};
  for (const KnownAnswer& known : known_answers(rated, kRootLine)) differs.people.push_back(known.answer);
  const std::optional<std::string_view> most = majority(differs.people);
  return most && *most != machine ? std::optional(std::move(differs)) : std::nullopt;
}

/// Scores one round, and adds its pairs to those of all.
RoundScore score_round(const CoderRound& round, size_t number, const RecordsByDocument& coded, const EvaluationScheme& scheme,
                       RoundPairs& all, std::vector<CoderDifference>& differences) {
  static const DocumentRecords kNoRecords;
  RoundPairs pairs;
  std::set<std::string_view> sentences;
  std::set<char> people;
  for (const RatedSentence& rated : round.sentences) {
    const auto found = coded.find(rated.document);
    const DocumentRecords& records = found == coded.end() ? kNoRecords : found->second;
    const std::array<std::string_view, kRaterFields> machine = machine_answers(records, scheme);
    sentences.insert(rated.document);
    for (const auto& [person, answers] : rated.people) people.insert(person);
    for (size_t field = 0; field < kRaterFields; ++field) add_sentence(rated, field, machine[field], pairs);
    if (std::optional<CoderDifference> differs = difference(rated, machine[kRootLine])) {
      differs->round = &round;
      differs->events = &records.events;
      differences.push_back(*std::move(differs));
    }
  }
  const std::string prefix = std::to_string(number) + " ";
  for (size_t i = 0; i < pairs.size(); ++i) {
    all[i].people.add_all(pairs[i].people, prefix);
    all[i].machine.add_all(pairs[i].machine, prefix);
  }
  RoundScore score = score_of(pairs);
  score.name = std::filesystem::path(round.file).stem().string();
  score.sentences = sentences.size();
  score.people = people.size();
  return score;
}

}  // namespace

double CoderScores::quad_f1() const { return rounds.empty() ? 0 : rounds.back().lines[kQuadLine].machine.f1; }

CoderScores score_coders(const std::vector<CoderRound>& gold, const RecordsByDocument& coded, const EvaluationScheme& scheme) {
  CoderScores scores;
  RoundPairs all;
  for (size_t i = 0; i < gold.size(); ++i) scores.rounds.push_back(score_round(gold[i], i, coded, scheme, all, scores.differences));
  scores.rounds.push_back(score_of(all));
  return scores;
}

}  // namespace casus
