// casus panel: how many events a dyad or a country has in each period.
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "cli/actor_names.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/locate.h"
#include "cli/output.h"
#include "cli/record_table.h"
#include "cli/state_codes.h"
#include "cli/terminal.h"
#include "cli/text_width.h"
#include "lexicon/table_file.h"
#include "reading/record_rows.h"
#include "store/panel.h"
#include "store/store.h"

namespace casus {
namespace {

constexpr size_t kBufferBytes = 1'000'000;
constexpr std::string_view kIso = "iso3";

int fail(const Error& error, Messages& messages) {
  messages.error(error);
  return error.code == ErrorCode::kBadOption ? kWrongUsage : kCannotWork;
}

/// The names of a column of an ontology table, in its order.
Result<std::vector<std::string>> names_of(const std::string& data_option, const char* file, std::string_view column) {
  const std::string path = (locate_data(data_option).path / "ontology" / file).string();
  Result<std::string> content = read_file(path, kMaxDataFileBytes);
  if (!content) return std::move(content).error();
  const Result<Table> table = Table::parse(*std::move(content), path, {column});
  if (!table) return table.error();
  std::vector<std::string> names;
  names.reserve(table->size());
  for (size_t row = 0; row < table->size(); ++row) names.emplace_back(table->cell(row, column));
  return names;
}

/// The columns of a panel and the cells of its rows.
class PanelColumns {
 public:
  PanelColumns(const PanelOptions& options, StateCodes codes, std::vector<std::string> types, std::vector<std::string> quads)
      : options_(options), codes_(std::move(codes)), types_(std::move(types)), quads_(std::move(quads)) {}

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> names = {"period"};
    for (const std::string& system : options_.codes) {
      if (options_.is_dyad) {
        names.push_back("source_" + system);
        names.push_back("target_" + system);
      } else {
        names.push_back(system);
      }
    }
    names.insert(names.end(), {"articles", "events"});
    if (!options_.is_dyad) names.emplace_back("events_received");
    for (const std::string& type : types_) names.push_back(ascii_lowered(type));
    for (const std::string& quad : quads_) names.push_back("quad_" + quad);
    return names;
  }

  [[nodiscard]] std::vector<std::string> cells(const PanelRow& row) const {
    std::vector<std::string> cells = {std::string(row.period)};
    for (const std::string& system : options_.codes) {
      cells.push_back(code(system, row.source, row.period));
      if (options_.is_dyad) cells.push_back(code(system, row.target, row.period));
    }
    cells.push_back(std::to_string(row.articles));
    cells.push_back(std::to_string(row.counts->events));
    if (!options_.is_dyad) cells.push_back(std::to_string(row.received->events));
    for (const std::string& type : types_) {
      const auto found = row.counts->by_type.find(type);
      cells.push_back(found == row.counts->by_type.end() ? "0" : std::to_string(found->second));
    }
    for (const std::string& quad : quads_) {
      const auto found = row.counts->by_quad.find(std::stoi(quad));
      cells.push_back(found == row.counts->by_quad.end() ? "0" : std::to_string(found->second));
    }
    return cells;
  }

 private:
  [[nodiscard]] std::string code(const std::string& system, std::string_view iso3, std::string_view period) const {
    if (system == kIso) return std::string(iso3);
    return std::string(codes_.code(system, iso3, std::stoi(std::string(period.substr(0, 4)))));
  }

  const PanelOptions& options_;
  StateCodes codes_;
  std::vector<std::string> types_;
  std::vector<std::string> quads_;
};

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
  const Result<ActorNames> names = ActorNames::load(options.data);
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

Result<PanelColumns> columns_of(const Options& options) {
  Result<StateCodes> codes = StateCodes::load(options.data);
  if (!codes) return std::move(codes).error();
  for (const std::string& system : options.panel.codes) {
    if (system != kIso && !codes->has_system(system))
      return Error{.code = ErrorCode::kBadOption, .message = "--codes: no such codes: " + system + " (there are: iso3 cow gw)"};
  }
  Result<std::vector<std::string>> types = names_of(options.data, "types.tsv", "name");
  if (!types) return std::move(types).error();
  Result<std::vector<std::string>> quads = names_of(options.data, "quads.tsv", "quad");
  if (!quads) return std::move(quads).error();
  return PanelColumns(options.panel, *std::move(codes), *std::move(types), *std::move(quads));
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
  const Result<PanelColumns> columns = columns_of(options);
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
