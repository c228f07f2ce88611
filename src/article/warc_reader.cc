#include "article/warc_reader.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "article/file_form.h"
#include "article/html/html_decode.h"
#include "article/html/html_reader.h"
#include "article/text_reader.h"
#include "base/text.h"

namespace casus {
namespace {

constexpr std::string_view kRecordStart = "WARC/";
constexpr uint64_t kMaxHeadLineBytes = 65'536;
constexpr size_t kMaxHeadLines = 256;
constexpr uint64_t kMaxPutBacks = 100;
constexpr size_t kMaxShownTarget = 200;

/// Where a record seems to begin in `bytes`: "WARC/1.1" and the like at the beginning of a line; npos if nowhere.
size_t find_record_start(std::string_view bytes, size_t from) {
  for (size_t at = bytes.find(kRecordStart, from); at != std::string_view::npos; at = bytes.find(kRecordStart, at + 1)) {
    const std::string_view version = bytes.substr(at + kRecordStart.size());
    const bool has_version = version.size() >= 2 && is_ascii_digit(version[0]) && version[1] == '.';
    if (has_version && (at == 0 || bytes[at - 1] == '\n')) return at;
  }
  return std::string_view::npos;
}

/// A target for messages and origins: without control characters, not endless.
std::string shown_target(std::string_view target) {
  std::string shown(target.substr(0, kMaxShownTarget));
  if (shown.size() < target.size()) shown += "…";
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  }
  return shown;
}

bool is_page_type(std::string_view type) { return type == "text/html" || type == "application/xhtml+xml"; }

/// What content is, by its bytes where they tell and by its declared type where they do not.
FileForm form_of_content(const WebContent& content) {
  const FileForm form = file_form("", content.bytes);
  if (form_role(form) == FormRole::kNoArticle || form_role(form) == FormRole::kContainer || form == FileForm::kHtml) return form;
  if (is_page_type(content.type)) return FileForm::kHtml;
  if (content.type == "text/plain") return FileForm::kText;
  if (content.type == "text/css") return FileForm::kStyle;
  if (content.type.ends_with("javascript")) return FileForm::kScript;
  if (content.type.empty()) return form;
  return form == FileForm::kText ? FileForm::kBinary : form;
}

/// Files that tell crawlers what they may fetch.
bool is_for_robots(std::string_view target) { return target.ends_with("/robots.txt"); }

}  // namespace

WarcReader::WarcReader(LineReader file, ArticleFields known, const ArticleOptions& options, std::shared_ptr<Expansion> expansion,
                       bool outermost)
    : file_(std::move(file)), known_(std::move(known)), options_(options), expansion_(std::move(expansion)), outermost_(outermost) {}

void WarcReader::take(size_t bytes) {
  file_.skip(bytes);
  if (outermost_) expansion_->take(bytes);
}

Error WarcReader::bad_record(std::string message, ErrorCode code) const {
  return Error{.code = code, .message = "record " + std::to_string(record_) + ": " + std::move(message), .file = file_.name()};
}

/// What went wrong with the input, which goes on behind it where it can.
std::optional<Error> WarcReader::take_failure() {
  std::optional<Error> failure = file_.take_failure();
  if (failure) file_.resume();
  return failure;
}

/// Gives back what a wrong length has taken of the next records. Each time costs a block, so that it is not done without end.
void WarcReader::put_back(std::string_view block, size_t from) {
  lost_ = true;
  const size_t swallowed = find_record_start(block, from);
  if (swallowed == std::string_view::npos || ++put_backs_ > kMaxPutBacks) return;
  file_.put_back(block.substr(swallowed));
}

/// Goes to the next record wherever it begins. Errors: what went wrong with the input on the way.
std::optional<Error> WarcReader::skip_to_record() {
  constexpr size_t kStartBytes = 8;
  while (true) {
    const std::string_view next = file_.peek_at_least(kStartBytes);
    if (next.empty() || next.size() < kStartBytes) {
      take(next.size());
      return take_failure();
    }
    const size_t found = find_record_start(next, 0);
    if (found != std::string_view::npos) {
      take(found);
      return std::nullopt;
    }
    // A start may lie across the end of what there is, with the line end before it.
    take(next.size() - kStartBytes + 1);
  }
}

/// Goes to the next record; false at the end of the file. Errors: the input's, and what stands where a record should begin.
Result<bool> WarcReader::find_record() {
  while (true) {
    const std::string_view next = file_.peek_at_least(kRecordStart.size());
    if (next.empty()) {
      std::optional<Error> failure = take_failure();
      if (!failure) return false;
      lost_ = true;
      return *std::move(failure);
    }
    if (next.starts_with(kRecordStart)) return true;
    const size_t blank = std::min(next.find_first_not_of("\r\n \t"), next.size());
    take(blank);
    if (blank > 0) continue;
    const bool was_lost = std::exchange(lost_, true);
    std::optional<Error> failure = skip_to_record();
    if (failure) return *std::move(failure);
    if (!was_lost) return bad_record("is followed by something that is no record; passed over");
  }
}

Result<WarcHeader> WarcReader::read_header() {
  WarcHeader header;
  for (size_t lines = 0; lines <= kMaxHeadLines; ++lines) {
    const std::optional<Result<std::string_view>> line = file_.next_line(kMaxHeadLineBytes);
    if (!line) return bad_record("is cut off in its head");
    if (!line->ok() && line->error().code == ErrorCode::kTooLarge) continue;
    if (!line->ok()) file_.resume();
    if (!line->ok()) return line->error();
    if ((**line).empty()) return header;
    read_warc_field(**line, header);
  }
  return bad_record("has a head of more than " + std::to_string(kMaxHeadLines) + " lines", ErrorCode::kTooLarge);
}

