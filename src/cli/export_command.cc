// casus export: a whole database as files, the same bytes for the same articles.
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <tuple>
#include <vector>

#include "base/files.h"
#include "base/json_writer.h"
#include "cli/build_info.h"
#include "cli/codebook.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/incident_export.h"
#include "cli/load.h"
#include "cli/output.h"
#include "cli/text_width.h"
#include "crisis/view_records.h"
#include "reading/reading.h"
#include "reading/record_rows.h"
#include "store/inspect.h"
#include "store/record_cells.h"
#include "store/stored_crisis.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

constexpr size_t kBufferBytes = 1'000'000;

/// What tells of the run that read an article rather than of the article, and so is in no export.
constexpr std::string_view kOfTheRun[] = {"origin", "line"};

bool is_of_the_run(std::string_view column) { return std::ranges::find(kOfTheRun, column) != std::end(kOfTheRun); }

/// One file of an export, written in large pieces, put in its place at the end.
class ExportFile {
 public:
  Result<void> open(const fs::path& path) { return output_.open(path.string()); }
  std::string& buffer() { return buffer_; }
  void flush_if_full() {
    if (buffer_.size() >= kBufferBytes) flush();
  }
  Result<void> close() {
    flush();
    output_.close();
    if (output_.state() == Output::State::kOpen) return {};
    return Error{.code = ErrorCode::kUnwritable,
                 .message = "cannot be written: " + output_.reason(),
                 .file = output_.name(),
                 .remedy = "make room on the disk, or name another folder"};
  }

 private:
  void flush() {
    output_.write(buffer_);
    buffer_.clear();
  }
  Output output_{};
  std::string buffer_{};
};

/// A table of an export: rows as CSV and, where they have no form of records, flat objects as JSON Lines.
class ExportTable {
 public:
  ExportTable(ExportedTable table, bool no_text) : table_(table) {
    for (size_t i = 0; i < table.columns.size(); ++i) {
      const std::string_view column = table.columns[i];
      if (is_of_the_run(column) || (no_text && has_words(table.name, column))) continue;
      indices_.push_back(i);
      names_.emplace_back(column);
    }
  }

  Result<void> open(const fs::path& folder) {
    if (Result<void> done = json_.open(folder / (table_.name + ".jsonl")); !done.ok()) return done;
    if (Result<void> done = rows_.open(folder / (table_.name + ".csv")); !done.ok()) return done;
    append_row(names_, RowDialect::kCommas, rows_.buffer());
    return {};
  }

  /// `json`: the record as one line, or "" for a flat object of the cells.
  void add(const std::vector<std::string>& cells, const std::string& json) {
    std::vector<std::string> kept;
    kept.reserve(indices_.size());
    for (const size_t index : indices_) kept.push_back(cells[index]);
    append_row(kept, RowDialect::kCommas, rows_.buffer());
    if (json.empty()) {
      append_cells_json(names_, kept, json_.buffer());
      json_.buffer() += '\n';
    } else {
      json_.buffer() += json;
    }
    ++count_;
    json_.flush_if_full();
    rows_.flush_if_full();
  }

  Result<void> close() {
    if (Result<void> done = json_.close(); !done.ok()) return done;
    return rows_.close();
  }
  [[nodiscard]] uint64_t count() const { return count_; }
  [[nodiscard]] const std::string& name() const { return table_.name; }
  [[nodiscard]] const std::vector<std::string>& columns() const { return names_; }

 private:
  ExportedTable table_;
  std::vector<size_t> indices_{};
  std::vector<std::string> names_{};
  ExportFile json_{};
  ExportFile rows_{};
  uint64_t count_ = 0;
};

std::string number_text(const auto& value) {
  std::string text;
  if (value) JsonWriter(text).number(*value);
  return text;
}

std::vector<std::string> place_cells(const Article& article, const Place& place) {
  return {
      article.article_id(),   std::to_string(place.span.begin), std::to_string(place.span.end), place.text,      place.name, place.country,
      number_text(place.lat), number_text(place.lon),           number_text(place.geonames_id), place.precision, place.rule};
}
std::vector<std::string> time_cells(const Article& article, const TimeExpression& time) {
  return {article.article_id(), std::to_string(time.span.begin), std::to_string(time.span.end), time.text, time.type, time.value};
}
std::vector<std::string> mention_cells(const Article& article, const ActorMention& mention) {
  const Actor& actor = mention.actor;
  return {article.article_id(),
          std::to_string(actor.span.begin),
          std::to_string(actor.span.end),
          actor.text,
          actor.name,
          actor.country,
          actor.sector,
          mention.rule};
}

/// What incidents are made with.
struct CrisisData {
  std::shared_ptr<const Lexicon> lexicon{};
  std::shared_ptr<const CrisisRules> rules{};
};

Result<CrisisData> load_crisis_data(const Options& options) {
  const auto lexicon = load_lexicon(options.data, options.lexicons);
  if (!lexicon) return lexicon.error();
  const auto rules = load_crisis_rules(options.data, (*lexicon)->ontology());
  if (!rules) return rules.error();
  return CrisisData{.lexicon = *lexicon, .rules = *rules};
}

