#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <casus/result.h>

#include "article/article_source.h"

namespace casus {

/// Tells which files below a folder are new or changed, each once it is complete: when nobody writes to it, and its size and time have
/// stayed for a moment. What is there in the beginning is new. The system wakes it (inotify); where that cannot be it looks by itself,
/// every two seconds. Hidden files are passed over. A folder with an INDEX.tsv is one thing, its files and index together. Ownership: owns
/// a descriptor. Threads: one at a time.
class FolderWatch {
 public:
  static constexpr std::chrono::milliseconds kSettled{700};  ///< that size and time must have stayed
  static constexpr std::chrono::seconds kPoll{2};
  static constexpr std::chrono::seconds kRescan{30};  ///< though nothing woke it: the system may lose what happens in new folders

  enum class Wake : uint8_t { kSystem, kPoll };

  /// Errors: kNotFound, kUnreadable.
  [[nodiscard]] static Result<FolderWatch> begin(const std::string& folder, const ArticleOptions& options, Wake wake = Wake::kSystem);
  ~FolderWatch();
  FolderWatch(FolderWatch&& other) noexcept;
  FolderWatch& operator=(FolderWatch&&) = delete;
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  /// Waits for at most `wait` and gives what is ready: files, and folders with an index, in the order of their names. Each is given once
  /// for each state that it is in.
  [[nodiscard]] std::vector<std::string> next(std::chrono::milliseconds wait);

  /// Whether the system wakes it.
  [[nodiscard]] bool is_woken() const { return descriptor_ >= 0; }

 private:
  using Clock = std::chrono::steady_clock;

  /// A file, or a folder with an index.
  struct Item {
    uint64_t state = 0;  ///< a hash of sizes and times
    Clock::time_point since{};
    bool given = false;
  };

  FolderWatch(std::string folder, const ArticleOptions& options) : folder_(std::move(folder)), options_(options) {}
  void watch(const std::string& folder);
  [[nodiscard]] bool read_events();
  void scan();
  void note(const std::string& path, uint64_t state);
  [[nodiscard]] std::vector<std::string> ready();
  [[nodiscard]] bool is_being_written(const std::string& path) const;

  std::string folder_;
  ArticleOptions options_;
  int descriptor_ = -1;
  std::map<int, std::string> watched_{};  ///< folders by the number of their watch
  std::set<std::string> writing_{};       ///< files that somebody writes to
  std::map<std::string, Item> items_{};
  std::set<std::string> seen_{};  ///< in the scan that is under way
  Clock::time_point last_scan_{};
  bool is_settling_ = true;
};

}  // namespace casus
