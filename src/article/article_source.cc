#include "article/article_source.h"

#include <atomic>
#include <filesystem>
#include <system_error>
#include <utility>

#include "article/article_builder.h"
#include "article/file_form.h"
#include "article/folder_walk.h"
#include "article/index_reader.h"
#include "article/jsonl_reader.h"
#include "base/line_reader.h"

namespace casus {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kStandardInput = "-";

uint64_t size_of_file(const std::string& path) {
  std::error_code failed;
  const uint64_t size = fs::file_size(path, failed);
  return failed ? 0 : size;
}

uint64_t size_of_input(const std::string& path, const ArticleOptions& options) {
  return lowered_extension(path) == "tsv" ? IndexReader::total_bytes(path, options) : size_of_file(path);
}

uint64_t size_of_folder(const std::string& folder, const ArticleOptions& options) {
  FolderWalk walk(folder, options);
  uint64_t total = 0;
  while (const std::optional<Result<std::string>> path = walk.next()) {
    if (path->ok()) total += size_of_input(**path, options);
  }
  return total;
}

bool is_folder(const std::string& path) {
  std::error_code failed;
  return fs::is_directory(path, failed);
}

}  // namespace

/// What is being read, from the outside in: the list of inputs, a folder of it, an index or a JSON Lines file of that.
struct ArticleSource::Impl {
  using Item = std::optional<Result<ArticlePtr>>;

  Impl(std::vector<std::string> names, ArticleOptions article_options) : inputs(std::move(names)), options(std::move(article_options)) {}

  Item next() {
    while (true) {
      Item item = next_of_file();
      if (!item && walk) {
        item = next_of_folder(*walk);
      } else if (!item) {
        if (next_input == inputs.size()) return std::nullopt;
        item = open_input(inputs[next_input++]);
      }
      bytes_read.store(finished_bytes + (jsonl ? jsonl->bytes_read() : 0) + (index ? index->bytes_read() : 0), std::memory_order_relaxed);
      if (item) return item;
    }
  }

  /// The next article of the open index or JSON Lines file; nullopt if there is none or it has ended.
  Item next_of_file() {
    if (jsonl) {
      if (Item item = jsonl->next()) return item;
      finished_bytes += jsonl->bytes_read();
      jsonl.reset();
    }
    if (index) {
      if (Item item = index->next()) return item;
      finished_bytes += index->bytes_read();
      index.reset();
    }
    return std::nullopt;
  }

  Item next_of_folder(FolderWalk& folder) {
    std::optional<Result<std::string>> path = folder.next();
    if (path) {
      ++found_in_folder;
      return path->ok() ? open_file(**path) : Item(Result<ArticlePtr>(std::move(*path).error()));
    }
    walk.reset();
    if (found_in_folder > 0) return std::nullopt;
    return Result<ArticlePtr>(Error{.code = ErrorCode::kNotFound,
                                    .message = "has no " + std::string(kIndexName) + ", .txt or .jsonl file",
                                    .file = inputs[next_input - 1]});
  }

  Item open_input(const std::string& input) {
    if (input == kStandardInput) return open_stream(LineReader::standard_input(), "stdin");
    if (!is_folder(input)) return open_file(input);
    walk.emplace(input, options);
    found_in_folder = 0;
    return std::nullopt;
  }

  Item open_file(const std::string& path) {
    Result<LineReader> file = LineReader::open(path);
    if (!file) return Result<ArticlePtr>(std::move(file).error());
    return open_stream(*std::move(file), file_stem(path));
  }

  /// Opens what gives many articles; reads what gives one.
  Item open_stream(LineReader file, std::string stem) {
    const Result<FileForm> form = file_form(file.name(), peek_start(file));
    if (!form) return Result<ArticlePtr>(form.error());
    if (*form == FileForm::kJsonLines) {
      jsonl.emplace(std::move(file), options);
      return std::nullopt;
    }
    if (*form == FileForm::kIndex) {
      index.emplace(std::move(file), options);
      return std::nullopt;
    }
    ArticleFields fields{.id = std::move(stem), .form = "text", .origin = file.name()};
    return read_text_file(std::move(fields), std::move(file), {}, options, finished_bytes);
  }

  /// Sizes of all inputs; 0 if one of them does not say.
  [[nodiscard]] uint64_t find_total() const {
    uint64_t sum = 0;
    for (const std::string& input : inputs) {
      if (input == kStandardInput) return 0;
      sum += is_folder(input) ? size_of_folder(input, options) : size_of_input(input, options);
    }
    return sum;
  }

  std::vector<std::string> inputs;
  ArticleOptions options;
  size_t next_input = 0;
  std::optional<FolderWalk> walk{};
  uint64_t found_in_folder = 0;
  std::optional<IndexReader> index{};
  std::optional<JsonlReader> jsonl{};
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

uint64_t ArticleSource::bytes_total() const {
  if (!impl_->bytes_total) impl_->bytes_total = impl_->find_total();
  return impl_->bytes_total.value_or(0);
}

}  // namespace casus
