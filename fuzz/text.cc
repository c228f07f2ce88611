// Any bytes as a text file: header lines, decoding, repair, blocks, datelines, noise.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "article/text_reader.h"
#include "article_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace casus;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Result<ArticlePtr> article = read_text_article({}, bytes, fuzz_options());
  if (article) check_article(**article);
  return 0;
}
