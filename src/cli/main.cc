#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/options.h"

namespace {

using namespace casus;

int run(const Options& options) {
  switch (options.command) {
    case Command::kOverview: return overview_command();
    case Command::kVersion: return version_command(options);
    case Command::kDoctor: return doctor_command(options);
    case Command::kArticles:
    case Command::kCode:
    case Command::kEval:
    case Command::kExplain:
    case Command::kDictCheck:
    case Command::kDictSuggest:
    case Command::kBrief:
    case Command::kTimeline:
    case Command::kIncidents:
    case Command::kCalendar:
    case Command::kDemands:
    case Command::kPosture:
    case Command::kDyads:
    case Command::kActors:
    case Command::kParse: break;
  }
  Messages messages;
  if (!options.errors_file.empty()) {
    if (const auto opened = messages.write_errors_to(options.errors_file); !opened.ok()) {
      messages.error(opened.error());
      return kCannotWork;
    }
  }
  if (options.command == Command::kEval) return eval_command(options, messages);
  if (options.command == Command::kArticles) return articles_command(options, messages);
  if (options.command == Command::kExplain) return explain_command(options, messages);
  if (options.command == Command::kDictCheck) return dict_check_command(options, messages);
  if (options.command == Command::kDictSuggest) return dict_suggest_command(options, messages);
  if (is_crisis_command(options.command)) return crisis_command(options, messages);
  return options.command == Command::kCode ? code_command(options, messages) : parse_command(options, messages);
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is seen where it is written to
  try {
    const CommandLine line = parse_command_line(argc, argv);
    const int status = line.options ? run(*line.options) : line.status;
    std::cout.flush();
    return status;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "casus: error: internal error: %s\n", exception.what());
    return kCannotWork;
  }
}
