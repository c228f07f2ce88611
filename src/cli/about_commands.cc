// The commands that tell about the program itself: overview, version, doctor.
#include <fstream>
#include <iostream>
#include <string>

#include "cli/build_info.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/load.h"
#include "cli/locate.h"
#include "cli/text_width.h"
#include "language/kernels.h"
#include "lexicon/lexicon.h"

namespace casus {
namespace {

constexpr size_t kLabelWidth = 11;

void print_line(const std::string& label, const std::string& text) {
  std::string line;
  append_padded(label, kLabelWidth, line);
  std::cout << line << text << '\n';
}

// As the kernel tells; empty where it does not.
std::string processor_name() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    const size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return one_line(line.substr(colon + 2));
  }
  return {};
}

std::string kernels_text() {
  std::string text = "in use: " + std::string(kernel_name()) + "; available:";
  for (const std::string_view name : available_kernels()) text += " " + std::string(name);
  return text + "; CASUS_KERNELS=NAME forces one";
}

template <class T>
bool report_part(const std::string& label, const std::string& name, const Located& place, const Result<T>& loaded) {
  if (loaded.ok()) {
    print_line(label, name + " in " + place.path.string() + " (" + place.origin + ")");
    return true;
  }
  Error error = loaded.error();
  const std::string remedy = std::exchange(error.remedy, "");
  print_line(label, "not usable: " + error.to_string() + " (" + place.origin + ")");
  if (!remedy.empty()) print_line("", "remedy: " + remedy);
  return false;
}

}  // namespace

int overview_command() {
  std::cout << "casus reads news reports about an international crisis and rebuilds the crisis from them:\n"
               "who did what to whom, when, where and on whose word, each with the words it rests on.\n"
               "  casus code INPUT…     events and statements\n"
               "  casus brief INPUT…    the situation report: what happened, what is coming, what is disputed\n"
               "  casus timeline INPUT… days with what happened on them; also incidents, calendar, demands, posture, dyads, actors\n"
               "  casus articles INPUT… what is read as article, and what is not\n"
               "  casus parse INPUT…    sentences, tags, heads, entities\n"
               "  casus explain TEXT…   why it was coded as it was; also explain FILE… [--event ID]\n"
               "  casus dict check      what is wrong in the dictionaries; dict suggest INPUT…: what they lack\n"
               "  casus ingest INPUT… --db FILE into a database; events, statements, articles, search --db FILE list it\n"
               "  casus export DIR --db FILE    all of it as files; recode, forget, db check keep it\n"
               "  casus eval GOLD RECORDS how right coded records are\n"
               "  casus doctor          what is found here, and how to get what is missing\n"
               "\n"
               "Examples:\n"
               "  casus code article.txt\n"
               "  casus code news/ --format jsonl > events.jsonl\n"
               "  casus parse article.txt --format conllu\n"
               "\n"
               "casus COMMAND --help tells more.\n";
  return kFine;
}

int version_command(const Options& options) {
  std::cout << "casus " << build_info::kVersion << '\n';
  if (options.credits) std::cout << '\n' << build_info::kNotice;
  return kFine;
}

int doctor_command(const Options& options) {
  print_line("casus", std::string(build_info::kVersion) + ", " + build_info::kBuildType + " build by " + build_info::kCompiler);
  print_line("processor", processor_name() + " (" + std::to_string(options.threads) + " usable)");
  print_line("kernels", kernels_text());
  const auto model = load_model(options.model);
  const bool has_model = report_part("model", model.ok() ? model.value()->name() : "", locate_model(options.model), model);
  const auto lexicon = load_lexicon(options.data, options.lexicons);
  const std::string fingerprint = lexicon.ok() ? " " + lexicon.value()->fingerprint() : "";
  const bool has_lexicon = report_part("lexicon", "ontology and dictionaries" + fingerprint, locate_data(options.data), lexicon);
  if (has_lexicon) {
    for (const std::string& folder : options.lexicons) print_line("", "with " + folder + " over it");
  }
  const auto article_data = load_article_data(options.data);
  const bool has_noise_rules = report_part("noise", "rules", locate_data(options.data), article_data);
  const auto gazetteer = load_gazetteer();
  const auto sound = gazetteer.ok() ? gazetteer.value()->verify() : Result<void>();
  const std::string places = gazetteer.ok() ? with_separators(gazetteer.value()->place_count()) + " places" : "";
  if (sound.ok())
    report_part("gazetteer", places, locate_gazetteer(), gazetteer);
  else
    report_part("gazetteer", places, locate_gazetteer(), sound);
  const auto judge = load_judge("");
  report_part("judge", judge.ok() && *judge ? std::to_string((*judge)->types().size()) + " types" : "none", locate_judge(""), judge);
  const bool fine = has_model && has_lexicon && has_noise_rules;
  std::cout << (fine ? "all that is needed is there\n" : "something needed is missing\n");
  return fine ? kFine : kCannotWork;
}

}  // namespace casus
