// The commands that tell what many articles say together: brief, timeline, incidents, calendar, demands, posture, dyads, actors.
#include <unistd.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/crisis_text.h"
#include "cli/exit_status.h"
#include "cli/load.h"
#include "cli/output.h"
#include "cli/run.h"
#include "cli/terminal.h"
#include "crisis/brief.h"
#include "crisis/crisis_builder.h"
#include "crisis/crisis_rules.h"
#include "crisis/day_span.h"
#include "crisis/incidents.h"
#include "crisis/view_records.h"
#include "language/language.h"
#include "lexicon/lexicon.h"
#include "reading/confidence.h"
#include "reading/reading.h"
#include "store/incident_listing.h"
#include "store/stored_crisis.h"

namespace casus {
namespace {

/// Reads an article and keeps what it says.
class Reader : public ArticleWorker {
 public:
  Reader(const ReadingData& data, double min_confidence)
      : model_(data.model), lexicon_(data.lexicon), judge_(data.judge), workspace_(*model_), min_confidence_(min_confidence) {}

  void process(const ArticlePtr& article, Outcome& outcome) override {
    const std::unique_ptr<const Document> doc = analyse(*article, *model_, workspace_);
    Report report = read_document(article, *doc, *lexicon_, nullptr, judge_.get());
    drop_doubtful_events(min_confidence_, report);
    outcome.tokens = doc->tokens().size();
    outcome.events = report.events.size();
    outcome.statements = report.statements.size();
    outcome.report = std::make_shared<const Report>(std::move(report));
  }

 private:
  std::shared_ptr<const LanguageModel> model_;
  std::shared_ptr<const Lexicon> lexicon_;
  std::shared_ptr<const Judge> judge_;
  Workspace workspace_;
  double min_confidence_;
};

/// Of how many days the articles count: for the brief of so many, for other views of all.
std::optional<int32_t> recent_days(const Options& options) {
  return options.command == Command::kBrief ? std::optional(kBriefDays) : std::nullopt;
}

/// Prints one view of a crisis.
class ViewPrinter {
 public:
  /// `one`: the incident that is shown alone, or nothing.
  ViewPrinter(const Options& options, const Crisis& crisis, const CrisisFilter& filter, std::optional<uint32_t> one,
              const CrisisRules& rules, const Lexicon& lexicon, Messages& messages, std::string& out)
      : options_(options),
        crisis_(crisis),
        filter_(filter),
        one_(one),
        rules_(rules),
        lexicon_(lexicon),
        messages_(messages),
        wording_(crisis, rules, lexicon),
        out_(out) {}

  void print() {
    switch (options_.command) {
      case Command::kBrief: return brief();
      case Command::kTimeline: return timeline();
      case Command::kIncidents: return incidents();
      case Command::kCalendar: return calendar();
      case Command::kDemands: return demands();
      case Command::kPosture: return posture();
      case Command::kDyads: return dyads();
      case Command::kActors: return actors();
      default: return;
    }
  }

 private:
  /// All rows in a format of data.
  template <class Row, class Make>
  void data(const std::vector<Row>& rows, Make make) {
    if (options_.format == Format::kCsv) {
      append_csv_header(rows.empty() ? make(Row{}) : make(rows.front()), out_);
      for (const Row& row : rows) append_csv_row(make(row), out_);
    } else if (options_.format == Format::kJsonLines) {
      for (const Row& row : rows) {
        append_json(make(row), out_);
        out_ += '\n';
      }
    } else if (options_.format == Format::kJson) {
      out_ += '[';
      for (const Row& row : rows) {
        if (&row != &rows.front()) out_ += ",\n";
        append_json(make(row), out_);
      }
      out_ += "]\n";
    }
  }

  /// The rows that have a point, as features of a map; the others are counted.
  template <class Row, class Where, class Make>
  void map(const std::vector<Row>& rows, Where where, Make make, const char* what) {
    out_ += R"({"type":"FeatureCollection","features":[)";
    const char* between = "\n";
    uint64_t without_point = 0;
    for (const Row& row : rows) {
      const std::optional<Point> point = where(row);
      if (!point) {
        ++without_point;
        continue;
      }
      out_ += std::exchange(between, ",\n");
      append_feature(make(row), point->lat, point->lon, out_);
    }
    out_ += "\n]}\n";
    if (without_point > 0) messages_.note(std::to_string(without_point) + " " + what + " have no point and are not in the map");
  }

  [[nodiscard]] bool is_table() const { return options_.format == Format::kTable; }

  void brief() {
    const Brief brief = brief_of(crisis_, filter_, rules_, lexicon_, {.since = parse_day_count(options_.listing.filters.since)});
    if (options_.format == Format::kText) append_brief_text(brief, wording_, style_.columns, out_);
    if (options_.format == Format::kMarkdown) append_brief_markdown(brief, wording_, out_);
    if (options_.format == Format::kHtml) append_brief_html(brief, wording_, out_);
    if (options_.format == Format::kJson) append_brief_json(brief, crisis_, out_);
  }

