#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "article/article_reader.h"
#include "article/article_source.h"
#include "article/mail/mime.h"
#include "base/line_reader.h"

namespace casus {

/// The articles of one mail: its text, the mails and texts that are attached to it. Everything else in it is counted by passed_over.
/// Errors: kEmpty for a mail without text; those of reading texts and pages.
class MailArticles {
 public:
  explicit MailArticles(const ArticleOptions& options) : options_(options) {}

  /// Takes a mail in; next() gives its articles. Of `known`, the id names mails that have none of their own, and origin and
  /// origin_line are those of all articles.
  void open(std::string bytes, ArticleFields known);
  [[nodiscard]] std::optional<Result<ArticlePtr>> next();
  [[nodiscard]] const PassedOver& passed_over() const { return passed_over_; }

 private:
  struct Message {
    std::string bytes{};
    ArticleFields known{};
    size_t depth = 0;  ///< of mails in mails
  };

  void read(const Message& message);
  [[nodiscard]] ArticleFields fields_of(const MailHead& head, const ArticleFields& known, std::vector<Warning>& warnings) const;
  void read_body(const MimeParts& mail, ArticleFields fields, std::vector<Warning> warnings);
  void read_attachments(const MimeParts& mail, const ArticleFields& fields, size_t depth);
  void pass_over(const MimePart& part);

  ArticleOptions options_;
  std::deque<Message> messages_{};
  std::deque<Result<ArticlePtr>> items_{};
  PassedOver passed_over_{};
};

/// A reader of one mail. Errors of next(): kTooLarge over options.max_mail_bytes; those of MailArticles and of reading the file.
[[nodiscard]] std::unique_ptr<ArticleReader> open_mail(LineReader file, ArticleFields known, const ArticleOptions& options);

/// A reader of the mails of a mailbox, one after another. Holds one mail. A mail over options.max_mail_bytes is an error, and the next
/// ones are read.
[[nodiscard]] std::unique_ptr<ArticleReader> open_mailbox(LineReader file, ArticleFields known, const ArticleOptions& options);

}  // namespace casus
