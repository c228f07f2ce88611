// casus diff: what differs between two databases, or two files of records, of the same articles.
#include <unistd.h>

#include <array>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/output.h"
#include "cli/record_table.h"
#include "cli/terminal.h"
#include "cli/text_width.h"
#include "evaluation/gold.h"
#include "evaluation/record_changes.h"
#include "reading/reading.h"
#include "reading/record_rows.h"
#include "store/store.h"

namespace casus {
namespace {

constexpr std::string_view kDatabaseMagic("SQLite format 3\0", 16);

bool is_database(const std::string& path) {
  std::array<char, kDatabaseMagic.size()> begin{};
  std::ifstream file(path, std::ios::binary);
  return path != "-" && file.read(begin.data(), begin.size()) && std::string_view(begin.data(), begin.size()) == kDatabaseMagic;
}

/// Events and statements of a database, as casus code would print them. Damaged articles are named and left out.
Result<void> read_database(const std::string& path, RecordSetContent& content, uint64_t& damaged, Messages& messages) {
  Result<Store> store = Store::open(path, Database::Mode::kRead);
  if (!store) return std::move(store).error();
  const Result<Snapshot> snapshot = Snapshot::take(store->database());
  if (!snapshot) return snapshot.error();
  Result<Query> rows = store->database().prepare("SELECT article FROM articles WHERE duplicate_of IS NULL ORDER BY article_id");
  if (!rows) return std::move(rows).error();
  for (;;) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return {};
    const Result<std::optional<StoredReport>> stored = store->load(rows->integer(0));
    if (!stored && stored.error().code != ErrorCode::kBadDatabase) return stored.error();
    if (!stored) {
      messages.error(stored.error());
      ++damaged;
      continue;
    }
    std::string records;
    if (const std::optional<StoredReport>& one = *stored) append_records_json(one->report, Layers{}, records);
    if (Result<void> done = content.add_all(LineReader::of_bytes(std::move(records), path), EvaluationLimits()); !done.ok()) return done;
  }
}

Result<void> read_side(const std::string& path, RecordSetContent& content, uint64_t& damaged, Messages& messages) {
  if (is_database(path)) return read_database(path, content, damaged, messages);
  Result<LineReader> input = open_evaluation_input(path);
  if (!input) return std::move(input).error();
  return content.add_all(*std::move(input), EvaluationLimits());
}

const char* change_name(RecordChange::Kind kind) {
  switch (kind) {
    case RecordChange::Kind::kCame: return "came";
    case RecordChange::Kind::kWent: return "went";
    case RecordChange::Kind::kChanged: break;
  }
  return "changed";
}

/// What the record is, in a word.
std::string type_of(const FlatRecord& record) { return std::string(record.field(record.kind == "event" ? "type" : "kind")); }

const std::vector<std::string> kColumns = {"article_id", "doc",    "change", "record",      "id",         "type",
                                           "field",      "before", "after",  "rule_before", "rule_after", "sentence"};

/// A row for each field that changed; one for what came or went.
std::vector<std::vector<std::string>> rows_of(const RecordChange& change) {
  const FlatRecord& record = change.record();
  const auto rule = [](const FlatRecord* one) { return one == nullptr ? std::string() : std::string(one->field("rule")); };
  std::vector<std::string> row = {record.article_id,
                                  record.doc,
                                  change_name(change.kind),
                                  record.kind,
                                  record.id,
                                  type_of(record),
                                  "",
                                  "",
                                  "",
                                  rule(change.before),
                                  rule(change.after),
                                  std::string(record.field("sentence"))};
  if (change.fields.empty()) return {row};
  std::vector<std::vector<std::string>> rows;
  for (const FieldChange& field : change.fields) {
    row[6] = field.field;
    row[7] = field.before;
    row[8] = field.after;
    rows.push_back(row);
  }
  return rows;
}

void append_json(const RecordChange& change, std::string& out) {
  const FlatRecord& record = change.record();
  JsonWriter json(out);
  json.begin_object().field("change", change_name(change.kind)).field("record", record.kind).field("id", record.id);
  json.field("article_id", record.article_id).field("doc", record.doc).field("type", type_of(record));
  if (change.kind == RecordChange::Kind::kChanged) json.field("id_before", change.before->id);
  json.key("fields").begin_object();
  for (const FieldChange& field : change.fields)
    json.key(field.field).begin_object().field("before", field.before).field("after", field.after).end_object();
  json.end_object();
  if (change.before != nullptr) json.field("rule_before", change.before->field("rule"));
  if (change.after != nullptr) json.field("rule_after", change.after->field("rule"));
  json.field("sentence", record.field("sentence")).end_object();
  out += '\n';
}

/// On a screen the columns that people need.
std::vector<std::string> shown_cells(const std::vector<std::string>& row) {
  const std::string what = row[5] + (row[6].empty() ? "" : " " + row[6]);
  const std::string change = row[6].empty() ? row[9] + row[10] : row[7] + " → " + row[8];
  return {row[1], row[2], row[3], what, change, row[11]};
}

std::string changes_text(const Options& options, const std::vector<RecordChange>& changes) {
  std::string out;
  const bool is_rows = options.format == Format::kCsv || options.format == Format::kTsv;
  const RowDialect dialect = options.format == Format::kTsv ? RowDialect::kTabs : RowDialect::kCommas;
  ColumnTable table({"doc", "change", "record", "what", "before → after, or rule", "sentence"}, terminal_columns(STDOUT_FILENO),
                    options.output_file.empty() && wants_bold(STDOUT_FILENO));
  if (is_rows) append_row(kColumns, dialect, out);
  for (const RecordChange& change : changes) {
    if (options.format == Format::kJsonLines) append_json(change, out);
    if (!is_rows && options.format != Format::kTable) continue;
    for (std::vector<std::string>& row : rows_of(change)) {
      if (is_rows)
        append_row(row, dialect, out);
      else
        table.add(shown_cells(row), out);
    }
  }
  if (options.format == Format::kTable && !changes.empty()) table.finish(out);
  return out;
}

/// How many articles have records on one side alone.
size_t articles_of_one_side(const RecordSetContent& a, const RecordSetContent& b) {
  std::set<std::string> alone, others;
  for (const auto& [key, record] : b.records()) others.insert(key.first);
  for (const auto& [key, record] : a.records()) {
    if (!others.contains(key.first)) alone.insert(key.first);
  }
  return alone.size();
}

void tell_sums(const Options& options, const RecordSetContent& before, const RecordSetContent& after,
               const std::vector<RecordChange>& changes, Messages& messages) {
  std::array<size_t, 3> counts{};
  for (const RecordChange& change : changes) ++counts[static_cast<size_t>(change.kind)];
  const size_t same = after.records().size() - counts[static_cast<size_t>(RecordChange::Kind::kCame)] -
                      counts[static_cast<size_t>(RecordChange::Kind::kChanged)];
  messages.note(with_separators(counts[0]) + " came, " + with_separators(counts[1]) + " went, " + with_separators(counts[2]) +
                " changed, " + with_separators(same) + " are the same");
  for (const auto& [file, alone] : {std::pair(options.inputs[0], articles_of_one_side(before, after)),
                                    std::pair(options.inputs[1], articles_of_one_side(after, before))}) {
    if (alone > 0)
      messages.note(with_separators(alone) + (alone == 1 ? " article has" : " articles have") + " records in " + file + " alone");
  }
}

int fail(const Error& error, int status, Messages& messages) {
  messages.error(error);
  return status;
}

}  // namespace

int diff_command(const Options& options, Messages& messages) {
  std::array<RecordSetContent, 2> sides;
  uint64_t damaged = 0;
  for (size_t i = 0; i < sides.size(); ++i) {
    const Result<void> read = read_side(options.inputs[i], sides[i], damaged, messages);
    if (!read.ok()) return fail(read.error(), kCannotWork, messages);
  }
  const std::vector<RecordChange> changes = compare_records(sides[0], sides[1]);
  Output output;
  if (!options.output_file.empty()) {
    if (const Result<void> opened = output.open(options.output_file); !opened.ok()) return fail(opened.error(), kCannotWork, messages);
  }
  output.write(changes_text(options, changes));
  output.close();
  messages.finish();
  if (output.state() == Output::State::kFailed)
    return fail({.code = ErrorCode::kUnwritable, .message = "cannot be written: " + output.reason(), .file = output.name()}, kCannotWork,
                messages);
  tell_sums(options, sides[0], sides[1], changes, messages);
  return changes.empty() && damaged == 0 ? kFine : kSomeFailed;
}

}  // namespace casus
