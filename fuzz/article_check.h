#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "article/article_source.h"
#include "article/export/export_layout.h"
#include "article/noise_rules.h"
#include "article/record_fields.h"
#include "article/utf16_input.h"
#include "base/assert.h"
#include "base/text.h"
#include "base/utf8.h"

namespace casus {

/// The project's rules; without them most of the code would never run.
inline const ArticleOptions& fuzz_options() {
  static const ArticleOptions options = [] {
    Result<std::shared_ptr<const NoiseRules>> rules = NoiseRules::load(CASUS_SOURCE_DIR "/data/article");
    CASUS_ASSERT(rules.ok());
    Result<std::shared_ptr<const ExportLayouts>> layouts = ExportLayouts::load(CASUS_SOURCE_DIR "/data/article");
    CASUS_ASSERT(layouts.ok());
    Result<std::shared_ptr<const RecordColumns>> columns = RecordColumns::load(CASUS_SOURCE_DIR "/data/article/columns.tsv");
    CASUS_ASSERT(columns.ok());
    return ArticleOptions{.noise_rules = *rules,
                          .export_layouts = *layouts,
                          .columns = *columns,
                          .max_article_bytes = 100'000,
                          .max_line_bytes = 200'000,
                          .max_blocks = 500};
  }();
  return options;
}

/// What holds for every article, whatever the bytes were.
inline void check_article(const Article& article) {
  const std::string& text = article.text();
  CASUS_ASSERT(is_valid_utf8(text) && text.find('\0') == std::string::npos);
  CASUS_ASSERT(text.size() <= 3 * fuzz_options().max_article_bytes);
  uint32_t end = 0;
  for (const Block& block : article.blocks()) {
    CASUS_ASSERT(block.span.begin >= end && block.span.end <= text.size() && !block.span.empty());
    const std::string_view words = article.view(block.span);
    CASUS_ASSERT(is_valid_utf8(words) && trim(words) == words);
    CASUS_ASSERT(trim(std::string_view(text).substr(end, block.span.begin - end)).empty());
    CASUS_ASSERT((block.kind == BlockKind::kNoise) == !block.reason.empty());
    end = block.span.end;
  }
  CASUS_ASSERT(trim(std::string_view(text).substr(end)).empty());
}

/// Reads all records of any bytes: each gives an article or an error with its line, and the reader comes to an end.
template <class Reader>
void check_records(const uint8_t* data, size_t size) {
  LineReader bytes = LineReader::of_bytes(std::string(reinterpret_cast<const char*>(data), size), "fuzz");
  Reader reader(as_utf8(std::move(bytes)), fuzz_options());
  uint64_t items = 0;
  while (const std::optional<Result<ArticlePtr>> item = reader.next()) {
    // No more items than bytes, but for what is said of the whole.
    CASUS_ASSERT(++items <= size + 3);
    const uint64_t line = item->ok() ? (**item)->fields().origin_line : item->error().line;
    CASUS_ASSERT(line <= size + 1);
    if (item->ok()) check_article(***item);
  }
}

}  // namespace casus
