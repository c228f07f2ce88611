#include "article/mail/mail_reader.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <utility>

#include "article/article_builder.h"
#include "article/charset.h"
#include "article/decode.h"
#include "article/html/html_decode.h"
#include "article/html/html_reader.h"
#include "base/text.h"

namespace casus {
namespace {

constexpr size_t kMaxMailsInMails = 8;

Error too_large(const ArticleOptions& options, const ArticleFields& known) {
  return {.code = ErrorCode::kTooLarge,
          .message = "the mail is over the limit of " + std::to_string(options.max_mail_bytes) + " bytes",
          .file = known.origin,
          .line = known.origin_line};
}

bool is_html(const MimePart& part) { return part.type == "text/html" || part.type == "application/xhtml+xml"; }
bool is_text(const MimePart& part) { return part.type == "text/plain" || is_html(part); }
bool is_mail(const MimePart& part) { return part.type == "message/rfc822" || part.type == "message/global"; }

std::string without_carriage_returns(std::string text) {
  std::erase(text, '\r');
  return text;
}

/// The text of a plain part as UTF-8.
std::string plain_text(const MimePart& part) {
  const std::string bytes = part.decoded_body();
  std::optional<CharsetText> decoded = part.charset.empty() ? std::nullopt : decode_charset(bytes, part.charset);
  std::string text = without_carriage_returns(decoded ? std::move(decoded->text) : decode_unlabelled(bytes));
  return part.flowed ? join_flowed(text, part.del_space) : text;
}

/// The HTML of a part as UTF-8.
std::string html_text(const MimePart& part) {
  const std::string bytes = part.decoded_body();
  DecodedHtml decoded;
  decode_html(bytes, part.charset, decoded);
  return std::string(decoded.text);
}

/// Whether a mailed page marks an article in it, as saved news pages do and newsletters do not.
bool marks_article(std::string_view html) {
  const std::string lowered = ascii_lowered(html);
  return std::ranges::any_of(std::initializer_list<std::string_view>{"<article", "newsarticle", "articlebody", "og:type"},
                             [&](std::string_view mark) { return lowered.find(mark) != std::string::npos; });
}

/// "https://list.example/1" of "<https://list.example/1>".
std::string address_in(std::string_view field) {
  if (field.starts_with('<')) field = field.substr(1, field.find('>') - 1);
  return field.starts_with("http://") || field.starts_with("https://") ? std::string(trim(field)) : "";
}

bool comes_from_list(const MailHead& head) {
  const std::string precedence = ascii_lowered(head.raw("precedence"));
  return head.has("list-id") || head.has("list-unsubscribe") || head.has("list-post") || precedence == "bulk" || precedence == "list";
}

std::string mail_id(const MailHead& head) {
  std::string_view id = trim(head.raw("message-id"));
  if (id.starts_with('<')) id.remove_prefix(1);
  if (id.ends_with('>')) id.remove_suffix(1);
  return std::string(id);
}

/// Which of the parts is the mail's text: the first that is text, or the best of those that say the same.
const MimePart* choose_body(const MimeParts& mail) {
  const auto shown = [](const MimePart& part) { return is_text(part) && !part.is_attachment(); };
  const auto first = std::ranges::find_if(mail.parts, shown);
  if (first == mail.parts.end() || first->alternative == 0) return first == mail.parts.end() ? nullptr : &*first;
  const MimePart* best = &*first;
  for (const MimePart& part : mail.parts) {
    const bool better = part.alternative == first->alternative && shown(part) && is_html(part) && !is_html(*best);
    if (better && !trim(html_to_text(html_text(part))).empty()) best = &part;
  }
  return best;
}

}  // namespace

void MailArticles::open(std::string bytes, ArticleFields known) {
  messages_.push_back({.bytes = std::move(bytes), .known = std::move(known), .depth = 0});
}

std::optional<Result<ArticlePtr>> MailArticles::next() {
  while (items_.empty() && !messages_.empty()) {
    Message message = std::move(messages_.front());
    messages_.pop_front();
    read(message);
  }
  if (items_.empty()) return std::nullopt;
  Result<ArticlePtr> item = std::move(items_.front());
  items_.pop_front();
  return item;
}

void MailArticles::read(const Message& message) {
  std::string_view rest = message.bytes;
  const MailHead head = MailHead::take(rest);
  std::vector<Warning> warnings;
  ArticleFields fields = fields_of(head, message.known, warnings);
  const MimeParts mail = split_mime(head, rest);
  if (mail.cut_off) warnings.push_back({.message = "the mail is cut off: one of its parts has no end", .line = fields.origin_line});
  if (mail.too_many) warnings.push_back({.message = "the mail has too many parts; not all were read", .line = fields.origin_line});
  const size_t before = items_.size();
  const bool has_mails = std::ranges::any_of(mail.parts, is_mail);
  if (choose_body(mail) != nullptr) read_body(mail, fields, std::move(warnings));
  read_attachments(mail, fields, message.depth);
  if (items_.size() > before || has_mails) return;
  items_.push_back(Error{.code = ErrorCode::kEmpty, .message = "the mail has no text", .file = fields.origin, .line = fields.origin_line});
}

ArticleFields MailArticles::fields_of(const MailHead& head, const ArticleFields& known, std::vector<Warning>& warnings) const {
  ArticleFields fields = known;
  if (const std::string id = mail_id(head); !id.empty()) fields.id = id;
  if (fields.title.empty()) fields.title = head.text("subject");
  if (fields.outlet.empty()) fields.outlet = sender_name(head.raw("from"));
  if (fields.url.empty()) fields.url = address_in(head.raw("archived-at"));
  if (comes_from_list(head)) fields.add_flag("newsletter");
  if (fields.published) return fields;
  fields.published = read_mail_day(head.raw("date"));
  if (!fields.published) set_published(head.text("date"), "Date", fields.origin_line, options_, fields, warnings);
  if (fields.published) fields.published_from = "field";
  return fields;
}

void MailArticles::read_body(const MimeParts& mail, ArticleFields fields, std::vector<Warning> warnings) {
  const MimePart* body = choose_body(mail);
  std::string text;
  if (is_html(*body)) {
    const std::string html = html_text(*body);
    if (marks_article(html)) {
      std::vector<Result<ArticlePtr>> articles = read_html_articles(fields, html, "utf-8", options_);
      std::ranges::move(articles, std::back_inserter(items_));
      return;
    }
    text = html_to_text(html);
  } else {
    text = plain_text(*body);
  }
  // Mailing lists add their footers as parts of their own.
  for (const MimePart& part : mail.parts) {
    const bool below =
        &part > body && is_text(part) && !part.is_attachment() && (part.alternative == 0 || part.alternative != body->alternative);
    if (below) text += "\n\n" + (is_html(part) ? html_to_text(html_text(part)) : plain_text(part));
  }
  if (trim(text).empty()) return;
  if (text.size() > options_.max_article_bytes) {
    Error error = too_large(options_, fields);
    error.message = "the text is over the limit of " + std::to_string(options_.max_article_bytes) + " bytes";
    items_.push_back(std::move(error));
    return;
  }
  DecodedText repaired = repair_text(std::move(text), fields.origin_line);
  std::ranges::move(repaired.warnings, std::back_inserter(warnings));
  items_.push_back(build_article(std::move(fields), std::move(repaired.text), std::move(warnings), options_));
}

void MailArticles::read_attachments(const MimeParts& mail, const ArticleFields& fields, size_t depth) {
  uint64_t number = 0;
  for (const MimePart& part : mail.parts) {
    const bool attached = is_mail(part) || part.is_attachment() || !is_text(part);
    if (!attached) continue;
    ++number;
    ArticleFields known{.id = fields.id + "/" + (part.file_name.empty() ? std::to_string(number) : part.file_name)};
    known.form = fields.form;
    known.origin = fields.origin;
    known.origin_line = fields.origin_line;
    if (is_mail(part) && depth < kMaxMailsInMails) {
      messages_.push_back({.bytes = part.decoded_body(), .known = std::move(known), .depth = depth + 1});
    } else if (is_text(part) && is_html(part)) {
      std::vector<Result<ArticlePtr>> articles = read_html_articles(std::move(known), part.decoded_body(), part.charset, options_);
      std::ranges::move(articles, std::back_inserter(items_));
    } else if (is_text(part)) {
      DecodedText repaired = repair_text(plain_text(part), fields.origin_line);
      items_.push_back(build_article(std::move(known), std::move(repaired.text), std::move(repaired.warnings), options_));
    } else {
      pass_over(part);
    }
  }
}

/// Counts by the form where its type says that, else as an attachment.
void MailArticles::pass_over(const MimePart& part) {
  const std::string_view type = part.type;
  const std::string_view reason = type.starts_with("image/")                                 ? "image"
                                  : type.starts_with("audio/") || type.starts_with("video/") ? "media"
                                  : type == "application/pdf"                                ? "pdf"
                                                                                             : "attachment";
  ++passed_over_[std::string(reason)];
}

namespace {

class MailReader final : public ArticleReader {
 public:
  MailReader(LineReader file, ArticleFields known, const ArticleOptions& options)
      : file_(std::move(file)), known_(std::move(known)), options_(options), articles_(options) {}

