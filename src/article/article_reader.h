#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include <casus/article.h>
#include <casus/result.h>

namespace casus {

/// How many parts of an input were looked at and are no articles, by reason: a form ("image", "style"), "hidden", "status 404", ….
using PassedOver = std::map<std::string, uint64_t, std::less<>>;

/// Adds the counts of `from` to those of `to`.
inline void add(const PassedOver& from, PassedOver& to) {
  for (const auto& [reason, count] : from) to[reason] += count;
}

/// Articles of one opened input of some form, one after another. Containers (folders, archives) are readers over readers.
/// A failure is an item like an article is, and the next call goes on behind it.
/// Threads: one at a time.
class ArticleReader {
 public:
  ArticleReader() = default;
  virtual ~ArticleReader() = default;
  ArticleReader(const ArticleReader&) = delete;
  ArticleReader& operator=(const ArticleReader&) = delete;

  /// The next article or failure; nullopt at the end.
  [[nodiscard]] virtual std::optional<Result<ArticlePtr>> next() = 0;

  /// Bytes of the input, as it lies on disk, that have been taken so far; for progress.
  [[nodiscard]] virtual uint64_t bytes_read() const = 0;

  /// What was passed over so far.
  [[nodiscard]] virtual PassedOver passed_over() const { return {}; }
};

}  // namespace casus
