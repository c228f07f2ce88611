// The commands that list what a database holds: events, statements, search, and articles --db.
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "cli/article_formats.h"
#include "cli/commands.h"
#include "cli/event_table.h"
#include "cli/exit_status.h"
#include "cli/locate.h"
#include "cli/output.h"
#include "cli/record_table.h"
#include "cli/suggest.h"
#include "cli/terminal.h"
#include "reading/record_rows.h"
#include "store/actor_names.h"
#include "store/listing.h"
#include "store/record_cells.h"
#include "store/record_kind.h"
#include "store/store.h"

namespace casus {
namespace {

/// Writes records in one format.
class RecordPrinter {
 public:
  RecordPrinter() = default;
  virtual ~RecordPrinter() = default;
  RecordPrinter(const RecordPrinter&) = delete;
  RecordPrinter& operator=(const RecordPrinter&) = delete;

  virtual void begin(std::string& /*out*/) {}
  virtual void add(const Shown& shown, std::string& out) = 0;
  virtual void end(std::string& /*out*/) {}
};

/// What people see first.
std::vector<std::string> table_columns(const RecordKind& kind) {
  if (kind.is_search() && kind.listed() == Listed::kStatements) return {"published", "speaker_name", "words"};
  if (kind.is_search()) return {"published", "outlet", "title", "words"};
  return {"published", "speaker_name", "kind", "text"};
}

Result<ColumnChoices> choose_columns(const RecordKind& kind, const std::vector<std::string>& wanted) {
  const std::vector<std::string> all = kind.columns();
  ColumnChoices choices;
  for (const std::string& name : wanted) {
    const auto found = std::ranges::find(all, name);
    if (found == all.end()) {
      const std::string meant = suggest(name, all);
      std::string there_are;
      for (const std::string& known : all) (there_are += ' ') += known;
      return Error{.code = ErrorCode::kBadOption,
                   .message = std::string("--columns: no such column: ")
                                  .append(name)
                                  .append(meant.empty() ? "" : "; did you mean " + meant + "?")
                                  .append(" (there are:")
                                  .append(there_are)
                                  .append(")")};
    }
    choices.names.push_back(name);
    choices.indices.push_back(static_cast<size_t>(found - all.begin()));
  }
  return choices;
}

class JsonPrinter : public RecordPrinter {
 public:
  /// `is_list`: one array in place of lines. Without choices the whole record.
  JsonPrinter(const RecordKind& kind, std::optional<ColumnChoices> choices, bool is_list)
      : kind_(kind), choices_(std::move(choices)), is_list_(is_list) {}

  void begin(std::string& out) override { out += is_list_ ? "[" : ""; }
  void add(const Shown& shown, std::string& out) override {
    if (is_list_) out += is_first_ ? "\n" : ",\n";
    is_first_ = false;
    std::string record;
    if (choices_)
      append_cells_json(choices_->names, choices_->of(kind_.cells(shown)), record);
    else
      kind_.append_json(shown, record);
    if (record.ends_with('\n')) record.pop_back();
    out += record;
    if (!is_list_) out += '\n';
  }
  void end(std::string& out) override { out += !is_list_ ? "" : is_first_ ? "]\n" : "\n]\n"; }

 private:
  RecordKind kind_;
  std::optional<ColumnChoices> choices_;
  bool is_list_;
  bool is_first_ = true;
};

class RowPrinter : public RecordPrinter {
 public:
  RowPrinter(const RecordKind& kind, ColumnChoices choices, RowDialect dialect)
      : kind_(kind), choices_(std::move(choices)), dialect_(dialect) {}

  void begin(std::string& out) override { append_row(choices_.names, dialect_, out); }
  void add(const Shown& shown, std::string& out) override { append_row(choices_.of(kind_.cells(shown)), dialect_, out); }

 private:
  RecordKind kind_;
  ColumnChoices choices_;
  RowDialect dialect_;
};

/// Placed events as features of a map; the others are counted.
class GeoJsonPrinter : public RecordPrinter {
 public:
  GeoJsonPrinter(const RecordKind& kind, ColumnChoices choices, Messages& messages)
      : kind_(kind), choices_(std::move(choices)), messages_(messages) {}