  std::optional<Result<ArticlePtr>> next() override {
    if (!std::exchange(opened_, true)) {
      Result<std::string> bytes = file_.read_rest(options_.max_mail_bytes);
      if (!bytes)
        return Result<ArticlePtr>(bytes.error().code == ErrorCode::kTooLarge ? too_large(options_, known_) : std::move(bytes).error());
      articles_.open(*std::move(bytes), std::move(known_));
    }
    return articles_.next();
  }
  [[nodiscard]] uint64_t bytes_read() const override { return file_.bytes_read(); }
  [[nodiscard]] PassedOver passed_over() const override { return articles_.passed_over(); }

 private:
  LineReader file_;
  ArticleFields known_;
  ArticleOptions options_;
  MailArticles articles_;
  bool opened_ = false;
};

/// "From jane@post.example Thu Feb 10 23:30:00 2022": a line of text that begins so has no time of day.
bool separates_mails(std::string_view line) {
  if (!line.starts_with("From ")) return false;
  for (size_t colon = line.find(':'); colon != std::string_view::npos && colon > 0; colon = line.find(':', colon + 1)) {
    if (is_ascii_digit(line[colon - 1]) && colon + 1 < line.size() && is_ascii_digit(line[colon + 1])) return true;
  }
  return false;
}

class MailboxReader final : public ArticleReader {
 public:
  MailboxReader(LineReader file, ArticleFields known, const ArticleOptions& options)
      : file_(std::move(file)), known_(std::move(known)), options_(options), articles_(options) {}

