#include "server/answer_writer.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

constexpr uint64_t kUsualRows = 100;
constexpr uint64_t kMostRowsOfJson = 1'000;
constexpr uint64_t kMostRowsOfFiles = 10'000;
constexpr char kSeparator = '\x1f';  // no address may have it, so no value has
constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64 for addresses (RFC 4648, section 5), without padding.
std::string base64url(std::string_view bytes) {
  std::string text;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = bits << 8U | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) text += kLetters[bits >> static_cast<unsigned>(count - 6) & 63U];
  }
  if (count > 0) text += kLetters[bits << static_cast<unsigned>(6 - count) & 63U];
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const size_t value = kLetters.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6U | static_cast<uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> static_cast<unsigned>(count) & 255U);
  }
  return bytes;
}

}  // namespace

std::string_view media_type(AnswerFormat format) {
  return std::ranges::find(kAnswerFormats, format, &AnswerFormatName::format)->media_type;
}

ListWriter::ListWriter(AnswerFormat format) : format_(format) {
  if (format_ == AnswerFormat::kJson) body_ = R"({"items":[)";
  if (format_ == AnswerFormat::kGeoJson) body_ = R"({"type":"FeatureCollection","features":[)";
}

void ListWriter::add_json(std::string_view item) {
  if (item.ends_with('\n')) item.remove_suffix(1);
  if (format_ == AnswerFormat::kJson && !is_first_) body_ += ",\n";
  is_first_ = false;
  body_ += item;
  if (format_ == AnswerFormat::kJsonLines) body_ += '\n';
}

void ListWriter::add_record(const Record& record) {
  if (format_ == AnswerFormat::kCsv) {
    if (is_first_) append_csv_header(record, body_);
    is_first_ = false;
    append_csv_row(record, body_);
    return;
  }
  std::string item;
  append_json(record, item);
  add_json(item);
}

void ListWriter::add_feature(const Record& record, const std::optional<Point>& point) {
  if (!point) return;
  body_ += is_first_ ? "\n" : ",\n";
  is_first_ = false;
  append_feature(record, point->lat, point->lon, body_);
}

ApiAnswer ListWriter::finish(std::string next, std::optional<uint64_t> total) {
  if (format_ == AnswerFormat::kGeoJson) body_ += "\n]}\n";
  if (format_ == AnswerFormat::kJson) {
    body_ += "],";
    std::string tail;
    JsonWriter json(tail);
    json.begin_object().key("next");
    next.empty() ? json.null() : json.string(next);
    json.key("total");
    total ? json.number(*total) : json.null();
    if (!damaged_.empty()) {
      json.key("damaged").begin_array();
      for (const std::string& what : damaged_) json.string(what);
      json.end_array();
    }
    json.end_object();
    body_ += std::string_view(tail).substr(1);
    body_ += '\n';
  }
  return {.body = std::move(body_), .next = std::move(next)};
}

std::string write_cursor(std::string_view of, const std::vector<std::string>& values) {
  std::string text = hash_hex(of).substr(0, 8);
  for (const std::string& value : values) (text += kSeparator) += value;
  return base64url(text);
}

Result<std::vector<std::string>> read_cursor(std::string_view of, std::string_view cursor) {
  const Error wrong{.code = ErrorCode::kBadOption, .message = "--cursor: is none of this list"};
  const std::optional<std::string> text = from_base64url(cursor);
  if (!text || !is_valid_utf8(*text)) return wrong;
  std::vector<std::string> values;
  for (const std::string_view value : split(*text, kSeparator)) values.emplace_back(value);
  if (values.front() != hash_hex(of).substr(0, 8)) return wrong;
  values.erase(values.begin());
  return values;
}

uint64_t page_size(const ApiCall& call) {
  const bool is_page = call.format == AnswerFormat::kJson;
  const auto asked = static_cast<uint64_t>(call.parameters.number("limit").value_or(0));
  if (asked == 0) return is_page || call.format == AnswerFormat::kAtom ? kUsualRows : kMostRowsOfFiles;
  return std::min(asked, is_page ? kMostRowsOfJson : kMostRowsOfFiles);
}

}  // namespace casus