  void begin(std::string& out) override { out += R"({"type":"FeatureCollection","features":[)"; }
  void add(const Shown& shown, std::string& out) override {
    const std::optional<Place>& place = shown.report->events[shown.record].place;
    if (!place || !place->lat || !place->lon) {
      ++without_place_;
      return;
    }
    out += is_first_ ? "\n" : ",\n";
    is_first_ = false;
    out += R"({"type":"Feature","geometry":{"type":"Point","coordinates":)";
    JsonWriter(out).begin_array().number(*place->lon).number(*place->lat).end_array();
    out += "},\"properties\":";
    append_cells_json(choices_.names, choices_.of(kind_.cells(shown)), out);
    out += '}';
  }
  void end(std::string& out) override {
    out += "\n]}\n";
    if (without_place_ > 0) messages_.note(std::to_string(without_place_) + " events have no point and are not in the map");
  }

 private:
  RecordKind kind_;
  ColumnChoices choices_;
  Messages& messages_;
  uint64_t without_place_ = 0;
  bool is_first_ = true;
};

class ColumnPrinter : public RecordPrinter {
 public:
  ColumnPrinter(const RecordKind& kind, ColumnChoices choices, TableStyle style)
      : kind_(kind), choices_(std::move(choices)), table_(choices_.names, style.columns, style.bold) {}

  void add(const Shown& shown, std::string& out) override { table_.add(choices_.of(kind_.cells(shown)), out); }
  void end(std::string& out) override { table_.finish(out); }

 private:
  RecordKind kind_;
  ColumnChoices choices_;
  ColumnTable table_;
};

/// Events under the headings of their articles, as casus code shows them.
class EventTablePrinter : public RecordPrinter {
 public:
  explicit EventTablePrinter(TableStyle style) : style_(style) {}

  void begin(std::string& out) override { out += event_table_header(style_); }
  void add(const Shown& shown, std::string& out) override {
    if (gathered_.article != shown.report->article) end(out);
    gathered_.article = shown.report->article;
    gathered_.events.push_back(shown.report->events[shown.record]);
  }
  void end(std::string& out) override {
    if (gathered_.article != nullptr) append_event_table(gathered_, style_, out);
    gathered_ = {};
  }

 private:
  TableStyle style_;
  Report gathered_{};
};

class ArticlePrinter : public RecordPrinter {
 public:
  ArticlePrinter(ArticleStyle style, bool whole_text) : style_(style), whole_text_(whole_text) {}

  void begin(std::string& out) override { out += whole_text_ ? "" : article_table_header(style_); }
  void add(const Shown& shown, std::string& out) override {
    if (whole_text_)
      append_article_text(*shown.report->article, style_, out);
    else
      append_article_row(*shown.report->article, style_, out);
  }