/// Writes all files of an export.
class Exporter {
 public:
  Exporter(Store& store, const CrisisData& data, const Options& options, Messages& messages)
      : store_(store), data_(data), options_(options), messages_(messages) {
    for (const ExportedTable& table : exported_tables()) tables_.push_back(std::make_unique<ExportTable>(table, options.no_text));
  }

  Result<void> run() {
    const fs::path folder = options_.output_file;
    if (Result<void> made = make_folder(folder); !made.ok()) return made;
    for (const auto& table : tables_) {
      if (Result<void> done = table->open(folder); !done.ok()) return done;
    }
    if (Result<void> done = write_records(); !done.ok()) return done;
    if (Result<void> done = write_incidents(); !done.ok()) return done;
    if (Result<void> done = write_versions(); !done.ok()) return done;
    if (Result<void> done = write_fixes(); !done.ok()) return done;
    std::vector<TableSummary> summaries;
    for (const auto& table : tables_) {
      if (Result<void> done = table->close(); !done.ok()) return done;
      summaries.push_back({.name = table->name(), .columns = table->columns(), .rows = table->count()});
    }
    const Result<std::string> manifest = manifest_json(summaries);
    if (!manifest) return manifest.error();
    for (const auto& [name, text] : {std::pair("codebook.md", codebook_markdown(summaries)),
                                     std::pair("datapackage.json", datapackage_json(summaries)), std::pair("manifest.json", *manifest)}) {
      ExportFile file;
      if (Result<void> done = file.open(folder / name); !done.ok()) return done;
      file.buffer() = text;
      if (Result<void> done = file.close(); !done.ok()) return done;
    }
    return {};
  }
  [[nodiscard]] uint64_t damaged() const { return damaged_; }
  [[nodiscard]] uint64_t articles() const { return tables_.front()->count(); }

 private:
  enum : size_t {
    kArticleTable,
    kEventTable,
    kStatementTable,
    kPlaceTable,
    kTimeTable,
    kMentionTable,
    kIncidentTable,
    kIncidentMentionTable,
    kVersionTable,
    kFixTable
  };

  Result<void> write_records() {
    Result<Query> rows = store_.database().prepare("SELECT article FROM articles ORDER BY article_id");
    if (!rows) return std::move(rows).error();
    for (;;) {
      const Result<bool> row = rows->step();
      if (!row) return row.error();
      if (!*row) return {};
      Result<std::optional<StoredReport>> stored = store_.load(rows->integer(0));
      if (!stored && stored.error().code != ErrorCode::kBadDatabase) return std::move(stored).error();
      if (!stored) {
        messages_.error(stored.error());
        ++damaged_;
        continue;
      }
      if (const auto& found = *stored) add(*found);
    }
  }

  void add(const StoredReport& stored) {
    const Report& report = stored.report;
    const Article& article = *report.article;
    tables_[kArticleTable]->add(cells_of(article, report, stored.duplicate_of), "");
    if (!stored.duplicate_of.empty() && !options_.listing.filters.duplicates) return;
    for (const Event& event : report.events)
      add_record(kEventTable, event_cells(article, event),
                 {.article = report.article, .events = {event}, .statements = {}, .places = {}, .times = {}});
    for (const Statement& statement : report.statements)
      add_record(kStatementTable, statement_cells(article, statement),
                 {.article = report.article, .events = {}, .statements = {statement}, .places = {}, .times = {}});
    for (const Place& place : report.places) tables_[kPlaceTable]->add(place_cells(article, place), "");
    for (const TimeExpression& time : report.times) tables_[kTimeTable]->add(time_cells(article, time), "");
    for (const ActorMention& mention : report.mentions) tables_[kMentionTable]->add(mention_cells(article, mention), "");
  }

  /// Events and statements are JSON Lines as casus code prints them, unless they are to be without words.
  void add_record(size_t table, const std::vector<std::string>& cells, const Report& alone) {
    std::string json;
    if (!options_.no_text) append_records_json(alone, Layers{}, json);
    tables_[table]->add(cells, json);
  }

  static std::vector<std::string> cells_of(const Article& article, const Report& report, const std::string& duplicate_of) {
    std::vector<std::string> cells = article_cells(article, report.events.size(), report.statements.size(), duplicate_of);
    cells.push_back(article.text());
    return cells;
  }

  /// By day, then id. What is damaged was told with the records.
  Result<void> write_incidents() {
    const Result<StoredCrisis> stored = load_crisis(store_, *data_.rules, *data_.lexicon);
    if (!stored) return stored.error();
    const Crisis& crisis = stored->crisis;
    const Wording wording(crisis, *data_.rules, *data_.lexicon);
    for (const Incident& incident : crisis.incidents) {
      std::string json;
      if (!options_.no_text) {
        append_json(incident_record(incident, crisis, wording), json);
        json += '\n';
      }
      tables_[kIncidentTable]->add(incident_cells(incident, crisis, wording), json);
      for (const uint32_t mention : incident.mentions)
        tables_[kIncidentMentionTable]->add(incident_mention_cells(incident, mention, crisis), "");
    }
    return {};
  }

