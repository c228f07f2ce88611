#include "evaluation/article_scores.h"

#include <algorithm>
#include <list>
#include <unordered_map>

namespace casus {
namespace {

/// Which of two sides differ, the way in which they differ less.
std::vector<Difference> side_differences(const ComparedEvent& gold, const ComparedEvent& coded, const EvaluationScheme& scheme) {
  if (compare_sides(gold, coded, scheme) != Sides::kDiffer) return {};
  std::vector<Difference> differs;
  if (!alike(gold.source.countries, coded.source.countries)) differs.push_back(Difference::kSource);
  const bool target_differs = !gold.record->any_target && !alike(gold.target.countries, coded.target.countries);
  if (target_differs || differs.empty()) differs.push_back(Difference::kTarget);
  return differs;
}

std::vector<Difference> differences(const ComparedEvent& gold, const ComparedEvent& coded, const EvaluationScheme& scheme) {
  std::vector<Difference> differs;
  if (!is_type(*gold.record, coded.record->type)) differs.push_back(Difference::kType);
  for (const Difference side : side_differences(gold, coded, scheme)) differs.push_back(side);
  if (gold.record->status != coded.record->status) differs.push_back(Difference::kStatus);
  if (!is_date(gold.record->date, coded.record->date)) differs.push_back(Difference::kDate);
  return differs;
}

/// How likely an extra event is what became of a missed one: 0 if they have too little in common.
double nearness(const ComparedEvent& gold, const ComparedEvent& coded, const EvaluationScheme& scheme) {
  const bool same_type = is_type(*gold.record, coded.record->type);
  const bool same_sides = compare_sides(gold, coded, scheme) != Sides::kDiffer;
  const bool same_trigger = common(gold.trigger, coded.trigger) > 0;
  const bool has_side = alike(gold.source.countries, coded.source.countries) || alike(gold.target.countries, coded.target.countries);
  if (!same_sides && !same_trigger && !(same_type && has_side)) return 0;
  const double passage = passage_likeness(gold, coded);
  if (passage < kSamePassage) return 0;
  return passage + (same_trigger ? 2 : 0) + (same_type ? 1 : 0) + (same_sides ? 1 : 0);
}

/// Puts findings under the sentences they are about. The order of sentences is gold's; one that only coded events have stands behind the
/// coded one before it.
class FindingSorter {
 public:
  FindingSorter(const DocumentRecords& gold, const DocumentRecords& coded) {
    for (const EventRecord& event : gold.events) place(event.sentence, sentences_.end());
    auto next = sentences_.begin();
    for (const EventRecord& event : coded.events) next = std::next(place(event.sentence, next));
  }

  void add(Finding finding) {
    const EventRecord& event = finding.gold != nullptr ? *finding.gold : *finding.coded;
    places_.at(event.sentence)->findings.push_back(std::move(finding));
  }

  [[nodiscard]] std::vector<SentenceFindings> take() {
    std::vector<SentenceFindings> all;
    for (SentenceFindings& sentence : sentences_) {
      if (!sentence.findings.empty()) all.push_back(std::move(sentence));
    }
    return all;
  }

 private:
  using Place = std::list<SentenceFindings>::iterator;

  Place place(std::string_view sentence, Place before) {
    const auto [entry, is_new] = places_.try_emplace(sentence);
    if (is_new) entry->second = sentences_.insert(before, {.sentence = sentence});
    return entry->second;
  }

  std::list<SentenceFindings> sentences_{};
  std::unordered_map<std::string_view, Place> places_{};
};

/// Compares one document.
class DocumentScorer {
 public:
  DocumentScorer(const DocumentRecords& gold, const DocumentRecords& coded, const EvaluationScheme& scheme, ArticleScores& scores)
      : gold_records_(gold), coded_records_(coded), scheme_(scheme), vocabulary_(scheme), scores_(scores) {
    for (const EventRecord& event : gold.events) gold_.push_back(compared(event, vocabulary_));
    for (const EventRecord& event : coded.events) coded_.push_back(compared(event, vocabulary_));
    gold_taken_.resize(gold_.size());
    coded_taken_.resize(coded_.size());
  }

  /// At most how many words are looked at.
  [[nodiscard]] uint64_t cost() const {
    const auto words = [](const std::vector<ComparedEvent>& events) {
      uint64_t sum = 0;
      for (const ComparedEvent& event : events) {
        for (const IdBag& sentence : event.sentences) sum += sentence.size() + 1;
      }
      return sum;
    };
    return words(gold_) * coded_.size() + words(coded_) * gold_.size();
  }

  void score(const std::string& document) {
    pair_events();
    pair_near_ones();
    count_events();
    scores_.findings.push_back({.document = document, .sentences = findings()});
  }