  void timeline() {
    const std::vector<TimelineDay> days = timeline_of(crisis_, filter_, options_.top);
    if (is_table()) return append_timeline_text(days, crisis_, wording_, style_, out_);
    data(days, [&](const TimelineDay& day) { return timeline_record(day, crisis_, wording_); });
  }

  void incidents() {
    std::vector<uint32_t> kept = one_ ? std::vector{*one_} : kept_incidents(crisis_, filter_);
    if (options_.most > 0 && kept.size() > options_.most) kept.resize(options_.most);
    const auto record = [&](uint32_t index) { return incident_record(crisis_.incidents[index], crisis_, wording_); };
    if (options_.format == Format::kGeoJson) {
      const auto point = [&](uint32_t index) { return point_of_incident(crisis_.incidents[index], crisis_); };
      return map(kept, point, record, "incidents");
    }
    if (is_table()) return append_incidents_text(kept, crisis_, wording_, style_, out_);
    if (kept.empty() && options_.format == Format::kCsv) return;
    data(kept, record);
  }

  void calendar() {
    const std::vector<CalendarEntry> entries = calendar_of(crisis_, filter_, rules_, lexicon_);
    if (is_table()) return append_calendar_text(entries, crisis_, wording_, style_, out_);
    if (options_.format == Format::kIcs) return append_calendar_ics(entries, crisis_, wording_, out_);
    if (entries.empty() && options_.format == Format::kCsv) return;
    data(entries, [&](const CalendarEntry& entry) { return calendar_record(entry, crisis_, wording_); });
  }

  void demands() {
    const std::vector<Demand> all = demands_of(crisis_, filter_, rules_, lexicon_);
    if (is_table()) return append_demands_text(all, crisis_, wording_, style_, out_);
    if (all.empty() && options_.format == Format::kCsv) return;
    data(all, [&](const Demand& demand) { return demand_record(demand, crisis_, wording_); });
  }

  void posture() {
    const std::vector<PostureLine> lines = posture_of(crisis_, filter_, rules_);
    const auto record = [&](const PostureLine& line) { return posture_record(line, crisis_, wording_); };
    if (options_.format == Format::kGeoJson) return map(lines, [](const PostureLine& line) { return line.point; }, record, "lines");
    if (is_table()) return append_posture_text(lines, wording_, style_, out_);
    data(lines, record);
  }

  void dyads() {
    const std::vector<DyadDay> days = dyads_of(crisis_, filter_);
    if (is_table()) return append_dyads_text(days, style_, out_);
    data(days, [&](const DyadDay& day) { return dyad_record(day, crisis_); });
  }

  void actors() {
    const std::vector<ActorLine> lines = actors_of(crisis_, filter_);
    if (is_table()) return append_actors_text(lines, wording_, style_, out_);
    data(lines, [&](const ActorLine& line) { return actor_record(line, wording_); });
  }

  const Options& options_;
  const Crisis& crisis_;
  const CrisisFilter& filter_;
  const std::optional<uint32_t> one_;
  const CrisisRules& rules_;
  const Lexicon& lexicon_;
  Messages& messages_;
  const Wording wording_;
  const CrisisStyle style_{.columns = terminal_columns(STDOUT_FILENO)};
  std::string& out_;
};

int fail(const Error& error, Messages& messages) {
  messages.error(error);
  return error.code == ErrorCode::kBadOption ? kWrongUsage : kCannotWork;
}

/// The incident that is asked for by its id; nothing where none is. Says where the id leads.
Result<std::optional<uint32_t>> asked_incident(const Options& options, const Crisis& crisis, Messages& messages) {
  if (options.incident.empty()) return std::optional<uint32_t>();
  const Result<FoundIncident> found = find_incident(options.incident, crisis);
  if (!found) return found.error();
  if (found->merged)
    messages.note("incident " + found->asked + " has become part of " + crisis.incidents[found->incident].id +
                  ", which was reported first");
  return std::optional(found->incident);
}

/// Appends the view that the options ask for; gives the exit status.
int append_view(const Options& options, const Crisis& crisis, const CrisisRules& rules, const Lexicon& lexicon, Messages& messages,
                std::string& out) {
  if (crisis.left_out > 0) {
    messages.note("left out " + std::to_string(crisis.left_out) + (crisis.left_out == 1 ? " article" : " articles") +
                  " not known to be published by " + options.listing.filters.as_of);
  }
  const ListingOptions& asked = options.listing;
  const Result<CrisisFilter> filter = crisis_filter_of(asked.filters, asked.actors, asked.dyad, crisis, lexicon);
  if (!filter) return fail(filter.error(), messages);
  const Result<std::optional<uint32_t>> one = asked_incident(options, crisis, messages);
  if (!one) {
    const int status = fail(one.error(), messages);
    return one.error().code == ErrorCode::kNotFound ? kSomeFailed : status;
  }
  ViewPrinter(options, crisis, *filter, *one, rules, lexicon, messages, out).print();
  return kFine;
}

/// Gathers the reports of a run; at its end builds the crisis and prints the view.
class Gatherer : public RunObserver {
 public:
  Gatherer(const Options& options, const ReadingData& data, std::shared_ptr<const CrisisRules> rules, Messages& messages)
      : options_(options), lexicon_(data.lexicon), rules_(std::move(rules)), messages_(messages) {}