  Result<void> write_versions() {
    const std::string sql = "SELECT v.version FROM old_versions v JOIN articles a USING (article) ORDER BY a.article_id, v.content_hash";
    Result<Query> rows = store_.database().prepare(sql);
    if (!rows) return std::move(rows).error();
    for (;;) {
      const Result<bool> row = rows->step();
      if (!row) return row.error();
      if (!*row) return {};
      const Result<std::optional<ArticlePtr>> version = store_.load_version(rows->integer(0));
      if (!version && version.error().code != ErrorCode::kBadDatabase) return version.error();
      if (!version) {
        messages_.error(version.error());
        ++damaged_;
      } else if (const auto& found = *version) {
        tables_[kVersionTable]->add(
            cells_of(**found, Report{.article = *found, .events = {}, .statements = {}, .places = {}, .times = {}}, ""), "");
      }
    }
  }

  // By what they are about, since numbers depend on the order in which they were entered.
  Result<void> write_fixes() {
    Result<std::vector<Fix>> fixes = read_fixes(store_.database(), {.undone = true});
    if (!fixes) return std::move(fixes).error();
    std::ranges::stable_sort(*fixes, {}, [](const Fix& fix) { return std::tie(fix.article_id, fix.target, fix.made_at); });
    for (const Fix& fix : *fixes)
      tables_[kFixTable]->add({fix.article_id, fix.kind, fix.target, fix.value, fix.author, fix.made_at, fix.undone_by, fix.undone_at}, "");
    return {};
  }

  /// What the export was made from: nothing that depends on when, where or in which order.
  Result<std::string> manifest_json(const std::vector<TableSummary>& summaries) {
    const Result<StoreInfo> info = inspect_store(store_);
    if (!info) return info.error();
    std::map<std::string, const CoderLine*> coders;
    for (const CoderLine& coder : info->coders) {
      if (coder.articles > 0) coders[coder.info.fingerprint()] = &coder;
    }
    std::string text;
    JsonWriter json(text);
    json.begin_object().field("casus", build_info::kVersion).key("schema_version").number(info->schema_version);
    json.key("options")
        .begin_object()
        .key("no_text")
        .boolean(options_.no_text)
        .key("duplicates")
        .boolean(options_.listing.filters.duplicates)
        .end_object();
    json.field("first_published", info->first_published).field("last_published", info->last_published);
    json.key("outlets").number(info->outlets).key("undated").number(info->undated).key("duplicates").number(info->duplicates);
    json.key("rows").begin_object();
    for (const TableSummary& summary : summaries) json.key(summary.name).number(summary.rows);
    json.end_object().field("crisis_rules", data_.rules->fingerprint()).key("coders").begin_array();
    for (const auto& [fingerprint, coder] : coders) {
      json.begin_object().field("fingerprint", fingerprint).field("version", coder->info.version).field("lexicon", coder->info.lexicon);
      json.field("model", coder->info.model)
          .field("judge", coder->info.judge)
          .field("options", coder->info.options)
          .key("articles")
          .number(coder->articles)
          .end_object();
    }
    json.end_array().key("inputs").begin_array();
    const Result<void> done = add_inputs(json);
    if (!done.ok()) return done.error();
    json.end_array().end_object();
    return text + "\n";
  }

  Result<void> add_inputs(JsonWriter& json) {
    Result<Query> query = store_.database().prepare("SELECT origin, count(*) FROM articles WHERE origin IS NOT NULL GROUP BY 1 ORDER BY 1");
    if (!query) return std::move(query).error();
    for (;;) {
      const Result<bool> row = query->step();
      if (!row) return row.error();
      if (!*row) return {};
      json.begin_object().field("input", query->text(0)).key("articles").number(query->integer(1)).end_object();
    }
  }

  Store& store_;
  const CrisisData& data_;
  const Options& options_;
  Messages& messages_;
  std::vector<std::unique_ptr<ExportTable>> tables_{};
  uint64_t damaged_ = 0;
};

}  // namespace

int export_command(const Options& options, Messages& messages) {
  Result<Store> store = Store::open(options.database, Database::Mode::kRead);
  if (!store) {
    messages.error(store.error());
    return kCannotWork;
  }
  const Result<Snapshot> snapshot = Snapshot::take(store->database());
  if (!snapshot) {
    messages.error(snapshot.error());
    return kCannotWork;
  }
  const Result<CrisisData> data = load_crisis_data(options);
  if (!data) {
    messages.error(data.error());
    return kCannotWork;
  }
  Exporter exporter(*store, *data, options, messages);
  if (const Result<void> done = exporter.run(); !done.ok()) {
    messages.error(done.error());
    return kCannotWork;
  }
  messages.finish();
  messages.note("exported " + with_separators(exporter.articles()) + " articles to " + options.output_file +
                "; its codebook.md tells what is in it");
  return exporter.damaged() > 0 ? kSomeFailed : kFine;
}

}  // namespace casus
