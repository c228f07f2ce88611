#pragma once

#include <memory>
#include <optional>

#include <casus/article.h>
#include <casus/result.h>

#include "article/article_reader.h"
#include "article/article_source.h"
#include "base/line_reader.h"

namespace casus {

/// Articles of a JSON Lines stream, one record a line, holding one line at a time. Blank lines are passed over.
/// Fields of a record: text or body; id or doc; title; published or date; outlet or source; url. Others are passed over.
/// Errors: kBadRecord, kTooLarge, kEmpty for one line, with its number; what LineReader says ends the stream.
class JsonlReader : public ArticleReader {
 public:
  /// `known` holds for every record that does not say otherwise; its id begins the ids of those without, "ID:line".
  JsonlReader(LineReader lines, const ArticleOptions& options, ArticleFields known = {});
  ~JsonlReader() override;

  [[nodiscard]] std::optional<Result<ArticlePtr>> next() override;
  [[nodiscard]] uint64_t bytes_read() const override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace casus
