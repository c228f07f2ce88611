#include "server/list_answers.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "reading/record_rows.h"
#include "server/answer_writer.h"
#include "server/atom.h"
#include "store/listing.h"
#include "store/listing_cursor.h"
#include "store/record_cells.h"
#include "store/record_kind.h"

namespace casus {
namespace {

constexpr uint64_t kMostHits = 1'000;  // that a search can be paged through

Error no_such_column(const std::string& name, const std::vector<std::string>& all) {
  std::string there_are;
  for (const std::string& known : all) there_are += " " + known;
  return {.code = ErrorCode::kBadOption, .message = "--columns: no such column: " + name + " (there are:" + there_are + ")"};
}

/// All columns unless some are asked for.
Result<ColumnChoices> columns_of(const RecordKind& kind, const std::vector<std::string>& wanted) {
  const std::vector<std::string> all = kind.columns();
  ColumnChoices choices;
  for (const std::string& name : wanted.empty() ? all : wanted) {
    const auto found = std::ranges::find(all, name);
    if (found == all.end()) return no_such_column(name, all);
    choices.names.push_back(name);
    choices.indices.push_back(static_cast<size_t>(found - all.begin()));
  }
  return choices;
}

/// Writes the records of a page in the format that is asked for.
class RecordWriter {
 public:
  RecordWriter(const RecordKind& kind, ColumnChoices choices, const ApiCall& call)
      : kind_(kind),
        choices_(std::move(choices)),
        format_(call.format),
        is_flat_(kind.is_search() || call.parameters.has("columns")),
        list_(call.format),
        feed_(call) {
    if (format_ == AnswerFormat::kCsv) append_row(choices_.names, RowDialect::kCommas, text_);
    if (format_ == AnswerFormat::kGeoJson) text_ = R"({"type":"FeatureCollection","features":[)";
  }

  void add(const Shown& shown) {
    switch (format_) {
      case AnswerFormat::kCsv: return append_row(choices_.of(kind_.cells(shown)), RowDialect::kCommas, text_);
      case AnswerFormat::kGeoJson: return add_feature(shown);
      case AnswerFormat::kAtom: return feed_.add(kind_, shown);
      default: return list_.add_json(json_of(shown));
    }
  }
  void add_damaged(const Error& error) { list_.add_damaged(error.message); }

  [[nodiscard]] ApiAnswer finish(std::string next, std::optional<uint64_t> total) {
    if (format_ == AnswerFormat::kGeoJson) text_ += "\n]}\n";
    if (format_ == AnswerFormat::kAtom) text_ = feed_.finish();
    if (format_ != AnswerFormat::kJson && format_ != AnswerFormat::kJsonLines) return {.body = std::move(text_), .next = std::move(next)};
    return list_.finish(std::move(next), total);
  }

 private:
  [[nodiscard]] std::string json_of(const Shown& shown) const {
    std::string record;
    if (is_flat_)
      append_cells_json(choices_.names, choices_.of(kind_.cells(shown)), record);
    else
      kind_.append_json(shown, record);
    return record;
  }

  /// Only what has a point: a country's events lie at no point of it.
  void add_feature(const Shown& shown) {
    const std::optional<Place>& place = shown.report->events[shown.record].place;
    if (!place || !place->lat || !place->lon) return;
    text_ += has_features_ ? ",\n" : "\n";
    has_features_ = true;
    text_ += R"({"type":"Feature","geometry":{"type":"Point","coordinates":)";
    JsonWriter(text_).begin_array().number(*place->lon).number(*place->lat).end_array();
    text_ += R"(},"properties":)";
    append_cells_json(choices_.names, choices_.of(kind_.cells(shown)), text_);
    text_ += '}';
  }

  RecordKind kind_;
  ColumnChoices choices_;
  AnswerFormat format_;
  bool is_flat_;
  ListWriter list_;
  AtomFeed feed_;
  std::string text_{};
  bool has_features_ = false;
};

/// Loads the articles of records, each once where its records follow each other, and hands them to the writer.
class RecordLoader {
 public:
  RecordLoader(Store& store, const RecordKind& kind, RecordWriter& writer) : store_(store), kind_(kind), writer_(writer) {}

  /// What is damaged is named and never shown.
  Result<void> add(const ListedRow& row, const std::string& words) {
    if (row.article != article_) {
      if (Result<void> loaded = load(row.article); !loaded.ok()) return loaded;
    }
    if (!stored_) return {};
    const Shown shown{
        .report = &stored_->report, .record = static_cast<size_t>(row.record), .duplicate_of = stored_->duplicate_of, .words = words};
    if (kind_.is_there(shown)) writer_.add(shown);
    return {};
  }

 private:
  Result<void> load(int64_t article) {
    article_ = article;
    stored_.reset();
    Result<std::optional<StoredReport>> loaded = store_.load(article);
    if (!loaded && loaded.error().code != ErrorCode::kBadDatabase) return std::move(loaded).error();
    if (!loaded)
      writer_.add_damaged(loaded.error());
    else
      stored_ = *std::move(loaded);
    return {};
  }

