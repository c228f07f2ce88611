#include "cli/options.h"

#include <sched.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <thread>
#include <utility>

#include "base/calendar.h"
#include "base/text.h"
#include "cli/exit_status.h"
#include "cli/serve_options.h"
#include "cli/shared_options.h"
#include "cli/store_options.h"
#include "cli/suggest.h"
#include "cli/terminal.h"
#include "cli/upkeep_options.h"

namespace casus {
namespace {

constexpr const char* kStatusHelp =
    "Exit status: 0 fine, 1 some inputs failed (each named), 2 wrong usage, 3 cannot work (model, data, disk), 130 interrupted.";

/// What the help of a command begins with; the list of commands shows only a line of each.
struct CommandText {
  std::string_view command;
  const char* text;
};
constexpr CommandText kCommandTexts[] = {
    {"articles",
     "Shows what is read as article: title, day, outlet, text in blocks, and what is taken for something else. Needs no model.\n\n"
     "Examples:\n"
     "  casus articles page.html                         for reading, on a terminal\n"
     "  casus articles page.html --noise                 with what was marked or left out, and why\n"
     "  casus articles news/ --format table              a line an article\n"
     "  casus articles news/ crawl.warc.gz --dry-run     what each file is, and what fails\n"
     "  casus articles news/ > articles.jsonl            fields, text, blocks\n"
     "  casus articles --db crisis.db --outlet Reuters --format table\n"},
    {"code",
     "Codes articles: who did what to whom, when, where, on whose word. Prints one record a line in input order; the table\n"
     "shows the events with their words.\n\n"
     "Examples:\n"
     "  casus code article.txt                           a table, on a terminal\n"
     "  casus code news/ --format jsonl > events.jsonl   files of all forms below a folder\n"
     "  casus code news/ --lexicon mine/                 with dictionaries of your own over casus'\n"
     "  casus code news/ --judge off                     by rules alone, without the learned judge: several times as fast\n"
     "  casus code news/ -o events.csv                   a row an event, for R, Stata, spreadsheets\n"
     "  casus code news/ -o said.tsv --statements        a row a statement\n"
     "  cat article.txt | casus code - --published 2022-02-04 --outlet Reuters\n"},
    {"brief",
     "Writes the situation report of a day: how the sides stand, what is new, what is coming, who demands what, where forces are, what\n"
     "is disputed, what was said; each line with its sources.\n\n"
     "Examples:\n"
     "  casus brief news/                                as of the last day of publication\n"
     "  casus brief news/ --as-of 2022-02-04 --since 2022-02-01\n"
     "  casus brief --db crisis.db --dyad Russia,USA     what is between the two\n"
     "  casus brief news/ --format md > brief.md\n"},
    {"timeline",
     "Shows the days with what happened on them, each act once however many articles tell it.\n\n"
     "Examples:\n"
     "  casus timeline news/\n"
     "  casus timeline news/ --top 10                    the ten days that matter most\n"
     "  casus timeline --db crisis.db --actor Ukraine --since 2022-02-01 --format jsonl\n"},
    {"incidents",
     "Shows the acts that the articles tell of, each once, with its reports, independent sources and what they disagree on.\n\n"
     "Examples:\n"
     "  casus incidents news/\n"
     "  casus incidents news/ --format jsonl > incidents.jsonl\n"
     "  casus incidents --db crisis.db --actor NATO --status planned -o incidents.csv\n"
     "  casus incidents --db crisis.db --id fc17be9f     one, with all its reports\n"
     "  casus incidents --db crisis.db -o incidents.geojson       those with a point, for a map\n"},
    {"calendar",
     "Shows announced acts and what became of them: ahead, took place, moved, called off, no word since.\n\n"
     "Examples:\n"
     "  casus calendar news/\n"
     "  casus calendar --db crisis.db --as-of 2022-02-04 as it stood that day\n"
     "  casus calendar --db crisis.db -o crisis.ics               for calendar programs\n"},
    {"demands",
     "Shows who wants what of whom, in the words of the reports, and the answers.\n\n"
     "Examples:\n"
     "  casus demands news/\n"
     "  casus demands --db crisis.db --dyad 'Russia>NATO' --format jsonl\n"},
    {"posture",
     "Shows forces by owner and place, with the numbers that the reports give.\n\n"
     "Examples:\n"
     "  casus posture news/\n"
     "  casus posture --db crisis.db --place Belarus -o forces.csv\n"
     "  casus posture --db crisis.db -o forces.geojson   what has a point, for a map\n"},
    {"dyads",
     "Counts by day what two parties did to one another: acts by quad class (Q1 to Q4), Goldstein sum (G) and its smoothed mean (G~),\n"
     "articles of the day (ART).\n\n"
     "Examples:\n"
     "  casus dyads news/ --actor Russia\n"
     "  casus dyads --db crisis.db --outlet Reuters -o dyads.csv\n"},
    {"actors",
     "Shows who takes part, how often, by whom and with whom.\n\n"
     "Examples:\n"
     "  casus actors news/\n"
     "  casus actors --db crisis.db --format jsonl\n"},
    {"parse",
     "Parses articles: sentences, tokens, lemmas, tags, heads and relations, named entities.\n\n"
     "Examples:\n"
     "  casus parse article.txt                          a table, on a terminal\n"
     "  casus parse news/ --format conllu > news.conllu\n"
     "  echo 'Kyiv denied it.' | casus parse - --as-is --format jsonl\n"},
    {"explain",
     "Says why a sentence or an event was coded as it was: the parse, who is meant by each mention and why, the frames tried at each\n"
     "word, which one fired and what the others lack, which words made it planned, conditional or denied, and what became of it.\n\n"
     "Examples:\n"
     "  casus explain \"Russia may invade Ukraine, officials said.\"\n"
     "  casus explain article.txt --sentence 3           the third sentence\n"
     "  casus explain news/ --event 8c41                 the event whose id begins so in the records of casus code\n"
     "  casus explain article.txt --format jsonl         all that was tried, an object a sentence\n"},
    {"eval",
     "Compares coded records with gold and counts: events and statements of whole articles (gold is records), classes of marked\n"
     "pairs (a table), agreement with people who coded the same sentences (coder rounds, several at once). What GOLD is, is told by\n"
     "its first line; either file may be - for standard input. docs/evaluation.md says how things are counted.\n\n"
     "Examples:\n"
     "  casus code news/ --format jsonl > coded.jsonl && casus eval gold.jsonl coded.jsonl\n"
     "  casus eval gold.jsonl coded.jsonl --misses             what was missed, mistaken and invented, in its words\n"
     "  casus eval --sheet sheet.csv                           a sheet of casus sample that people filled\n"
     "  casus eval pairs.tsv --documents | casus code - --keep-duplicates --format jsonl | casus eval pairs.tsv - --half even\n"},
    {"dict check",
     "Checks ontology and dictionaries beyond what loading needs: form, references, duplicates, contradictions, dates, entries that can\n"
     "never be used, words that are no lemmas, and what of the ontology has no entry. Errors make dictionaries wrong, warnings may do so.\n"
     "Exit status 1 if there are errors.\n\n"
     "Examples:\n"
     "  casus dict check                                 casus' own\n"
     "  casus dict check --lexicon mine/                 with your own over them\n"
     "  casus dict check data/ --format jsonl            a whole data folder, a finding a line\n"},
    {"dict suggest",
     "Shows what the articles need and the dictionaries lack: verbs and nouns that join two coded actors, named people and bodies, the\n"
     "most frequent first, each with sentences and an entry to write; and the share of clauses that join two coded actors and have one.\n\n"
     "Examples:\n"
     "  casus dict suggest news/                         entries to write, on a terminal\n"
     "  casus dict suggest news/ --min-count 5 --limit 20\n"
     "  casus dict suggest news/ --format tsv > gaps.tsv\n"
     "  casus dict suggest news/ --lexicon mine/         what your own leave open\n"},
    {"doctor",
     "Shows the version, the processor features in use, and whether model and data are found; says how to get what is missing.\n\n"
     "Examples:\n"
     "  casus doctor\n"
     "  casus doctor --lexicon mine/\n"
     "  casus doctor --model ~/models/en_core_web_md\n"}};

// The processors that this process may use, which a container or taskset makes fewer than the machine has.
unsigned usable_processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  const int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
  const unsigned all = count > 0 ? static_cast<unsigned>(count) : std::thread::hardware_concurrency();
  return std::clamp(all, 1U, kMaxThreads);
}

bool is_hex(std::string_view id) { return !id.empty() && id.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

CLI::App* add_articles(CLI::App& app, RawOptions& raw) {
  CLI::App* articles = app.add_subcommand("articles", "What is read as article, and what is not");
  add_article_options(*articles, raw, "text (default on a terminal), jsonl (default else), table, none; of a database also json, csv, tsv",
                      "; or a database: --db")
      ->required(false);
  add_duplicates_option(*articles, raw);
  add_listing_options(*articles, raw, true);
  articles->add_flag("--dry-run", raw.options.dry_run, "Tell for each file what it is, what would be read of it, what fails and why");
  articles->add_flag("--noise", raw.options.noise, "Show what was marked or left out as well, and why");
  return articles;
}

CLI::App* add_code(CLI::App& app, RawOptions& raw) {
  CLI::App* code = app.add_subcommand("code", "Articles in, coded events and statements out");
  add_article_options(*code, raw, "table (default on a terminal), jsonl (default else), csv, tsv, none");
  add_memory_option(*code, raw);
  code->add_flag("--statements", raw.options.statements, "With csv and tsv: a row a statement, not an event");
  add_duplicates_option(*code, raw);
  code->add_option("--layers", raw.layers,
                   "Records that are printed, of events, statements, places, times, mentions (default: events,statements)")
      ->type_name("NAME,…");
  add_min_confidence_option(*code, raw);
  add_model_option(*code, raw);
  add_lexicon_option(*code, raw);
  add_judge_option(*code, raw);
  return code;
}

/// The views of a crisis; `command` says which.
CLI::App* add_view(CLI::App& app, RawOptions& raw, const char* name, const char* text, const std::string& formats) {
  CLI::App* view = app.add_subcommand(name, text);
  add_article_options(*view, raw, formats, "; or a database: --db", "--limit-articles")->required(false);
  view->get_option("--outlet")->description("Outlet of articles that name none; of a database: only what these outlets report, NAME,…");
  add_view_options(*view, raw, std::string_view(name) == "brief");
  if (std::string_view(name) == "timeline")
    view->add_option("--top", raw.options.top, "Only the N days that matter most")->type_name("N")->check(silent(CLI::PositiveNumber));
  if (std::string_view(name) == "incidents") {
    view->add_option("--id", raw.options.incident,
                     "Only this one: its id or the beginning of it; one that was merged leads to where it is now")
        ->type_name("ID");
    view->add_option("--limit", raw.options.most, "At most N of them, the first by day")
        ->type_name("N")
        ->check(silent(CLI::PositiveNumber));
  }
  add_min_confidence_option(*view, raw);
  add_duplicates_option(*view, raw);
  add_model_option(*view, raw);
  add_lexicon_option(*view, raw);
  add_judge_option(*view, raw);
  return view;
}

CLI::App* add_explain(CLI::App& app, RawOptions& raw) {
  CLI::App* explain = app.add_subcommand("explain", "Why a sentence or an event was coded as it was");
  add_article_options(*explain, raw, "text (default), jsonl, none", "; or a text");
  explain->add_option("--sentence", raw.options.sentence, "Only the Nth sentence of each article, as casus parse numbers them")
      ->type_name("N")
      ->check(silent(CLI::PositiveNumber));
  explain->add_option("--event", raw.options.event, "Only the event with this id, or the one whose id begins so")
      ->type_name("ID")
      ->check(silent(CLI::Validator([](const std::string& id) { return is_hex(id) ? "" : "no beginning of an id: " + id; }, "")));
  add_duplicates_option(*explain, raw);
  add_model_option(*explain, raw);
  add_lexicon_option(*explain, raw);
  add_judge_option(*explain, raw);
  return explain;
}

CLI::App* add_parse(CLI::App& app, RawOptions& raw) {
  CLI::App* parse = app.add_subcommand("parse", "Sentences, tokens, tags, heads, entities");
  add_article_options(*parse, raw, "table (default on a terminal), conllu (default else), jsonl, none");
  add_model_option(*parse, raw);
  return parse;
}

CLI::App* add_eval(CLI::App& app, RawOptions& raw) {
  CLI::App* eval = app.add_subcommand("eval", "How right coded records are, by gold");
  Options& options = raw.options;
  eval->add_option("GOLD", options.inputs, "Files of gold, and last the coded records; - is standard input")->type_name("");
  eval->add_option("--sheet", options.sheet, "In place of both a filled sheet of casus sample: precision of what was judged")
      ->type_name("FILE");
  eval->add_option("--format", raw.format, "How figures are printed: text (default), json")->type_name("NAME");
  eval->add_flag("--misses", options.misses, "Show what was missed, mistaken and invented, with the words of the text");
  eval->add_option("--half", raw.half, "Of a table of marked pairs only every other sentence: even or odd")->type_name("HALF");
  eval->add_option("--min-f1", options.min_f1, "Exit status 1 where who-F1, macro-F1 or quad F1 is below X")
      ->type_name("X")
      ->check(silent(CLI::Range(0.0, 1.0)));
  eval->add_flag("--documents", options.documents, "Print the sentences of a table as JSON Lines, to be coded; takes no RECORDS");
  add_data_option(*eval, raw);
  return eval;
}

CLI::App* add_dict(CLI::App& app) {
  return app.add_subcommand("dict", "Dictionaries: what is wrong with them (check), what they lack (suggest)");
}

CLI::App* add_dict_check(CLI::App& dict, RawOptions& raw) {
  CLI::App* check = dict.add_subcommand("check", "What is wrong or doubtful in ontology and dictionaries");
  check->add_option("DIR", raw.options.data, "The data folder (default: the one that casus uses)")->type_name("");
  check->add_option("--format", raw.format, "How findings are printed: text (default), jsonl, none")->type_name("NAME");
  add_lexicon_option(*check, raw);
  add_model_option(*check, raw);
  return check;
}

CLI::App* add_dict_suggest(CLI::App& dict, RawOptions& raw) {
  CLI::App* suggest = dict.add_subcommand("suggest", "What the articles need and the dictionaries lack");
  add_article_options(*suggest, raw, "text (default on a terminal), tsv, jsonl (default else), none", "", "--limit-articles");
  suggest->add_option("--min-count", raw.options.min_count, "Leave out what comes less often")
      ->type_name("N")
      ->check(silent(CLI::PositiveNumber))
      ->capture_default_str();
  suggest->add_option("--limit", raw.options.most_entries, "Show the N most frequent of each kind")
      ->type_name("N")
      ->check(silent(CLI::PositiveNumber))
      ->capture_default_str();
  add_duplicates_option(*suggest, raw);
  add_model_option(*suggest, raw);
  add_lexicon_option(*suggest, raw);
  return suggest;
}

CLI::App* add_doctor(CLI::App& app, RawOptions& raw) {
  CLI::App* doctor = app.add_subcommand("doctor", "What casus finds on this machine, and how to get what is missing");
  add_model_option(*doctor, raw);
  add_data_option(*doctor, raw);
  add_lexicon_option(*doctor, raw);
  return doctor;
}

// Names that a mistyped word may have meant: options with their dashes, or the subcommands.
std::vector<std::string> known_words(const CLI::App& command, bool dashed) {
  std::vector<std::string> words;
  if (dashed) {
    for (const CLI::Option* option : command.get_options()) {
      for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
    }
  } else {
    for (const CLI::App* subcommand : command.get_subcommands(nullptr)) words.push_back(subcommand->get_name());
  }
  return words;
}

/// The command's words below the program's name: "dict check"; "" for the program.
std::string path_of(const CLI::App& command) {
  std::string path;
  for (const CLI::App* at = &command; at->get_parent() != nullptr; at = at->get_parent())
    path.insert(0, at->get_name() + (path.empty() ? "" : " "));
  return path;
}

int usage_error(const std::string& message, const std::string& meant, const std::string& command) {
  std::cerr << "casus: error: " << message;
  if (!meant.empty()) std::cerr << "; did you mean " << meant << "?";
  std::cerr << "\n  see: casus " << (command.empty() ? "" : command + " ") << "--help\n";
  return kWrongUsage;
}

int unknown_word(const CLI::App& command, std::string word) {
  const bool dashed = word.size() > 1 && word[0] == '-';
  if (dashed) word = word.substr(0, word.find('='));
  const std::string kind = dashed                                      ? "unknown option: "
                           : !command.get_subcommands(nullptr).empty() ? "unknown command: "
                                                                       : "unexpected argument: ";
  return usage_error(kind + word, suggest(word, known_words(command, dashed)), path_of(command));
}

struct FormatChoice {
  const char* name;
  Format format;
};

/// The formats of a command: the first is the default in files and pipes, the second on a terminal; explanations are for people anywhere.
std::span<const FormatChoice> formats_of(Command command, bool is_stored) {
  static constexpr FormatChoice kOfArticles[] = {
      {"jsonl", Format::kJsonLines}, {"text", Format::kText}, {"table", Format::kTable}, {"none", Format::kNone}};
  static constexpr FormatChoice kOfCode[] = {
      {"jsonl", Format::kJsonLines}, {"table", Format::kTable}, {"csv", Format::kCsv}, {"tsv", Format::kTsv}, {"none", Format::kNone}};
  static constexpr FormatChoice kOfCheck[] = {{"text", Format::kText}, {"jsonl", Format::kJsonLines}, {"none", Format::kNone}};
  static constexpr FormatChoice kOfSuggest[] = {
      {"jsonl", Format::kJsonLines}, {"text", Format::kText}, {"tsv", Format::kTsv}, {"none", Format::kNone}};
  static constexpr FormatChoice kOfParse[] = {
      {"conllu", Format::kConllu}, {"table", Format::kTable}, {"jsonl", Format::kJsonLines}, {"none", Format::kNone}};
  static constexpr FormatChoice kOfExplain[] = {{"text", Format::kText}, {"jsonl", Format::kJsonLines}, {"none", Format::kNone}};
  static constexpr FormatChoice kOfEvents[] = {{"jsonl", Format::kJsonLines}, {"table", Format::kTable}, {"json", Format::kJson},
                                               {"csv", Format::kCsv},         {"tsv", Format::kTsv},     {"geojson", Format::kGeoJson},
                                               {"none", Format::kNone}};
  static constexpr FormatChoice kOfStatements[] = {{"jsonl", Format::kJsonLines}, {"table", Format::kTable}, {"json", Format::kJson},
                                                   {"csv", Format::kCsv},         {"tsv", Format::kTsv},     {"none", Format::kNone}};
  static constexpr FormatChoice kOfStored[] = {{"jsonl", Format::kJsonLines}, {"table", Format::kTable}, {"text", Format::kText},
                                               {"json", Format::kJson},       {"csv", Format::kCsv},     {"tsv", Format::kTsv},
                                               {"none", Format::kNone}};
  static constexpr FormatChoice kOfPanel[] = {
      {"csv", Format::kCsv}, {"table", Format::kTable}, {"tsv", Format::kTsv}, {"jsonl", Format::kJsonLines}};
  if (command == Command::kPanel) return kOfPanel;
  static constexpr FormatChoice kOfInfo[] = {{"text", Format::kText}, {"json", Format::kJson}};
  if (command == Command::kArticles && is_stored) return kOfStored;
  if (command == Command::kArticles) return kOfArticles;
  if (command == Command::kEvents) return kOfEvents;
  if (command == Command::kStatements || command == Command::kSearch) return kOfStatements;
  static constexpr FormatChoice kOfRows[] = {
      {"jsonl", Format::kJsonLines}, {"table", Format::kTable}, {"csv", Format::kCsv}, {"tsv", Format::kTsv}, {"none", Format::kNone}};
  if (command == Command::kFix || command == Command::kDiff) return kOfRows;
  if (command == Command::kDbInfo) return kOfInfo;
  if (command == Command::kDbCheck) return kOfCheck;
  static constexpr FormatChoice kOfBrief[] = {
      {"text", Format::kText}, {"md", Format::kMarkdown}, {"html", Format::kHtml}, {"json", Format::kJson}, {"none", Format::kNone}};
  static constexpr FormatChoice kOfCalendar[] = {{"jsonl", Format::kJsonLines}, {"table", Format::kTable}, {"json", Format::kJson},
                                                 {"csv", Format::kCsv},         {"ics", Format::kIcs},     {"none", Format::kNone}};
  static constexpr FormatChoice kOfViews[] = {
      {"jsonl", Format::kJsonLines}, {"table", Format::kTable}, {"json", Format::kJson}, {"csv", Format::kCsv}, {"none", Format::kNone}};
  static constexpr FormatChoice kOfPlaced[] = {{"jsonl", Format::kJsonLines}, {"table", Format::kTable},     {"json", Format::kJson},
                                               {"csv", Format::kCsv},         {"geojson", Format::kGeoJson}, {"none", Format::kNone}};
  if (command == Command::kIncidents || command == Command::kPosture) return kOfPlaced;
  if (command == Command::kBrief) return kOfBrief;
  if (command == Command::kCalendar) return kOfCalendar;
  if (is_crisis_command(command)) return kOfViews;
  static constexpr FormatChoice kOfEval[] = {{"text", Format::kText}, {"json", Format::kJsonLines}};
  if (command == Command::kEval) return kOfEval;
  if (command == Command::kExplain) return kOfExplain;
  if (command == Command::kDictCheck) return kOfCheck;
  if (command == Command::kDictSuggest) return kOfSuggest;
  return command == Command::kCode ? std::span<const FormatChoice>(kOfCode) : kOfParse;
}

const FormatChoice* find_format(std::span<const FormatChoice> choices, std::string_view name) {
  const auto found = std::ranges::find(choices, name, [](const FormatChoice& choice) { return std::string_view(choice.name); });
  return found == choices.end() ? nullptr : &*found;
}

std::string there_are(std::span<const FormatChoice> choices) {
  std::string text = "(there are:";
  for (const FormatChoice& choice : choices) text += " " + std::string(choice.name);
  return text + ")";
}

/// The format that the ending of an output file names; what people read is a .txt. Null for an ending that names none.
const FormatChoice* format_of_ending(std::span<const FormatChoice> choices, const std::string& ending) {
  if (ending.empty()) return &choices[0];
  if (ending != ".txt") return find_format(choices, std::string_view(ending).substr(1));
  const FormatChoice* const text = find_format(choices, "text");
  return text != nullptr ? text : find_format(choices, "table");
}

/// Sets the format, or says what is wrong.
std::optional<std::string> choose_format(RawOptions& raw) {
  Options& options = raw.options;
  const std::span<const FormatChoice> choices = formats_of(options.command, !options.database.empty());
  const std::string ending = std::filesystem::path(options.output_file).extension().string();
  const bool by_terminal = options.command != Command::kEval && options.command != Command::kExplain &&
                           options.command != Command::kDictCheck && options.command != Command::kDbCheck &&
                           options.command != Command::kDbInfo && options.command != Command::kBrief;
  const FormatChoice* chosen = &choices[by_terminal && isatty(STDOUT_FILENO) == 1 ? 1 : 0];
  if (!raw.format.empty()) {
    chosen = find_format(choices, raw.format);
    if (chosen == nullptr) return "unknown format: " + raw.format + " " + there_are(choices);
  } else if (!options.output_file.empty()) {
    chosen = format_of_ending(choices, ending);
    if (chosen == nullptr) return "--output: no format is called " + ending.substr(1) + ": give --format " + there_are(choices);
  }
  options.format = chosen->format;
  if (options.statements && options.command == Command::kCode && options.format != Format::kCsv && options.format != Format::kTsv)
    return "--statements goes with --format csv and tsv; the other formats of code have statements beside events, or none";
  return std::nullopt;
}

/// What is wrong with the list of layers, or nothing.
std::optional<std::string> choose_layers(RawOptions& raw) {
  if (raw.layers.empty()) return std::nullopt;
  Layers& layers = raw.options.layers;
  layers = {.events = false, .statements = false, .places = false, .times = false, .mentions = false};
  const std::pair<std::string_view, bool*> known[] = {{"events", &layers.events},
                                                      {"statements", &layers.statements},
                                                      {"places", &layers.places},
                                                      {"times", &layers.times},
                                                      {"mentions", &layers.mentions}};
  for (const std::string_view name : split(raw.layers, ',')) {
    const auto* const layer = std::find_if(std::begin(known), std::end(known), [&](const auto& one) { return one.first == name; });
    if (layer == std::end(known))
      return "--layers: no such layer: " + std::string(name) + " (there are: events statements places times mentions)";
    *layer->second = true;
  }
  return std::nullopt;
}

/// What is wrong with articles of inputs or of a database, or nothing.
std::optional<std::string> check_articles(RawOptions& raw) {
  Options& options = raw.options;
  ListingOptions& listing = options.listing;
  if (options.database.empty()) {
    const bool lists = !listing.actors.empty() || !listing.dyad.empty() || !listing.sort.empty() || listing.count || !raw.types.empty();
    if (options.inputs.empty()) return "INPUT is missing: files, folders, or -; or a database: --db FILE";
    if (lists) return "--actor, --dyad, --type, --sort and --count are for articles of a database: --db FILE";
    return std::nullopt;
  }
  if (!options.inputs.empty()) return "either INPUT or --db: " + options.inputs.front() + " is read without a database";
  if (!options.article.outlet.empty()) listing.filters.outlets = {std::exchange(options.article.outlet, "")};
  for (const std::string_view column : split(raw.columns, ',')) {
    if (!column.empty()) listing.columns.emplace_back(column);
  }
  raw.columns.clear();
  return std::nullopt;
}

/// What is wrong with the inputs and filters of a view, or nothing.
std::optional<std::string> check_view(RawOptions& raw) {
  Options& options = raw.options;
  Filters& filters = options.listing.filters;
  if (!filters.since.empty() && !filters.until.empty() && filters.since > filters.until)
    return "--since is after --until: no act can be shown";
  const bool is_id = options.incident.find_first_not_of("0123456789abcdef") == std::string::npos && options.incident.size() >= kShortestId;
  if (!options.incident.empty() && !is_id) return "--id: no id of an incident, nor four hex digits of its beginning: " + options.incident;
  if (options.database.empty())
    return options.inputs.empty() ? std::optional("INPUT is missing: files, folders, or -; or a database: --db FILE") : std::nullopt;
  if (!options.inputs.empty()) return "either INPUT or --db: " + options.inputs.front() + " is read without a database";
  for (const std::string_view outlet : split(options.article.outlet, ',')) {
    if (!outlet.empty()) filters.outlets.emplace_back(trim(outlet));
  }
  return std::nullopt;
}

int check_values(RawOptions& raw, const std::string& command) {
  const bool has_format = raw.options.command != Command::kIngest && raw.options.command != Command::kRecode &&
                          raw.options.command != Command::kForget && raw.options.command != Command::kDbVacuum &&
                          raw.options.command != Command::kExport && raw.options.command != Command::kSample &&
                          raw.options.command != Command::kDemo && raw.options.command != Command::kServe;
  if (const auto message = check_upkeep_values(raw.options)) return usage_error(*message, "", command);
  if (has_format) {
    if (const auto message = choose_format(raw)) return usage_error(*message, "", command);
  }
  if (const auto message = choose_layers(raw)) return usage_error(*message, "", command);
  if (const auto message = check_store_values(raw)) return usage_error(*message, "", command);
  if (raw.options.command == Command::kArticles) {
    if (const auto message = check_articles(raw)) return usage_error(*message, "", command);
  }
  if (is_crisis_command(raw.options.command)) {
    if (const auto message = check_view(raw)) return usage_error(*message, "", command);
  }
  if (!raw.columns.empty()) {
    Result<std::vector<ColumnChoice>> choices = parse_column_choices(raw.columns);
    if (!choices.ok()) return usage_error("--columns: " + choices.error().message, "", command);
    raw.options.article.column_choices = std::move(choices).value();
  }
  if (!raw.published.empty()) {
    raw.options.article.published = parse_day(raw.published);
    if (!raw.options.article.published)
      return usage_error("--published: no such day: " + raw.published + " (as in 2022-02-04)", "", command);
  }
  if (!raw.retrieved.empty()) {
    raw.options.article.retrieved = parse_instant(raw.retrieved);
    if (!raw.options.article.retrieved)
      return usage_error("--retrieved: no such time: " + raw.retrieved + " (as in 2022-02-04 or 2022-02-04T16:30)", "", command);
  }
  return kFine;
}

/// What eval alone is given.
int check_eval_values(RawOptions& raw) {
  Options& options = raw.options;
  if (!raw.half.empty() && raw.half != "even" && raw.half != "odd")
    return usage_error("--half: neither even nor odd: " + raw.half, "", "eval");
  if (!raw.half.empty()) options.half = raw.half == "odd" ? Half::kOdd : Half::kEven;
  if (!options.sheet.empty()) {
    if (!options.inputs.empty()) return usage_error("--sheet stands in place of GOLD and RECORDS", "", "eval");
    return kFine;
  }
  if (options.inputs.empty()) return usage_error("GOLD is missing: GOLD and RECORDS are compared", "", "eval");
  if (!options.documents && options.inputs.size() < 2) return usage_error("RECORDS is missing: GOLD and RECORDS are compared", "", "eval");
  if (std::ranges::count(options.inputs, "-") > 1) return usage_error("standard input (-) can be only one of GOLD and RECORDS", "", "eval");
  return kFine;
}

void print_help(CLI::App& command) {
  const std::string path = path_of(command);
  for (const CommandText& text : kCommandTexts) {
    if (text.command == path) command.description(text.text);
  }
  if (const char* text = store_command_text(path)) command.description(text);
  if (const char* text = upkeep_command_text(path)) command.description(text);
  if (const char* text = serve_command_text(path)) command.description(text);
  const std::string above = path.substr(0, path.rfind(' ') == std::string::npos ? 0 : path.rfind(' '));
  std::cout << command.help(command.get_parent() == nullptr ? "" : "casus" + (above.empty() ? "" : " " + above));
}

int print_help_of(CLI::App& app, int words, char** topic) {
  CLI::App* at = &app;
  for (int i = 0; i < words && topic[i][0] != '-' && topic[i][0] != '\0'; ++i) {
    const auto below = at->get_subcommands(nullptr);
    const auto found = std::find_if(below.begin(), below.end(), [&](const CLI::App* command) { return command->get_name() == topic[i]; });
    if (found == below.end()) return unknown_word(*at, topic[i]);
    at = *found;
  }
  print_help(*at);
  return kFine;
}

constexpr const char* kViewFormats = "table (default on a terminal), jsonl (default else), json, csv, none";
constexpr const char* kPlacedFormats = "table (default on a terminal), jsonl (default else), json, csv, geojson, none";
constexpr const char* kCalendarFormats = "table (default on a terminal), jsonl (default else), json, csv, ics, none";

/// The parser with all its commands, and where it puts what it reads.
struct Parser {
  RawOptions raw;
  bool version = false;
  CLI::App app{"Reads news reports and rebuilds the crisis from them: who did what to whom, when, where, on whose word.", "casus"};
  CLI::App* articles = add_articles(app, raw);
  CLI::App* code = add_code(app, raw);
  CLI::App* brief = add_view(app, raw, "brief", "The situation report: what happened, what is coming, what is disputed",
                             "text (default), md, html, json, none");
  CLI::App* timeline = add_view(app, raw, "timeline", "Days with what happened on them", kViewFormats);
  CLI::App* incidents = add_view(app, raw, "incidents", "Acts, each once, with all their reports", kPlacedFormats);
  CLI::App* calendar = add_view(app, raw, "calendar", "Announced acts and what became of them", kCalendarFormats);
  CLI::App* demands = add_view(app, raw, "demands", "Who wants what of whom, and the answers", kViewFormats);
  CLI::App* posture = add_view(app, raw, "posture", "Forces by owner and place", kPlacedFormats);
  CLI::App* dyads = add_view(app, raw, "dyads", "What two parties did to one another, by day", kViewFormats);
  CLI::App* actors = add_view(app, raw, "actors", "Who takes part, and with whom", kViewFormats);
  CLI::App* parse = add_parse(app, raw);
  CLI::App* eval = add_eval(app, raw);
  CLI::App* explain = add_explain(app, raw);
  CLI::App* dict = add_dict(app);
  CLI::App* dict_check = add_dict_check(*dict, raw);
  CLI::App* dict_suggest = add_dict_suggest(*dict, raw);
  CLI::App* doctor = add_doctor(app, raw);
  StoreCommands store = add_store_commands(app, raw);
  UpkeepCommands upkeep = add_upkeep_commands(app, raw);
  CLI::App* serve = add_serve(app, raw);
  CLI::App* help = app.add_subcommand("help", "The help of a command");

  Parser() {
    raw.options.threads = usable_processors();
    app.add_flag("--version", version, "Version, and with --credits what casus builds on");
    app.add_flag("--credits", raw.options.credits, "With --version: notices and licences");
    app.footer(
        "Examples:\n  casus code article.txt\n  casus brief news/\n  casus ingest news/ --db crisis.db\n  casus demo try-casus\n  casus "
        "doctor\n\n" +
        std::string(kStatusHelp));
    // What is left over is reported here rather than by the parser, which could not say what was meant.
    app.allow_extras();
    for (CLI::App* parent : {&app, dict, store.db}) {
      for (CLI::App* command : parent->get_subcommands(nullptr)) command->allow_extras()->footer(kStatusHelp);
      for (CLI::App* command : parent->get_subcommands(nullptr)) command->get_formatter()->column_width(30);
    }
  }

  [[nodiscard]] CLI::App& chosen() {
    for (CLI::App* command : {articles,     code,           parse,         explain,
                              eval,         dict_check,     dict_suggest,  dict,
                              doctor,       store.ingest,   store.events,  store.statements,
                              store.search, store.db_check, store.db_info, store.db_vacuum,
                              store.db,     store.recode,   store.forget,  store.export_all,
                              store.panel,  brief,          timeline,      incidents,
                              calendar,     demands,        posture,       dyads,
                              actors,       upkeep.fix,     upkeep.sample, upkeep.diff,
                              upkeep.demo,  serve,          help}) {
      if (command->parsed()) return *command;
    }
    return app;
  }

  // The first word that nobody understood, as a usage error; else fine.
  [[nodiscard]] int check_extras() {
    const std::vector<std::string> extras = chosen().remaining();
    return extras.empty() ? kFine : unknown_word(chosen(), extras.front());
  }
};

CommandLine done(int status) { return {std::nullopt, status}; }

}  // namespace

CommandLine parse_command_line(int argc, char** argv) {
  Parser parser;
  // Looked at here, since the parser would take the name of a command for that command.
  if (argc > 1 && std::string_view(argv[1]) == "help") return done(print_help_of(parser.app, argc - 2, argv + 2));
  try {
    parser.app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    print_help(parser.chosen());
    return done(kFine);
  } catch (const CLI::ParseError& error) {
    const int status = parser.check_extras();  // says more than what follows from it
    const CLI::App& chosen = parser.chosen();
    return done(status != kFine ? status : usage_error(error.what(), "", path_of(chosen)));
  }
  if (const int status = parser.check_extras(); status != kFine) return done(status);
  Options& options = parser.raw.options;
  if (parser.articles->parsed()) options.command = Command::kArticles;
  if (parser.code->parsed()) options.command = Command::kCode;
  const std::pair<CLI::App*, Command> views[] = {{parser.brief, Command::kBrief},         {parser.timeline, Command::kTimeline},
                                                 {parser.incidents, Command::kIncidents}, {parser.calendar, Command::kCalendar},
                                                 {parser.demands, Command::kDemands},     {parser.posture, Command::kPosture},
                                                 {parser.dyads, Command::kDyads},         {parser.actors, Command::kActors}};
  for (const auto& [view, command] : views) {
    if (view->parsed()) options.command = command;
  }
  if (parser.parse->parsed()) options.command = Command::kParse;
  if (parser.eval->parsed()) options.command = Command::kEval;
  if (parser.explain->parsed()) options.command = Command::kExplain;
  if (parser.dict_check->parsed()) options.command = Command::kDictCheck;
  if (parser.dict_suggest->parsed()) options.command = Command::kDictSuggest;
  if (parser.doctor->parsed()) options.command = Command::kDoctor;
  if (const std::optional<Command> command = chosen_command(parser.store)) options.command = *command;
  if (const std::optional<Command> command = chosen_command(parser.upkeep)) options.command = *command;
  if (parser.serve->parsed()) options.command = Command::kServe;
  if (&parser.chosen() == &parser.app && (parser.version || options.credits)) options.command = Command::kVersion;
  if (&parser.chosen() == parser.dict) return done(usage_error("dict needs a command: check or suggest", "", "dict"));
  if (&parser.chosen() == parser.store.db) return done(usage_error("db needs a command: check, info or vacuum", "", "db"));
  if (options.command != Command::kOverview && options.command != Command::kVersion && options.command != Command::kDoctor) {
    if (const int status = check_values(parser.raw, path_of(parser.chosen())); status != kFine) return done(status);
  }
  if (parser.eval->parsed()) {
    if (const int status = check_eval_values(parser.raw); status != kFine) return done(status);
  }
  return {std::move(options), kFine};
}

}  // namespace casus
