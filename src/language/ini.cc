#include "language/ini.h"

#include <simdjson.h>

#include <utility>

#include "base/utf8.h"

namespace casus {
namespace {

constexpr int kMaxReferences = 10;  ///< links of a chain of references; 1 occurs

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// {section, key} of "${a.b.c}" or "${a.b:c}"; two empty strings if the value is no reference as a whole.
std::pair<std::string_view, std::string_view> reference(std::string_view text) {
  if (!text.starts_with("${") || !text.ends_with("}")) return {};
  text = text.substr(2, text.size() - 3);
  const size_t colon = text.find(':');
  const size_t cut = colon != std::string_view::npos ? colon : text.rfind('.');
  if (cut == std::string_view::npos) return {};
  return {text.substr(0, cut), text.substr(cut + 1)};
}

/// The member of a JSON object as JSON text, "" if there is none.
std::string member(std::string_view object, std::string_view key) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  simdjson::dom::element value;
  if (parser.parse(simdjson::padded_string(object)).get(root) || root.at_key(key).get(value)) return {};
  return simdjson::minify(value);
}

}  // namespace

Result<IniFile> IniFile::parse(std::string_view text, std::string_view file_name) {
  IniFile file;
  uint64_t line_number = 0;
  Keys* section = nullptr;
  Value* last = nullptr;
  const auto fail = [&](const std::string& message) {
    uint64_t replaced = 0;
    return Error{
        .code = ErrorCode::kBadModel, .message = repair_utf8(message, replaced), .file = std::string(file_name), .line = line_number};
  };
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line_number;
    const std::string_view content = trim(line);
    if (content.empty() || content.front() == '#' || content.front() == ';') continue;
    if (is_blank(line.front())) {
      if (!last) return fail("a continuation of nothing");
      last->text.append("\n").append(content);
    } else if (content.front() == '[') {
      if (content.back() != ']') return fail("a section without its closing bracket");
      section = &file.sections_[std::string(content.substr(1, content.size() - 2))];
      last = nullptr;
    } else {
      const size_t equals = content.find('=');
      if (!section || equals == std::string_view::npos) return fail("expected a section or a key and its value");
      const auto [place, is_new] = section->try_emplace(std::string(trim(content.substr(0, equals))));
      if (!is_new) return fail("the key \"" + place->first + "\" is given twice");
      place->second = Value{.text = std::string(trim(content.substr(equals + 1))), .line = line_number};
      last = &place->second;
    }
  }
  return file;
}

const IniFile::Value* IniFile::find_written(std::string_view section, std::string_view key) const {
  const auto keys = sections_.find(section);
  if (keys == sections_.end()) return nullptr;
  const auto value = keys->second.find(key);
  return value == keys->second.end() ? nullptr : &value->second;
}

IniFile::Value IniFile::find(std::string_view section, std::string_view key) const {
  std::string target_section(section);
  std::string target_key(key);
  uint64_t line = 0;
  for (int links = 0; links <= kMaxReferences; ++links) {
    Value value;
    if (const Value* written = find_written(target_section, target_key)) {
      value = *written;
    } else if (const size_t dot = target_section.rfind('.'); dot != std::string::npos) {
      const Value* object = find_written(std::string_view(target_section).substr(0, dot), std::string_view(target_section).substr(dot + 1));
      if (object) value = Value{.text = member(object->text, target_key), .line = object->line};
    }
    if (line == 0) line = value.line;
    const auto [next_section, next_key] = reference(value.text);
    if (next_section.empty()) return Value{.text = std::move(value.text), .line = line};
    target_section = std::string(next_section);
    target_key = std::string(next_key);
  }
  return Value{.text = "", .line = line};
}

}  // namespace casus
