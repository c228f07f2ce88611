// casus dict check: what is wrong or doubtful in ontology and dictionaries.
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/load.h"
#include "cli/locate.h"
#include "cli/output.h"
#include "cli/text_width.h"
#include "lexicon/check.h"

namespace casus {
namespace {

std::string_view level_name(DictionaryFinding::Level level) { return level == DictionaryFinding::Level::kError ? "error" : "warning"; }

void append_text(const DictionaryFinding& finding, std::string& out) {
  const Error& place = finding.place;
  out += one_line(place.file) + (place.line > 0 ? ":" + std::to_string(place.line) : "") + ": " + std::string(level_name(finding.level)) +
         ": " + one_line(place.message) + (place.remedy.empty() ? "" : " (" + one_line(place.remedy) + ")") + " [" + finding.check + "]\n";
}

void append_json(const DictionaryFinding& finding, std::string& out) {
  JsonWriter json(out);
  json.begin_object().field("record", "finding").field("level", level_name(finding.level)).field("check", finding.check);
  json.field("file", finding.place.file).key("line").number(finding.place.line);
  json.field("message", finding.place.message).field("remedy", finding.place.remedy).end_object();
  out += '\n';
}

}  // namespace

int dict_check_command(const Options& options, Messages& messages) {
  const auto model = load_model(options.model);
  LemmaOf lemma_of;
  if (model) lemma_of = [&](const std::string& word) { return lemma_of_verb(**model, word); };
  if (!model) messages.note("warning: lemmas are not checked: " + model.error().to_string());
  const std::vector<std::filesystem::path> over(options.lexicons.begin(), options.lexicons.end());
  const std::vector<DictionaryFinding> findings = check_dictionaries(locate_data(options.data).path, over, lemma_of);
  Output output;
  uint64_t errors = 0;
  std::string out;
  for (const DictionaryFinding& finding : findings) {
    errors += finding.level == DictionaryFinding::Level::kError ? 1 : 0;
    if (options.format == Format::kText) append_text(finding, out);
    if (options.format == Format::kJsonLines) append_json(finding, out);
  }
  output.write(out);
  output.close();
  if (output.state() == Output::State::kFailed) {
    messages.note("error: standard output cannot be written: " + output.reason());
    return kCannotWork;
  }
  messages.note("checked: " + with_separators(errors) + " errors, " + with_separators(findings.size() - errors) + " warnings");
  return errors > 0 ? kSomeFailed : kFine;
}

}  // namespace casus
