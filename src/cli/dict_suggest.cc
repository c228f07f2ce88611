// casus dict suggest: what a text needs and the dictionaries lack, as entries to write.
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/load.h"
#include "cli/run.h"
#include "cli/terminal.h"
#include "cli/text_width.h"
#include "language/language.h"
#include "reading/coverage.h"

namespace casus {
namespace {

constexpr size_t kMaxExamples = 3;
constexpr size_t kMaxExampleColumns = 400;
constexpr size_t kMaxGaps = 500'000;  ///< different ones held; a corpus of years has names without end
constexpr size_t kCountWidth = 7;
constexpr size_t kExampleIndent = 9;

struct KindText {
  std::string_view name;
  std::string_view heading;
  std::string_view file;
};
constexpr KindText kKinds[] = {{"verb", "Verbs that join two coded actors", "frames/NAME.frames"},
                               {"noun", "Nouns that join two coded actors", "frames/NAME.frames"},
                               {"person", "People", "world/people.tsv"},
                               {"organisation", "Organisations", "world/organisations.tsv"}};

class Suggester : public ArticleWorker {
 public:
  Suggester(std::shared_ptr<const LanguageModel> model, std::shared_ptr<const Lexicon> lexicon)
      : model_(std::move(model)), lexicon_(std::move(lexicon)), workspace_(*model_) {}

  void process(const ArticlePtr& article, Outcome& outcome) override {
    const std::unique_ptr<const Document> doc = analyse(*article, *model_, workspace_);
    outcome.tokens = doc->tokens().size();
    outcome.coverage = std::make_shared<const CoverageReport>(read_coverage(*doc, *lexicon_));
  }

 private:
  std::shared_ptr<const LanguageModel> model_;
  std::shared_ptr<const Lexicon> lexicon_;
  Workspace workspace_;
};

struct Example {
  std::string doc{};
  std::string text{};
};

/// One gap over all articles.
struct Counted {
  GapKind kind = GapKind::kVerb;
  std::string word{};
  uint64_t count = 0;
  std::map<std::string, uint64_t> entries{};
  std::vector<Example> examples{};

  /// The entry that was seen most often; of names, among those with the most cells filled.
  [[nodiscard]] const std::string& entry() const {
    const auto rank = [&](const auto& entry) {
      const bool name = kind == GapKind::kPerson || kind == GapKind::kOrganisation;
      const size_t empty = name ? count_empty(entry.first) : 0;
      return std::pair(-static_cast<int64_t>(empty), entry.second);
    };
    return std::max_element(entries.begin(), entries.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); })->first;
  }

 private:
  static size_t count_empty(const std::string& row) {
    size_t empty = row.ends_with('\t') ? 1 : 0;
    for (size_t at = row.find("\t\t"); at != std::string::npos; at = row.find("\t\t", at + 1)) ++empty;
    return empty;
  }
};

/// Adds up the gaps of all articles, in input order, and prints them at the end.
class Suggestions : public RunObserver {
 public:
  Suggestions(const Options& options, Messages& messages) : options_(options), messages_(messages) {}

  void take(const Outcome& outcome, std::string&) override {
    if (outcome.coverage == nullptr) return;
    for (size_t i = 0; i < kCoverages; ++i) clauses_[i] += outcome.coverage->clauses[i];
    for (const Gap& gap : outcome.coverage->gaps) add(gap, *outcome.article);
  }

  void finish(const PassedOver&, std::string& out) override {
    if (left_out_ > 0) {
      messages_.note("warning: " + with_separators(left_out_) + " mentions of further words and names were left out: more than " +
                     with_separators(kMaxGaps) + " different ones");
    }
    if (options_.format == Format::kNone) return;
    if (options_.format == Format::kTsv) out += "count\tkind\tword\tentry\tfile\tdoc\texample\n";
    for (size_t kind = 0; kind < std::size(kKinds); ++kind) print_kind(static_cast<GapKind>(kind), out);
    print_clauses(out);
  }

 private:
  void add(const Gap& gap, const Article& article) {
    const std::pair key(gap.kind, gap.word);
    if (!gaps_.contains(key) && gaps_.size() >= kMaxGaps) {
      ++left_out_;
      return;
    }
    Counted& counted = gaps_[key];
    counted.kind = gap.kind;
    counted.word = gap.word;
    ++counted.count;
    if (counted.entries.size() < kMaxExamples * kMaxExamples || counted.entries.contains(gap.entry)) ++counted.entries[gap.entry];
    const std::string text = fit(one_line(article.view(gap.sentence)), kMaxExampleColumns);
    const bool known = std::any_of(counted.examples.begin(), counted.examples.end(), [&](const Example& e) { return e.text == text; });
    if (counted.examples.size() < kMaxExamples && !known) counted.examples.push_back({article.fields().id, text});
  }