 private:
  template <class Likeness>
  [[nodiscard]] std::vector<std::pair<size_t, size_t>> best_pairs(Likeness likeness_of) const {
    std::vector<PairCandidate> candidates;
    for (size_t i = 0; i < gold_.size(); ++i) {
      for (size_t j = 0; j < coded_.size(); ++j) {
        if (gold_taken_[i] || coded_taken_[j]) continue;
        const double likeness = likeness_of(gold_[i], coded_[j]);
        if (likeness > 0) candidates.push_back({.likeness = likeness, .optional = gold_[i].record->optional, .gold = i, .coded = j});
      }
    }
    return pair_off(std::move(candidates), gold_.size(), coded_.size());
  }

  void take(size_t i, size_t j) {
    gold_taken_[i] = true;
    coded_taken_[j] = true;
  }

  void pair_events() {
    const auto pairs = best_pairs([&](const ComparedEvent& a, const ComparedEvent& b) { return likeness(a, b, scheme_); });
    for (const auto& [i, j] : pairs) {
      take(i, j);
      const EventRecord& coded = *coded_[j].record;
      if (gold_[i].record->optional) {
        ++scores_.spared_events;
        spared_.push_back(&coded);
        continue;
      }
      found_.emplace_back(i, j);
      count_pair(gold_[i], coded_[j]);
    }
  }

  void count_pair(const ComparedEvent& gold, const ComparedEvent& coded) {
    const EventRecord& a = *gold.record;
    const EventRecord& b = *coded.record;
    const bool same_status = a.status == b.status;
    ++scores_.who;
    scores_.status += same_status ? 1 : 0;
    scores_.when += same_status && is_date(a.date, b.date) ? 1 : 0;
    scores_.event_fields.add(gold, coded, compare_sides(gold, coded, scheme_));
    ++scores_.types[a.type].found;
    ++scores_.types[b.type].right;
    ++scores_.statuses[a.status].found;
    scores_.statuses[b.status].right += same_status ? 1 : 0;
    if (!same_status) ++scores_.status_confusions[{a.status, b.status}];
  }

  void pair_near_ones() {
    for (size_t i = 0; i < gold_.size(); ++i) gold_taken_[i] = gold_taken_[i] || gold_[i].record->optional;
    near_ = best_pairs([&](const ComparedEvent& a, const ComparedEvent& b) { return nearness(a, b, scheme_); });
    for (const auto& [i, j] : near_) {
      take(i, j);
      const EventRecord& gold = *gold_[i].record;
      const EventRecord& coded = *coded_[j].record;
      const bool other_type = !is_type(gold, coded.type);
      Tally& tally = scores_.types[gold.type];
      ++(other_type ? tally.other_type : tally.other_side);
      if (other_type) ++scores_.type_confusions[{gold.type, coded.type}];
    }
  }

  void count_events() {
    for (const ComparedEvent& event : gold_) {
      if (event.record->optional) continue;
      ++scores_.gold_events;
      ++scores_.types[event.record->type].gold;
      ++scores_.statuses[event.record->status].gold;
    }
    std::ranges::sort(spared_);
    for (const ComparedEvent& event : coded_) {
      if (std::ranges::binary_search(spared_, event.record)) continue;
      ++scores_.coded_events;
      ++scores_.types[event.record->type].coded;
      ++scores_.statuses[event.record->status].coded;
    }
  }

  [[nodiscard]] std::vector<SentenceFindings> findings() const {
    FindingSorter sorter(gold_records_, coded_records_);
    std::vector<Finding> of_gold(gold_.size());
    const auto set = [&](Finding::Kind kind, const std::vector<std::pair<size_t, size_t>>& pairs) {
      for (const auto& [i, j] : pairs) {
        of_gold[i] = {.kind = kind, .gold = gold_[i].record, .coded = coded_[j].record};
        of_gold[i].differs = differences(gold_[i], coded_[j], scheme_);
      }
    };
    set(Finding::Kind::kFound, found_);
    set(Finding::Kind::kNear, near_);
    for (size_t i = 0; i < gold_.size(); ++i) {
      if (!gold_taken_[i]) of_gold[i] = {.kind = Finding::Kind::kMissed, .gold = gold_[i].record};
      if (of_gold[i].gold != nullptr) sorter.add(std::move(of_gold[i]));
    }
    for (size_t j = 0; j < coded_.size(); ++j) {
      if (!coded_taken_[j]) sorter.add({.kind = Finding::Kind::kExtra, .coded = coded_[j].record});
    }
    return sorter.take();
  }

