#pragma once

#include <memory>
#include <optional>
#include <string>

#include "article/article_reader.h"
#include "article/article_source.h"
#include "article/file_form.h"
#include "article/open_reader.h"
#include "base/line_reader.h"

struct archive_entry;

namespace casus {

struct OpenArchive;

/// Articles of the members of a zip or tar archive, each opened by what it contains, in the archive's order and without ever holding a
/// member. A member is called "ARCHIVE!PATH" in messages, ids and origins. Nothing is written anywhere, so that no path, link or device in
/// an archive can do harm: members that are no files, hidden ones and forms that are no articles are passed over and counted.
/// Errors: kUnreadable for broken archives and encrypted members, kTooLarge beyond a limit (Expansion); those of the members.
class ArchiveReader : public ArticleReader {
 public:
  ArchiveReader(LineReader file, FileForm form, ArticleFields known, const ArticleOptions& options, Nesting nesting);
  ~ArchiveReader() override;

  [[nodiscard]] std::optional<Result<ArticlePtr>> next() override;
  [[nodiscard]] uint64_t bytes_read() const override;
  [[nodiscard]] PassedOver passed_over() const override;

 private:
  [[nodiscard]] std::optional<Error> open_next();
  [[nodiscard]] std::optional<Error> open_member(archive_entry* entry);
  [[nodiscard]] Error fail(Error error);
  void close();

  ArticleFields known_;
  ArticleOptions options_;
  Nesting nesting_;  ///< of the members
  std::shared_ptr<OpenArchive> archive_;
  std::unique_ptr<ArticleReader> member_{};
  PassedOver passed_over_{};  ///< in the members before it
  bool ended_ = false;
};

}  // namespace casus
