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
    default: break;
  }
  Messages messages;
  if (!options.errors_file.empty()) {
    if (const auto opened = messages.write_errors_to(options.errors_file); !opened.ok()) {
      messages.error(opened.error());
      return kCannotWork;
    }
  }
  switch (options.command) {
    case Command::kArticles: return options.database.empty() ? articles_command(options, messages) : listing_command(options, messages);
    case Command::kCode: return code_command(options, messages);
    case Command::kParse: return parse_command(options, messages);
    case Command::kEval: return options.sheet.empty() ? eval_command(options, messages) : sheet_command(options, messages);
    case Command::kExplain: return explain_command(options, messages);
    case Command::kDictCheck: return dict_check_command(options, messages);
    case Command::kDictSuggest: return dict_suggest_command(options, messages);
    case Command::kIngest: return ingest_command(options, messages);
    case Command::kEvents:
    case Command::kStatements:
    case Command::kSearch: return listing_command(options, messages);
    case Command::kDbCheck: return db_check_command(options, messages);
    case Command::kDbInfo: return db_info_command(options, messages);
    case Command::kDbVacuum: return db_vacuum_command(options, messages);
    case Command::kRecode: return recode_command(options, messages);
    case Command::kForget: return forget_command(options, messages);
    case Command::kPanel: return panel_command(options, messages);
    case Command::kExport: return options.layout.empty() ? export_command(options, messages) : layout_command(options, messages);
    case Command::kFix: return fix_command(options, messages);
    case Command::kSample: return sample_command(options, messages);
    case Command::kDiff: return diff_command(options, messages);
    case Command::kDemo: return demo_command(options, messages);
    case Command::kServe: return serve_command(options, messages);
    case Command::kBrief:
    case Command::kTimeline:
    case Command::kIncidents:
    case Command::kCalendar:
    case Command::kDemands:
    case Command::kPosture:
    case Command::kDyads:
    case Command::kActors: return crisis_command(options, messages);
    case Command::kOverview:
    case Command::kVersion:
    case Command::kDoctor: break;
  }
  return kCannotWork;
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
