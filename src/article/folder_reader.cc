#include "article/folder_reader.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "article/index_reader.h"
#include "article/open_reader.h"

namespace casus {
namespace {

uint64_t size_of_file(const std::string& path) {
  std::error_code failed;
  const uint64_t size = std::filesystem::file_size(path, failed);
  return failed ? 0 : size;
}

/// What a folder without articles has instead, for its error.
std::string listed(const PassedOver& passed_over) {
  std::string text;
  for (const auto& [reason, count] : passed_over) text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + reason;
  return text;
}

}  // namespace

FolderReader::FolderReader(std::string folder, const ArticleOptions& options)
    : folder_(std::move(folder)), options_(options), walk_(folder_, options) {}

std::optional<Error> FolderReader::open(const std::string& path) {
  Result<LineReader> file = LineReader::open(path);
  if (!file) return std::move(file).error();
  Result<std::unique_ptr<ArticleReader>> reader = open_reader(*std::move(file), {}, options_, {.named = false});
  if (!reader) finished_bytes_ += size_of_file(path);
  if (!reader) return std::move(reader).error();
  file_ = *std::move(reader);
  file_bytes_ = IndexReader::is_named_so(path) ? 0 : size_of_file(path);
  return std::nullopt;
}

void FolderReader::close() {
  finished_bytes_ += std::max(file_->bytes_read(), file_bytes_);
  add(file_->passed_over(), passed_over_);
  file_.reset();
}

std::optional<Result<ArticlePtr>> FolderReader::next() {
  while (!ended_) {
    if (file_ != nullptr) {
      std::optional<Result<ArticlePtr>> item = file_->next();
      found_any_ = found_any_ || item;
      if (item) return item;
      close();
    }
    std::optional<Result<std::string>> path = walk_.next();
    if (!path) break;
    std::optional<Error> failure = path->ok() ? open(**path) : std::move(*path).error();
    found_any_ = found_any_ || failure;
    if (failure) return Result<ArticlePtr>(*std::move(failure));
  }
  if (std::exchange(ended_, true) || found_any_) return std::nullopt;
  const std::string others = listed(passed_over_);
  return Result<ArticlePtr>(Error{.code = ErrorCode::kNotFound,
                                  .message = "has no file that is read as articles" + (others.empty() ? "" : " (but " + others + ")"),
                                  .file = folder_});
}

uint64_t FolderReader::bytes_read() const { return finished_bytes_ + (file_ == nullptr ? 0 : file_->bytes_read()); }

PassedOver FolderReader::passed_over() const {
  PassedOver all = passed_over_;
  if (const uint64_t hidden = walk_.hidden(); hidden > 0) all["hidden"] += hidden;
  if (file_ != nullptr) add(file_->passed_over(), all);
  return all;
}

uint64_t FolderReader::total_bytes(const std::string& folder, const ArticleOptions& options) {
  FolderWalk walk(folder, options);
  uint64_t total = 0;
  while (const std::optional<Result<std::string>> path = walk.next()) {
    if (path->ok()) total += IndexReader::is_named_so(**path) ? IndexReader::total_bytes(**path, options) : size_of_file(**path);
  }
  return total;
}

}  // namespace casus