 private:
  ArticleStyle style_;
  bool whole_text_;
};

class NoPrinter : public RecordPrinter {
 public:
  void add(const Shown& /*shown*/, std::string& /*out*/) override {}
};

Result<std::unique_ptr<RecordPrinter>> make_printer(const Options& options, const RecordKind& kind, Messages& messages) {
  const std::vector<std::string>& wanted = options.listing.columns;
  const TableStyle style{.columns = terminal_columns(STDOUT_FILENO), .bold = options.output_file.empty() && wants_bold(STDOUT_FILENO)};
  const bool is_table = options.format == Format::kTable || options.format == Format::kText;
  Result<ColumnChoices> choices = choose_columns(
      kind, !wanted.empty()                                                                                            ? wanted
            : is_table && kind.listed() != Listed::kEvents && (kind.listed() != Listed::kArticles || kind.is_search()) ? table_columns(kind)
                                                                                                                       : kind.columns());
  if (!choices) return std::move(choices).error();
  const bool is_flat = !wanted.empty() || kind.is_search();
  const ArticleStyle article_style{.columns = style.columns, .bold = style.bold};
  using Made = std::unique_ptr<RecordPrinter>;
  switch (options.format) {
    case Format::kJsonLines:
    case Format::kJson:
      return Made(std::make_unique<JsonPrinter>(kind, is_flat ? std::optional(*choices) : std::nullopt, options.format == Format::kJson));
    case Format::kCsv: return Made(std::make_unique<RowPrinter>(kind, *choices, RowDialect::kCommas));
    case Format::kTsv: return Made(std::make_unique<RowPrinter>(kind, *choices, RowDialect::kTabs));
    case Format::kGeoJson: return Made(std::make_unique<GeoJsonPrinter>(kind, *choices, messages));
    case Format::kText:
    case Format::kTable:
      if (wanted.empty() && !kind.is_search() && kind.listed() == Listed::kEvents) return Made(std::make_unique<EventTablePrinter>(style));
      if (wanted.empty() && !kind.is_search() && kind.listed() == Listed::kArticles)
        return Made(std::make_unique<ArticlePrinter>(article_style, options.format == Format::kText));
      return Made(std::make_unique<ColumnPrinter>(kind, *choices, style));
    default: break;
  }
  return Made(std::make_unique<NoPrinter>());
}

/// Loads the articles of records, each once where its records follow each other.
class ReportCache {
 public:
  explicit ReportCache(Store& store) : store_(store) {}

  /// Null if the article has gone meanwhile. Good until the next call.
  Result<const StoredReport*> get(int64_t article) {
    if (article == article_) return &stored_;
    article_ = -1;
    Result<std::optional<StoredReport>> loaded = store_.load(article);
    if (!loaded) return std::move(loaded).error();
    std::optional<StoredReport>& found = *loaded;
    if (!found) return nullptr;
    stored_ = *std::move(found);
    article_ = article;
    return &stored_;
  }

 private:
  Store& store_;
  int64_t article_ = -1;
  StoredReport stored_{};
};

/// One listing from the database to the output.
class ListingRun {
 public:
  ListingRun(const Options& options, Store& store, RecordKind kind, RecordPrinter& printer, Output& output, Messages& messages)
      : options_(options), store_(store), cache_(store), kind_(kind), printer_(printer), output_(output), messages_(messages) {}

  Result<void> run(const ListingQuery& query) {
    std::string head;
    printer_.begin(head);
    output_.write(head);
    Result<void> done = kind_.is_search() ? run_search(query) : run_listing(query);
    if (!done.ok()) return done;
    std::string tail;
    printer_.end(tail);
    output_.write(tail);
    return {};
  }
  [[nodiscard]] uint64_t damaged() const { return damaged_; }
  [[nodiscard]] uint64_t shown() const { return shown_; }

 private:
  Result<void> run_listing(const ListingQuery& query) {
    Result<Listing> listing = Listing::open(store_.database(), query);
    if (!listing) return std::move(listing).error();
    while (output_.state() == Output::State::kOpen) {
      const Result<std::optional<ListedRow>> row = listing->next();
      if (!row) return row.error();
      const std::optional<ListedRow>& listed = *row;
      if (!listed) break;
      if (Result<void> done = show(*listed, ""); !done.ok()) return done;
    }
    return {};
  }

  Result<void> run_search(const ListingQuery& query) {
    const Result<std::vector<Hit>> hits = search(store_.database(), options_.listing.words, query);
    if (!hits) return hits.error();
    for (const Hit& hit : *hits) {
      if (Result<void> done = show(hit.row, hit.words); !done.ok()) return done;
    }
    return {};
  }

  // What is damaged is named and never shown; the rest goes on.
  Result<void> show(const ListedRow& row, const std::string& words) {
    const Result<const StoredReport*> stored = cache_.get(row.article);
    if (!stored && stored.error().code != ErrorCode::kBadDatabase) return stored.error();
    if (!stored) {
      if (last_damaged_ != row.article) messages_.error(stored.error());
      last_damaged_ = row.article;
      ++damaged_;
      return {};
    }
    if (*stored == nullptr) return {};
    const Shown shown{
        .report = &(*stored)->report, .record = static_cast<size_t>(row.record), .duplicate_of = (*stored)->duplicate_of, .words = words};
    if (!kind_.is_there(shown)) return {};
    std::string out;
    printer_.add(shown, out);
    ++shown_;
    output_.write(out);
    return {};
  }

