// Any bytes as a feed: each record gives an article or an error with its line, and the reader comes to an end.
#include <cstddef>
#include <cstdint>
#include <string>

#include "article/feed_reader.h"
#include "article/utf16_input.h"
#include "article_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace casus;
  LineReader bytes = LineReader::of_bytes(std::string(reinterpret_cast<const char*>(data), size), "fuzz");
  FeedReader reader(as_utf8(std::move(bytes)), fuzz_options());
  uint64_t items = 0;
  while (const std::optional<Result<ArticlePtr>> item = reader.next()) {
    // No more items than bytes, but for what is said of the whole.
    CASUS_ASSERT(++items <= size + 3);
    const uint64_t line = item->ok() ? (**item)->fields().origin_line : item->error().line;
    CASUS_ASSERT(line <= size + 1);
    if (item->ok()) check_article(***item);
  }
  return 0;
}