  void print_kind(GapKind kind, std::string& out) const {
    std::vector<const Counted*> found;
    for (const auto& [key, counted] : gaps_) {
      if (key.first == kind && counted.count >= options_.min_count) found.push_back(&counted);
    }
    std::stable_sort(found.begin(), found.end(), [](const Counted* a, const Counted* b) { return a->count > b->count; });
    const KindText& text = kKinds[static_cast<size_t>(kind)];
    if (options_.format == Format::kText)
      out += std::string(text.heading) + " (" + with_separators(found.size()) + "), for " + std::string(text.file) + "\n";
    if (found.size() > options_.most_entries) found.resize(options_.most_entries);
    for (const Counted* counted : found) print(*counted, text, out);
    if (options_.format == Format::kText) out += '\n';
  }

  void print(const Counted& counted, const KindText& text, std::string& out) const {
    if (options_.format == Format::kText) return print_text(counted, out);
    if (options_.format == Format::kTsv) {
      std::string entry = counted.entry();
      for (size_t at = entry.find('\t'); at != std::string::npos; at = entry.find('\t', at)) entry.replace(at, 1, "\\t");
      out += std::to_string(counted.count) + '\t' + std::string(text.name) + '\t' + one_line(counted.word) + '\t' + entry + '\t' +
             std::string(text.file) + '\t' + one_line(counted.examples.front().doc) + '\t' + counted.examples.front().text + '\n';
      return;
    }
    JsonWriter json(out);
    json.begin_object().field("record", "suggestion").field("kind", text.name).field("word", counted.word);
    json.key("count").number(counted.count).field("entry", counted.entry()).field("file", text.file).key("examples").begin_array();
    for (const Example& example : counted.examples) json.begin_object().field("doc", example.doc).field("text", example.text).end_object();
    json.end_array().end_object();
    out += '\n';
  }

  void print_text(const Counted& counted, std::string& out) const {
    std::string number = with_separators(counted.count);
    number.insert(0, kCountWidth > number.size() ? kCountWidth - number.size() : 0, ' ');
    out += number + "  " + counted.entry() + "\n";
    for (const Example& example : counted.examples) {
      out.append(kExampleIndent, ' ');
      out += fit(example.text, std::max<size_t>(terminal_columns(1), 2 * kExampleIndent) - kExampleIndent) + "\n";
    }
  }

  void print_clauses(std::string& out) const {
    const auto number = [&](Coverage coverage) { return clauses_[static_cast<size_t>(coverage)]; };
    const uint64_t covered = number(Coverage::kFrame) + number(Coverage::kNone) + number(Coverage::kWords);
    const uint64_t all = covered + number(Coverage::kOpen);
    const double share = all == 0 ? 0 : static_cast<double>(covered) / static_cast<double>(all);
    if (options_.format == Format::kJsonLines) {
      JsonWriter json(out);
      json.begin_object().field("record", "coverage").key("clauses").number(all).key("event").number(number(Coverage::kFrame));
      json.key("no_event").number(number(Coverage::kNone)).key("words").number(number(Coverage::kWords));
      json.key("uncovered").number(number(Coverage::kOpen)).key("coverage").number(share).end_object();
      out += '\n';
    }
    if (options_.format != Format::kText) return;
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", share);
    out += "Clauses that join two coded actors: " + with_separators(all) + " = " + with_separators(number(Coverage::kFrame)) +
           " with a frame + " + with_separators(number(Coverage::kNone)) + " known as no event + " +
           with_separators(number(Coverage::kWords)) + " of words and wrappers + " + with_separators(number(Coverage::kOpen)) +
           " without an entry\nCoverage: " + text + "\n";
  }

  const Options& options_;
  Messages& messages_;
  std::array<uint64_t, kCoverages> clauses_{};
  std::map<std::pair<GapKind, std::string>, Counted> gaps_;
  uint64_t left_out_ = 0;
};

}  // namespace

int dict_suggest_command(Options options, Messages& messages) {
  options.judge = kNoJudge;  // what the dictionaries lack, whatever the judge makes of it
  const auto data = load_reading_data(options, messages);
  if (!data) {
    messages.error(data.error());
    return kCannotWork;
  }
  Job job{
      .done_word = "read", .skip_duplicates = !options.keep_duplicates, .counted = Job::Counted::kTokens, .header = {}, .make_worker = {}};
  job.make_worker = [&] { return std::make_unique<Suggester>(data->model, data->lexicon); };
  job.observer = std::make_shared<Suggestions>(options, messages);
  return run_job(options, job, messages);
}

}  // namespace casus