  const DocumentRecords& gold_records_;
  const DocumentRecords& coded_records_;
  const EvaluationScheme& scheme_;
  Vocabulary vocabulary_;
  ArticleScores& scores_;
  std::vector<ComparedEvent> gold_{};
  std::vector<ComparedEvent> coded_{};
  std::vector<bool> gold_taken_{};
  std::vector<bool> coded_taken_{};
  std::vector<std::pair<size_t, size_t>> found_{};
  std::vector<std::pair<size_t, size_t>> near_{};
  std::vector<const EventRecord*> spared_{};  ///< coded and paired with optional gold
};

/// Compares the statements of one document.
class StatementScorer {
 public:
  StatementScorer(const DocumentRecords& gold, const DocumentRecords& coded, const EvaluationScheme& scheme) : vocabulary_(scheme) {
    for (const StatementRecord& statement : gold.statements) gold_.push_back(compared(statement, vocabulary_));
    for (const StatementRecord& statement : coded.statements) coded_.push_back(compared(statement, vocabulary_));
  }

  [[nodiscard]] uint64_t cost() const {
    const auto words = [](const std::vector<ComparedStatement>& statements) {
      uint64_t sum = 0;
      for (const ComparedStatement& statement : statements) sum += statement.text.size() + 1;
      return sum;
    };
    return words(gold_) * coded_.size() + words(coded_) * gold_.size();
  }

  void score(ArticleScores& scores) const {
    std::vector<PairCandidate> candidates;
    for (size_t i = 0; i < gold_.size(); ++i) {
      for (size_t j = 0; j < coded_.size(); ++j) {
        const double like = likeness(gold_[i], coded_[j]);
        if (like > 0) candidates.push_back({.likeness = like, .gold = i, .coded = j});
      }
    }
    const auto pairs = pair_off(std::move(candidates), gold_.size(), coded_.size());
    scores.gold_statements += gold_.size();
    scores.coded_statements += coded_.size();
    scores.statements += pairs.size();
    for (const auto& [i, j] : pairs) scores.statement_fields.add(gold_[i], coded_[j]);
  }

 private:
  Vocabulary vocabulary_;
  std::vector<ComparedStatement> gold_{};
  std::vector<ComparedStatement> coded_{};
};

Error too_much(const std::string& document, const EvaluationLimits& limits) {
  return Error{.code = ErrorCode::kTooLarge,
               .message = "with document \"" + document + "\" comparing all records goes beyond the limit of " +
                          std::to_string(limits.max_pairs) + " pairs in a document or " + std::to_string(limits.max_compared_words) +
                          " words in all",
               .remedy = "compare fewer records at a time"};
}

}  // namespace

Rates rates(uint64_t right, uint64_t coded, uint64_t gold) {
  const double precision = coded == 0 ? 0 : static_cast<double>(right) / static_cast<double>(coded);
  const double recall = gold == 0 ? 0 : static_cast<double>(right) / static_cast<double>(gold);
  const double sum = precision + recall;
  return {.precision = precision, .recall = recall, .f1 = sum == 0 ? 0 : 2 * precision * recall / sum};
}

std::string_view difference_name(Difference difference) {
  switch (difference) {
    case Difference::kType: return "type";
    case Difference::kSource: return "source";
    case Difference::kTarget: return "target";
    case Difference::kStatus: return "status";
    case Difference::kDate: break;
  }
  return "date";
}

Rates Tally::rates() const {
  const double precision = casus::rates(right, coded, coded).precision;
  const double recall = casus::rates(found, gold, gold).recall;
  const double sum = precision + recall;
  return {.precision = precision, .recall = recall, .f1 = sum == 0 ? 0 : 2 * precision * recall / sum};
}

Result<ArticleScores> score_articles(const RecordsByDocument& gold, const RecordsByDocument& coded, const EvaluationScheme& scheme,
                                     const EvaluationLimits& limits) {
  const DocumentRecords none;
  ArticleScores scores;
  uint64_t cost = 0;
  for (const auto& [document, records] : gold) {
    const auto found = coded.find(document);
    const DocumentRecords& answers = found == coded.end() ? none : found->second;
    DocumentScorer events(records, answers, scheme, scores);
    const StatementScorer statements(records, answers, scheme);
    cost += events.cost() + statements.cost();
    const uint64_t pairs = std::max(records.events.size() * answers.events.size(), records.statements.size() * answers.statements.size());
    if (pairs > limits.max_pairs || cost > limits.max_compared_words) return too_much(document, limits);
    events.score(document);
    statements.score(scores);
  }
  scores.documents = gold.size();
  scores.other_documents =
      static_cast<uint64_t>(std::ranges::count_if(coded, [&](const auto& entry) { return !gold.contains(entry.first); }));
  return scores;
}

}  // namespace casus
