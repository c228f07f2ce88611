// What coding costs beside parsing: processor time of one thread for each stage of `casus code`, over the same articles, in one run.
// Workload: the articles of the inputs given, in memory. Rounds go through all articles; the table has medians. "mentions" is a part of
// "reading": it is timed by itself, on top. First every article is coded once, and there must be acts, or nothing is timed.
//
//     code_speed INPUT... [--rounds=5]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "article/article_source.h"
#include "cli/load.h"
#include "reading/actors.h"
#include "reading/reading.h"
#include "timing.h"

namespace {

struct Times {
  double parse = 0;
  double mentions = 0;
  double reading = 0;
  double records = 0;
};

struct Counts {
  size_t tokens = 0;
  size_t events = 0;
  size_t bytes = 0;
};

class Bench {
 public:
  explicit Bench(casus::ReadingData data) : data_(std::move(data)), workspace_(*data_.model) {}

  void code(const casus::ArticlePtr& article, Times& times, Counts& counts) {
    double start = thread_seconds();
    const auto doc = casus::analyse(*article, *data_.model, workspace_);
    times.parse += thread_seconds() - start;
    start = thread_seconds();
    const casus::Syntax syntax(*doc);
    const casus::Actors actors(syntax, *data_.lexicon);
    times.mentions += thread_seconds() - start;
    start = thread_seconds();
    const casus::Report report = casus::read_document(article, *doc, *data_.lexicon, nullptr, data_.judge.get());
    times.reading += thread_seconds() - start;
    start = thread_seconds();
    out_.clear();
    casus::append_records_json(report, {}, out_);
    times.records += thread_seconds() - start;
    counts.tokens += doc->tokens().size();
    counts.events += report.events.size();
    counts.bytes += out_.size();
  }

 private:
  casus::ReadingData data_;
  casus::Workspace workspace_;
  std::string out_{};
};

std::vector<casus::ArticlePtr> articles_of(const casus::Options& options) {
  std::vector<casus::ArticlePtr> articles;
  casus::ArticleSource source(options.inputs, options.article);
  while (auto article = source.next()) {
    if (article->ok()) articles.push_back(std::move(**article));
  }
  return articles;
}

void print(const std::vector<Times>& rounds, const Counts& counts, size_t articles) {
  const double parse = median(rounds, &Times::parse);
  const double reading = median(rounds, &Times::reading);
  const double records = median(rounds, &Times::records);
  const double all = parse + reading + records;
  std::printf("%zu articles, %zu tokens, %zu events, %zu rounds\n", articles, counts.tokens, counts.events, rounds.size());
  std::printf("%-28s %10s %8s\n", "stage", "tokens/s", "share");
  const auto line = [&](const char* stage, double seconds) {
    std::printf("%-28s %10.0f %8.3f\n", stage, static_cast<double>(counts.tokens) / seconds, seconds / all);
  };
  line("parse", parse);
  line("reading", reading);
  line("  of it actors and places", median(rounds, &Times::mentions));
  line("records", records);
  line("code", all);
  std::printf("speed of code over that of parse: %.3f\n", parse / all);
}

}  // namespace

int main(int count, char** arguments) {
  size_t rounds = 5;
  casus::Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument.starts_with("--rounds="))
      rounds = std::max<size_t>(1, std::strtoul(arguments[i] + 9, nullptr, 10));
    else if (argument.starts_with("--judge="))
      options.judge = argument.substr(8);
    else
      options.inputs.emplace_back(argument);
  }
  if (options.inputs.empty()) {
    std::fprintf(stderr, "usage: code_speed INPUT... [--rounds=5] [--judge=off|FILE]\n");
    return 2;
  }
  casus::Messages messages;
  auto data = casus::load_reading_data(options, messages);
  if (!data) {
    messages.error(data.error());
    return 2;
  }
  const std::vector<casus::ArticlePtr> articles = articles_of(options);
  Bench bench(*std::move(data));
  Times warm_up;
  Counts counts;
  for (const casus::ArticlePtr& article : articles) bench.code(article, warm_up, counts);
  if (counts.events == 0) {
    std::fprintf(stderr, "no acts in %zu articles\n", articles.size());
    return 1;
  }
  std::vector<Times> all(rounds);
  Counts ignored;
  for (Times& times : all) {
    for (const casus::ArticlePtr& article : articles) bench.code(article, times, ignored);
  }
  print(all, counts, articles.size());
  return 0;
}
