#include "evaluation/pair_scores.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "evaluation/bootstrap.h"
#include "evaluation/words.h"

namespace casus {
namespace {

constexpr size_t kMostFurtherWords = 8;  // that an actor may have beyond the words of the mark it stands for

/// Finds the event that joins the actors of one row.
class PairReader {
 public:
  PairReader(const PairRow& row, const EvaluationScheme& scheme)
      : scheme_(scheme), vocabulary_(scheme), source_(mark(row.source)), target_(mark(row.target)) {}

  /// The first event that joins source to target, or also the other way round where its type has no direction; null if none does.
  [[nodiscard]] const EventRecord* find(const std::vector<EventRecord>& events) {
    for (const EventRecord& event : events) {
      if (joins(event, source_, target_) || (scheme_.turns_in_pairs(event.type) && joins(event, target_, source_))) return &event;
    }
    return nullptr;
  }

  [[nodiscard]] bool is_reversed(const std::vector<EventRecord>& events) {
    return std::ranges::any_of(events, [&](const EventRecord& event) { return joins(event, target_, source_); });
  }

 private:
  struct Mark {
    IdSet content{};
    size_t words = 0;
  };

  Mark mark(std::string_view text) { return {.content = vocabulary_.content(text), .words = count_words(text)}; }

  bool joins(const EventRecord& event, const Mark& first, const Mark& second) {
    return stands(event.source, first, second) && stands(event.target, second, first);
  }

  /// Whether one of the actors is who `own` marks, and not who `rival` does.
  bool stands(const std::vector<ActorRecord>& actors, const Mark& own, const Mark& rival) {
    return std::ranges::any_of(actors, [&](const ActorRecord& actor) {
      if (count_words(actor.text) > own.words + kMostFurtherWords) return false;
      const IdSet content = vocabulary_.content(actor.text);
      const size_t here = common(content, own.content);
      const size_t there = common(content, rival.content);
      return here > there || (here == there && there > 0 && own.content.size() < rival.content.size());
    });
  }

  const EvaluationScheme& scheme_;
  Vocabulary vocabulary_;
  Mark source_;
  Mark target_;
};

PairAnswer answer_row(const PairRow& row, const std::vector<EventRecord>& events, const EvaluationScheme& scheme) {
  PairAnswer answer{.row = &row, .event_class = {}, .events = &events};
  PairReader reader(row, scheme);
  if (const EventRecord* event = reader.find(events)) {
    answer.event_class = scheme.class_of(event->type, event->status);
    if (answer.event_class.empty()) answer.lack = PairAnswer::Lack::kNoClass;
  } else if (events.empty()) {
    answer.lack = PairAnswer::Lack::kNoEvents;
  } else {
    answer.lack = reader.is_reversed(events) ? PairAnswer::Lack::kReversed : PairAnswer::Lack::kNoPair;
  }
  return answer;
}

/// Counts by class with numbers for names, since the bootstrap counts all rows a thousand times.
class ClassCounter {
 public:
  explicit ClassCounter(const std::vector<PairAnswer>& answers) {
    for (const PairAnswer& answer : answers) names_.try_emplace(answer.row->gold_class);
    size_t next = 0;
    for (auto& [name, number] : names_) number = next++;
    for (const PairAnswer& answer : answers) {
      const auto given = names_.find(answer.event_class);
      rows_.push_back({names_.at(answer.row->gold_class), given == names_.end() ? kOther : given->second});
    }
    clear();
  }

  void clear() { counts_.assign(names_.size(), {}); }

  void add(size_t row) {
    const auto [gold, given] = rows_[row];
    ++counts_[gold].rows;
    if (given != kOther) ++counts_[given].answered;
    if (gold == given) ++counts_[gold].right;
  }

