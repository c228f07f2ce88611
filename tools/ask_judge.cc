// Puts questions to a judge without reading anything: to compare it with the model it was trained as (train/compare_judge.py).
//   ask_judge JUDGE < QUESTIONS.jsonl
// A line {"text", "questions": [{"trigger", "source", "target": [[begin, end], …]}]}, bytes, gives a line of verdicts.
#include <simdjson.h>

#include <cstdio>
#include <iostream>
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

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("Usage: ask_judge JUDGE < QUESTIONS.jsonl\n", stderr);
    return 2;
  }
  const auto judge = Judge::open(argv[1]);
  if (!judge) {
    std::fputs((judge.error().to_string() + "\n").c_str(), stderr);
    return 3;
  }
  simdjson::dom::parser parser;
  std::string line;
  for (size_t number = 1; std::getline(std::cin, line); ++number) {
    JudgeSentence sentence;
    if (!read_sentence(parser, line, sentence)) {
      std::fprintf(stderr, "line %zu: no text with questions\n", number);
      return 3;
    }
    std::string out;
    JsonWriter json(out);
    json.begin_array();
    const auto verdicts = (*judge)->answer(std::span(&sentence, 1));
    for (const Verdict& verdict : verdicts[0]) {
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
  return 0;
}
