#include "cli/watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include "article/folder_walk.h"
#include "base/hash.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

constexpr uint32_t kEvents = IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR;

/// What changes whenever a file's content does; 0 for what is no readable file, or is empty, as files are when they are begun.
uint64_t state_of(const std::string& path) {
  std::error_code failed;
  const uint64_t size = fs::file_size(path, failed);
  if (failed || size == 0) return 0;
  const auto time = fs::last_write_time(path, failed).time_since_epoch().count();
  if (failed) return 0;
  return hash64(std::to_string(size) + ' ' + std::to_string(time)) | 1;
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

}  // namespace

Result<FolderWatch> FolderWatch::begin(const std::string& folder, const ArticleOptions& options, Wake wake) {
  std::error_code failed;
  if (!fs::is_directory(folder, failed)) {
    return Error{.code = ErrorCode::kNotFound,
                 .message = "is no folder that could be watched",
                 .file = folder,
                 .remedy = "make it first, or name another: --watch DIR"};
  }
  FolderWatch made(folder, options);
  if (wake == Wake::kSystem) {
    made.descriptor_ = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (made.is_woken()) made.watch(folder);
  }
  return made;
}

FolderWatch::FolderWatch(FolderWatch&& other) noexcept
    : folder_(std::move(other.folder_)),
      options_(std::move(other.options_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      watched_(std::move(other.watched_)),
      writing_(std::move(other.writing_)),
      items_(std::move(other.items_)),
      seen_(std::move(other.seen_)),
      last_scan_(other.last_scan_),
      is_settling_(other.is_settling_) {}

FolderWatch::~FolderWatch() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

// Where the system watches no more folders, polling sees all of them.
void FolderWatch::watch(const std::string& folder) {
  const int number = ::inotify_add_watch(descriptor_, folder.c_str(), kEvents);
  if (number >= 0) {
    watched_[number] = folder;
    return;
  }
  if (errno == ENOENT || errno == ENOTDIR || errno == EACCES) return;
  ::close(std::exchange(descriptor_, -1));
  writing_.clear();
}

/// Takes what the system has to tell; whether it had anything.
bool FolderWatch::read_events() {
  alignas(inotify_event) std::array<char, 16'384> buffer{};
  bool any = false;
  while (is_woken()) {
    const ssize_t size = ::read(descriptor_, buffer.data(), buffer.size());
    if (size <= 0) break;
    any = true;
    for (ssize_t at = 0; at < size;) {
      const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
      at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
      if ((event->mask & IN_Q_OVERFLOW) != 0) writing_.clear();
      if ((event->mask & IN_IGNORED) != 0) watched_.erase(event->wd);
      const auto folder = watched_.find(event->wd);
      if (folder == watched_.end() || event->len == 0 || (event->mask & IN_ISDIR) != 0) continue;
      const std::string path = (fs::path(folder->second) / event->name).string();
      if ((event->mask & IN_MODIFY) != 0) writing_.insert(path);
      if ((event->mask & (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE)) != 0) writing_.erase(path);
    }
  }
  return any;
}

void FolderWatch::note(const std::string& path, uint64_t state) {
  seen_.insert(path);
  Item& item = items_[path];
  if (item.state == state) return;
  item = {.state = state, .since = Clock::now(), .given = false};
}

void FolderWatch::scan() {
  last_scan_ = Clock::now();
  seen_.clear();
  std::error_code failed;
  std::map<std::string, uint64_t> indexed;  // states of folders with an index
  std::vector<std::string> folders = {folder_};
  for (size_t next = 0; next < folders.size() && next < options_.max_folder_entries; ++next) {
    const std::string folder = folders[next];
    if (is_woken()) watch(folder);
    const bool has_index = index_of(folder).has_value();
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
      const std::string path = entry->path().string();
      if (is_hidden(entry->path())) continue;
      if (entry->is_directory(failed) && !entry->is_symlink(failed)) {
        const auto depth = static_cast<uint64_t>(std::ranges::count(fs::path(path).lexically_relative(folder_).string(), '/'));
        if (!has_index && depth < options_.max_folder_depth) folders.push_back(path);
      } else if (has_index) {
        indexed[folder] += state_of(path);  // in whatever order they come
      } else if (const uint64_t state = state_of(path); state != 0) {
        note(path, state);
      }
    }
  }
  for (const auto& [folder, state] : indexed) note(folder, state);
  std::erase_if(items_, [&](const auto& item) { return !seen_.contains(item.first); });
}

bool FolderWatch::is_being_written(const std::string& path) const {
  return std::ranges::any_of(writing_, [&](const std::string& file) { return file == path || file.starts_with(path + "/"); });
}

std::vector<std::string> FolderWatch::ready() {
  std::vector<std::string> paths;
  is_settling_ = false;
  for (auto& [path, item] : items_) {
    if (item.given) continue;
    if (Clock::now() - item.since < kSettled || is_being_written(path)) {
      is_settling_ = true;
      continue;
    }
    item.given = true;
    paths.push_back(path);
  }
  return paths;
}

std::vector<std::string> FolderWatch::next(std::chrono::milliseconds wait) {
  bool has_news = false;
  if (is_woken()) {
    pollfd file{.fd = descriptor_, .events = POLLIN, .revents = 0};
    ::poll(&file, 1, static_cast<int>(wait.count()));
    has_news = read_events();
  } else {
    std::this_thread::sleep_for(wait);
  }
  const auto idle = Clock::now() - last_scan_;
  if (has_news || is_settling_ || idle >= (is_woken() ? Clock::duration(kRescan) : Clock::duration(kPoll))) scan();
  return ready();
}

}  // namespace casus