  /// The mean F1 of the classes that were added as gold.
  [[nodiscard]] double macro_f1() const {
    double sum = 0;
    size_t classes = 0;
    for (const ClassScore& count : counts_) {
      if (count.rows == 0) continue;
      sum += static_cast<double>(2 * count.right) / static_cast<double>(count.rows + count.answered);
      ++classes;
    }
    return classes == 0 ? 0 : sum / static_cast<double>(classes);
  }

  [[nodiscard]] std::vector<ClassScore> classes() const {
    std::vector<ClassScore> all = counts_;
    for (const auto& [name, number] : names_) all[number].name = name;
    return all;
  }

 private:
  static constexpr size_t kOther = static_cast<size_t>(-1);  // none, or a class that gold has not
  struct Row {
    size_t gold;
    size_t given;
  };

  std::map<std::string_view, size_t> names_{};
  std::vector<Row> rows_{};
  std::vector<ClassScore> counts_{};
};

/// Places of the rows of each sentence, in the order in which sentences come.
std::vector<std::vector<size_t>> rows_by_sentence(const std::vector<PairAnswer>& answers) {
  std::vector<std::vector<size_t>> groups;
  std::unordered_map<std::string_view, size_t> places;
  for (size_t i = 0; i < answers.size(); ++i) {
    const auto [entry, is_new] = places.emplace(answers[i].row->sentence, groups.size());
    if (is_new) groups.emplace_back();
    groups[entry->second].push_back(i);
  }
  return groups;
}

void count(PairScores& scores, const EvaluationScheme& scheme) {
  uint64_t right = 0, right_quads = 0;
  for (const PairAnswer& answer : scores.answers) {
    scores.answered += answer.event_class.empty() ? 0 : 1;
    right += answer.is_right() ? 1 : 0;
    right_quads += scheme.quad_of(answer.event_class) == scheme.quad_of(answer.row->gold_class) ? 1 : 0;
    if (!answer.is_right()) ++scores.confusions[{answer.row->gold_class, std::string(answer.event_class)}];
  }
  if (scores.answers.empty()) return;
  const auto rows = static_cast<double>(scores.answers.size());
  scores.accuracy = static_cast<double>(right) / rows;
  scores.quad_accuracy = static_cast<double>(right_quads) / rows;
}

}  // namespace

std::string_view lack_name(PairAnswer::Lack lack) {
  switch (lack) {
    case PairAnswer::Lack::kNone: return "";
    case PairAnswer::Lack::kNoClass: return "denied";
    case PairAnswer::Lack::kReversed: return "reversed";
    case PairAnswer::Lack::kNoPair: return "no such pair";
    case PairAnswer::Lack::kNoEvents: break;
  }
  return "no event";
}

Rates ClassScore::rates() const {
  Rates rates = casus::rates(right, answered, rows);
  const uint64_t both = rows + answered;
  rates.f1 = both == 0 ? 0 : static_cast<double>(2 * right) / static_cast<double>(both);
  return rates;
}

PairScores score_pairs(const PairGold& gold, const RecordsByDocument& coded, const EvaluationScheme& scheme, Half half) {
  static const std::vector<EventRecord> kNoEvents;
  PairScores scores;
  for (const PairRow& row : gold) {
    if (half != Half::kAll && row.in_odd_half != (half == Half::kOdd)) continue;
    const auto records = coded.find(row.document);
    scores.answers.push_back(answer_row(row, records == coded.end() ? kNoEvents : records->second.events, scheme));
  }
  count(scores, scheme);
  ClassCounter counter(scores.answers);
  for (size_t i = 0; i < scores.answers.size(); ++i) counter.add(i);
  scores.classes = counter.classes();
  scores.macro_f1 = counter.macro_f1();
  const std::vector<std::vector<size_t>> groups = rows_by_sentence(scores.answers);
  scores.interval = bootstrap_interval(groups.size(), [&](std::span<const uint64_t> drawn) {
    counter.clear();
    for (const uint64_t group : drawn) {
      for (const size_t row : groups[group]) counter.add(row);
    }
    return counter.macro_f1();
  });
  return scores;
}

}  // namespace casus
