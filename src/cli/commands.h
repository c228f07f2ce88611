#pragma once

#include "cli/messages.h"
#include "cli/options.h"

namespace casus {

// Each command takes the checked command line and returns the program's exit status.
[[nodiscard]] int code_command(Options options, Messages& messages);
[[nodiscard]] int articles_command(Options options, Messages& messages);
[[nodiscard]] int parse_command(Options options, Messages& messages);
[[nodiscard]] int eval_command(const Options& options, Messages& messages);
[[nodiscard]] int explain_command(Options options, Messages& messages);
[[nodiscard]] int dict_check_command(const Options& options, Messages& messages);
[[nodiscard]] int dict_suggest_command(Options options, Messages& messages);
[[nodiscard]] int ingest_command(Options options, Messages& messages);
[[nodiscard]] int listing_command(const Options& options, Messages& messages);  ///< events, statements, search, articles of a database
[[nodiscard]] int db_check_command(const Options& options, Messages& messages);
[[nodiscard]] int db_info_command(const Options& options, Messages& messages);
[[nodiscard]] int db_vacuum_command(const Options& options, Messages& messages);
[[nodiscard]] int forget_command(const Options& options, Messages& messages);
[[nodiscard]] int recode_command(Options options, Messages& messages);
[[nodiscard]] int panel_command(const Options& options, Messages& messages);
[[nodiscard]] int export_command(const Options& options, Messages& messages);
[[nodiscard]] int layout_command(const Options& options, Messages& messages);  ///< export --layout
[[nodiscard]] int fix_command(const Options& options, Messages& messages);
[[nodiscard]] int sample_command(const Options& options, Messages& messages);
[[nodiscard]] int sheet_command(const Options& options, Messages& messages);  ///< eval --sheet
[[nodiscard]] int diff_command(const Options& options, Messages& messages);
[[nodiscard]] int demo_command(const Options& options, Messages& messages);
/// brief, timeline, incidents, calendar, demands, posture, dyads, actors.
[[nodiscard]] int crisis_command(Options options, Messages& messages);
[[nodiscard]] int serve_command(const Options& options, Messages& messages);
[[nodiscard]] int doctor_command(const Options& options);
[[nodiscard]] int version_command(const Options& options);
[[nodiscard]] int overview_command();

}  // namespace casus
