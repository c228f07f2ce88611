#include "article/export/open_export.h"

#include <optional>
#include <string>
#include <utility>

#include "article/article_builder.h"
#include "article/export/export_reader.h"
#include "article/export/html_lines.h"
#include "article/plain_lines.h"
#include "article/rtf.h"

namespace casus {
namespace {

/// The first article of an export, with the cover page before it, shows its layout within this much.
constexpr size_t kPeekedBytes = 65'536;

/// A page tells early that it is an export, but its styles and scripts may stand before the first article.
constexpr size_t kPeekedOfPage = 16'384;
constexpr size_t kPeekedBeforeArticle = 1'000'000;
/// Tags and styles of a page take several times the bytes of its text.
constexpr uint64_t kPageBytesOfText = 4;

std::unique_ptr<ArticleReader> read_export(std::unique_ptr<TextLines> lines, ExportDatabase database, ArticleFields known,
                                           const ArticleOptions& options) {
  return std::make_unique<ExportReader>(std::move(lines), database, std::move(known), options);
}

/// The text of the beginning of a file, as its lines give it.
std::string text_of(TextLines& lines) {
  std::string text;
  while (const std::optional<Result<std::string_view>> line = lines.next_line()) {
    if (!line->ok()) break;
    text += **line;
    text += '\n';
  }
  return text;
}

/// One article of all lines.
class LinesReader final : public ArticleReader {
 public:
  LinesReader(std::unique_ptr<TextLines> lines, ArticleFields known, const ArticleOptions& options)
      : lines_(std::move(lines)), known_(std::move(known)), options_(options) {}

  std::optional<Result<ArticlePtr>> next() override {
    if (std::exchange(ended_, true)) return std::nullopt;
    return read();
  }
  [[nodiscard]] uint64_t bytes_read() const override { return lines_->bytes_read(); }

 private:
  Result<ArticlePtr> read() {
    std::string text;
    while (const std::optional<Result<std::string_view>> line = lines_->next_line()) {
      if (!line->ok()) return line->error();
      if (text.size() + (**line).size() >= options_.max_article_bytes) {
        return Error{.code = ErrorCode::kTooLarge,
                     .message = "the text is over the limit of " + std::to_string(options_.max_article_bytes) + " bytes",
                     .file = known_.origin};
      }
      text += **line;
      text += '\n';
    }
    return build_article(std::move(known_), std::move(text), lines_->take_warnings(), options_);
  }

  std::unique_ptr<TextLines> lines_;
  ArticleFields known_;
  ArticleOptions options_;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<ArticleReader> open_text_export(LineReader& file, const ArticleFields& known, const ArticleOptions& options) {
  if (options.export_layouts == nullptr || options.as_is) return nullptr;
  const std::string_view start = file.peek_at_least(kPeekedBytes).substr(0, kPeekedBytes);
  const std::unique_ptr<TextLines> lines = plain_lines(LineReader::of_bytes(std::string(start), file.name()), kPeekedBytes, kPeekedBytes);
  const std::optional<ExportDatabase> database = recognise_export(text_of(*lines), *options.export_layouts);
  if (!database) return nullptr;
  return read_export(plain_lines(std::move(file), options.max_line_bytes, options.max_line_bytes), *database, known, options);
}

std::unique_ptr<ArticleReader> open_html_export(LineReader& file, const ArticleFields& known, const ArticleOptions& options) {
  if (options.export_layouts == nullptr || options.as_is) return nullptr;
  const std::string_view start = file.peek_at_least(kPeekedOfPage).substr(0, kPeekedOfPage);
  for (const ExportDatabase database : {ExportDatabase::kFactiva, ExportDatabase::kLexis, ExportDatabase::kProquest}) {
    const ExportLayout& layout = options.export_layouts->layout(database);
    if (!layout.is_in_page(start)) continue;
    const std::string_view more = file.peek_at_least(kPeekedBeforeArticle).substr(0, kPeekedBeforeArticle);
    HtmlLines lines(LineReader::of_bytes(std::string(more), file.name()), layout, kPeekedBeforeArticle);
    if (recognise_export(text_of(lines), *options.export_layouts) != database) continue;
    return read_export(std::make_unique<HtmlLines>(std::move(file), layout, kPageBytesOfText * options.max_article_bytes), database, known,
                       options);
  }
  return nullptr;
}

std::unique_ptr<ArticleReader> open_rtf(LineReader file, ArticleFields known, const ArticleOptions& options) {
  std::optional<ExportDatabase> database;
  if (options.export_layouts != nullptr && !options.as_is) {
    const std::string_view start = file.peek_at_least(kPeekedBytes).substr(0, kPeekedBytes);
    RtfLines lines(LineReader::of_bytes(std::string(start), file.name()), kPeekedBytes);
    database = recognise_export(text_of(lines), *options.export_layouts);
  }
  auto lines = std::make_unique<RtfLines>(std::move(file), options.max_article_bytes);
  if (database) return read_export(std::move(lines), *database, std::move(known), options);
  return std::make_unique<LinesReader>(std::move(lines), std::move(known), options);
}

}  // namespace casus
