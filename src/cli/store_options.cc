#include "cli/store_options.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "base/text.h"
#include "reading/record_rows.h"

namespace casus {
namespace {

struct CommandText {
  std::string_view command;
  const char* text;
};
constexpr CommandText kCommandTexts[] = {
    {"ingest",
     "Codes articles into a database: the same as code, kept in one SQLite file. Safe to repeat, to interrupt, to kill and to run twice "
     "at\n"
     "once: what is known is passed over, and what was reported as committed stays. A corrected article takes the place of its earlier\n"
     "version, which is kept as history (docs/store.md).\n\n"
     "Examples:\n"
     "  casus ingest news/ --db crisis.db\n"
     "  casus ingest crawl.warc.gz --db crisis.db --threads 8\n"
     "  casus ingest --watch incoming/ --db crisis.db    goes on with new and changed files until Ctrl-C\n"
     "  cat article.txt | casus ingest - --db crisis.db --published 2022-02-04 --outlet Reuters\n"},
    {"events",
     "Lists the events of a database: a table on a terminal, JSON Lines in a pipe, as casus code prints them.\n\n"
     "Examples:\n"
     "  casus events --db crisis.db --dyad Russia,Ukraine --since 2022-02-01\n"
     "  casus events --db crisis.db --actor RUS/MIL --type MOBILIZE,ASSAULT --status actual\n"
     "  casus events --db crisis.db --columns date,type,source_name,target_name,sentence --sort -date --limit 20\n"
     "  casus events --db crisis.db --place Donetsk -o donetsk.geojson\n"
     "  casus events --db crisis.db --outlet Reuters --as-of 2022-02-10 --count\n"},
    {"statements",
     "Lists the statements of a database: who said what, to whom. --type, --status and --place are those of the events that the words\n"
     "carry; --actor is who speaks or is spoken to.\n\n"
     "Examples:\n"
     "  casus statements --db crisis.db --actor Lavrov\n"
     "  casus statements --db crisis.db --actor Germany --type THREATEN --format csv\n"
     "  casus statements --db crisis.db --columns published,speaker_name,text --sort -published --limit 20\n"},
    {"search",
     "Finds articles by their words, with --statements what was said; the best first. Words are found in all their forms; \"phrases\", "
     "prefix*,\n"
     "OR and NOT are understood.\n\n"
     "Examples:\n"
     "  casus search \"grain deal\" --db crisis.db\n"
     "  casus search 'border NOT trade' --db crisis.db --published-since 2022-02-01 --limit 10\n"
     "  casus search sanctions --statements --actor Scholz --db crisis.db --format jsonl\n"},
    {"panel",
     "Counts events by dyad or country and period, with rows of zeros where nothing happened: by type and quad class, beside the number "
     "of\n"
     "articles that were published then. Actual events count, each in the period in which all of its days lie; what is left out is "
     "told.\n\n"
     "Examples:\n"
     "  casus panel --db crisis.db --unit dyad --by week > dyad-weeks.csv\n"
     "  casus panel --db crisis.db --unit country --by month --codes iso3,cow,gw -o panel.csv\n"
     "  casus panel --db crisis.db --dyad 'Russia>Ukraine' --by day --since 2022-02-01 --until 2022-03-31\n"
     "  casus panel --db crisis.db --fill none --status actual,planned --format table\n"},
    {"db check",
     "Checks a database: the file's pages, tables and indices, every article's text and records against their hashes, and the daily sums. "
     "What\n"
     "is wrong is named, a line each. Exit status 1 if anything is.\n\n"
     "Examples:\n"
     "  casus db check --db crisis.db\n"
     "  casus db check --db crisis.db --format jsonl\n"},
    {"db info",
     "Shows what a database holds: articles, outlets, days, records, versions, runs, and which coders read them.\n\n"
     "Examples:\n"
     "  casus db info --db crisis.db\n"
     "  casus db info --db crisis.db --format json\n"},
    {"db vacuum",
     "Makes the file as small as it can be, and listings fast again after many changes. Needs as much room on the disk again while it "
     "works.\n\n"
     "Examples:\n"
     "  casus db vacuum --db crisis.db\n"},
    {"recode",
     "Reads the stored articles again with the present dictionaries, model and judge, and replaces their records where they differ; ids "
     "of\n"
     "records that stay the same stay the same. Only what another coder read is read again, so it can be interrupted and goes on.\n\n"
     "Examples:\n"
     "  casus recode --db crisis.db\n"
     "  casus recode --db crisis.db --lexicon mine/\n"
     "  casus recode --db crisis.db --all                what the present coder read as well\n"},
    {"forget",
     "Takes articles out of a database, with their records and history. Ingesting them again brings them back.\n\n"
     "Examples:\n"
     "  casus forget --article 8f7d800a21178e24 --db crisis.db\n"
     "  casus forget --outlet 'Daily Rumour' --db crisis.db --dry-run\n"
     "  casus forget --batch 7 --db crisis.db            all that run 7 brought (casus db info lists them)\n"},
    {"export",
     "Writes a whole database into a folder: articles, events, statements, places, times, mentions and incidents, each as JSON\n"
     "Lines and CSV, with a codebook and a manifest of what it was made from. The same articles give the same bytes, however they\n"
     "were ingested.\n\n"
     "Examples:\n"
     "  casus export out/ --db crisis.db\n"
     "  casus export out/ --db crisis.db --no-text       without the words of articles, for sharing\n"
     "  casus export out/ --db crisis.db --layout gdelt  events in the columns of GDELT 2.0, ICEWS or POLECAT (docs/layouts.md)\n"}};

void add_database_option(CLI::App& command, RawOptions& raw, bool is_optional = false) {
  CLI::Option* option = command.add_option("--db", raw.options.database, "The database: an SQLite file");
  option->type_name("FILE");
  if (!is_optional) option->required()->envname("CASUS_DB");
}

/// The common filters; `outlet`: whether --outlet is one, and not taken by something else.
void add_common_filters(CLI::App& command, RawOptions& raw, bool outlet, bool is_brief = false) {
  ListingOptions& listing = raw.options.listing;
  Filters& filters = listing.filters;
  command.add_option("--actor", listing.actors, "Who takes part: a name, a country or its code, COUNTRY/SECTOR; one of several")
      ->type_name("WHO")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_option("--dyad", listing.dyad, "Between whom: A,B both ways, 'A>B' one way; each as for --actor")->type_name("A,B");
  command.add_option("--type", raw.types, "Types of events: ASSAULT,THREATEN")->type_name("TYPE,…");
  command.add_option("--status", raw.statuses, "actual, planned, conditional, denied")->type_name("STATUS,…");
  command
      .add_option("--since", filters.since,
                  is_brief ? "What is first reported from that day on is new (default: the last week)"
                           : "Acts of that day or later, as far as their days are known")
      ->type_name("YYYY-MM-DD");
  if (!is_brief) command.add_option("--until", filters.until, "Acts of that day or earlier")->type_name("YYYY-MM-DD");
  command.add_option("--published-since", filters.published_since, "Published on that day or later")->type_name("YYYY-MM-DD");
  command.add_option("--published-until", filters.published_until, "Published on that day or earlier")->type_name("YYYY-MM-DD");
  command.add_option("--as-of", filters.as_of, "Only what was published by that day: what one could know then")->type_name("YYYY-MM-DD");
  if (outlet) command.add_option("--outlet", raw.outlets, "Of these outlets, letter case aside")->type_name("NAME,…");
  command.add_option("--place", filters.place, "Where it takes place: part of a name, or the code of a country")->type_name("NAME");
}

CLI::App* add_listing(CLI::App& app, RawOptions& raw, const std::string& name, const std::string& what, const std::string& formats) {
  CLI::App* command = app.add_subcommand(name, what);
  add_database_option(*command, raw);
  add_filter_options(*command, raw, false);
  add_output_options(*command, raw, formats);
  add_listing_options(*command, raw, false);
  add_data_option(*command, raw);
  add_errors_option(*command, raw);
  return command;
}

CLI::App* add_ingest(CLI::App& app, RawOptions& raw) {
  CLI::App* ingest = app.add_subcommand("ingest", "Articles in, coded into a database");
  ingest->add_option("INPUT", raw.options.inputs, "Files, archives, folders, or - for standard input (forms: docs/inputs.md)")
      ->type_name("");
  ingest->add_option("--watch", raw.options.watch, "Then goes on with what comes into this folder, until interrupted")->type_name("DIR");
  add_database_option(*ingest, raw);
  add_threads_option(*ingest, raw);
  add_memory_option(*ingest, raw);
  add_reading_options(*ingest, raw);
  ingest->add_flag("--mentions", raw.options.mentions, "Store every mention of an actor too, which makes the file larger by a third");
  add_min_confidence_option(*ingest, raw);
  add_model_option(*ingest, raw);
  add_lexicon_option(*ingest, raw);
  add_judge_option(*ingest, raw);
  return ingest;
}

CLI::App* add_recode(CLI::App& app, RawOptions& raw) {
  CLI::App* recode = app.add_subcommand("recode", "Reads the articles of a database again, with the present dictionaries");
  add_database_option(*recode, raw);
  recode->add_flag("--all", raw.options.all, "Read again what the present coder read as well");
  recode->add_flag("--mentions", raw.options.mentions, "Store every mention of an actor too");
  add_threads_option(*recode, raw);
  add_min_confidence_option(*recode, raw);
  add_model_option(*recode, raw);
  add_data_option(*recode, raw);
  add_lexicon_option(*recode, raw);
  add_judge_option(*recode, raw);
  add_errors_option(*recode, raw);
  recode->add_flag("--stats", raw.options.stats, "One JSON line with counts, seconds without loading, threads, kernels on standard error");
  recode->add_flag("-q,--quiet", raw.options.quiet, "No progress and no sums on standard error");
  return recode;
}

CLI::App* add_forget(CLI::App& app, RawOptions& raw) {
  CLI::App* forget = app.add_subcommand("forget", "Takes articles out of a database");
  add_database_option(*forget, raw);
  forget->add_option("--article", raw.options.forget.articles, "An article_id or doc; several")
      ->type_name("ID")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  forget->add_option("--outlet", raw.options.forget.outlets, "All articles of an outlet, by its exact name; several")
      ->type_name("NAME")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  forget->add_option("--batch", raw.options.forget.batches, "All that a run brought, by its number; several")
      ->type_name("N")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  forget->add_flag("--dry-run", raw.options.dry_run, "Tell what would go; nothing does");
  return forget;
}

CLI::App* add_export(CLI::App& app, RawOptions& raw) {
  CLI::App* command = app.add_subcommand("export", "Writes a whole database as files");
  command->add_option("DIR", raw.options.output_file, "Folder that the files are written to; made if it is not there")
      ->required()
      ->type_name("");
  add_database_option(*command, raw);
  command->add_option("--layout", raw.options.layout, "Events alone, in the columns of other data: icews, polecat, gdelt")
      ->type_name("NAME");
  command->add_option("--status", raw.statuses, "With --layout: events of these (default: actual,planned)")->type_name("STATUS,…");
  command->add_flag("--no-text", raw.options.no_text, "Leave out the words of articles: texts, titles, sentences, statements");
  command->add_flag("--duplicates", raw.options.listing.filters.duplicates, "The records of duplicate articles too");
  add_data_option(*command, raw);
  add_lexicon_option(*command, raw);
  return command;
}

CLI::App* add_panel(CLI::App& app, RawOptions& raw) {
  CLI::App* panel = app.add_subcommand("panel", "Events counted by dyad or country and period");
  ListingOptions& listing = raw.options.listing;
  add_database_option(*panel, raw);
  panel->add_option("--unit", raw.unit, "dyad (who towards whom), country")->type_name("UNIT")->capture_default_str();
  panel->add_option("--by", raw.period, "day, week (from Monday), month, quarter, year")->type_name("PERIOD")->capture_default_str();
  panel->add_option("--fill", raw.fill, "zero: a row for each unit and period; none: only where there are events")
      ->type_name("HOW")
      ->capture_default_str();
  panel->add_option("--codes", raw.codes, "Codes of countries: iso3, cow, gw, as they hold in the year")
      ->type_name("NAME,…")
      ->capture_default_str();
  panel->add_option("--actor", listing.actors, "Only this country, or what it does to others")->type_name("WHO")->expected(1);
  panel->add_option("--dyad", listing.dyad, "Only these two: A,B both ways, 'A>B' one way")->type_name("A,B");
  panel->add_option("--status", raw.statuses, "Events that count (default: actual)")->type_name("STATUS,…");
  panel->add_option("--since", listing.filters.since, "First day (default: of the first event)")->type_name("YYYY-MM-DD");
  panel->add_option("--until", listing.filters.until, "Last day (default: of the last event)")->type_name("YYYY-MM-DD");
  add_output_options(*panel, raw, "table (default on a terminal), csv (default else), tsv, jsonl");
  add_data_option(*panel, raw);
  add_errors_option(*panel, raw);
  return panel;
}

bool is_day(const std::string& text) { return text.empty() || (text.size() == 10 && parse_day(text)); }

/// Puts what a panel was given in its place; gives what is wrong, or nothing.
std::optional<std::string> check_panel_values(const RawOptions& raw, PanelOptions& panel) {
  constexpr std::pair<std::string_view, PanelPeriod> kPeriods[] = {{"day", PanelPeriod::kDay},
                                                                   {"week", PanelPeriod::kWeek},
                                                                   {"month", PanelPeriod::kMonth},
                                                                   {"quarter", PanelPeriod::kQuarter},
                                                                   {"year", PanelPeriod::kYear}};
  if (raw.unit != "dyad" && raw.unit != "country") return "--unit: neither dyad nor country: " + raw.unit;
  if (raw.fill != "zero" && raw.fill != "none") return "--fill: neither zero nor none: " + raw.fill;
  const auto period = std::ranges::find(kPeriods, std::string_view(raw.period), &std::pair<std::string_view, PanelPeriod>::first);
  if (period == std::end(kPeriods)) return "--by: no such period: " + raw.period + " (there are: day week month quarter year)";
  panel.is_dyad = raw.unit == "dyad";
  panel.fill_zero = raw.fill == "zero";
  panel.period = period->second;
  panel.codes.clear();
  for (const std::string_view code : split(raw.codes, ',')) panel.codes.emplace_back(trim(code));
  return std::nullopt;
}

std::vector<std::string> list_of(const std::string& text) {
  std::vector<std::string> values;
  if (text.empty()) return values;
  for (const std::string_view value : split(text, ',')) values.emplace_back(trim(value));
  return values;
}

}  // namespace

void add_filter_options(CLI::App& command, RawOptions& raw, bool is_articles) {
  Filters& filters = raw.options.listing.filters;
  add_common_filters(command, raw, !is_articles);
  command.add_option("--article", filters.article, "Of one article: its article_id or doc")->type_name("ID");
  command.add_flag("--duplicates", filters.duplicates,
                   "Articles whose words another has too as well, which else only the first stands for");
}

void add_listing_options(CLI::App& command, RawOptions& raw, bool is_optional) {
  ListingOptions& listing = raw.options.listing;
  if (is_optional) {
    add_database_option(command, raw, true);
    add_filter_options(command, raw, true);
  } else {
    command.add_option("--columns", raw.output_columns, "What is printed, in this order: names of columns of the csv format")
        ->type_name("NAME,…");
    command.add_option("--limit", raw.options.limit, "At most N of them")->type_name("N")->check(silent(CLI::PositiveNumber));
  }
  command.add_option("--sort", listing.sort, "Columns to sort by, -NAME from the greatest (default: publication day)")->type_name("NAME,…");
  command.add_flag("--count", listing.count, "Print only how many there are");
}

void add_view_options(CLI::App& command, RawOptions& raw, bool is_brief) {
  add_database_option(command, raw, true);
  add_common_filters(command, raw, false, is_brief);
}

StoreCommands add_store_commands(CLI::App& app, RawOptions& raw) {
  StoreCommands commands;
  commands.ingest = add_ingest(app, raw);
  commands.events = add_listing(app, raw, "events", "The events of a database",
                                "table (default on a terminal), jsonl (default else), json, csv, tsv, geojson");
  commands.events
      ->add_option("--min-confidence", raw.options.listing.filters.min_confidence, "Leave out events of a lower confidence, 0 to 1")
      ->type_name("X")
      ->check(silent(CLI::Range(0.0, 1.0)));
  commands.statements = add_listing(app, raw, "statements", "The statements of a database",
                                    "table (default on a terminal), jsonl (default else), json, csv, tsv");
  commands.search = add_listing(app, raw, "search", "Articles or statements of a database by their words",
                                "table (default on a terminal), jsonl (default else), json, csv, tsv");
  commands.search->add_option("WORDS", raw.options.listing.words, "What to look for")->required()->type_name("");
  commands.search->add_flag("--statements", raw.options.statements, "Look in what was said, not in articles");
  commands.db = app.add_subcommand("db", "A database itself: check, info, vacuum");
  commands.db_check = commands.db->add_subcommand("check", "What is wrong in a database");
  commands.db_info = commands.db->add_subcommand("info", "What a database holds");
  commands.db_vacuum = commands.db->add_subcommand("vacuum", "Makes the file small again");
  for (CLI::App* command : {commands.db_check, commands.db_info, commands.db_vacuum}) add_database_option(*command, raw);
  for (CLI::App* command : {commands.db_check, commands.db_info})
    command
        ->add_option("--format", raw.format,
                     "How results are printed: text (default), " + std::string(command == commands.db_check ? "jsonl" : "json"))
        ->type_name("NAME");
  commands.recode = add_recode(app, raw);
  commands.forget = add_forget(app, raw);
  commands.export_all = add_export(app, raw);
  commands.panel = add_panel(app, raw);
  return commands;
}

std::optional<Command> chosen_command(const StoreCommands& commands) {
  const std::pair<CLI::App*, Command> all[] = {
      {commands.ingest, Command::kIngest},      {commands.events, Command::kEvents},    {commands.statements, Command::kStatements},
      {commands.search, Command::kSearch},      {commands.db_check, Command::kDbCheck}, {commands.db_info, Command::kDbInfo},
      {commands.db_vacuum, Command::kDbVacuum}, {commands.recode, Command::kRecode},    {commands.forget, Command::kForget},
      {commands.export_all, Command::kExport},  {commands.panel, Command::kPanel}};
  for (const auto& [app, command] : all) {
    if (app->parsed()) return command;
  }
  return std::nullopt;
}

std::optional<std::string> check_store_values(RawOptions& raw) {
  ListingOptions& listing = raw.options.listing;
  Filters& filters = listing.filters;
  for (const auto& [name, day] : {std::pair("--since", &filters.since), std::pair("--until", &filters.until),
                                  std::pair("--published-since", &filters.published_since),
                                  std::pair("--published-until", &filters.published_until), std::pair("--as-of", &filters.as_of)}) {
    if (!is_day(*day)) return std::string(name) + ": no such day: " + *day + " (as in 2022-02-04)";
  }
  filters.types = list_of(raw.types);
  for (std::string& type : filters.types) {
    for (char& c : type) c = is_ascii_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
  }
  filters.statuses = list_of(raw.statuses);
  for (const std::string& status : filters.statuses) {
    if (status != "actual" && status != "planned" && status != "conditional" && status != "denied")
      return "--status: no such status: " + status + " (there are: actual planned conditional denied)";
  }
  filters.outlets = list_of(raw.outlets);
  listing.columns = list_of(raw.output_columns);
  if (!listing.dyad.empty() && listing.dyad.find_first_of(",>") == std::string::npos)
    return "--dyad: names two sides: A,B or 'A>B', not " + listing.dyad;
  if (raw.options.command == Command::kPanel) {
    if (auto message = check_panel_values(raw, raw.options.panel)) return message;
    if (!raw.options.panel.is_dyad && !listing.dyad.empty()) return "--dyad goes with --unit dyad";
  }
  if (raw.options.command == Command::kIngest && raw.options.inputs.empty() && raw.options.watch.empty())
    return "INPUT is missing: files, folders, or -; or a folder to watch: --watch DIR";
  if (raw.options.command == Command::kExport) {
    const std::string& layout = raw.options.layout;
    if (!layout.empty() && layout != "icews" && layout != "polecat" && layout != "gdelt")
      return "--layout: no such layout: " + layout + " (there are: icews polecat gdelt)";
    if (layout.empty() && !filters.statuses.empty()) return "--status goes with --layout: an export of casus' own has all";
  }
  const ForgetOptions& forget = raw.options.forget;
  if (raw.options.command == Command::kForget && forget.articles.empty() && forget.outlets.empty() && forget.batches.empty())
    return "forget needs what to forget: --article, --outlet or --batch";
  const Listed listed = raw.options.command == Command::kEvents       ? Listed::kEvents
                        : raw.options.command == Command::kStatements ? Listed::kStatements
                                                                      : Listed::kArticles;
  if (const Result<std::string> order = order_of(listed, listing.sort); !order) return "--sort: " + order.error().message;
  return std::nullopt;
}

const char* store_command_text(std::string_view path) {
  for (const CommandText& text : kCommandTexts) {
    if (text.command == path) return text.text;
  }
  return nullptr;
}

}  // namespace casus
