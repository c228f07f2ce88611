#include "article/folder_walk.h"

#include <algorithm>
#include <utility>

namespace casus {
namespace fs = std::filesystem;

std::optional<std::string> index_of(const fs::path& folder) {
  const fs::path index = folder / kIndexName;
  std::error_code failed;
  if (!fs::is_regular_file(index, failed)) return std::nullopt;
  return index.string();
}

FolderWalk::FolderWalk(std::string folder, const ArticleOptions& options)
    : max_entries_(options.max_folder_entries), max_depth_(options.max_folder_depth), start_(std::move(folder)) {}

Result<std::vector<FolderWalk::Entry>> FolderWalk::list(const std::string& folder) {
  std::vector<Entry> entries;
  const auto failure = [&](const std::error_code& failed) {
    return Error{.code = ErrorCode::kUnreadable, .message = "cannot be listed: " + failed.message(), .file = folder};
  };
  std::error_code failed;
  fs::directory_iterator entry(folder, failed);
  if (failed) return failure(failed);
  for (; entry != fs::directory_iterator(); entry.increment(failed)) {
    if (failed) return failure(failed);
    std::string name = entry->path().filename().string();
    hidden_ += name.starts_with('.');
    if (name.starts_with('.')) continue;
    std::error_code unknown;
    const bool is_folder = entry->is_directory(unknown) && !entry->is_symlink(unknown);
    if (!is_folder && !entry->is_regular_file(unknown)) continue;
    if (entries.size() == max_entries_) {
      return Error{.code = ErrorCode::kTooLarge,
                   .message = "has more than " + std::to_string(max_entries_) + " files; none of them is read",
                   .file = folder};
    }
    entries.push_back({.name = std::move(name), .is_folder = is_folder});
  }
  if (failed) return failure(failed);
  std::ranges::sort(entries, std::ranges::greater(), &Entry::name);
  return entries;
}

/// Goes into a folder; gives its index if it has one.
std::optional<Result<std::string>> FolderWalk::enter(std::string folder) {
  if (std::optional<std::string> index = index_of(folder)) return Result<std::string>(*std::move(index));
  if (levels_.size() >= max_depth_) {
    return Result<std::string>(Error{.code = ErrorCode::kTooLarge,
                                     .message = "lies more than " + std::to_string(max_depth_) + " folders deep; not read",
                                     .file = folder});
  }
  Result<std::vector<Entry>> entries = list(folder);
  if (!entries) return Result<std::string>(std::move(entries).error());
  levels_.push_back({.folder = std::move(folder), .entries = *std::move(entries)});
  return std::nullopt;
}

std::optional<Result<std::string>> FolderWalk::next() {
  if (!std::exchange(started_, true)) {
    if (std::optional<Result<std::string>> found = enter(start_)) return found;
  }
  while (!levels_.empty()) {
    Level& level = levels_.back();
    if (level.entries.empty()) {
      levels_.pop_back();
      continue;
    }
    const Entry entry = std::move(level.entries.back());
    level.entries.pop_back();
    std::string path = (fs::path(level.folder) / entry.name).string();
    if (!entry.is_folder) return Result<std::string>(std::move(path));
    if (std::optional<Result<std::string>> found = enter(std::move(path))) return found;
  }
  return std::nullopt;
}

}  // namespace casus
