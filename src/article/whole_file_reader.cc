#include "article/whole_file_reader.h"

#include <iterator>
#include <utility>

namespace casus {

WholeFileReader::WholeFileReader(LineReader file, ArticleFields known, uint64_t max_bytes, Read read)
    : file_(std::move(file)), known_(std::move(known)), max_bytes_(max_bytes), read_(std::move(read)) {}

std::optional<Result<ArticlePtr>> WholeFileReader::next() {
  if (const Read read = std::exchange(read_, nullptr)) {
    Result<std::string> bytes = file_.read_rest(max_bytes_);
    if (!bytes) return Result<ArticlePtr>(std::move(bytes).error());
    std::vector<Result<ArticlePtr>> items = read(std::move(known_), *std::move(bytes));
    std::ranges::move(items, std::back_inserter(items_));
  }
  if (items_.empty()) return std::nullopt;
  Result<ArticlePtr> item = std::move(items_.front());
  items_.pop_front();
  return item;
}

}  // namespace casus
