#include "article/warc_record.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "article/decompress.h"
#include "base/calendar.h"
#include "base/text.h"

namespace casus {
namespace {

struct Field {
  std::string name{};  ///< in small letters
  std::string_view value{};
};

Field split_field(std::string_view line) {
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  return {.name = ascii_lowered(trim(line.substr(0, colon))), .value = trim(line.substr(colon + 1))};
}

std::optional<uint64_t> read_number(std::string_view text, int base = 10) {
  uint64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Takes a line off the front of `text`, without its end.
std::string_view take_line(std::string_view& text) {
  const size_t newline = text.find('\n');
  std::string_view line = text.substr(0, newline);
  text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

struct HttpHead {
  std::string status{};
  std::string encoding{};
  bool chunked = false;
};

/// Reads the head off the front of `block`; nullopt if there is none.
std::optional<HttpHead> take_head(std::string_view& block, WebContent& content) {
  const std::vector<std::string_view> words = split_words(take_line(block));
  if (words.size() < 2 || !words[0].starts_with("HTTP/") || !read_number(words[1])) return std::nullopt;
  HttpHead head{.status = std::string(words[1])};
  while (!block.empty()) {
    const std::string_view line = take_line(block);
    if (line.empty()) break;
    const Field field = split_field(line);
    if (field.name == "content-type") read_content_type(field.value, content);
    if (field.name == "content-encoding") head.encoding = ascii_lowered(field.value);
    if (field.name == "transfer-encoding") head.chunked = ascii_lowered(field.value).find("chunked") != std::string::npos;
  }
  return head;
}

/// Joins chunks. What is cut off ends the content; sizes that are none mean that the archive's writer has joined them already.
std::string join_chunks(std::string_view body) {
  std::string joined;
  std::string_view left = body;
  while (!left.empty()) {
    const std::string_view line = take_line(left);
    const std::optional<uint64_t> size = read_number(trim(line.substr(0, line.find(';'))), 16);
    if (!size) return joined.empty() ? std::string(body) : joined;
    if (*size == 0) break;
    joined += left.substr(0, *size);
    left.remove_prefix(std::min<uint64_t>(*size, left.size()));
    take_line(left);
  }
  return joined;
}

std::optional<Compression> compression_of(std::string_view encoding) {
  if (encoding == "gzip" || encoding == "x-gzip") return Compression::kGzip;
  if (encoding == "deflate") return Compression::kDeflate;
  if (encoding == "br") return Compression::kBrotli;
  if (encoding == "zstd") return Compression::kZstd;
  return std::nullopt;
}

/// Whether bytes really have a compression that a head claims; crawlers often undo it and keep the head. Brotli has no mark of its own.
bool seems_compressed(std::string_view bytes, Compression compression) {
  if (compression == Compression::kGzip) return bytes.starts_with("\x1F\x8B");
  if (compression == Compression::kZstd) return bytes.starts_with("\x28\xB5\x2F\xFD");
  return !trim(bytes).starts_with('<');
}

}  // namespace

void read_warc_field(std::string_view line, WarcHeader& header) {
  const Field field = split_field(line);
  std::string_view value = field.value;
  if (field.name == "warc-type") header.type = ascii_lowered(value);
  if (field.name == "content-type") header.content_type = value;
  if (field.name == "content-length") header.length = read_number(value);
  if (field.name == "warc-date") header.fetched = parse_instant(value);
  if (field.name == "warc-truncated") header.truncated = true;
  if (field.name != "warc-target-uri") return;
  if (value.starts_with('<') && value.ends_with('>')) value = value.substr(1, value.size() - 2);
  header.target = value;
}

void read_content_type(std::string_view value, WebContent& content) {
  content.type = ascii_lowered(trim(value.substr(0, value.find(';'))));
  const std::string lowered = ascii_lowered(value);
  constexpr std::string_view kCharset = "charset=";
  const size_t at = lowered.find(kCharset);
  if (at == std::string::npos) return;
  const std::string_view rest = value.substr(at + kCharset.size());
  content.charset = trim(rest.substr(0, rest.find(';')));
  std::erase_if(content.charset, [](char c) { return c == '"' || c == '\''; });
}

Result<HttpResponse> read_http_response(std::string_view block, uint64_t max_bytes, Expansion& expansion) {
  HttpResponse response;
  const std::optional<HttpHead> head = take_head(block, response.content);
  if (!head) return Error{.code = ErrorCode::kBadRecord, .message = "is a response without the head of one"};
  if (head->status != "200") {
    constexpr size_t kStatusDigits = 3;
    response.reason = "status " + (head->status.size() == kStatusDigits ? head->status : "other");
    return response;
  }
  std::string body = head->chunked ? join_chunks(block) : std::string(block);
  if (const std::optional<Compression> compression = compression_of(head->encoding); compression && seems_compressed(body, *compression)) {
    Result<std::string> expanded = decompress(body, *compression, max_bytes, expansion);
    if (!expanded) return std::move(expanded).error();
    body = *std::move(expanded);
  }
  response.content.bytes = std::move(body);
  return response;
}

}  // namespace casus
