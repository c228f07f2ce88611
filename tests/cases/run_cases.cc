// Runs case files: run_cases [--update] [--only NAME] FILE… Prints each difference; exit status 1 if there was one.
// --update writes what casus codes now as expected; read that difference before you commit it.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "article/article_source.h"
#include "base/calendar.h"
#include "base/files.h"
#include "case_file.h"
#include "language/language.h"
#include "lexicon/lexicon.h"
#include "reading/reading.h"

namespace casus {
namespace {

constexpr uint64_t kMaxCaseFileBytes = 4'000'000;

struct Tools {
  std::shared_ptr<const LanguageModel> model;
  std::shared_ptr<const Lexicon> lexicon;
};

struct Sums {
  int passed = 0;
  int failed = 0;
  int skipped = 0;
  int known = 0;
};

std::string sides(const std::vector<Actor>& actors) {
  std::string out;
  for (const Actor& actor : actors) {
    if (!out.empty()) out += ",";
    out += actor.country.empty() ? "?" : actor.country;
    if (!actor.sector.empty()) out += "/" + actor.sector;
  }
  return out;
}

void field(std::string& out, std::string_view name, std::string_view value) {
  if (!value.empty()) out.append("  ").append(name).append("=").append(value);
}

std::string quantities(const std::vector<Quantity>& list) {
  std::string out;
  for (const Quantity& quantity : list) {
    if (!out.empty()) out += ", ";
    out += (quantity.about ? "~" : "") + quantity.text + " " + quantity.unit;
  }
  return out.empty() ? out : "\"" + out + "\"";
}

std::string quoted(const std::string& text) { return text.empty() ? text : "\"" + text + "\""; }

std::string line_of(const Event& event) {
  std::string out = event.type + " " + event.status;
  field(out, "source", sides(event.source));
  field(out, "target", sides(event.target));
  field(out, "mode", event.mode);
  field(out, "date", event.date);
  if (event.place) field(out, "place", event.place->text + (event.place->country.empty() ? "" : "," + event.place->country));
  field(out, "says", quoted(event.attributed_to));
  field(out, "trigger", quoted(event.trigger));
  field(out, "quantity", quantities(event.quantity));
  if (!event.also.empty()) field(out, "also", std::to_string(event.also.size()));
  return out;
}

std::string line_of(const Statement& statement) {
  std::string out = "STATEMENT " + statement.kind;
  field(out, "speaker", sides({statement.speaker}));
  field(out, "cue", quoted(statement.cue));
  if (statement.addressee) field(out, "addressee", sides({*statement.addressee}));
  field(out, "date", statement.date);
  field(out, "text", quoted(statement.text));
  return out;
}

/// What must hold of every record: fields are the words of their spans, triggers are short, sides have spans of their own.
void check_spans(const Report& report, std::vector<std::string>& faults) {
  const Article& article = *report.article;
  const auto expect = [&](std::string_view field, ByteSpan span, const std::string& text) {
    if (span.end > article.text().size() || article.view(span) != text)
      faults.push_back("span of " + std::string(field) + " is not \"" + text + "\"");
  };
  for (const Event& event : report.events) {
    expect("trigger", event.trigger_span, event.trigger);
    for (const Actor& actor : event.source) expect("source", actor.span, actor.text);
    for (const Actor& actor : event.target) expect("target", actor.span, actor.text);
    for (const Quantity& quantity : event.quantity) expect("quantity", quantity.span, quantity.text);
    if (event.place) expect("place", event.place->span, event.place->text);
    if (!event.date.empty() && !event.date_span) faults.push_back("a date without a span");
    if (!event.attributed_to.empty() && !event.attributed_to_span) faults.push_back("an attribution without a span");
  }
  for (const Statement& statement : report.statements) {
    expect("cue", statement.cue_span, statement.cue);
    expect("speaker", statement.speaker.span, statement.speaker.text);
    if (statement.text_spans.size() == 1) expect("text", statement.text_spans[0], statement.text);
  }
}

std::vector<std::string> code(const TextCase& one, const Tools& tools) {
  ArticleFields fields;
  fields.id = "case";
  fields.published = parse_day(one.published);
  const ArticlePtr article = make_article(std::move(fields), one.text);
  Workspace workspace(*tools.model);
  const auto doc = analyse(*article, *tools.model, workspace);
  const Report report = read_document(article, *doc, *tools.lexicon);
  std::vector<std::string> lines;
  check_spans(report, lines);
  for (const Event& event : report.events) lines.push_back(line_of(event));
  if (one.statements) {
    for (const Statement& statement : report.statements) lines.push_back(line_of(statement));
  }
  return lines;
}

void print_difference(const std::string& file, const TextCase& one, const std::vector<std::string>& got) {
  std::cout << file << ":" << one.line << ": " << one.name << "\n";
  for (const std::string& line : one.expected) {
    if (std::find(got.begin(), got.end(), line) == got.end()) std::cout << "  - " << line << "\n";
  }
  for (const std::string& line : got) {
    if (std::find(one.expected.begin(), one.expected.end(), line) == one.expected.end()) std::cout << "  + " << line << "\n";
  }
  std::cout << "  the text: " << one.text;
}

void run(const std::string& file, TextCase& one, const Tools& tools, bool update, Sums& sums) {
  if (!one.skip.empty()) {
    ++sums.skipped;
    return;
  }
  std::vector<std::string> got = code(one, tools);
  const bool same = got == one.expected;
  if (!one.known_failure.empty()) {  // its expectation is what should be, so it is never rewritten
    ++sums.known;
    if (same) std::cout << file << ":" << one.line << ": " << one.name << ": passes now: remove its :known-failure\n";
    return;
  }
  ++(same ? sums.passed : sums.failed);
  if (!same && !update) print_difference(file, one, got);
  if (update) one.expected = std::move(got);
}

int fail(const Error& error) {
  std::cerr << "run_cases: " << error.to_string() << "\n";
  return 1;
}

int main_of_cases(const std::vector<std::string>& arguments) {
  std::vector<std::string> files;
  std::string only;
  bool update = false;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--update")
      update = true;
    else if (arguments[i] == "--only" && i + 1 < arguments.size())
      only = arguments[++i];
    else
      files.push_back(arguments[i]);
  }
  const char* chosen = std::getenv("CASUS_MODEL");
  auto model = LanguageModel::load(chosen != nullptr && *chosen != '\0' ? chosen : CASUS_SOURCE_DIR "/vendor/model");
  if (!model) return fail(model.error());
  auto gazetteer = Gazetteer::open(CASUS_GAZETTEER);
  if (!gazetteer) return fail(gazetteer.error());
  auto lexicon = Lexicon::load(CASUS_SOURCE_DIR "/data", {}, *gazetteer);
  if (!lexicon) return fail(lexicon.error());
  const Tools tools{*model, *lexicon};
  Sums sums;
  for (const std::string& file : files) {
    const auto content = read_file(file, kMaxCaseFileBytes);
    if (!content) return fail(content.error());
    auto cases = parse_cases(*content, file);
    if (!cases) return fail(cases.error());
    for (TextCase& one : cases->cases) {
      if (only.empty() || one.name.find(only) != std::string::npos) run(file, one, tools, update, sums);
    }
    if (update) std::ofstream(file, std::ios::binary) << format_cases(*cases);
  }
  std::cout << sums.passed << " passed, " << sums.failed << (update ? " rewritten" : " failed") << ", " << sums.known << " known failures, "
            << sums.skipped << " skipped\n";
  return sums.failed > 0 && !update ? 1 : 0;
}

}  // namespace
}  // namespace casus

int main(int argc, char** argv) { return casus::main_of_cases({argv + 1, argv + argc}); }
