#include "article/article_builder.h"

#include <filesystem>
#include <utility>

#include "article/blocks.h"
#include "article/date_check.h"
#include "article/language_gate.h"
#include "article/noise_rules.h"
#include "base/text.h"

namespace casus {
namespace {

constexpr size_t kMaxShownBytes = 60;

/// A value for a message: as it is if short, else its length.
std::string shown(std::string_view text) {
  if (text.size() > kMaxShownBytes) return "a text of " + std::to_string(text.size()) + " bytes";
  return "\"" + std::string(text) + "\"";
}

}  // namespace

Result<ArticlePtr> build_article(ArticleFields fields, std::string text, std::vector<Warning> warnings, const ArticleOptions& options) {
  if (trim(text).empty())
    return Error{.code = ErrorCode::kEmpty, .message = "the article has no text", .file = fields.origin, .line = fields.origin_line};
  std::vector<Block> blocks = find_blocks(text, options, fields, warnings);
  const PageWords* words = options.noise_rules == nullptr ? nullptr : &options.noise_rules->words();
  if (const Result<void> english = keep_english(text, options, words, fields, blocks); !english.ok()) return english.error();
  if (words != nullptr && !options.as_is) check_date(text, blocks, *words, fields);
  return std::make_shared<const Article>(std::move(fields), std::move(text), std::move(blocks), std::move(warnings));
}

void set_published(std::string_view text, std::string_view field, uint64_t line, const ArticleOptions& options, ArticleFields& fields,
                   std::vector<Warning>& warnings) {
  text = trim(text);
  if (text.empty()) return;
  const PageWords* words = options.noise_rules == nullptr ? nullptr : &options.noise_rules->words();
  if (const auto day = read_publication_day(text, words)) {
    fields.published = day;
    fields.published_from = "field";
    return;
  }
  warnings.push_back(
      {.message = "\"" + std::string(field) + "\" is " + shown(text) + ", which is no day that could be read (YYYY-MM-DD); passed over",
       .line = line});
}

std::string file_stem(std::string_view path) { return std::filesystem::path(path).stem().string(); }

}  // namespace casus
