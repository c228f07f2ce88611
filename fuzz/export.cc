// Any bytes as the export of each press database, as text and as a web page, whether it looks like one or not.
#include <cstddef>
#include <cstdint>
#include <string>

#include "article/export/export_reader.h"
#include "article/export/html_lines.h"
#include "article/plain_lines.h"
#include "article_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace casus;
  const ArticleOptions& options = fuzz_options();
  if (size == 0) return 0;
  // The first byte tells the database and the form, so that seeds keep them.
  const auto database = static_cast<ExportDatabase>(data[0] % 3);
  LineReader file = LineReader::of_bytes(std::string(reinterpret_cast<const char*>(data + 1), size - 1), "fuzz");
  std::unique_ptr<TextLines> lines;
  if (data[0] / 3 % 2 == 0) {
    lines = plain_lines(std::move(file), options.max_line_bytes, options.max_line_bytes);
  } else {
    lines = std::make_unique<HtmlLines>(std::move(file), options.export_layouts->layout(database), options.max_article_bytes);
  }
  ExportReader reader(std::move(lines), database, {}, options);
  while (const std::optional<Result<ArticlePtr>> item = reader.next()) {
    if (item->ok()) check_article(***item);
  }
  return 0;
}