  Store& store_;
  const RecordKind& kind_;
  RecordWriter& writer_;
  int64_t article_ = -1;
  std::optional<StoredReport> stored_{};
};

Result<ListingQuery> query_of(const ServerData& data, const ApiCall& call, Listed listed) {
  ListingQuery query{.listed = listed, .filters = filters_of(call.parameters, data.names)};
  // The newest are what a feed is for.
  const std::string sort = call.parameters.text("sort");
  Result<std::string> order = order_of(listed, sort.empty() && call.format == AnswerFormat::kAtom ? "-published" : sort);
  if (!order) {
    Error error = std::move(order).error();
    error.message.insert(0, "--sort: ");
    return error;
  }
  query.order = *std::move(order);
  if (call.parameters.has("cursor")) {
    const Result<std::vector<std::string>> cursor = read_cursor(query.order, call.parameters.text("cursor"));
    if (!cursor) return cursor.error();
    Result<Condition> after = condition_behind(query.order, *cursor);
    if (!after) return std::move(after).error();
    query.after = *std::move(after);
  }
  return query;
}

/// The rows of a page, and whether more follow.
Result<std::vector<ListedRow>> rows_of(Database& database, ListingQuery query, uint64_t most) {
  query.limit = most + 1;
  Result<Listing> listing = Listing::open(database, query);
  if (!listing) return std::move(listing).error();
  std::vector<ListedRow> rows;
  for (;;) {
    const Result<std::optional<ListedRow>> row = listing->next();
    if (!row) return row.error();
    const std::optional<ListedRow>& listed = *row;
    if (!listed) return rows;
    rows.push_back(*listed);
  }
}

/// How many there are of all pages: told with the first one, where nothing is lost by counting.
Result<std::optional<uint64_t>> total_of(Database& database, const ApiCall& call, const ListingQuery& query, size_t rows, uint64_t most) {
  if (call.parameters.has("cursor") || call.format != AnswerFormat::kJson) return std::optional<uint64_t>();
  if (rows <= most) return std::optional<uint64_t>(rows);
  const Result<int64_t> counted = count_listed(database, query);
  if (!counted) return counted.error();
  return std::optional<uint64_t>(static_cast<uint64_t>(*counted));
}

/// Some at random instead of all in order. Errors: kBadOption for what asks for an order.
Result<std::vector<ListedRow>> drawn_rows(Database& database, const ApiCall& call, const Filters& filters) {
  for (const char* name : {"sort", "cursor", "limit"}) {
    if (call.parameters.has(name)) return Error{.code = ErrorCode::kBadOption, .message = std::string("--draw: goes without ") + name};
  }
  constexpr int64_t kUsualSeed = 1;  // as of casus sample
  return draw_events(database, filters, static_cast<uint64_t>(call.parameters.number("draw").value_or(0)),
                     static_cast<uint64_t>(call.parameters.number("seed").value_or(kUsualSeed)));
}

Result<ApiAnswer> answer_listing(ServerData& data, const ApiCall& call, Listed listed) {
  const RecordKind kind(listed, false);
  Result<ColumnChoices> columns = columns_of(kind, call.parameters.list("columns"));
  if (!columns) return std::move(columns).error();
  const Result<ListingQuery> query = query_of(data, call, listed);
  if (!query) return query.error();
  const Result<StorePool::Lease> lease = data.stores.take();
  if (!lease) return lease.error();
  const Result<Snapshot> snapshot = Snapshot::take(lease->database());
  if (!snapshot) return snapshot.error();
  const uint64_t most = page_size(call);
  const bool is_drawn = call.parameters.has("draw");
  Result<std::vector<ListedRow>> rows =
      is_drawn ? drawn_rows(lease->database(), call, query->filters) : rows_of(lease->database(), *query, most);
  if (!rows) return std::move(rows).error();
  Result<std::optional<uint64_t>> total = is_drawn ? Result<std::optional<uint64_t>>(std::optional<uint64_t>(rows->size()))
                                                   : total_of(lease->database(), call, *query, rows->size(), most);
  if (!total) return std::move(total).error();
  const bool has_more = !is_drawn && rows->size() > most;
  if (has_more) rows->pop_back();
  RecordWriter writer(kind, *std::move(columns), call);
  RecordLoader loader(lease->store(), kind, writer);
  for (const ListedRow& row : *rows) {
    if (Result<void> added = loader.add(row, ""); !added.ok()) return std::move(added).error();
  }
  if (!has_more) return writer.finish("", *total);
  const Result<ListingCursor> cursor = cursor_behind(lease->database(), *query, rows->back());
  if (!cursor) return cursor.error();
  return writer.finish(write_cursor(query->order, *cursor), *total);
}

/// The hits before a page of a search. Errors: kBadOption.
Result<uint64_t> hits_before(const ApiCall& call) {
  if (!call.parameters.has("cursor")) return uint64_t{0};
  const Result<std::vector<std::string>> cursor = read_cursor("search", call.parameters.text("cursor"));
  if (!cursor) return cursor.error();
  uint64_t before = 0;
  const std::string text = cursor->empty() ? "" : cursor->front();
  std::from_chars(text.data(), text.data() + text.size(), before);
  return std::min(before, kMostHits);
}

}  // namespace

Filters filters_of(const Parameters& parameters, const ActorNames& names) {
  Filters filters{.types = parameters.list("type"),
                  .statuses = parameters.list("status"),
                  .since = parameters.text("since"),
                  .until = parameters.text("until"),
                  .published_since = parameters.text("published-since"),
                  .published_until = parameters.text("published-until"),
                  .as_of = parameters.text("as-of"),
                  .outlets = parameters.list("outlet"),
                  .place = parameters.text("place"),
                  .article = parameters.text("article"),
                  .min_confidence = parameters.share("min-confidence")};
  for (const std::string& actor : parameters.list("actor")) filters.actors.push_back(names.filter(actor));
  if (parameters.has("dyad")) filters.dyad = names.dyad(parameters.text("dyad"));
  return filters;
}

Result<ApiAnswer> answer_events(ServerData& data, const ApiCall& call) { return answer_listing(data, call, Listed::kEvents); }
Result<ApiAnswer> answer_statements(ServerData& data, const ApiCall& call) { return answer_listing(data, call, Listed::kStatements); }
Result<ApiAnswer> answer_articles(ServerData& data, const ApiCall& call) { return answer_listing(data, call, Listed::kArticles); }

Result<ApiAnswer> answer_search(ServerData& data, const ApiCall& call) {
  const RecordKind kind(Listed::kArticles, true);
  Result<ColumnChoices> columns = columns_of(kind, call.parameters.list("columns"));
  if (!columns) return std::move(columns).error();
  if (!call.parameters.has("q")) return Error{.code = ErrorCode::kBadOption, .message = "--q: says what to look for"};
  const Result<uint64_t> before = hits_before(call);
  if (!before) return before.error();
  const Result<StorePool::Lease> lease = data.stores.take();
  if (!lease) return lease.error();
  const Result<Snapshot> snapshot = Snapshot::take(lease->database());
  if (!snapshot) return snapshot.error();
  const uint64_t most = page_size(call);
  const ListingQuery query{.listed = Listed::kArticles,
                           .filters = filters_of(call.parameters, data.names),
                           .limit = std::min(*before + most + 1, kMostHits + most)};
  Result<std::vector<Hit>> hits = search(lease->database(), call.parameters.text("q"), query);
  if (!hits) {
    Error error = std::move(hits).error();
    if (error.code == ErrorCode::kBadOption) error.message.insert(0, "--q: ");
    return error;
  }
  RecordWriter writer(kind, *std::move(columns), call);
  RecordLoader loader(lease->store(), kind, writer);
  for (size_t i = *before; i < hits->size() && i < *before + most; ++i) {
    const Hit& hit = (*hits)[i];
    if (Result<void> added = loader.add(hit.row, hit.words); !added.ok()) return std::move(added).error();
  }
  const bool has_more = hits->size() > *before + most && *before + most < kMostHits;
  const std::optional<uint64_t> total = has_more ? std::nullopt : std::optional<uint64_t>(hits->size());
  return writer.finish(has_more ? write_cursor("search", {std::to_string(*before + most)}) : "", total);
}

Result<ListedRow> find_event(Database& database, const std::string& id) {
  Result<Query> query = database.prepare(
      "SELECT e.article, e.position FROM events e JOIN articles a ON a.article = e.article WHERE e.id = ? ORDER BY a.sort_key LIMIT 1");
  if (!query) return std::move(query).error();
  query->bind(id);
  const Result<bool> row = query->step();
  if (!row) return row.error();
  if (!*row) return Error{.code = ErrorCode::kNotFound, .message = "no event has the id " + id};
  return ListedRow{.article = query->integer(0), .record = query->integer(1)};
}

Result<ApiAnswer> answer_event(ServerData& data, const ApiCall& call) {
  const Result<StorePool::Lease> lease = data.stores.take();
  if (!lease) return lease.error();
  const Result<Snapshot> snapshot = Snapshot::take(lease->database());
  if (!snapshot) return snapshot.error();
  const Result<ListedRow> row = find_event(lease->database(), call.id);
  if (!row) return row.error();
  const Result<std::optional<StoredReport>> stored = lease->store().load(row->article);
  if (!stored) return stored.error();
  const std::optional<StoredReport>& found = *stored;
  const RecordKind kind(Listed::kEvents, false);
  ApiAnswer answer;
  if (found) kind.append_json({.report = &found->report, .record = static_cast<size_t>(row->record)}, answer.body);
  return answer;
}

}  // namespace casus
