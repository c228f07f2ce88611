// casus sample: events drawn at random, as a sheet that people fill and casus eval --sheet reads.
#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/locate.h"
#include "cli/output.h"
#include "evaluation/sheet.h"
#include "reading/record_rows.h"
#include "store/actor_names.h"
#include "store/listing.h"
#include "store/store.h"

namespace casus {
namespace {

constexpr size_t kContextBytes = 400;  ///< of text on each side of the sentence

const std::vector<std::string_view> kRecordColumns = {"id",     "article_id", "published", "outlet",       "before", "sentence",
                                                      "after",  "trigger",    "type",      "mode",         "status", "source",
                                                      "target", "date",       "place",     "attributed_to"};
constexpr std::string_view kNoteColumn = "note";

std::vector<std::string> sheet_columns() {
  std::vector<std::string> names(kRecordColumns.begin(), kRecordColumns.end());
  names.insert(names.end(), kSheetQuestions.begin(), kSheetQuestions.end());
  names.emplace_back(kNoteColumn);
  return names;
}

bool is_inside_of_letter(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// The text before a sentence, as far as a judgement may need it, from a whole word on.
std::string_view text_before(std::string_view text, size_t end) {
  size_t begin = end > kContextBytes ? end - kContextBytes : 0;
  if (begin > 0) {
    const size_t blank = text.find_first_of(" \n", begin);
    begin = blank < end ? blank + 1 : begin;
  }
  while (begin < end && is_inside_of_letter(text[begin])) ++begin;
  return text.substr(begin, end - begin);
}

std::string_view text_after(std::string_view text, size_t begin) {
  size_t end = std::min(text.size(), begin + kContextBytes);
  if (end < text.size()) {
    const size_t blank = text.find_last_of(" \n", end);
    end = blank != std::string_view::npos && blank > begin ? blank : end;
  }
  while (end > begin && end < text.size() && is_inside_of_letter(text[end])) --end;
  return text.substr(begin, end - begin);
}

std::string actors_text(std::span<const Actor> actors) {
  std::string text;
  for (const Actor& actor : actors) {
    if (!text.empty()) text += "; ";
    text += actor.name;
    if (actor.country.empty() && actor.sector.empty()) continue;
    text += " (" + actor.country + (actor.sector.empty() ? "" : "/" + actor.sector) + ")";
  }
  return text;
}

std::vector<std::string> sheet_cells(const Article& article, const Event& event) {
  const std::optional<Day>& published = article.fields().published;
  std::vector<std::string> cells = {event.id,
                                    article.article_id(),
                                    published ? format_day(*published) : "",
                                    article.fields().outlet,
                                    std::string(text_before(article.text(), event.sentence.begin)),
                                    std::string(article.view(event.sentence)),
                                    std::string(text_after(article.text(), event.sentence.end)),
                                    event.trigger,
                                    event.type,
                                    event.mode,
                                    event.status,
                                    actors_text(event.source),
                                    actors_text(event.target),
                                    event.date,
                                    event.place ? event.place->name : "",
                                    event.attributed_to};
  cells.resize(sheet_columns().size());
  return cells;
}

int fail(const Error& error, Messages& messages) {
  messages.error(error);
  return error.code == ErrorCode::kBadOption ? kWrongUsage : kCannotWork;
}

Result<Filters> filters_of(const Options& options) {
  Filters filters = options.listing.filters;
  if (options.listing.actors.empty() && options.listing.dyad.empty()) return filters;
  const Result<ActorNames> names = ActorNames::load(locate_data(options.data).path);
  if (!names) return names.error();
  for (const std::string& actor : options.listing.actors) filters.actors.push_back(names->filter(actor));
  if (!options.listing.dyad.empty()) filters.dyad = names->dyad(options.listing.dyad);
  return filters;
}

/// Appends the rows of the sheet; counts articles that are damaged, which are named and left out.
Result<uint64_t> write_sheet(const Options& options, Store& store, Messages& messages, std::string& out) {
  const Result<Filters> filters = filters_of(options);
  if (!filters) return filters.error();
  const Result<std::vector<ListedRow>> rows = draw_events(store.database(), *filters, options.sample_size, options.seed);
  if (!rows) return rows.error();
  uint64_t damaged = 0, written = 0;
  append_row(sheet_columns(), RowDialect::kCommas, out);
  for (const ListedRow& row : *rows) {
    const Result<std::optional<StoredReport>> stored = store.load(row.article);
    if (!stored && stored.error().code != ErrorCode::kBadDatabase) return stored.error();
    if (!stored) {
      messages.error(stored.error());
      ++damaged;
      continue;
    }
    const std::optional<StoredReport>& one = *stored;
    if (!one) continue;
    const Report& report = one->report;
    append_row(sheet_cells(*report.article, report.events[static_cast<size_t>(row.record)]), RowDialect::kCommas, out);
    ++written;
  }
  messages.note("drew " + std::to_string(written) + (written < options.sample_size ? " events, as there are no more" : " events") +
                "; fill yes or no into the columns that end in _right, then: casus eval --sheet FILE");
  return damaged;
}

}  // namespace

int sample_command(const Options& options, Messages& messages) {
  Result<Store> store = Store::open(options.database, Database::Mode::kRead);
  if (!store) return fail(store.error(), messages);
  const Result<Snapshot> snapshot = Snapshot::take(store->database());
  if (!snapshot) return fail(snapshot.error(), messages);
  Output output;
  if (!options.output_file.empty()) {
    if (const Result<void> opened = output.open(options.output_file); !opened.ok()) return fail(opened.error(), messages);
  }
  std::string text;
  const Result<uint64_t> damaged = write_sheet(options, *store, messages, text);
  if (damaged) output.write(text);
  output.close(damaged.ok());
  if (!damaged) return fail(damaged.error(), messages);
  if (output.state() == Output::State::kFailed)
    return fail({.code = ErrorCode::kUnwritable, .message = "cannot be written: " + output.reason(), .file = output.name()}, messages);
  return *damaged > 0 ? kSomeFailed : kFine;
}

}  // namespace casus
