// casus export --layout: events in the columns of other projects' data, for scripts that were written for them.
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "base/files.h"
#include "base/json_writer.h"
#include "cli/build_info.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/layouts.h"
#include "cli/load.h"
#include "cli/output.h"
#include "cli/text_width.h"
#include "reading/record_rows.h"
#include "store/inspect.h"
#include "store/store.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

constexpr size_t kBufferBytes = 1'000'000;

/// Events that count where nothing else is asked for: what happened, and what was announced.
const std::vector<std::string> kUsualStatuses = {"actual", "planned"};

/// One export in a layout.
class LayoutExport {
 public:
  LayoutExport(const Options& options, const LayoutWriter& writer, Store& store, Messages& messages)
      : options_(options), writer_(writer), store_(store), messages_(messages), statuses_(options.listing.filters.statuses) {
    if (statuses_.empty()) statuses_ = kUsualStatuses;
  }

  Result<void> run() {
    const fs::path folder = options_.output_file;
    if (Result<void> made = make_folder(folder); !made.ok()) return made;
    if (Result<void> done = write_events(folder / writer_.layout().file); !done.ok()) return done;
    if (Result<void> done = write_file(folder / "codebook.md", codebook()); !done.ok()) return done;
    const Result<std::string> manifest = this->manifest();
    if (!manifest) return manifest.error();
    return write_file(folder / "manifest.json", *manifest);
  }

  [[nodiscard]] uint64_t rows() const { return rows_; }
  [[nodiscard]] uint64_t damaged() const { return damaged_; }
  /// "12 planned, 3 denied": what no row has.
  [[nodiscard]] std::string left_out() const {
    std::string text;
    for (const auto& [status, count] : left_out_) text += (text.empty() ? "" : ", ") + with_separators(count) + " " + status;
    return text;
  }

 private:
  static Result<void> closed(Output& output) {
    output.close();
    if (output.state() == Output::State::kOpen) return {};
    return Error{.code = ErrorCode::kUnwritable,
                 .message = "cannot be written: " + output.reason(),
                 .file = output.name(),
                 .remedy = "make room on the disk, or name another folder"};
  }

  static Result<void> write_file(const fs::path& path, const std::string& text) {
    Output output;
    if (Result<void> done = output.open(path.string()); !done.ok()) return done;
    output.write(text);
    return closed(output);
  }

  Result<void> write_events(const fs::path& path) {
    Output output;
    if (Result<void> done = output.open(path.string()); !done.ok()) return done;
    std::string text;
    if (writer_.layout().has_header) {
      std::vector<std::string> names;
      for (const LayoutColumn& column : writer_.layout().columns) names.push_back(column.column);
      append_row(names, RowDialect::kTabs, text);
    }
    const std::string duplicates = options_.listing.filters.duplicates ? "1" : "duplicate_of IS NULL";
    Result<Query> articles = store_.database().prepare("SELECT article FROM articles WHERE " + duplicates + " ORDER BY sort_key");
    if (!articles) return std::move(articles).error();
    for (;;) {
      const Result<bool> row = articles->step();
      if (!row) return row.error();
      if (!*row) break;
      if (Result<void> done = add_article(articles->integer(0), text); !done.ok()) return done;
      if (text.size() < kBufferBytes) continue;
      output.write(text);
      text.clear();
    }
    output.write(text);
    return closed(output);
  }

  Result<void> add_article(int64_t row, std::string& text) {
    const Result<std::optional<StoredReport>> stored = store_.load(row);
    if (!stored && stored.error().code != ErrorCode::kBadDatabase) return stored.error();
    if (!stored) {
      messages_.error(stored.error());
      ++damaged_;
      return {};
    }
    const std::optional<StoredReport>& one = *stored;
    if (!one) return {};
    const Report& report = one->report;
    for (const Event& event : report.events) {
      const bool is_asked_for = std::ranges::find(statuses_, event.status) != statuses_.end();
      const std::optional<ProjectedEvent> projected = is_asked_for ? writer_.project(report, event) : std::nullopt;
      if (!projected) {
        ++left_out_[event.status];
        continue;
      }
      ++events_;
      for (const std::vector<std::string>& cells : writer_.rows(report, event, *projected, options_.no_text)) {
        append_row(cells, RowDialect::kTabs, text);
        ++rows_;
      }
    }
    return {};
  }

