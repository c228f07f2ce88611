#include "reading/decision.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace casus {
namespace {

// What the rules' opinion adds to the judge's log probabilities, chosen on the prose and examples that are there to look at.
constexpr double kEventOfRules = 4.0;  ///< a frame that fires is an act in most cases
constexpr double kTypeOfRules = 8.0;
constexpr double kStatusOfRules = 2.5;
constexpr double kForwardOfRules = 6.0;
constexpr double kShareOfPair = 0.5;  ///< of what the two sides alone say of type and status
constexpr double kEventOfPair = 0.7;  ///< and of whether there is an act
constexpr double kMostOfPair = 4.0;   ///< log odds that they can count for
constexpr double kAlone = 4.0;        ///< log odds that an act without a frame needs
constexpr float kSmallest = 1e-6F;    ///< a probability, so that none is impossible

double log_of(float probability) { return std::log(static_cast<double>(std::max(probability, kSmallest))); }

/// Log probabilities of an act, those of its sides alone with their share.
std::vector<double> joined(const std::vector<float>& act, const std::vector<float>* pair) {
  std::vector<double> sums;
  sums.reserve(act.size());
  for (size_t i = 0; i < act.size(); ++i) sums.push_back(log_of(act[i]) + (pair ? kShareOfPair * log_of((*pair)[i]) : 0));
  return sums;
}

/// The index of the greatest log probability once the rules' choice has its weight.
size_t best_of(const std::vector<double>& log_probabilities, const std::vector<std::string>& names, const std::string& rules,
               double weight) {
  size_t best = 0;
  double top = -INFINITY;
  for (size_t i = 0; i < log_probabilities.size(); ++i) {
    const double score = log_probabilities[i] + (names[i] == rules ? weight : 0);
    if (score > top) {
      top = score;
      best = i;
    }
  }
  return best;
}

}  // namespace

size_t Decision::ask(uint32_t token, ByteSpan trigger, const std::vector<Actor>& source, const std::vector<Actor>& target, bool is_frame) {
  const uint32_t number = syntax_.token(token).sentence;
  const ByteSpan whole = syntax_.doc().span(syntax_.sentence(token));
  const auto [place, is_new] = by_sentence_.emplace(number, sentences_.size());
  if (is_new) {
    sentences_.push_back({.text = syntax_.doc().article().view(whole), .may_stop = true});
    wholes_.push_back(whole);
  }
  if (is_frame) sentences_[place->second].may_stop = false;
  const auto within = [&](std::vector<ByteSpan> spans) {
    for (ByteSpan& span : spans) span = {span.begin - whole.begin, span.end - whole.begin};
    return spans;
  };
  JudgeQuestion question{
      .trigger = within({trigger}), .source = within(spans_in(token, source)), .target = within(spans_in(token, target))};
  const std::optional<size_t> pair = ask_pair(place->second, question);
  places_.push_back({.sentence = place->second, .question = sentences_[place->second].questions.size(), .pair = pair});
  sentences_[place->second].questions.push_back(std::move(question));
  return places_.size() - 1;
}

/// Whether some act joins the two sides: asked once for each pair of a sentence.
std::optional<size_t> Decision::ask_pair(size_t sentence, const JudgeQuestion& question) {
  if (question.source.empty() || question.target.empty()) return std::nullopt;
  auto& questions = sentences_[sentence].questions;
  const auto [pair, is_new] = pairs_.emplace(std::tuple(sentence, question.source[0], question.target[0]), questions.size());
  if (is_new) questions.push_back({.source = question.source, .target = question.target});
  return pair->second;
}

/// The words of the sentence that stand for these actors: their own, or the pronouns and nouns that point back to them.
std::vector<ByteSpan> Decision::spans_in(uint32_t token, const std::vector<Actor>& side) const {
  const Sentence& sentence = syntax_.sentence(token);
  const ByteSpan whole = syntax_.doc().span(sentence);
  std::vector<ByteSpan> spans;
  for (const Actor& actor : side) {
    if (whole.contains(actor.span)) {
      spans.push_back(actor.span);
      continue;
    }
    for (uint32_t word = sentence.begin; word < sentence.end; ++word) {
      const auto& meant = actors_.one(word);
      const bool is_it = std::ranges::any_of(meant, [&](const Actor& one) { return one.span == actor.span; });
      if (is_it) spans.push_back(syntax_.bytes(word, word + 1));
      if (is_it) break;
    }
  }
  return spans;
}

std::vector<AskedSentence> Decision::asked() const {
  std::vector<AskedSentence> all;
  for (size_t i = 0; i < sentences_.size(); ++i) {
    AskedSentence& one =
        all.emplace_back(AskedSentence{.sentence = wholes_[i], .questions = sentences_[i].questions, .has_frame = !sentences_[i].may_stop});
    for (JudgeQuestion& question : one.questions) {
      for (std::vector<ByteSpan>* spans : {&question.trigger, &question.source, &question.target}) {
        for (ByteSpan& span : *spans) span = {span.begin + wholes_[i].begin, span.end + wholes_[i].begin};
      }
    }
  }
  return all;
}

void Decision::answer() { verdicts_ = judge_->answer(sentences_); }

std::string Decision::mode_of(const Verdict& verdict, const std::string& type) const {
  const auto& modes = judge_->modes();
  size_t best = modes.size();
  for (size_t i = 0; i < modes.size(); ++i) {
    if (modes[i].type == type && (best == modes.size() || verdict.modes[i] > verdict.modes[best])) best = i;
  }
  const EventType* known = lexicon_.ontology().type(type);
  return best < modes.size() && known && known->mode(modes[best].mode) ? modes[best].mode : "";
}

Decided Decision::decide(size_t question, const std::optional<RuleOpinion>& opinion) const {
  const Place& place = places_[question];
  const Verdict& verdict = verdicts_[place.sentence][place.question];
  Decided decided;
  const Verdict* pair = place.pair ? &verdicts_[place.sentence][*place.pair] : nullptr;
  const size_t type =
      best_of(joined(verdict.types, pair ? &pair->types : nullptr), judge_->types(), opinion ? opinion->type : "", kTypeOfRules);
  const size_t status = best_of(joined(verdict.statuses, pair ? &pair->statuses : nullptr), judge_->statuses(),
                                opinion ? opinion->status : "", kStatusOfRules);
  decided.type = judge_->types()[type];
  decided.status = judge_->statuses()[status];
  decided.mode = opinion && opinion->type == decided.type ? opinion->mode : mode_of(verdict, decided.type);
  const auto& [forward, backward, neither] = verdict.directions;
  decided.turned = log_of(backward) > log_of(forward) + (opinion ? kForwardOfRules : 0);
  const float sides = decided.turned ? backward : forward;
  decided.judge_event = verdict.event;
  decided.judge_type = verdict.types[type];
  decided.judge_status = verdict.statuses[status];
  decided.event_odds = log_of(verdict.event) - log_of(1 - verdict.event) + (opinion ? kEventOfRules : log_of(sides) - log_of(neither));
  if (!opinion && pair)
    decided.event_odds += kEventOfPair * std::clamp(log_of(pair->event) - log_of(1 - pair->event), -kMostOfPair, kMostOfPair);
  decided.event = decided.event_odds > (opinion ? 0 : kAlone);
  return decided;
}

}  // namespace casus
