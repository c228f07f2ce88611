#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <casus/article.h>
#include <casus/result.h>

namespace casus {

/// How inputs are read. Fields given here fill what the inputs leave unsaid.
struct ArticleOptions {
  std::string outlet;                                      ///< of articles that name none
  std::optional<std::chrono::year_month_day> published;    ///< of articles that give none
  bool as_is = false;                                      ///< the text is one block: no header lines, headings, datelines, noise
  uint64_t max_article_bytes = 4'000'000;                  ///< a longer text is an error of that article (kTooLarge)
  uint64_t max_line_bytes = 64'000'000;                    ///< a longer line of a JSON Lines file is skipped and reported
};

/// Articles one after another from a list of inputs: files, folders (with INDEX.tsv, else every .txt and .jsonl below, by
/// name), "-" for standard input. Streams: holds one article, not the input.
/// A failure is an item like an article is, so that one bad record never ends a batch; nullopt is the end.
/// Threads: one at a time.
class ArticleSource {
 public:
  ArticleSource(std::vector<std::string> inputs, ArticleOptions options);
  ~ArticleSource();
  [[nodiscard]] std::optional<Result<ArticlePtr>> next();

  /// Bytes read so far and bytes of all inputs, for progress; total is 0 while unknown (standard input).
  [[nodiscard]] uint64_t bytes_read() const;
  [[nodiscard]] uint64_t bytes_total() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Makes an article of decoded text, for callers that have no file: finds header lines, headings, datelines and noise.
[[nodiscard]] ArticlePtr make_article(ArticleFields fields, std::string text, const ArticleOptions& options = {});

}  // namespace casus
