// Any bytes as a web archive: each record gives articles, an error or a count, and the reader comes to an end.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "article/warc_reader.h"
#include "article_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace casus;
  ArticleOptions options = fuzz_options();
  options.max_record_bytes = 1'000'000;
  WarcReader reader(LineReader::of_bytes(std::string(reinterpret_cast<const char*>(data), size), "fuzz"), {.id = "fuzz"}, options,
                    std::make_shared<Expansion>(options), true);
  uint64_t items = 0;
  while (const std::optional<Result<ArticlePtr>> item = reader.next()) {
    CASUS_ASSERT(++items <= 200 + size);
    if (item->ok()) check_article(***item);
  }
  return 0;
}
