#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <casus/result.h>

#include "article/article_source.h"

namespace casus {

inline constexpr std::string_view kIndexName = "INDEX.tsv";

/// The index of a folder; nullopt if it has none.
[[nodiscard]] std::optional<std::string> index_of(const std::filesystem::path& folder);

/// The files below a folder in the order of their names, folders among files; of a folder with an INDEX.tsv that
/// index only. Hidden files and links to folders are passed over. Holds the names of the folders that it is in.
/// Errors: kUnreadable; kTooLarge for a folder over max_folder_entries or below max_folder_depth. The rest goes on.
class FolderWalk {
 public:
  FolderWalk(std::string folder, const ArticleOptions& options);
  [[nodiscard]] std::optional<Result<std::string>> next();
  [[nodiscard]] uint64_t hidden() const { return hidden_; }  ///< files and folders so far whose names begin with a dot

 private:
  struct Entry {
    std::string name;
    bool is_folder;
  };
  struct Level {
    std::string folder;
    std::vector<Entry> entries;  ///< in falling order, so that the next one is taken off the end
  };

  [[nodiscard]] std::optional<Result<std::string>> enter(std::string folder);
  [[nodiscard]] Result<std::vector<Entry>> list(const std::string& folder);

  uint64_t max_entries_;
  uint64_t max_depth_;
  std::string start_;
  bool started_ = false;
  uint64_t hidden_ = 0;
  std::vector<Level> levels_{};
};

}  // namespace casus