  std::optional<Result<ArticlePtr>> next() override {
    while (true) {
      if (std::optional<Result<ArticlePtr>> item = articles_.next()) return item;
      if (ended_) return std::nullopt;
      if (std::optional<Result<ArticlePtr>> failure = read_mail()) return failure;
    }
  }
  [[nodiscard]] uint64_t bytes_read() const override { return file_.bytes_read(); }
  [[nodiscard]] PassedOver passed_over() const override { return articles_.passed_over(); }

 private:
  /// Reads lines up to the next mail and opens what they are.
  std::optional<Result<ArticlePtr>> read_mail() {
    std::string mail;
    bool fits = true, after_blank = true;
    const uint64_t begin = file_.line() + (begun_ ? 0 : 1);
    while (true) {
      std::optional<Result<std::string_view>> line = file_.next_line(options_.max_mail_bytes);
      ended_ = !line;
      if (!line) break;
      if (!line->ok() && line->error().code != ErrorCode::kTooLarge) return Result<ArticlePtr>(std::move(*line).error());
      if (!line->ok()) {
        fits = false;
        continue;
      }
      if (after_blank && separates_mails(**line)) {
        const bool first = !std::exchange(begun_, true);
        if (!first || !trim(mail).empty()) break;
        continue;
      }
      begun_ = true;
      after_blank = (**line).empty();
      fits = fits && mail.size() + (**line).size() < options_.max_mail_bytes;
      if (fits) add_line(**line, mail);
    }
    ArticleFields known = known_;
    known.id += ":" + std::to_string(begin);
    known.origin_line = begin;
    if (!fits) return Result<ArticlePtr>(too_large(options_, known));
    if (!trim(mail).empty()) articles_.open(std::move(mail), std::move(known));
    return std::nullopt;
  }

  /// Lines of text that begin with "From " have a ">" more in mailboxes.
  static void add_line(std::string_view line, std::string& mail) {
    const size_t marks = std::min(line.find_first_not_of('>'), line.size());
    if (marks > 0 && line.substr(marks).starts_with("From ")) line.remove_prefix(1);
    mail += line;
    mail += '\n';
  }

  LineReader file_;
  ArticleFields known_;
  ArticleOptions options_;
  MailArticles articles_;
  bool begun_ = false;  ///< the first mail has
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<ArticleReader> open_mail(LineReader file, ArticleFields known, const ArticleOptions& options) {
  return std::make_unique<MailReader>(std::move(file), std::move(known), options);
}

std::unique_ptr<ArticleReader> open_mailbox(LineReader file, ArticleFields known, const ArticleOptions& options) {
  return std::make_unique<MailboxReader>(std::move(file), std::move(known), options);
}

}  // namespace casus
