#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "article/article_reader.h"
#include "article/article_source.h"
#include "base/line_reader.h"

namespace casus {

/// Articles of a form that is read as a whole: text, a page, a mail. Holds the file's bytes while they are read, then its articles.
/// Errors: kTooLarge over `max_bytes`; what reading the file gives; those of `read`.
class WholeFileReader : public ArticleReader {
 public:
  /// Makes articles, mostly one, of the bytes of a whole file.
  using Read = std::function<std::vector<Result<ArticlePtr>>(ArticleFields known, std::string bytes)>;
  WholeFileReader(LineReader file, ArticleFields known, uint64_t max_bytes, Read read);

  [[nodiscard]] std::optional<Result<ArticlePtr>> next() override;
  [[nodiscard]] uint64_t bytes_read() const override { return file_.bytes_read(); }

 private:
  LineReader file_;
  ArticleFields known_;
  uint64_t max_bytes_;
  Read read_;  ///< empty once the file was read
  std::deque<Result<ArticlePtr>> items_{};
};

}  // namespace casus
