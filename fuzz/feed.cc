// Any bytes as a feed.
#include <cstddef>
#include <cstdint>

#include "article/feed_reader.h"
#include "article_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  casus::check_records<casus::FeedReader>(data, size);
  return 0;
}
