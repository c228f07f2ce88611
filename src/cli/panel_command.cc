// casus panel: how many events a dyad or a country has in each period.
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/locate.h"
#include "cli/output.h"
#include "cli/record_table.h"
#include "cli/terminal.h"
#include "cli/text_width.h"
#include "reading/record_rows.h"
#include "store/actor_names.h"
#include "store/panel.h"
#include "store/panel_columns.h"
#include "store/store.h"

namespace casus {
namespace {

constexpr size_t kBufferBytes = 1'000'000;

int fail(const Error& error, Messages& messages) {
  messages.error(error);
  return error.code == ErrorCode::kBadOption ? kWrongUsage : kCannotWork;
}

/// Writes rows as the options say.
class PanelPrinter {
 public:
  PanelPrinter(const Options& options, std::vector<std::string> names, Output& output)
      : format_(options.format),
        names_(std::move(names)),
        counts_from_(static_cast<size_t>(std::ranges::find(names_, "articles") - names_.begin())),
        output_(output),
        table_(names_, terminal_columns(STDOUT_FILENO), options.output_file.empty() && wants_bold(STDOUT_FILENO)) {
    if (is_rows()) append_row(names_, dialect(), buffer_);
  }

  bool add(std::vector<std::string> cells) {
    ++rows_;
    if (is_rows()) append_row(cells, dialect(), buffer_);
    if (format_ == Format::kJsonLines) append_json(cells);
    if (format_ == Format::kTable) table_.add(std::move(cells), buffer_);
    if (buffer_.size() >= kBufferBytes) flush();
    return output_.state() == Output::State::kOpen;
  }
  void finish() {
    if (format_ == Format::kTable) table_.finish(buffer_);
    flush();
  }
  [[nodiscard]] uint64_t rows() const { return rows_; }

 private:
  [[nodiscard]] bool is_rows() const { return format_ == Format::kCsv || format_ == Format::kTsv; }
  [[nodiscard]] RowDialect dialect() const { return format_ == Format::kCsv ? RowDialect::kCommas : RowDialect::kTabs; }
  void append_json(const std::vector<std::string>& cells) {
    JsonWriter json(buffer_);
    json.begin_object();
    for (size_t i = 0; i < names_.size(); ++i) {
      json.key(names_[i]);
      if (i < counts_from_ && cells[i].empty())
        json.null();
      else if (i < counts_from_)
        json.string(cells[i]);
      else
        json.number(static_cast<int64_t>(std::stoll(cells[i])));
    }
    json.end_object();
    buffer_ += '\n';
  }
  void flush() {
    output_.write(buffer_);
    buffer_.clear();
  }

  Format format_;
  std::vector<std::string> names_;
  size_t counts_from_;  ///< the first column of counts; codes before it are texts
  Output& output_;
  ColumnTable table_;
  std::string buffer_{};
  uint64_t rows_ = 0;
};

/// Who the panel is about, from --actor or --dyad.
Result<PanelQuery> query_of(const Options& options) {
  const PanelOptions& panel = options.panel;
  PanelQuery query{.unit = panel.is_dyad ? PanelUnit::kDyad : PanelUnit::kCountry,
                   .period = panel.period,
                   .fill_zero = panel.fill_zero,
                   .statuses = options.listing.filters.statuses,
                   .since = options.listing.filters.since,
                   .until = options.listing.filters.until};
  if (query.statuses.empty()) query.statuses = {"actual"};
  const Result<ActorNames> names = ActorNames::load(locate_data(options.data).path);
  if (!names) return names.error();
  std::vector<ActorFilter> sides;
  if (!options.listing.dyad.empty()) {
    const DyadFilter dyad = names->dyad(options.listing.dyad);
    sides = {dyad.source, dyad.target};
    query.both_ways = dyad.both_ways;
  } else if (!options.listing.actors.empty()) {
    sides = {names->filter(options.listing.actors.front())};
  }
  for (const ActorFilter& side : sides) {
    if (side.country.empty() || !side.sector.empty())
      return Error{
          .code = ErrorCode::kBadOption,
          .message = "a panel counts whole countries: " + (side.name.empty() ? side.country + "/" + side.sector : side.name) + " is none",
          .remedy = "a name or code of a country"};
  }
  if (!sides.empty()) query.a = sides[0].country;
  if (sides.size() > 1) query.b = sides[1].country;
  return query;
}

void tell_left_out(const PanelLeftOut& left_out, Messages& messages) {
  if (left_out.undated + left_out.spanning == 0) return;
  messages.note("not counted: " + with_separators(left_out.undated) + " whose day is unknown, " + with_separators(left_out.spanning) +
                " whose days lie in more than one period");
}

}  // namespace

int panel_command(const Options& options, Messages& messages) {
  Result<Store> store = Store::open(options.database, Database::Mode::kRead);
  if (!store) return fail(store.error(), messages);
  const Result<PanelQuery> query = query_of(options);
  if (!query) return fail(query.error(), messages);
  const Result<PanelColumns> columns = PanelColumns::load(locate_data(options.data).path, query->unit, options.panel.codes);
  if (!columns) return fail(columns.error(), messages);
  const Result<Snapshot> snapshot = Snapshot::take(store->database());
  if (!snapshot) return fail(snapshot.error(), messages);
  Output output;
  if (!options.output_file.empty()) {
    if (const Result<void> opened = output.open(options.output_file); !opened.ok()) return fail(opened.error(), messages);
  }
  PanelPrinter printer(options, columns->names(), output);
  const Result<PanelLeftOut> made =
      make_panel(store->database(), *query, [&](const PanelRow& row) { return printer.add(columns->cells(row)); });
  if (made) printer.finish();
  output.close(made.ok());
  if (!made) return fail(made.error(), messages);
  if (output.state() == Output::State::kFailed)
    return fail({.code = ErrorCode::kUnwritable, .message = "cannot be written: " + output.reason(), .file = output.name()}, messages);
  if (output.state() != Output::State::kClosed) tell_left_out(*made, messages);
  return kFine;
}

}  // namespace casus