  void take(const Outcome& outcome, std::string& /*out*/) override {
    if (outcome.report != nullptr) reports_.push_back(*outcome.report);
  }

  void finish(const PassedOver& /*passed_over*/, std::string& out) override {
    Crisis crisis = build_crisis(reports_, *rules_, *lexicon_, {.as_of = parse_day_count(options_.listing.filters.as_of)});
    if (const auto days = recent_days(options_)) crisis = recent_part(crisis, *days, *rules_, *lexicon_);
    status_ = append_view(options_, crisis, *rules_, *lexicon_, messages_, out);
  }

  [[nodiscard]] int status() const { return status_; }

 private:
  const Options& options_;
  std::shared_ptr<const Lexicon> lexicon_;
  std::shared_ptr<const CrisisRules> rules_;
  Messages& messages_;
  std::vector<Report> reports_;
  int status_ = kFine;
};

/// What the view needs of a database: the whole crisis, or only a few incidents where those are asked for.
Result<StoredCrisis> load_for_view(const Options& options, Store& store, const CrisisRules& rules, const Lexicon& lexicon) {
  const ListingOptions& asked = options.listing;
  const bool is_of_now = asked.filters.as_of.empty() && options.min_confidence == 0;
  Result<std::optional<StoredCrisis>> few = std::optional<StoredCrisis>();
  if (is_of_now && !options.incident.empty()) {
    few = load_named(store, rules, lexicon, options.incident);
  } else if (is_of_now && options.most > 0) {
    few = load_listed(store, rules, lexicon, {.filters = asked.filters, .actors = asked.actors, .dyad = asked.dyad, .limit = options.most});
  }
  if (!few) return std::move(few).error();
  if (std::optional<StoredCrisis>& found = *few; found) return *std::move(found);
  return load_crisis(store, rules, lexicon, {.as_of = parse_day_count(asked.filters.as_of)}, options.min_confidence, recent_days(options));
}

/// Prints a view of the crisis that a database tells.
int stored_view(const Options& options, Messages& messages) {
  const auto lexicon = load_lexicon(options.data, options.lexicons);
  if (!lexicon) return fail(lexicon.error(), messages);
  const auto rules = load_crisis_rules(options.data, (*lexicon)->ontology());
  if (!rules) return fail(rules.error(), messages);
  Result<Store> store = Store::open(options.database, Database::Mode::kRead);
  if (!store) return fail(store.error(), messages);
  const Result<StoredCrisis> stored = load_for_view(options, *store, **rules, **lexicon);
  if (!stored) return fail(stored.error(), messages);
  for (const Error& error : stored->damaged) messages.error(error);
  std::string out;
  if (const int status = append_view(options, stored->crisis, **rules, **lexicon, messages, out); status != kFine) return status;
  Output output;
  if (!options.output_file.empty()) {
    if (const Result<void> opened = output.open(options.output_file); !opened.ok()) return fail(opened.error(), messages);
  }
  output.write(out);
  output.close();
  messages.finish();
  if (output.state() == Output::State::kFailed)
    return fail({.code = ErrorCode::kUnwritable, .message = "cannot be written: " + output.reason(), .file = output.name()}, messages);
  return stored->damaged.empty() ? kFine : kSomeFailed;
}

}  // namespace

int crisis_command(Options options, Messages& messages) {
  if (!options.database.empty()) return stored_view(options, messages);
  const auto data = load_reading_data(options, messages);
  if (!data) {
    messages.error(data.error());
    return kCannotWork;
  }
  const auto rules = load_crisis_rules(options.data, data->lexicon->ontology());
  if (!rules) {
    messages.error(rules.error());
    return kCannotWork;
  }
  const auto gatherer = std::make_shared<Gatherer>(options, *data, *rules, messages);
  const Job job{.done_word = "coded",
                .skip_duplicates = !options.keep_duplicates,
                .counted = Job::Counted::kEvents,
                .header = "",
                .make_worker = [&] { return std::make_unique<Reader>(*data, options.min_confidence); },
                .observer = gatherer};
  const int status = run_job(options, job, messages);
  return gatherer->status() != kFine ? gatherer->status() : status;
}

}  // namespace casus
