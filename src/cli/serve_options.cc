#include "cli/serve_options.h"

namespace casus {

CLI::App* add_serve(CLI::App& app, RawOptions& raw) {
  CLI::App* serve = app.add_subcommand("serve", "A database in the browser, and as an API");
  ServeOptions& options = raw.options.serve;
  serve->add_option("--db", raw.options.database, "The database: an SQLite file")->type_name("FILE")->required()->envname("CASUS_DB");
  serve->add_option("--port", options.port, "Where to listen; 0: any port that is free")->type_name("N")->capture_default_str();
  serve->add_option("--address", options.address, "Numeric address to listen at; others than this machine need another one than 127.0.0.1")
      ->type_name("ADDRESS")
      ->capture_default_str();
  serve->add_option("--allow-host", options.host_names, "A name by which browsers may reach this server, beside localhost and addresses")
      ->type_name("NAME")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  serve->add_flag("--allow-ingest", options.allow_ingest, "Whoever has the token may add articles and correct records");
  serve->add_option("--token-file", options.token_file, "File with the token (else CASUS_TOKEN, else a new one, which is printed)")
      ->type_name("FILE");
  add_threads_option(*serve, raw);
  add_model_option(*serve, raw);
  add_data_option(*serve, raw);
  add_lexicon_option(*serve, raw);
  add_judge_option(*serve, raw);
  add_errors_option(*serve, raw);
  return serve;
}

const char* serve_command_text(std::string_view path) {
  if (path != "serve") return nullptr;
  return "Shows a database in the browser: brief, timeline, dyads, map, calendar, demands, posture, actors, incidents, articles; and gives "
         "all\n"
         "of it as an API (docs/server.md). Reads only, and only for this machine, unless it is told otherwise; what other processes "
         "ingest\n"
         "meanwhile shows up by itself. Ctrl-C ends it when running requests are answered.\n\n"
         "Examples:\n"
         "  casus serve --db crisis.db                       then open http://localhost:8765/\n"
         "  casus serve --db crisis.db --port 0              at any port that is free\n"
         "  casus serve --db crisis.db --allow-ingest        with a token for adding articles and correcting records\n"
         "  casus serve --db crisis.db --address 0.0.0.0 --allow-host desk.example\n"
         "  curl 'http://localhost:8765/api/v1/events.csv?dyad=Russia,Ukraine&since=2022-02-01'\n";
}

}  // namespace casus
