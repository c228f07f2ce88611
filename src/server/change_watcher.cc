#include "server/change_watcher.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <exception>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "base/json_writer.h"

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

IncidentChanges changes_between(const CrisisMoment& before, const CrisisMoment& now) {
  IncidentChanges changes;
  uint64_t same = 0;
  for (const auto& [id, index] : now.incidents) {
    const auto old = before.incidents.find(id);
    const bool is_new = old == before.incidents.end();
    changes.added += is_new ? 1 : 0;
    same += is_new ? 0 : 1;
    if (is_new || before.hashes[old->second] != now.hashes[index]) changes.changed.emplace_back(id);
  }
  changes.removed = before.incidents.size() - same;
  std::ranges::sort(changes.changed);
  return changes;
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
  const bool is_complete = is_ours && last <= number_ && (last == number_ || (!told_.empty() && told_.front().number <= last + 1));
  if (is_complete) {
    for (const Told& event : told_) text += event.number > last ? event.text : "";
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
  if (told_crisis_ == nullptr || data_.crises.version() != data_.data_version) renew_crisis();
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

void ChangeWatcher::renew_crisis() {
  const Result<CrisisMomentPtr> moment = data_.crises.refresh(data_.data_version);
  if (!moment) return note_(moment.error());
  const CrisisMomentPtr before = std::exchange(told_crisis_, *moment);
  if (before == nullptr || before == *moment) return;
  data_.answers.clear();
  const IncidentChanges changes = changes_between(*before, **moment);
  std::string json;
  JsonWriter writer(json);
  writer.begin_object().key("data_version").number((*moment)->version).key("changed").begin_array();
  for (size_t i = 0; i < changes.changed.size() && i < kMostIncidentsTold; ++i) writer.string(changes.changed[i]);
  writer.end_array().key("changes").number(static_cast<uint64_t>(changes.changed.size())).key("added").number(changes.added);
  writer.key("removed").number(changes.removed).key("total").number(static_cast<uint64_t>((*moment)->incidents.size())).end_object();
  tell("incidents", json);
}

void ChangeWatcher::tell(std::string_view event, const std::string& json) {
  std::string text;
  {
    const std::lock_guard lock(mutex_);
    ++number_;
    text = event_text(start_ + "-" + std::to_string(number_), event, json);
    told_.push_back({.number = number_, .text = text});
    if (told_.size() > kMostRemembered) told_.pop_front();
  }
  publish_(std::move(text));
}

}  // namespace casus
