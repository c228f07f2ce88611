// What the judge is asked about texts, and what comes of it: what its gate is trained on (train/train_gate.py).
//   gate_examples TEXTS.jsonl JUDGE > EXAMPLES.jsonl
// A line {"text", "frame", "event", "questions": [{"trigger", "source", "target": [[begin, end], …]}]} for each sentence, bytes: whether a frame
// proposes an act of it, and whether the judge made or judged one.
#include <cstdio>
#include <string>
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

/// Whether the judge made an act of something in the sentence.
bool has_event(ByteSpan sentence, const Document& doc, const ReadingTrace& trace) {
  for (const auto& [token, act] : trace.acts) {
    if (act.judged && !act.event_id.empty() && sentence.contains(doc.tokens()[token].span)) return true;
  }
  return false;
}

void print_examples(const ArticlePtr& article, const ReadingData& data, Workspace& workspace) {
  const auto doc = analyse(*article, *data.model, workspace);
  ReadingTrace trace;
  const Report report = read_document(article, *doc, *data.lexicon, &trace, data.judge.get());
  for (const AskedSentence& asked : judge_questions(article, *doc, *data.lexicon)) {
    std::string line;
    JsonWriter json(line);
    json.begin_object().field("text", article->view(asked.sentence)).key("frame").boolean(asked.has_frame);
    json.key("event").boolean(has_event(asked.sentence, *doc, trace)).key("questions").begin_array();
    for (const JudgeQuestion& question : asked.questions) {
      json.begin_object();
      write_spans("trigger", question.trigger, asked.sentence.begin, json);
      write_spans("source", question.source, asked.sentence.begin, json);
      write_spans("target", question.target, asked.sentence.begin, json);
      json.end_object();
    }
    json.end_array().end_object();
    std::printf("%s\n", line.c_str());
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("Usage: gate_examples TEXTS.jsonl JUDGE > EXAMPLES.jsonl\n", stderr);
    return 2;
  }
  Options options;
  options.inputs = {arguments[1]};
  options.judge = arguments[2];
  Messages messages;
  const auto data = load_reading_data(options, messages);
  if (!data) {
    messages.error(data.error());
    return 3;
  }
  Workspace workspace(*data->model);
  ArticleSource source(options.inputs, options.article);
  while (auto article = source.next()) {
    if (article->ok()) {
      print_examples(**article, *data, workspace);
    } else {
      messages.error(article->error());
    }
  }
  return 0;
}
