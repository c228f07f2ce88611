#include "server/change_watcher.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <exception>
#include <utility>

#include "base/hash.h"
#include "base/json_writer.h"
#include "crisis/record.h"
#include "crisis/view_records.h"

namespace casus {
namespace {

constexpr int kMostArticlesTold = 100;  // of a change; `batch` has their number
constexpr size_t kMostIncidentsTold = 200;
constexpr std::string_view kRetry = "retry: 1000\n";

std::string start_mark() {
  const auto now = std::chrono::system_clock::now().time_since_epoch().count();
  return hash_hex(std::to_string(now) + " " + std::to_string(::getpid())).substr(0, 8);
}

std::string event_text(std::string_view id, std::string_view event, const std::string& json) {
  return "id: " + std::string(id) + "\nevent: " + std::string(event) + "\ndata: " + json + "\n\n";
}

/// What became of incidents from one moment to the next.
struct IncidentChanges {
  std::vector<std::string> changed{};  ///< ids of new and of other ones
  uint64_t added = 0;
  uint64_t removed = 0;
};

IncidentChanges changes_between(const IncidentHashes& before, const IncidentHashes& now) {
  IncidentChanges changes;
  uint64_t same = 0;
  for (const auto& [id, hash] : now) {
    const auto old = before.find(id);
    const bool is_new = old == before.end();
    changes.added += is_new ? 1 : 0;
    same += is_new ? 0 : 1;
    if (is_new || old->second != hash) changes.changed.push_back(id);
  }
  changes.removed = before.size() - same;
  std::ranges::sort(changes.changed);
  return changes;
}

/// Of what is told of each incident.
IncidentHashes hashes_of(const CrisisMoment& moment) {
  IncidentHashes hashes;
  hashes.reserve(moment.crisis.incidents.size());
  std::string record;
  for (const Incident& incident : moment.crisis.incidents) {
    record.clear();
    append_json(incident_record(incident, moment.crisis, moment.wording), record);
    hashes.emplace(incident.id, hash64(record));
  }
  return hashes;
}

}  // namespace

ChangeWatcher::ChangeWatcher(ServerData& data, std::function<void(std::string)> publish, std::function<void(const Error&)> note)
    : data_(data), publish_(std::move(publish)), note_(std::move(note)), start_(start_mark()) {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

ChangeWatcher::~ChangeWatcher() {
  thread_.request_stop();
  wakes_.notify_all();
}

std::string ChangeWatcher::greeting(std::string_view last_event_id) const {
  const std::lock_guard lock(mutex_);
  std::string text(kRetry);
  const std::string json = "{\"data_version\":" + std::to_string(data_.data_version) + "}";
  const std::string id = start_ + "-" + std::to_string(number_);
  uint64_t last = 0;
  const bool is_ours =
      last_event_id.starts_with(start_ + "-") &&
      std::from_chars(last_event_id.data() + start_.size() + 1, last_event_id.data() + last_event_id.size(), last).ec == std::errc();
  const bool is_complete = is_ours && last <= number_ && (last == number_ || (!events_.empty() && events_.front().number <= last + 1));
  if (is_complete) {
    for (const Told& event : events_) text += event.number > last ? event.text : "";
    return text;
  }
  // Whoever was away too long, or with another process, asks for everything again.
  return text + event_text(id, last_event_id.empty() ? "hello" : "batch", json);
}

void ChangeWatcher::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    try {
      look();
    } catch (const std::exception& exception) {
      note_({.code = ErrorCode::kUnreadable, .message = std::string("the database is not watched: ") + exception.what()});
    }
    std::unique_lock lock(mutex_);
    wakes_.wait_for(lock, stop, kPause, [] { return false; });
  }
}

void ChangeWatcher::look() {
  if (!store_) {
    Result<Store> store = Store::open(data_.settings.database, Database::Mode::kRead);
    if (!store) return note_(store.error());
    store_.emplace(*std::move(store));
    const Result<int64_t> last = store_->database().number("SELECT coalesce(max(article), 0) FROM articles");
    last_article_ = last ? *last : 0;
  }
  const Result<int64_t> version = store_->database().number("PRAGMA data_version");
  if (!version) {
    store_.reset();
    return note_(version.error());
  }
  const bool is_first = seen_ < 0;
  if (*version != seen_) {
    seen_ = *version;
    if (!is_first) tell_change();
  }
  // Also what this process wrote itself, and where building failed before.
  if (data_.crises.version() != data_.data_version) data_.crises.renew(data_.data_version);
  if (const std::optional<Error> failure = data_.crises.take_failure()) note_(*failure);
  if (const CrisisMomentPtr moment = data_.crises.present(); moment != nullptr && moment->version != told_version_) tell_crisis(*moment);
}

void ChangeWatcher::tell_change() {
  if (!store_) return;
  data_.note_change();
  Database& database = store_->database();
  tell_articles(database);
  const Result<int64_t> articles = database.number("SELECT count(*) FROM articles");
  const Result<int64_t> events = database.number("SELECT count(*) FROM events");
  std::string json;
  JsonWriter writer(json);
  writer.begin_object().key("data_version").number(data_.data_version.load());
  writer.key("articles").number(articles ? *articles : 0).key("events").number(events ? *events : 0).end_object();
  tell("batch", json);
}

void ChangeWatcher::tell_articles(Database& database) {
  Result<Query> query = database.prepare(
      "SELECT article, article_id, coalesce(title, ''), coalesce(outlet, ''), coalesce(published, '') FROM articles WHERE article > ? "
      "ORDER BY "
      "article LIMIT " +
      std::to_string(kMostArticlesTold));
  if (!query) return note_(query.error());
  query->bind(last_article_);
  for (;;) {
    const Result<bool> row = query->step();
    if (!row || !*row) break;
    std::string json;
    JsonWriter writer(json);
    writer.begin_object().key("data_version").number(data_.data_version.load()).field("article_id", query->text(1));
    writer.field("title", query->text(2)).field("outlet", query->text(3)).field("published", query->text(4)).end_object();
    tell("article", json);
  }
  const Result<int64_t> last = database.number("SELECT coalesce(max(article), 0) FROM articles");
  if (last) last_article_ = *last;
}

void ChangeWatcher::tell_crisis(const CrisisMoment& moment) {
  const bool is_first = told_version_ == 0;
  told_version_ = moment.version;
  IncidentHashes hashes = hashes_of(moment);
  const IncidentHashes before = std::exchange(told_, std::move(hashes));
  if (is_first) return;
  data_.answers.clear();
  const IncidentChanges changes = changes_between(before, told_);
  std::string json;
  JsonWriter writer(json);
  writer.begin_object().key("data_version").number(moment.version).key("changed").begin_array();
  for (size_t i = 0; i < changes.changed.size() && i < kMostIncidentsTold; ++i) writer.string(changes.changed[i]);
  writer.end_array().key("changes").number(static_cast<uint64_t>(changes.changed.size())).key("added").number(changes.added);
  writer.key("removed").number(changes.removed).key("total").number(static_cast<uint64_t>(told_.size())).end_object();
  tell("incidents", json);
}

void ChangeWatcher::tell(std::string_view event, const std::string& json) {
  std::string text;
  {
    const std::lock_guard lock(mutex_);
    ++number_;
    text = event_text(start_ + "-" + std::to_string(number_), event, json);
    events_.push_back({.number = number_, .text = text});
    if (events_.size() > kMostRemembered) events_.pop_front();
  }
  publish_(std::move(text));
}

}  // namespace casus
