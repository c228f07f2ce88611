#pragma once

#include <cstdint>
#include <memory>

#include "article/record_article.h"
#include "base/line_reader.h"

namespace casus {

/// Articles of a feed: RSS 0.9x, 1.0 and 2.0, Atom. content:encoded or content is the text, else description or summary (with the flag
/// "summary" if it is only a teaser). Nothing outside of the file is ever read, and no entities are expanded but those of XML and HTML.
/// Holds the feed. The id of an item that has none is "stem:number".
/// Errors: kTooLarge over ArticleOptions::max_feed_bytes; kBadRecord for an item that is broken, with its line, behind which the next
/// item is looked for, and for XML that is no feed; kEmpty for an item without text; kUnreadable and kInterrupted.
class FeedReader : public RecordReader {
 public:
  FeedReader(LineReader input, const ArticleOptions& options, ArticleFields known = {});
  ~FeedReader() override;
  [[nodiscard]] uint64_t bytes_read() const override;

 private:
  [[nodiscard]] bool read_more() override;
  [[nodiscard]] bool open();
  void put_item();
  [[nodiscard]] bool repair();

  struct Impl;
  std::unique_ptr<Impl> impl_;
  std::vector<Warning> warnings_{};  ///< of the whole feed; the first item has them
  bool ended_ = false;
};

}  // namespace casus
