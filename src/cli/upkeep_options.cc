#include "cli/upkeep_options.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "cli/store_options.h"

namespace casus {
namespace {

constexpr std::pair<std::string_view, const char*> kCommandTexts[] = {
    {"fix",
     "Corrects records of a database by hand: rejects an event, gives it another type, mode, status, date or other sides, tells whom a\n"
     "name means, joins and splits incidents, says what became of announced acts. What was coded is kept; the correction acts\n"
     "wherever records are shown, exported and summed, also after casus recode and after ingesting the article anew, and can be\n"
     "undone (docs/store.md).\n\n"
     "Examples:\n"
     "  casus fix 8c41d2 --reject --db crisis.db                    it is no event\n"
     "  casus fix 8c41d2 --type THREATEN --status planned --date 2022-02-16 --db crisis.db\n"
     "  casus fix 8c41d2 --target Ukraine/UKR/GOV --target NATO/IGO --db crisis.db\n"
     "  casus fix 8c41d2 --actor 'the alliance=NATO/IGO' --db crisis.db   in this event\n"
     "  casus fix --actor 'Wagner=Wagner Group/RUS/REB' --db crisis.db    in all articles, with --article ID in one\n"
     "  casus fix 74a4685b --join fc17be9f --db crisis.db           two incidents are one act\n"
     "  casus fix 8c41d2 --split --db crisis.db                     this event tells of an act of its own\n"
     "  casus fix 74a4685b --happened --db crisis.db                the announced act took place; or --not-happened\n"
     "  casus fix --list --db crisis.db\n"
     "  casus fix 8c41d2 --undo --db crisis.db                      or --undo --fix 3, by its number in the list\n"},
    {"sample",
     "Draws events of a database at random into a sheet (CSV) to be judged by people: each with its words, and empty columns to fill. The\n"
     "same seed draws the same events. casus eval --sheet makes precision with an interval of the filled sheet (docs/evaluation.md).\n\n"
     "Examples:\n"
     "  casus sample -n 100 --db crisis.db -o sheet.csv\n"
     "  casus sample -n 50 --seed 7 --type ASSAULT --status actual --db crisis.db -o assaults.csv\n"
     "  casus eval --sheet sheet.csv\n"},
    {"diff",
     "Compares two databases, or two files of records (casus code --format jsonl), of the same articles: which events and statements "
     "came,\n"
     "went and changed, field by field, and which rule decided. Exit status 0 if they are the same, 1 if not.\n\n"
     "Examples:\n"
     "  casus diff before.db after.db\n"
     "  casus diff before.jsonl after.jsonl --format jsonl\n"
     "  casus code news/ --lexicon mine/ --format jsonl | casus diff before.jsonl -\n"},
    {"demo",
     "Makes a folder to play with: the example articles, twenty-one reports on five crises, and a database of what casus codes in them.\n\n"
     "Examples:\n"
     "  casus demo try-casus\n"
     "  casus demo try-casus --judge off                 by rules alone, in a few seconds\n"}};

void add_database(CLI::App& command, RawOptions& raw) {
  command.add_option("--db", raw.options.database, "The database: an SQLite file")->type_name("FILE")->required()->envname("CASUS_DB");
}

template <class List>
void add_list(CLI::App& command, const char* name, List& list, const char* what, const char* type) {
  command.add_option_function<std::vector<std::string>>(
             name, [&list](const std::vector<std::string>& given) { list = given; }, what)
      ->type_name(type)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);  // by hand: an empty text alone is a list of nobody, not no list
}

CLI::App* add_fix(CLI::App& app, RawOptions& raw) {
  CLI::App* command = app.add_subcommand("fix", "Corrects records of a database by hand");
  FixOptions& fix = raw.options.fix;
  command->add_option("ID", fix.event, "The event, or incident: its id, or the beginning of it that no other has")->type_name("");
  add_database(*command, raw);
  command->add_flag("--reject", fix.reject, "It is no event: it is shown and counted nowhere");
  command->add_option("--type", fix.type, "Its type; what follows from the type comes with it")->type_name("TYPE");
  command->add_option("--mode", fix.mode, "Its mode, '' for none")->type_name("MODE");
  command->add_option("--status", fix.status, "actual, planned, conditional, denied")->type_name("STATUS");
  command->add_option("--date", fix.date, "Its date: YYYY, YYYY-MM, YYYY-MM-DD, start/end, '' for unknown")->type_name("DATE");
  command->add_option("--cameo", fix.cameo, "Its CAMEO code (default: the most general one of a new type)")->type_name("CODE");
  add_list(*command, "--source", fix.source, "Who acts, in place of who was coded; several; '' for nobody", "NAME/COUNTRY/SECTOR");
  add_list(*command, "--target", fix.target, "Towards whom, likewise", "NAME/COUNTRY/SECTOR");
  add_list(*command, "--actor", fix.actors, "Whom words of the text or a coded name mean", "WORDS=NAME/COUNTRY/SECTOR");
  command->add_option("--article", fix.article, "With --actor and no event: in this article alone, else in all")->type_name("ID");
  command->add_option("--join", fix.join, "The incident of this id is the same act as the incident ID")->type_name("ID");
  command->add_flag("--split", fix.split, "What the event ID tells of is an act of its own");
  command->add_flag_callback("--happened", [&fix] { fix.happened = true; }, "The incident ID, which was announced, took place");
  command->add_flag_callback(
      "--not-happened", [&fix] { fix.happened = false; }, "The incident ID, which was announced, did not take place");
  command->add_option("--author", fix.author, "Who corrects it (default: the user's name here)")->type_name("NAME");
  command->add_flag("--undo", fix.undo, "Take back what was corrected of the event, or one fix: --fix");
  command->add_option("--fix", fix.number, "With --undo: the number of a fix, from --list")->type_name("N");
  command->add_flag("--list", fix.list, "Show all fixes, also those that were undone and those that no longer find what they are about");
  add_output_options(*command, raw, "with --list: table (default on a terminal), jsonl (default else), csv, tsv");
  add_data_option(*command, raw);
  return command;
}

CLI::App* add_sample(CLI::App& app, RawOptions& raw) {
  CLI::App* command = app.add_subcommand("sample", "Draws events into a sheet to be judged by people");
  add_database(*command, raw);
  command->add_option("-n,--size", raw.options.sample_size, "How many events")
      ->type_name("N")
      ->check(silent(CLI::PositiveNumber))
      ->capture_default_str();
  command->add_option("--seed", raw.options.seed, "Another number draws other events")->type_name("N")->capture_default_str();
  add_filter_options(*command, raw, false);
  command->add_option("-o,--output", raw.options.output_file, "Write the sheet to FILE, whole or not at all")->type_name("FILE");
  add_data_option(*command, raw);
  return command;
}

CLI::App* add_diff(CLI::App& app, RawOptions& raw) {
  CLI::App* command = app.add_subcommand("diff", "What differs between two databases or files of records");
  command->add_option("INPUT", raw.options.inputs, "Two databases, or files of records (- is standard input): before and after")
      ->required()
      ->type_name("");
  add_output_options(*command, raw, "table (default on a terminal), jsonl (default else), csv");
  return command;
}

CLI::App* add_demo(CLI::App& app, RawOptions& raw) {
  CLI::App* command = app.add_subcommand("demo", "A folder with example articles and a database to play with");
  command->add_option("DIR", raw.options.output_file, "The folder: a new or an empty one")->required()->type_name("");
  add_threads_option(*command, raw);
  add_model_option(*command, raw);
  add_data_option(*command, raw);
  add_judge_option(*command, raw);
  command->add_flag("-q,--quiet", raw.options.quiet, "No progress and no sums on standard error");
  return command;
}

std::optional<std::string> check_fix_values(const FixOptions& fix) {
  const bool changes = fix.reject || fix.changes_event() || fix.changes_incident() || !fix.actors.empty();
  if (fix.list) return changes || fix.undo || !fix.event.empty() ? std::optional<std::string>("--list stands alone") : std::nullopt;
  if (fix.undo) {
    if (changes) return "--undo takes back all of an event's fixes; it goes with nothing that makes one";
    if (fix.event.empty() == !fix.number) return "--undo needs what to undo: ID, or the number of a fix: --fix";
  } else if (fix.number) {
    return "--fix goes with --undo";
  } else if (!changes) {
    return "fix needs what to correct: --reject, --type, --mode, --status, --date, --cameo, --source, --target, --actor, --join, "
           "--split, --happened or --not-happened; or --undo, --list";
  }
  if (fix.reject && fix.changes_event()) return "--reject goes with no change: an event that is none has no fields";
  const int of_incidents = (fix.join.empty() ? 0 : 1) + (fix.split ? 1 : 0) + (fix.happened ? 1 : 0);
  if (of_incidents > 1 || (of_incidents == 1 && (fix.reject || fix.changes_event() || !fix.actors.empty())))
    return "--join, --split, --happened and --not-happened stand alone: each is a fix of its own";
  if (fix.event.empty() && fix.changes_incident()) return "ID is missing: casus incidents --format jsonl shows ids, also of the events";
  if (fix.event.empty() && (fix.reject || fix.changes_event())) return "ID is missing: casus events --format jsonl shows ids";
  if (!fix.event.empty() && !fix.article.empty()) return "either ID or --article";
  for (const std::string* id : {&fix.event, &fix.join}) {
    const bool is_id = id->find_first_not_of("0123456789abcdef") == std::string::npos && id->size() >= kShortestId;
    if (!id->empty() && !is_id) return "no id of an event or incident, nor four hex digits of its beginning: " + *id;
  }
  constexpr std::string_view kStatuses[] = {"actual", "planned", "conditional", "denied"};
  if (fix.status && std::ranges::find(kStatuses, *fix.status) == std::end(kStatuses))
    return "--status: no such status: " + *fix.status + " (there are: actual planned conditional denied)";
  if (fix.date && !fix.date->empty() && !days_of_date(*fix.date))
    return "--date: no such date: " + *fix.date + " (as in 2022, 2022-02, 2022-02-04, 2022-02-04/2022-02-06)";
  for (const std::string& actor : fix.actors) {
    if (const size_t equals = actor.find('='); equals == std::string::npos || equals == 0)
      return "--actor: WORDS=NAME/COUNTRY/SECTOR, not " + actor;
  }
  return std::nullopt;
}

}  // namespace

