#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/article_reader.h"
#include "article/article_source.h"
#include "article/export/export_document.h"
#include "article/export/export_layout.h"
#include "article/text_lines.h"

namespace casus {

/// The database whose export decoded text is, by its beginning (64 kB tell); nullopt if it is none.
[[nodiscard]] std::optional<ExportDatabase> recognise_export(std::string_view text, const ExportLayouts& layouts);

/// The articles of an export of a press database. Streams: holds one article. What is laid out otherwise than the database does it
/// is read as plain text with a warning; cover pages, lists of contents and rights are passed over.
/// Needs `options.export_layouts`. Errors: those of build_article; kTooLarge for an article over options.max_article_bytes.
class ExportReader final : public ArticleReader {
 public:
  /// Of `known`, the id names articles that have no number of their own, with their line, and the origin is theirs.
  ExportReader(std::unique_ptr<TextLines> lines, ExportDatabase database, ArticleFields known, const ArticleOptions& options);
  [[nodiscard]] std::optional<Result<ArticlePtr>> next() override;
  [[nodiscard]] uint64_t bytes_read() const override { return lines_->bytes_read(); }

 private:
  using Item = std::optional<Result<ArticlePtr>>;

  [[nodiscard]] Item take_line(std::string_view line);
  [[nodiscard]] uint16_t kinds_of(std::string_view line) const;
  [[nodiscard]] bool begins_article(const ExportLine& line) const;
  [[nodiscard]] Item finish();
  [[nodiscard]] bool is_furniture() const;
  [[nodiscard]] Result<ArticlePtr> build(ExportedArticle exported);
  [[nodiscard]] Result<ArticlePtr> build_plain();
  [[nodiscard]] ArticleFields start_fields() const;

  std::unique_ptr<TextLines> lines_;
  ExportDatabase database_;
  ArticleFields known_;
  ArticleOptions options_;
  std::vector<ExportLine> article_{};  ///< the lines of the article that is being read
  uint64_t article_bytes_ = 0;
  bool too_large_ = false;
  bool ended_ = false;
};

}  // namespace casus
