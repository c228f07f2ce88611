#pragma once

#include <memory>
#include <optional>
#include <string>

#include "article/article_reader.h"
#include "article/article_source.h"
#include "article/folder_walk.h"

namespace casus {

/// Articles of the files below a folder (FolderWalk tells their order), each opened by what it contains. Files of forms that are not
/// articles are passed over and counted by form.
/// Errors: those of the walk and of the files; kNotFound at the end if nothing below the folder is an article.
class FolderReader : public ArticleReader {
 public:
  FolderReader(std::string folder, const ArticleOptions& options);

  [[nodiscard]] std::optional<Result<ArticlePtr>> next() override;
  [[nodiscard]] uint64_t bytes_read() const override;
  [[nodiscard]] PassedOver passed_over() const override;

  /// Bytes of all files below a folder; of one with an index those of the index and what it names.
  [[nodiscard]] static uint64_t total_bytes(const std::string& folder, const ArticleOptions& options);

 private:
  [[nodiscard]] std::optional<Error> open(const std::string& path);
  void close();

  std::string folder_;
  ArticleOptions options_;
  FolderWalk walk_;
  std::unique_ptr<ArticleReader> file_{};  ///< the one that is being read
  PassedOver passed_over_{};               ///< in the files before it
  uint64_t file_bytes_ = 0;                ///< its size, which counts as read once it is done
  uint64_t finished_bytes_ = 0;
  bool found_any_ = false;
  bool ended_ = false;
};

}  // namespace casus