UpkeepCommands add_upkeep_commands(CLI::App& app, RawOptions& raw) {
  return {.fix = add_fix(app, raw), .sample = add_sample(app, raw), .diff = add_diff(app, raw), .demo = add_demo(app, raw)};
}

std::optional<Command> chosen_command(const UpkeepCommands& commands) {
  for (const auto& [app, command] : {std::pair(commands.fix, Command::kFix), std::pair(commands.sample, Command::kSample),
                                     std::pair(commands.diff, Command::kDiff), std::pair(commands.demo, Command::kDemo)}) {
    if (app->parsed()) return command;
  }
  return std::nullopt;
}

std::optional<std::string> check_upkeep_values(const Options& options) {
  if (options.command == Command::kFix) return check_fix_values(options.fix);
  if (options.command != Command::kDiff) return std::nullopt;
  if (options.inputs.size() != 2) return "diff needs two inputs: before and after";
  if (std::ranges::count(options.inputs, "-") > 1) return "standard input (-) can be only one of the two";
  return std::nullopt;
}

const char* upkeep_command_text(std::string_view path) {
  const auto* const found = std::ranges::find(kCommandTexts, path, &std::pair<std::string_view, const char*>::first);
  return found == std::end(kCommandTexts) ? nullptr : found->second;
}

}  // namespace casus