  const Options& options_;
  Store& store_;
  ReportCache cache_;
  RecordKind kind_;
  RecordPrinter& printer_;
  Output& output_;
  Messages& messages_;
  uint64_t damaged_ = 0;
  uint64_t shown_ = 0;
  int64_t last_damaged_ = -1;
};

int fail(const Error& error, Messages& messages) {
  messages.error(error);
  return error.code == ErrorCode::kBadOption ? kWrongUsage : kCannotWork;
}

Listed listed_by(const Options& options) {
  if (options.command == Command::kEvents) return Listed::kEvents;
  const bool statements = options.command == Command::kStatements || (options.command == Command::kSearch && options.statements);
  return statements ? Listed::kStatements : Listed::kArticles;
}

Result<ListingQuery> query_of(const Options& options) {
  const Listed listed = listed_by(options);
  ListingQuery query{.listed = listed, .filters = options.listing.filters, .order = {}, .limit = options.limit};
  const bool names_actors = !options.listing.actors.empty() || !options.listing.dyad.empty();
  if (names_actors) {
    const Result<ActorNames> names = ActorNames::load(locate_data(options.data).path);
    if (!names) return names.error();
    for (const std::string& actor : options.listing.actors) query.filters.actors.push_back(names->filter(actor));
    if (!options.listing.dyad.empty()) query.filters.dyad = names->dyad(options.listing.dyad);
  }
  Result<std::string> order = order_of(listed, options.listing.sort);
  if (!order) return std::move(order).error();
  query.order = *std::move(order);
  return query;
}

int print_count(const ListingQuery& query, const Options& options, Store& store, Output& output, Messages& messages) {
  int64_t number = 0;
  if (options.command == Command::kSearch) {
    const Result<std::vector<Hit>> hits = search(store.database(), options.listing.words, query);
    if (!hits) return fail(hits.error(), messages);
    number = static_cast<int64_t>(hits->size());
  } else {
    const Result<int64_t> counted = count_listed(store.database(), query);
    if (!counted) return fail(counted.error(), messages);
    number = *counted;
  }
  output.write(std::to_string(number) + "\n");
  output.close();
  return kFine;
}

}  // namespace

int listing_command(const Options& options, Messages& messages) {
  Result<Store> store = Store::open(options.database, Database::Mode::kRead);
  if (!store) return fail(store.error(), messages);
  const Result<ListingQuery> query = query_of(options);
  if (!query) return fail(query.error(), messages);
  const RecordKind kind(query->listed, options.command == Command::kSearch);
  const Result<std::unique_ptr<RecordPrinter>> printer = make_printer(options, kind, messages);
  if (!printer) return fail(printer.error(), messages);
  // One view of the database for all, whoever writes meanwhile.
  const Result<Snapshot> snapshot = Snapshot::take(store->database());
  if (!snapshot) return fail(snapshot.error(), messages);
  Output output;
  if (!options.output_file.empty()) {
    if (const Result<void> opened = output.open(options.output_file); !opened.ok()) return fail(opened.error(), messages);
  }
  if (options.listing.count) return print_count(*query, options, *store, output, messages);
  ListingRun run(options, *store, kind, **printer, output, messages);
  const Result<void> done = run.run(*query);
  output.close(done.ok());
  if (!done.ok()) return fail(done.error(), messages);
  messages.finish();
  if (output.state() == Output::State::kFailed)
    return fail({.code = ErrorCode::kUnwritable, .message = "cannot be written: " + output.reason(), .file = output.name()}, messages);
  if (run.shown() == 0 && isatty(STDERR_FILENO) == 1)
    messages.note("nothing fits; casus db info --db " + options.database + " tells what there is");
  return run.damaged() > 0 ? kSomeFailed : kFine;
}

}  // namespace casus
