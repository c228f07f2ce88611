#include "article/article_source.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "article/article_reader.h"
#include "article/folder_reader.h"
#include "article/index_reader.h"
#include "article/open_reader.h"

namespace casus {
namespace fs = std::filesystem;

namespace {

uint64_t size_of_input(const std::string& input, const ArticleOptions& options) {
  std::error_code failed;
  if (fs::is_directory(input, failed)) return FolderReader::total_bytes(input, options);
  if (IndexReader::is_named_so(input)) return IndexReader::total_bytes(input, options);
  const uint64_t size = fs::file_size(input, failed);
  return failed ? 0 : size;
}

}  // namespace

/// The list of inputs and the reader of the one that is being read.
struct ArticleSource::Impl {
  Impl(std::vector<std::string> names, ArticleOptions article_options) : inputs(std::move(names)), options(std::move(article_options)) {}

  std::optional<Result<ArticlePtr>> next() {
    while (true) {
      std::optional<Result<ArticlePtr>> item = reader == nullptr ? std::nullopt : reader->next();
      bytes_read.store(finished_bytes + (reader == nullptr ? 0 : reader->bytes_read()), std::memory_order_relaxed);
      if (item) return item;
      close();
      if (next_input == inputs.size()) return std::nullopt;
      Result<std::unique_ptr<ArticleReader>> opened = open_input(inputs[next_input++], options);
      if (!opened) return Result<ArticlePtr>(std::move(opened).error());
      reader = *std::move(opened);
    }
  }

  void close() {
    if (reader == nullptr) return;
    finished_bytes += reader->bytes_read();
    add(reader->passed_over(), passed_over);
    reader.reset();
  }

  /// Sizes of all inputs; 0 if one of them does not say.
  [[nodiscard]] uint64_t find_total() const {
    uint64_t sum = 0;
    for (const std::string& input : inputs) {
      if (input == "-") return 0;
      sum += size_of_input(input, options);
    }
    return sum;
  }

  std::vector<std::string> inputs;
  ArticleOptions options;
  size_t next_input = 0;
  std::unique_ptr<ArticleReader> reader{};
  PassedOver passed_over{};  ///< in the inputs before the one that is being read
  uint64_t finished_bytes = 0;
  std::atomic<uint64_t> bytes_read{0};
  std::optional<uint64_t> bytes_total{};
};

ArticleSource::ArticleSource(std::vector<std::string> inputs, ArticleOptions options)
    : impl_(std::make_unique<Impl>(std::move(inputs), std::move(options))) {}
ArticleSource::~ArticleSource() = default;
ArticleSource::ArticleSource(ArticleSource&&) noexcept = default;
ArticleSource& ArticleSource::operator=(ArticleSource&&) noexcept = default;

std::optional<Result<ArticlePtr>> ArticleSource::next() { return impl_->next(); }

uint64_t ArticleSource::bytes_read() const { return impl_->bytes_read.load(std::memory_order_relaxed); }

PassedOver ArticleSource::passed_over() const {
  PassedOver all = impl_->passed_over;
  if (impl_->reader != nullptr) add(impl_->reader->passed_over(), all);
  return all;
}

uint64_t ArticleSource::bytes_total() const {
  if (!impl_->bytes_total) impl_->bytes_total = impl_->find_total();
  return impl_->bytes_total.value_or(0);
}

}  // namespace casus
