// Any bytes as JSON Lines: each line gives an article or an error with its line, and the reader comes to an end.
#include <cstddef>
#include <cstdint>
#include <string>

#include "article/jsonl_reader.h"
#include "article_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace casus;
  JsonlReader reader(LineReader::of_bytes(std::string(reinterpret_cast<const char*>(data), size), "fuzz"), fuzz_options());
  uint64_t line = 0;
  while (const std::optional<Result<ArticlePtr>> item = reader.next()) {
    const uint64_t here = item->ok() ? (**item)->fields().origin_line : item->error().line;
    CASUS_ASSERT(here > line);
    line = here;
    if (item->ok()) check_article(***item);
  }
  return 0;
}
