#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>

#include "server/server_data.h"

namespace casus {

/// By the ids of incidents.
using IncidentHashes = std::unordered_map<std::string, uint64_t>;

/// Notices what any process writes to the database: forgets kept answers, has the crisis built anew, and tells those that listen to
/// /stream. Ownership: a thread of its own, from the first to the last moment of its life. Threads: safe at once.
class ChangeWatcher {
 public:
  static constexpr std::chrono::milliseconds kPause{200};  ///< between two looks
  static constexpr size_t kMostRemembered = 512;           ///< events, for those that come back

  /// `publish` gets the text of events as /stream sends them; `note` what goes wrong.
  ChangeWatcher(ServerData& data, std::function<void(std::string)> publish, std::function<void(const Error&)> note);
  ~ChangeWatcher();
  ChangeWatcher(const ChangeWatcher&) = delete;
  ChangeWatcher& operator=(const ChangeWatcher&) = delete;

  /// What a listener gets first: where we are, and what it missed since the event that it names ("" for a new one).
  [[nodiscard]] std::string greeting(std::string_view last_event_id) const;

 private:
  void run(const std::stop_token& stop);
  void look();
  void tell_change();
  void tell_articles(Database& database);
  void tell_crisis(const CrisisMoment& moment);
  void tell(std::string_view event, const std::string& json);

  struct Told {
    uint64_t number = 0;
    std::string text{};
  };

  ServerData& data_;
  const std::function<void(std::string)> publish_;
  const std::function<void(const Error&)> note_;
  const std::string start_;  ///< tells this process from others, for ids of events
  std::optional<Store> store_{};
  int64_t seen_ = -1;           ///< SQLite's data_version
  int64_t last_article_ = 0;    ///< row
  uint64_t told_version_ = 0;   ///< of the crisis
  IncidentHashes told_{};       ///< of its incidents
  mutable std::mutex mutex_{};  ///< for what follows
  std::condition_variable_any wakes_{};
  std::deque<Told> events_{};
  uint64_t number_ = 0;
  std::jthread thread_{};
};

}  // namespace casus
