// Any bytes as a compressed file or an archive, opened by what they are taken for, within small limits.
#include <cstddef>
#include <cstdint>
#include <string>

#include "article/open_reader.h"
#include "article_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace casus;
  ArticleOptions options = fuzz_options();
  options.max_record_bytes = 1'000'000;
  options.max_expanded_bytes = 4'000'000;
  options.max_archive_members = 200;
  options.max_nesting = 3;
  LineReader file = LineReader::of_bytes(std::string(reinterpret_cast<const char*>(data), size), "fuzz");
  if (form_role(file_form("fuzz", peek_start(file))) != FormRole::kContainer) return 0;
  const Result<std::unique_ptr<ArticleReader>> reader = open_reader(std::move(file), {}, options);
  if (!reader) return 0;
  while (const std::optional<Result<ArticlePtr>> item = (*reader)->next()) {
    if (item->ok()) check_article(***item);
  }
  return 0;
}
