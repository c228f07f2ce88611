// What casus would ask a judge about texts: the candidates of its rules, to train a judge on what it will see (train/train_judge.py).
//   judge_questions TEXTS.jsonl > QUESTIONS.jsonl
// Each paragraph of an article {"text"} gives a line {"text", "questions": [{"trigger", "source", "target": [[begin, end], …]}]}, bytes of the
// paragraph.
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "cli/load.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "language/language.h"
#include "reading/reading.h"

namespace {

using namespace casus;

void write_spans(const char* part, const std::vector<ByteSpan>& spans, size_t origin, JsonWriter& json) {
  json.key(part).begin_array();
  for (const ByteSpan& span : spans) json.begin_array().number(span.begin - origin).number(span.end - origin).end_array();
  json.end_array();
}

void write_paragraph(std::string_view text, ByteSpan paragraph, std::span<const AskedSentence> sentences, JsonWriter& json) {
  json.begin_object().field("text", text).key("questions").begin_array();
  for (const AskedSentence& sentence : sentences) {
    if (!paragraph.contains(sentence.sentence)) continue;
    for (const JudgeQuestion& question : sentence.questions) {
      json.begin_object();
      write_spans("trigger", question.trigger, paragraph.begin, json);
      write_spans("source", question.source, paragraph.begin, json);
      write_spans("target", question.target, paragraph.begin, json);
      json.end_object();
    }
  }
  json.end_array().end_object();
}

std::string questions_of(const ArticlePtr& article, const ReadingData& data, Workspace& workspace) {
  const auto doc = analyse(*article, *data.model, workspace);
  const std::vector<AskedSentence> sentences = judge_questions(article, *doc, *data.lexicon);
  std::string lines;
  for (const Block& block : article->blocks()) {
    std::string line;
    JsonWriter json(line);
    write_paragraph(article->view(block.span), block.span, sentences, json);
    lines += line + "\n";
  }
  return lines;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("Usage: judge_questions TEXTS.jsonl > QUESTIONS.jsonl\n", stderr);
    return 2;
  }
  Options options;
  options.inputs = {arguments[1]};
  options.judge = "off";
  Messages messages;
  const auto data = load_reading_data(options, messages);
  if (!data) {
    messages.error(data.error());
    return 3;
  }
  Workspace workspace(*data->model);
  ArticleSource source(options.inputs, options.article);
  while (auto article = source.next()) {
    if (!article->ok()) {
      messages.error(article->error());
      continue;
    }
    std::fputs(questions_of(**article, *data, workspace).c_str(), stdout);
  }
  return 0;
}
