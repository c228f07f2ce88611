#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "article/article_source.h"
#include "evaluation/gold.h"
#include "reading/layers.h"
#include "store/filters.h"
#include "store/panel.h"

namespace casus {

/// What a run of the program is asked to do.
enum class Command {
  kOverview,
  kVersion,
  kArticles,
  kCode,
  kParse,
  kExplain,
  kEval,
  kDictCheck,
  kDictSuggest,
  kDoctor,
  kIngest,
  kEvents,
  kStatements,
  kSearch,
  kDbCheck,
  kDbInfo,
  kDbVacuum,
  kRecode,
  kForget,
  kExport,
  kPanel,
  kFix,
  kSample,
  kDiff,
  kDemo,
  kServe,
  kBrief,
  kTimeline,
  kIncidents,
  kCalendar,
  kDemands,
  kPosture,
  kDyads,
  kActors
};

/// Whether the command tells what all articles say together.
[[nodiscard]] constexpr bool is_crisis_command(Command command) { return command >= Command::kBrief; }

/// How results are printed.
enum class Format { kJsonLines, kText, kTable, kConllu, kCsv, kTsv, kJson, kGeoJson, kMarkdown, kHtml, kIcs, kNone };

inline constexpr unsigned kMaxThreads = 256;

/// What a listing of a database shows, and how.
struct ListingOptions {
  std::vector<std::string> actors;   ///< as given: aliases, codes, COUNTRY/SECTOR (store/actor_names.h tells whom they mean)
  std::string dyad;                  ///< "A,B", "A>B" or ""
  Filters filters;                   ///< all but the two above
  std::vector<std::string> columns;  ///< that are printed; empty for the usual ones
  std::string sort;                  ///< order_of
  std::string words;                 ///< of a search
  bool count = false;                ///< print how many there are
};

/// What a panel is to have, besides the filters.
struct PanelOptions {
  bool is_dyad = true;
  PanelPeriod period = PanelPeriod::kMonth;
  bool fill_zero = true;
  std::vector<std::string> codes = {"iso3"};  ///< iso3, cow, gw
};

/// What is to be forgotten.
struct ForgetOptions {
  std::vector<std::string> articles;  ///< article_ids or docs
  std::vector<std::string> outlets;
  std::vector<int64_t> batches;
};

/// What a person corrects (casus fix). Actors are "NAME/COUNTRY/SECTOR"; what is nullopt stays as it is.
struct FixOptions {
  std::string event;  ///< id of the event or incident, or the beginning of one; "" for names, lists and undoing by number
  bool reject = false;
  std::optional<std::string> type;
  std::optional<std::string> mode;
  std::optional<std::string> status;
  std::optional<std::string> date;
  std::optional<std::string> cameo;
  std::optional<std::vector<std::string>> source;
  std::optional<std::vector<std::string>> target;
  std::vector<std::string> actors;  ///< "WORDS=NAME/COUNTRY/SECTOR"
  std::string article;              ///< names mean this in one article alone: its article_id or doc
  std::string author;
  std::string join;               ///< an incident that is the same act as the one that is named
  bool split = false;             ///< what the event tells of is an act of its own
  std::optional<bool> happened;   ///< whether the incident, which was announced, took place
  std::optional<int64_t> number;  ///< of a fix that is to be undone
  bool undo = false;
  bool list = false;

  [[nodiscard]] bool changes_event() const { return type || mode || status || date || cameo || source || target; }
  [[nodiscard]] bool changes_incident() const { return !join.empty() || split || happened; }
};

/// Where and how to serve.
struct ServeOptions {
  std::string address = "127.0.0.1";
  uint16_t port = 8765;
  std::vector<std::string> host_names;  ///< that browsers may use beside localhost and addresses
  bool allow_ingest = false;
  std::string token_file;
};

/// The command line, checked. One struct for all commands: most options are the same everywhere.
struct Options {
  Command command = Command::kOverview;
  std::vector<std::string> inputs;  ///< files, folders, "-"; of eval gold files and then the records
  ArticleOptions article;
  Format format = Format::kJsonLines;
  unsigned threads = 1;               ///< 1 … kMaxThreads
  uint64_t limit = 0;                 ///< articles to read at most; 0 for all
  uint64_t memory_bytes = 0;          ///< code, ingest: most that the program may take; 0 for no bound
  uint64_t min_count = 2;             ///< dict suggest: rarer words and names are left out
  uint64_t most_entries = 50;         ///< dict suggest: of a kind
  std::string model;                  ///< folder, or "" for the usual places
  std::string data;                   ///< folder, or "" for the usual places
  std::vector<std::string> lexicons;  ///< folders of dictionaries over those of the data folder, in this order
  std::string output_file;            ///< gets the results; "" for standard output
  std::string errors_file;            ///< gets every error and warning as JSON Lines; "" for none
  std::string judge;                  ///< file of the judge, "off" for none, "" for the usual places
  double min_confidence = 0;          ///< code: events below it are left out
  Layers layers;                      ///< the kinds of records that are printed
  size_t top = 0;                     ///< timeline: so many days, the heaviest; 0 for all
  bool stats = false;                 ///< one JSON line with counts and seconds on standard error
  bool keep_duplicates = false;       ///< read the same URL or text as often as it comes
  bool dry_run = false;               ///< tell what each file is and what would be read of it
  bool noise = false;                 ///< show what was marked or left out, and why
  bool misses = false;                ///< show what was missed, mistaken and invented
  bool documents = false;             ///< print the sentences of a gold table as documents
  Half half = Half::kAll;             ///< which sentences of a table of marked pairs count
  std::optional<double> min_f1;       ///< a lower figure is a failure
  bool statements = false;            ///< statements in place of events, where a format has one kind of record
  size_t sentence = 0;                ///< of each article, from 1; 0 for all
  std::string event;                  ///< beginning of an event's id; "" for all
  uint64_t most = 0;                  ///< incidents: at most so many, the first by day; 0 for all
  std::string incident;               ///< incidents: beginning of the id of one; "" for all
  std::string database;               ///< file of --db; "" for none
  ListingOptions listing;             ///< of brief, since is the day from which on reports are new
  ForgetOptions forget;
  PanelOptions panel;
  FixOptions fix;
  std::string layout;          ///< export: icews, polecat, gdelt; "" for casus' own
  uint64_t sample_size = 100;  ///< sample
  uint64_t seed = 1;           ///< sample
  std::string sheet;           ///< eval: a filled validation sheet; "" for none
  std::string watch;           ///< ingest: a folder to be watched; "" for none
  bool mentions = false;       ///< ingest: store the mentions of actors too
  bool all = false;            ///< recode: read again what the same coder read as well
  bool no_text = false;        ///< export: without the words of articles
  bool quiet = false;          ///< neither progress nor sums
  bool credits = false;        ///< --version with the notices of what casus builds on
  ServeOptions serve;
};

/// Either options, or an exit status because all is said already: help was printed (0), or what is wrong with the command
/// line (2).
struct CommandLine {
  std::optional<Options> options;
  int status = 0;
};
[[nodiscard]] CommandLine parse_command_line(int argc, char** argv);

}  // namespace casus
