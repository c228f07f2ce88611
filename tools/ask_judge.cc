// Puts questions to a judge without reading anything: to compare it with the model it was trained as (train/compare_judge.py).
//   ask_judge JUDGE < QUESTIONS.jsonl
//   ask_judge JUDGE OTHER < QUESTIONS.jsonl     how many decisions are equal: what a precision costs
// A line {"text", "questions": [{"trigger", "source", "target": [[begin, end], …]}]}, bytes, gives a line of verdicts.
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "judge/judge.h"

namespace {

using namespace casus;

/// Null if the value is no list of pairs of numbers.
bool read_spans(const simdjson::dom::element& question, const char* part, std::vector<ByteSpan>& spans) {
  simdjson::dom::array pairs;
  if (question[part].get(pairs)) return false;
  for (const auto& pair : pairs) {
    uint64_t begin = 0, end = 0;
    if (pair.at(0).get(begin) || pair.at(1).get(end)) return false;
    spans.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }
  return true;
}

bool read_sentence(simdjson::dom::parser& parser, const std::string& line, JudgeSentence& sentence) {
  simdjson::dom::element record;
  simdjson::dom::array questions;
  if (parser.parse(line).get(record) || record["text"].get(sentence.text) || record["questions"].get(questions)) return false;
  for (const auto& question : questions) {
    JudgeQuestion& asked = sentence.questions.emplace_back();
    if (!read_spans(question, "trigger", asked.trigger) || !read_spans(question, "source", asked.source) ||
        !read_spans(question, "target", asked.target))
      return false;
  }
  return true;
}

template <class Values>
void write_all(const char* name, const Values& values, JsonWriter& json) {
  json.key(name).begin_array();
  for (const float value : values) json.number(static_cast<double>(value));
  json.end_array();
}

template <class Values>
size_t best_of(const Values& values) {
  return static_cast<size_t>(std::ranges::max_element(values) - values.begin());
}

/// How alike two judges' answers are, by head: over all questions, and over those whose answer is an act, by the second judge. A mode is the best
/// of the type that the second judge holds, as casus takes it.
class Likeness {
 public:
  explicit Likeness(const Judge& judge) : judge_(judge) {}

  void add(const Verdict& ours, const Verdict& theirs) {
    const std::array equal = {(ours.event > kEven) == (theirs.event > kEven), best_of(ours.types) == best_of(theirs.types),
                              mode_of(ours, theirs) == mode_of(theirs, theirs), best_of(ours.statuses) == best_of(theirs.statuses),
                              best_of(ours.directions) == best_of(theirs.directions)};
    const bool is_act = theirs.event > kEven;
    ++questions_;
    acts_ += is_act;
    for (size_t head = 0; head < kHeads.size(); ++head) {
      equal_.at(head) += equal.at(head);
      equal_of_acts_.at(head) += is_act && equal.at(head);
    }
    for (const auto& [our, their] : {std::pair(&ours.types, &theirs.types), {&ours.statuses, &theirs.statuses}, {&ours.modes, &theirs.modes}}) {
      for (size_t i = 0; i < our->size(); ++i) difference_ = std::max(difference_, std::abs((*our)[i] - (*their)[i]));
    }
  }
  void print() const {
    std::printf("%zu questions, %zu answered as acts; largest difference of a probability %.6f\n", questions_, acts_, double{difference_});
    std::printf("share of equal decisions: all questions, acts\n");
    for (size_t head = 0; head < kHeads.size(); ++head)
      std::printf("%-10s %.5f %.5f\n", kHeads.at(head), share(equal_.at(head), questions_), share(equal_of_acts_.at(head), acts_));
  }

 private:
  static constexpr float kEven = 0.5F;
  static constexpr std::array<const char*, 5> kHeads = {"event", "type", "mode", "status", "direction"};

  static double share(size_t part, size_t whole) { return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole); }
  [[nodiscard]] size_t mode_of(const Verdict& verdict, const Verdict& typed) const {
    const std::string& type = judge_.types()[best_of(typed.types)];
    size_t best = verdict.modes.size();
    for (size_t i = 0; i < verdict.modes.size(); ++i) {
      if (judge_.modes()[i].type == type && (best == verdict.modes.size() || verdict.modes[i] > verdict.modes[best])) best = i;
    }
    return best;
  }

  const Judge& judge_;
  size_t questions_ = 0;
  size_t acts_ = 0;
  std::array<size_t, kHeads.size()> equal_{};
  std::array<size_t, kHeads.size()> equal_of_acts_{};
  float difference_ = 0;
};

void write_verdicts(const std::vector<Verdict>& verdicts) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const Verdict& verdict : verdicts) {
    json.begin_object().key("event").number(static_cast<double>(verdict.event));
    write_all("type", verdict.types, json);
    write_all("mode", verdict.modes, json);
    write_all("status", verdict.statuses, json);
    write_all("direction", verdict.directions, json);
    json.end_object();
  }
  json.end_array();
  std::cout << out << "\n";
}

int ask(const std::vector<std::shared_ptr<const Judge>>& judges) {
  simdjson::dom::parser parser;
  std::string line;
  Likeness likeness(*judges.back());
  for (size_t number = 1; std::getline(std::cin, line); ++number) {
    JudgeSentence sentence;
    if (!read_sentence(parser, line, sentence)) {
      std::fprintf(stderr, "line %zu: no text with questions\n", number);
      return 3;
    }
    const auto verdicts = judges.front()->answer(std::span(&sentence, 1))[0];
    if (judges.size() == 1) {
      write_verdicts(verdicts);
      continue;
    }
    const auto others = judges.back()->answer(std::span(&sentence, 1))[0];
    for (size_t i = 0; i < verdicts.size(); ++i) likeness.add(verdicts[i], others[i]);
  }
  if (judges.size() > 1) likeness.print();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 && argc != 3) {
    std::fputs("Usage: ask_judge JUDGE [OTHER] < QUESTIONS.jsonl\n", stderr);
    return 2;
  }
  std::vector<std::shared_ptr<const Judge>> judges;
  for (const char* path : std::span(argv + 1, argv + argc)) {
    auto judge = Judge::open(path);
    if (!judge) {
      std::fputs((judge.error().to_string() + "\n").c_str(), stderr);
      return 3;
    }
    judges.push_back(*std::move(judge));
  }
  if (judges.front()->types() != judges.back()->types() || judges.front()->statuses() != judges.back()->statuses() ||
      judges.front()->modes().size() != judges.back()->modes().size()) {
    std::fputs("the judges know other types, modes or statuses\n", stderr);
    return 3;
  }
  return ask(judges);
}