  [[nodiscard]] std::string codebook() const {
    const Layout& layout = writer_.layout();
    std::string text = "# Events of casus in the columns of " + layout.name + "\n\nWritten by casus " + build_info::kVersion + " into `" +
                       layout.file + "`: values separated by tabs, UTF-8, empty means missing. " +
                       (layout.has_pairs ? "A row is a pair of source and target of an event."
                                         : "A row is an event; several values of a cell are joined by `; `.") +
                       (layout.has_header ? "" : " There is no first row of names.") +
                       " Events that were only announced are what announcing them is, on the day of publication.\n\n" +
                       "| column | filled with | note |\n|---|---|---|\n";
    for (const LayoutColumn& column : layout.columns)
      text += "| " + column.column + " | " + (column.field.empty() ? "–" : "`" + column.field + "`") + " | " + column.note + " |\n";
    return text;
  }

  Result<std::string> manifest() {
    const Result<StoreInfo> info = inspect_store(store_);
    if (!info) return info.error();
    std::string text;
    JsonWriter json(text);
    json.begin_object().field("casus", build_info::kVersion).field("layout", writer_.layout().name);
    json.key("statuses").begin_array();
    for (const std::string& status : statuses_) json.string(status);
    json.end_array().key("no_text").boolean(options_.no_text).key("duplicates").boolean(options_.listing.filters.duplicates);
    json.key("events").number(events_).key("rows").number(rows_).key("left_out").begin_object();
    for (const auto& [status, count] : left_out_) json.key(status).number(count);
    json.end_object().key("coders").begin_array();
    std::map<std::string, const CoderLine*> coders;
    for (const CoderLine& coder : info->coders) {
      if (coder.articles > 0) coders[coder.info.fingerprint()] = &coder;
    }
    for (const auto& [fingerprint, coder] : coders) {
      json.begin_object().field("fingerprint", fingerprint).field("version", coder->info.version).field("lexicon", coder->info.lexicon);
      json.field("model", coder->info.model).field("judge", coder->info.judge).field("options", coder->info.options);
      json.key("articles").number(coder->articles).end_object();
    }
    json.end_array().end_object();
    return text + "\n";
  }

  const Options& options_;
  const LayoutWriter& writer_;
  Store& store_;
  Messages& messages_;
  std::vector<std::string> statuses_;
  uint64_t events_ = 0;
  uint64_t rows_ = 0;
  uint64_t damaged_ = 0;
  std::map<std::string, uint64_t> left_out_{};
};

int fail(const Error& error, Messages& messages) {
  messages.error(error);
  return kCannotWork;
}

}  // namespace

int layout_command(const Options& options, Messages& messages) {
  Result<Store> store = Store::open(options.database, Database::Mode::kRead);
  if (!store) return fail(store.error(), messages);
  const Result<std::shared_ptr<const Lexicon>> lexicon = load_lexicon(options.data, {});
  if (!lexicon) return fail(lexicon.error(), messages);
  const Result<LayoutWriter> writer = LayoutWriter::load(options.layout, options.data, *lexicon);
  if (!writer) return fail(writer.error(), messages);
  const Result<Snapshot> snapshot = Snapshot::take(store->database());
  if (!snapshot) return fail(snapshot.error(), messages);
  LayoutExport run(options, *writer, *store, messages);
  if (const Result<void> done = run.run(); !done.ok()) return fail(done.error(), messages);
  messages.finish();
  const std::string left_out = run.left_out();
  messages.note("exported " + with_separators(run.rows()) + " rows to " + options.output_file + "; its codebook.md tells what is in it" +
                (left_out.empty() ? "" : "; left out: " + left_out));
  return run.damaged() > 0 ? kSomeFailed : kFine;
}

}  // namespace casus
