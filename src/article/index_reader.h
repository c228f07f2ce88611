#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>
#include <casus/result.h>

#include "article/article_reader.h"
#include "article/article_source.h"
#include "base/line_reader.h"

namespace casus {

/// Articles that an index names: tab-separated, the first line names the columns, a row an article. Columns: file (relative to the
/// index's folder and inside it), id, published, outlet, title, url; others are passed over. Holds one row and one article.
/// Errors: of a row (kNotFound, kBadRecord, kTooLarge) with the index and the line, of a file with the file; the rest goes on. Without a
/// `file` column kBadRecord, and nothing else.
class IndexReader : public ArticleReader {
 public:
  IndexReader(LineReader lines, const ArticleOptions& options);

  [[nodiscard]] std::optional<Result<ArticlePtr>> next() override;
  [[nodiscard]] uint64_t bytes_read() const override;  ///< of the index and the files that it names

  /// Whether a file is an index by its name.
  [[nodiscard]] static bool is_named_so(std::string_view path);

  /// Bytes of the index and of the files that it names, as far as they are there.
  [[nodiscard]] static uint64_t total_bytes(const std::string& index_path, const ArticleOptions& options);

 private:
  enum Column : uint8_t { kFile, kId, kPublished, kOutlet, kTitle, kUrl, kColumns };
  using Row = std::vector<std::string>;  ///< one text a Column

  [[nodiscard]] std::optional<Result<Row>> next_row();
  [[nodiscard]] Result<void> read_header(std::string_view line);
  [[nodiscard]] Row take_columns(std::string_view line) const;
  [[nodiscard]] Result<std::filesystem::path> find_file(const std::string& file) const;
  [[nodiscard]] std::optional<Error> open_article(const Row& row);
  [[nodiscard]] Result<ArticlePtr> with_warnings(Result<ArticlePtr> article) const;
  [[nodiscard]] Error bad_row(std::string message, ErrorCode code = ErrorCode::kBadRecord) const;

  LineReader lines_;
  ArticleOptions options_;
  std::filesystem::path folder_;
  std::vector<size_t> columns_{};          ///< where each Column stands in a row; npos if nowhere
  std::unique_ptr<ArticleReader> file_{};  ///< of the row that is being read
  std::vector<Warning> row_warnings_{};    ///< about that row
  uint64_t file_bytes_ = 0;                ///< of the files before it
  bool ended_ = false;
};

}  // namespace casus
