#include "base/json_writer.h"

#include <charconv>
#include <cmath>

namespace casus {
namespace {

template <class T>
void append_number(T value, std::string& out) {
  char buffer[32];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
  out.append(buffer, result.ptr);
}

void append_escaped(std::string_view value, std::string& out) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (byte < 0x20 || byte == 0x7F) {
          out += "\\u00";
          out += kDigits[byte >> 4];
          out += kDigits[byte & 15];
        } else {
          out += c;
        }
    }
  }
}

}  // namespace

void JsonWriter::separate() {
  if (need_comma_) out_ += ',';
  need_comma_ = true;
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  need_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  need_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  string(name);
  out_ += ':';
  need_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  separate();
  out_ += '"';
  append_escaped(value, out_);
  out_ += '"';
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  constexpr double kMostExact = 9007199254740992;  // whole numbers up to 2^53: 500000000, not 5e+08
  if (std::trunc(value) == value && std::abs(value) <= kMostExact) return number(static_cast<int64_t>(value));
  if (!std::isfinite(value)) return null();
  separate();
  append_number(value, out_);
  return *this;
}

JsonWriter& JsonWriter::number(uint64_t value) {
  separate();
  append_number(value, out_);
  return *this;
}

JsonWriter& JsonWriter::number(int64_t value) {
  separate();
  append_number(value, out_);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  out_ += "null";
  return *this;
}

std::string json_list(std::span<const std::string> texts) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const std::string& text : texts) json.string(text);
  json.end_array();
  return out;
}

}  // namespace casus
