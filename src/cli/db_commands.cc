// The commands about a database itself: db check, db info, db vacuum, forget.
#include <algorithm>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/output.h"
#include "cli/text_width.h"
#include "store/inspect.h"

namespace casus {
namespace {

constexpr size_t kLabelWidth = 14;

int fail(const Error& error, Messages& messages) {
  messages.error(error);
  return kCannotWork;
}

int print(const std::string& text, int status, Messages& messages) {
  Output output;
  output.write(text);
  output.close();
  if (output.state() != Output::State::kFailed) return status;
  return fail({.code = ErrorCode::kUnwritable, .message = "cannot write the results: " + output.reason()}, messages);
}

void append_line(const std::string& label, const std::string& text, std::string& out) {
  append_padded(label, kLabelWidth, out);
  out += one_line(text) + "\n";
}

std::string number(int64_t value) { return with_separators(static_cast<unsigned long long>(std::max<int64_t>(0, value))); }

std::string info_text(const std::string& path, const StoreInfo& info) {
  std::string out;
  append_line("file", path + ", " + number(info.file_bytes / 1000) + " kB, schema version " + std::to_string(info.schema_version), out);
  const std::string days = info.first_published.empty() ? "no days" : info.first_published + " to " + info.last_published;
  append_line("articles",
              number(info.records.front().count) + " of " + number(info.outlets) + " outlets, " + days + ", " + number(info.undated) +
                  " without a date, " + number(info.duplicates) + " duplicates, " + number(info.text_bytes / 1000) + " kB of text",
              out);
  for (const NamedCount& record : info.records) {
    if (record.name != "articles") append_line(record.name, number(record.count), out);
  }
  for (const CoderLine& coder : info.coders) {
    append_line("coder " + std::to_string(coder.coder),
                number(coder.articles) + " articles: casus " + coder.info.version + ", lexicon " + coder.info.lexicon + ", " +
                    coder.info.model + ", judge " + coder.info.judge + (coder.info.options.empty() ? "" : ", " + coder.info.options),
                out);
  }
  for (const BatchLine& batch : info.batches) {
    append_line("batch " + std::to_string(batch.batch),
                batch.command + " " + batch.inputs + ", " + number(batch.articles) + " articles, " + batch.started +
                    (batch.finished.empty() ? ", cut off or under way" : " to " + batch.finished),
                out);
  }
  return out;
}

std::string info_json(const std::string& path, const StoreInfo& info) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("file", path).key("schema_version").number(info.schema_version).key("file_bytes").number(info.file_bytes);
  json.key("text_bytes")
      .number(info.text_bytes)
      .field("first_published", info.first_published)
      .field("last_published", info.last_published);
  json.key("outlets").number(info.outlets).key("undated").number(info.undated).key("duplicates").number(info.duplicates);
  for (const NamedCount& record : info.records) json.key(record.name).number(record.count);
  json.key("coders").begin_array();
  for (const CoderLine& coder : info.coders) {
    json.begin_object().key("coder").number(coder.coder).key("articles").number(coder.articles).field("version", coder.info.version);
    json.field("lexicon", coder.info.lexicon).field("model", coder.info.model).field("judge", coder.info.judge);
    json.field("options", coder.info.options).end_object();
  }
  json.end_array().key("batches").begin_array();
  for (const BatchLine& batch : info.batches) {
    json.begin_object().key("batch").number(batch.batch).field("command", batch.command).field("started", batch.started);
    json.field("finished", batch.finished).key("coder").number(batch.coder).key("articles").number(batch.articles);
    json.field("inputs", batch.inputs).end_object();
  }
  json.end_array().end_object();
  return out + "\n";
}

/// Rows of the articles that are to be forgotten. Errors: kNotFound for what is not there.
Result<std::vector<int64_t>> rows_to_forget(Store& store, const ForgetOptions& options) {
  std::vector<int64_t> rows;
  const auto gather = [&](const char* sql, const auto& value, const std::string& what) -> Result<void> {
    Result<Query> query = store.database().prepare(sql);
    if (!query) return query.error();
    const Result<std::vector<int64_t>> found = query->bind(value).integers();
    if (!found) return found.error();
    rows.insert(rows.end(), found->begin(), found->end());
    if (!found->empty()) return {};
    return Error{.code = ErrorCode::kNotFound,
                 .message = "has no articles of " + what,
                 .file = store.path(),
                 .remedy = "casus articles --db " + store.path() + " lists what there is"};
  };
  for (const std::string& article : options.articles) {
    if (const Result<void> done = gather("SELECT article FROM articles WHERE ?1 IN (article_id, doc)", article, "id " + article);
        !done.ok())
      return done.error();
  }
  for (const std::string& outlet : options.outlets) {
    if (const Result<void> done = gather("SELECT article FROM articles WHERE outlet = ?", outlet, "outlet " + outlet); !done.ok())
      return done.error();
  }
  for (const int64_t batch : options.batches) {
    if (const Result<void> done = gather("SELECT article FROM articles WHERE batch = ?", batch, "batch " + std::to_string(batch));
        !done.ok())
      return done.error();
  }
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

}  // namespace

int db_check_command(const Options& options, Messages& messages) {
  Result<Store> store = Store::open(options.database, Database::Mode::kWrite);
  if (!store && store.error().code == ErrorCode::kBadDatabase && options.format == Format::kText)
    messages.note("the database cannot be opened");
  if (!store) return fail(store.error(), messages);
  uint64_t faults = 0;
  std::string out;
  const Result<void> done = check_store(*store, [&](const Error& fault) {
    ++faults;
    if (options.format == Format::kText) out += "fault: " + fault.to_string() + "\n";
    if (options.format != Format::kJsonLines) return;
    JsonWriter(out)
        .begin_object()
        .field("code", error_name(fault.code))
        .field("file", fault.file)
        .field("message", fault.message)
        .field("remedy", fault.remedy)
        .end_object();
    out += '\n';
  });
  if (!done.ok()) return fail(done.error(), messages);
  if (options.format == Format::kText) {
    const Result<StoreInfo> info = inspect_store(*store);
    if (!info) return fail(info.error(), messages);
    out += faults == 0 ? "nothing is wrong with " : with_separators(faults) + (faults == 1 ? " fault in " : " faults in ");
    out += options.database + ": " + number(info->records.front().count) + " articles\n";
  }
  return print(out, faults > 0 ? kSomeFailed : kFine, messages);
}

int db_info_command(const Options& options, Messages& messages) {
  Result<Store> store = Store::open(options.database, Database::Mode::kRead);
  if (!store) return fail(store.error(), messages);
  const Result<StoreInfo> info = inspect_store(*store);
  if (!info) return fail(info.error(), messages);
  return print(options.format == Format::kJson ? info_json(options.database, *info) : info_text(options.database, *info), kFine, messages);
}

int db_vacuum_command(const Options& options, Messages& messages) {
  Result<Store> store = Store::open(options.database, Database::Mode::kWrite);
  if (!store) return fail(store.error(), messages);
  const Result<StoreInfo> before = inspect_store(*store);
  if (!before) return fail(before.error(), messages);
  if (const Result<void> done = vacuum_store(*store); !done.ok()) return fail(done.error(), messages);
  const Result<StoreInfo> after = inspect_store(*store);
  if (!after) return fail(after.error(), messages);
  messages.note(options.database + ": " + number(before->file_bytes / 1000) + " kB before, " + number(after->file_bytes / 1000) +
                " kB now");
  return kFine;
}

int forget_command(const Options& options, Messages& messages) {
  Result<Store> store = Store::open(options.database, options.dry_run ? Database::Mode::kRead : Database::Mode::kWrite);
  if (!store) return fail(store.error(), messages);
  const Result<std::vector<int64_t>> rows = rows_to_forget(*store, options.forget);
  if (!rows) {
    messages.error(rows.error());
    return rows.error().code == ErrorCode::kNotFound ? kSomeFailed : kCannotWork;
  }
  const std::string count = with_separators(rows->size()) + (rows->size() == 1 ? " article" : " articles");
  if (options.dry_run) {
    messages.note("would forget " + count + " of " + options.database);
    return kFine;
  }
  if (const Result<void> done = store->forget(*rows); !done.ok()) return fail(done.error(), messages);
  messages.note("forgot " + count + " of " + options.database);
  return kFine;
}

}  // namespace casus