/// Takes the block of a record. One over the limit is passed over, as far as it reaches or the next record seems to begin.
Result<std::string> WarcReader::read_block(uint64_t length) {
  const bool too_large = length > options_.max_record_bytes;
  std::string block;
  for (uint64_t left = length; left > 0;) {
    std::string_view piece = file_.peek();
    piece = piece.substr(0, left);
    if (piece.empty()) {
      std::optional<Error> failure = take_failure();
      put_back(block, 0);
      return failure ? *std::move(failure) : bad_record("is cut off");
    }
    const size_t next_record = too_large ? find_record_start(piece, 1) : std::string_view::npos;
    piece = piece.substr(0, next_record);
    if (!too_large) block += piece;
    left -= piece.size();
    take(piece.size());
    if (next_record != std::string_view::npos) break;
  }
  if (!too_large) return block;
  return bad_record("is over the limit of " + std::to_string(options_.max_record_bytes) + " bytes", ErrorCode::kTooLarge);
}

/// Looks whether a block ends where its record does: a blank line and the next record, or the end, must follow. If not, the length was
/// wrong: what a larger one has taken of the next records is put back.
Result<void> WarcReader::check_end(std::string_view block, uint64_t length) {
  constexpr size_t kEndBytes = 9;  // two line ends and "WARC/"
  const std::string_view after = file_.peek_at_least(kEndBytes);
  const size_t content = after.find_first_not_of("\r\n");
  const bool at_end = content == std::string_view::npos,
             next_follows = !at_end && content > 0 && after.substr(content).starts_with(kRecordStart);
  const bool sound = at_end || next_follows || after.starts_with("\r\n\r\n");
  if (sound) return {};
  put_back(block, 1);
  return bad_record("does not end behind the " + std::to_string(length) + " bytes that it gives as its length");
}

/// Makes items of the next record, if it has any.
std::optional<Error> WarcReader::read_record() {
  Result<bool> found = find_record();
  if (!found) return std::move(found).error();
  ended_ = !*found;
  if (ended_) return std::nullopt;
  ++record_;
  lost_ = false;
  Result<WarcHeader> header = read_header();
  if (!header) lost_ = true;
  if (!header) return std::move(header).error();
  const std::optional<uint64_t> length = header->length;
  if (!length) {
    lost_ = true;
    return bad_record("has no Content-Length");
  }
  Result<std::string> block = read_block(*length);
  if (!block) return std::move(block).error();
  if (Result<void> end = check_end(*block, *length); !end) return std::move(end).error();
  if (header->type == "response" && ascii_lowered(header->content_type).starts_with("application/http")) {
    return read_response(*block, *header);
  }
  if (header->type != "conversion" && header->type != "resource") {
    pass_over(header->type == "request" || header->type == "warcinfo" || header->type == "metadata" || header->type == "revisit"
                  ? header->type
                  : "other record");
    return std::nullopt;
  }
  WebContent content{.bytes = *std::move(block)};
  read_content_type(header->content_type, content);
  read_content(content, *header);
  return std::nullopt;
}

std::optional<Error> WarcReader::read_response(std::string_view block, const WarcHeader& header) {
  Result<HttpResponse> response = read_http_response(block, options_.max_record_bytes, *expansion_);
  if (!response) {
    Error error = bad_record(response.error().message, response.error().code);
    error.remedy = response.error().remedy;
    return error;
  }
  if (response->reason.empty()) {
    read_content(response->content, header);
  } else {
    pass_over(response->reason);
  }
  return std::nullopt;
}

void WarcReader::read_content(const WebContent& content, const WarcHeader& header) {
  const FileForm form = header.type == "conversion" ? FileForm::kText : form_of_content(content);
  if (is_for_robots(header.target)) return pass_over("robots");
  if (form != FileForm::kHtml && form != FileForm::kText) return pass_over(form_name(form));
  ArticleFields fields = known_;
  fields.id += ":" + std::to_string(record_);
  fields.url = header.target;
  fields.origin = file_.name() + "!" + (header.target.empty() ? std::to_string(record_) : shown_target(header.target));
  fields.form = form_name(form);
  if (header.truncated) fields.add_flag("truncated");
  if (form == FileForm::kHtml) {
    ArticleOptions options = options_;
    if (header.fetched) options.retrieved = header.fetched;
    std::vector<Result<ArticlePtr>> items = read_html_articles(std::move(fields), content.bytes, content.charset, options);
    std::ranges::move(items, std::back_inserter(items_));
    return;
  }
  DecodedHtml decoded;
  decode_html(content.bytes, content.charset, decoded);
  items_.push_back(read_text_article(std::move(fields), decoded.text, options_, std::move(decoded.warnings)));
}

std::optional<Result<ArticlePtr>> WarcReader::next() {
  while (items_.empty()) {
    if (ended_) return std::nullopt;
    if (std::optional<Error> failure = read_record()) {
      if (failure->file.empty()) failure->file = file_.name();
      ended_ = ended_ || expansion_->exhausted();
      return Result<ArticlePtr>(*std::move(failure));
    }
  }
  Result<ArticlePtr> item = std::move(items_.front());
  items_.pop_front();
  return item;
}

}  // namespace casus
