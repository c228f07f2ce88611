#include "server/target.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

Error wrong(std::string message) { return {.code = ErrorCode::kBadOption, .message = std::move(message)}; }

int hex_value(char c) {
  if (is_ascii_digit(c)) return c - '0';
  const char lower = ascii_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// Line ends and tabs may stand in a value, as in a text to search for; other control characters nowhere.
bool is_allowed_control(char c) { return c == '\n' || c == '\r' || c == '\t'; }

Result<void> add_part(std::string_view raw, Target& target) {
  Result<std::string> part = decode_escapes(raw, false);
  if (!part) return std::move(part).error();
  if (*part == "." || *part == "..") return wrong("a path has no part " + *part);
  if (part->find_first_of("/\\") != std::string::npos) return wrong("a part of a path has no slash in it");
  if (std::ranges::any_of(*part, is_control)) return wrong("a path has no control characters");
  if (target.path.size() == kMostPathParts) return wrong("a path has at most " + std::to_string(kMostPathParts) + " parts");
  target.path.push_back(*std::move(part));
  return {};
}

Result<void> add_parameter(std::string_view raw, Target& target) {
  if (raw.empty()) return {};
  if (target.parameters.size() == kMostParameters) return wrong("a query has at most " + std::to_string(kMostParameters) + " parameters");
  const size_t equals = raw.find('=');
  Result<std::string> name = decode_escapes(raw.substr(0, equals), true);
  if (!name) return std::move(name).error();
  Result<std::string> value = decode_escapes(equals == std::string_view::npos ? "" : raw.substr(equals + 1), true);
  if (!value) return std::move(value).error();
  for (const char c : *value) {
    if (is_control(c) && !is_allowed_control(c)) return wrong("--" + *name + ": has a control character");
  }
  target.parameters.emplace_back(*std::move(name), *std::move(value));
  return {};
}

}  // namespace

Result<std::string> decode_escapes(std::string_view text, bool plus_is_blank) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += plus_is_blank && text[i] == '+' ? ' ' : text[i];
      continue;
    }
    const int high = text.size() - i > 2 ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) return wrong("an escape is % and two hexadecimal digits");
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (!is_valid_utf8(decoded)) return wrong("an address is UTF-8");
  if (decoded.find('\0') != std::string::npos) return wrong("an address has no zero byte");
  return decoded;
}

std::string encode_escapes(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool plain = is_ascii_alpha(c) || is_ascii_digit(c) || std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kHex[byte >> 4U];
    encoded += kHex[byte & 0xFU];
  }
  return encoded;
}

Result<Target> parse_target(std::string_view text) {
  if (!text.starts_with('/')) return wrong("a request's address begins with /");
  if (text.find('#') != std::string_view::npos) return wrong("a request's address has no #");
  Target target;
  const size_t question = text.find('?');
  const std::string_view path = text.substr(1, question == std::string_view::npos ? question : question - 1);
  const std::vector<std::string_view> parts = split(path, '/');
  for (size_t i = 0; i < parts.size(); ++i) {
    const bool is_last = i + 1 == parts.size();
    if (parts[i].empty() && is_last) break;  // "/" at the end says nothing
    if (parts[i].empty()) return wrong("a path has no empty parts");
    if (Result<void> added = add_part(parts[i], target); !added.ok()) return std::move(added).error();
  }
  if (question == std::string_view::npos) return target;
  for (const std::string_view parameter : split(text.substr(question + 1), '&')) {
    if (Result<void> added = add_parameter(parameter, target); !added.ok()) return std::move(added).error();
  }
  return target;
}

}  // namespace casus
