#include "article/text_reader.h"

#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "article/article_builder.h"
#include "article/decode.h"
#include "article/whole_file_reader.h"
#include "base/assert.h"
#include "base/text.h"

namespace casus {
namespace {

constexpr size_t kMaxHeaderLines = 8;
/// UTF-16 takes up to twice the bytes of UTF-8; header lines and a mark come on top.
constexpr uint64_t kMaxHeaderBytes = 65'536;

struct HeaderLine {
  std::string_view name;
  std::string_view value;
};

std::optional<HeaderLine> read_header_line(std::string_view line) {
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  for (const std::string_view name : {"Title", "Published", "Outlet", "URL"}) {
    if (equals_ignoring_ascii_case(line.substr(0, colon), name)) return HeaderLine{name, trim(line.substr(colon + 1))};
  }
  return std::nullopt;
}

struct Header {
  std::vector<HeaderLine> lines{};
  size_t end = 0;  ///< where the text begins: behind the blank line
};

/// The header lines at the very top: nothing but such lines up to a blank line or the end.
Header find_header(std::string_view text) {
  Header header;
  for (size_t position = 0; header.lines.size() < kMaxHeaderLines;) {
    const size_t newline = text.find('\n', position);
    const std::string_view line = text.substr(position, newline == std::string_view::npos ? newline : newline - position);
    position = newline == std::string_view::npos ? text.size() : newline + 1;
    const std::optional<HeaderLine> header_line = read_header_line(line);
    if (header_line) header.lines.push_back(*header_line);
    const bool blank = trim(line).empty();
    if (!header_line && !blank) return {};
    if (!blank && position < text.size()) continue;
    if (header.lines.empty()) return {};
    header.end = position;
    return header;
  }
  return {};
}

void fill(std::string& field, std::string_view value) {
  if (field.empty()) field = value;
}

void apply(const Header& header, const ArticleOptions& options, ArticleFields& fields, std::vector<Warning>& warnings) {
  uint64_t line = 0;
  for (const auto& [name, value] : header.lines) {
    ++line;
    if (name == "Title") fill(fields.title, value);
    if (name == "Outlet") fill(fields.outlet, value);
    if (name == "URL") fill(fields.url, value);
    if (name == "Published" && !fields.published) set_published(value, name, line, options, fields, warnings);
  }
}

/// The text behind the header lines, which go into `fields`.
std::string take_header(std::string text, const ArticleOptions& options, ArticleFields& fields, std::vector<Warning>& warnings) {
  if (options.as_is) return text;
  const Header header = find_header(text);
  if (header.lines.empty()) return text;
  apply(header, options, fields, warnings);
  return text.substr(header.end);
}

}  // namespace

Result<ArticlePtr> read_text_article(ArticleFields fields, std::string_view bytes, const ArticleOptions& options,
                                     std::vector<Warning> warnings) {
  Result<DecodedText> decoded = decode_text(bytes, fields.origin, options.max_article_bytes);
  if (!decoded) return decoded.error();
  warnings.insert(warnings.end(), decoded->warnings.begin(), decoded->warnings.end());
  std::string text = take_header(std::move(decoded->text), options, fields, warnings);
  return build_article(std::move(fields), std::move(text), std::move(warnings), options);
}

std::unique_ptr<ArticleReader> open_text_reader(LineReader file, ArticleFields known, const ArticleOptions& options) {
  return std::make_unique<WholeFileReader>(std::move(file), std::move(known), 2 * options.max_article_bytes + kMaxHeaderBytes,
                                           [options](ArticleFields fields, const std::string& bytes) {
                                             return std::vector<Result<ArticlePtr>>{read_text_article(std::move(fields), bytes, options)};
                                           });
}

ArticlePtr make_article(ArticleFields fields, std::string text, const ArticleOptions& options) {
  DecodedText repaired = repair_text(std::move(text), 1);
  CASUS_ASSERT(repaired.text.size() <= std::numeric_limits<uint32_t>::max());
  std::string body = take_header(std::move(repaired.text), options, fields, repaired.warnings);
  ArticleOptions any_language = options;
  any_language.any_language = true;  // what a caller gives is what it wants read
  Result<ArticlePtr> article = build_article(fields, std::move(body), std::move(repaired.warnings), any_language);
  if (article) return *std::move(article);
  return std::make_shared<const Article>(std::move(fields), std::string(), std::vector<Block>());
}

}  // namespace casus
