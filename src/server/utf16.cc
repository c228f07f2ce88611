#include "server/utf16.h"

#include <simdjson.h>

#include <algorithm>

#include "base/json_writer.h"

namespace casus {
namespace {

constexpr size_t kStride = 256;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// How many units a character has, told at its first byte; 0 for the bytes that follow.
uint64_t units(char c) {
  if (is_continuation(c)) return 0;
  return static_cast<unsigned char>(c) >= 0xF0U ? 2 : 1;
}

using simdjson::dom::element;

/// The same with each number as its offset in UTF-16. Spans nest three deep: a field, its list, a pair.
void append_mapped(const element& value, const Utf16Offsets& offsets, std::string& out) {  // NOLINT(misc-no-recursion)
  uint64_t number = 0;
  if (value.get(number) == simdjson::SUCCESS) {
    out += std::to_string(offsets.at(number));
    return;
  }
  if (value.is_array()) {
    out += '[';
    bool is_first = true;
    const simdjson::dom::array items = value.get_array().value_unsafe();
    for (const element item : items) {
      if (!is_first) out += ',';
      is_first = false;
      append_mapped(item, offsets, out);
    }
    out += ']';
    return;
  }
  out += "null";
}

void append_spans(const element& spans, const Utf16Offsets& offsets, std::string& out) {
  out += R"("spans16":{)";
  bool is_first = true;
  const simdjson::dom::object fields = spans.get_object().value_unsafe();
  for (const auto field : fields) {
    if (!is_first) out += ',';
    is_first = false;
    JsonWriter(out).string(field.key);
    out += ':';
    append_mapped(field.value, offsets, out);
  }
  out += '}';
}

}  // namespace

Utf16Offsets::Utf16Offsets(std::string_view text) : text_(text) {
  uint64_t count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i % kStride == 0) marks_.push_back(count);
    count += units(text[i]);
  }
  marks_.push_back(count);
}

uint64_t Utf16Offsets::at(uint64_t byte) const {
  if (byte >= text_.size()) return marks_.back();
  size_t end = static_cast<size_t>(byte);
  while (end > 0 && is_continuation(text_[end])) --end;
  const size_t begin = end / kStride * kStride;
  uint64_t count = marks_[end / kStride];
  for (size_t i = begin; i < end; ++i) count += units(text_[i]);
  return count;
}

std::string Utf16Offsets::with_offsets(std::string_view record) const {
  while (record.ends_with('\n')) record.remove_suffix(1);
  simdjson::dom::parser parser;
  const simdjson::padded_string padded(record);
  element root;
  if (parser.parse(padded).get(root) != simdjson::SUCCESS || !root.is_object()) return std::string(record);
  std::string out(record.substr(0, record.size() - 1));
  element spans;
  if (root["spans"].get(spans) == simdjson::SUCCESS && spans.is_object()) {
    out += ',';
    append_spans(spans, *this, out);
  }
  uint64_t begin = 0, end = 0;
  if (root["begin"].get(begin) == simdjson::SUCCESS && root["end"].get(end) == simdjson::SUCCESS)
    out += R"(,"begin16":)" + std::to_string(at(begin)) + R"(,"end16":)" + std::to_string(at(end));
  return out + "}";
}

}  // namespace casus
