#include "case_file.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace casus {
namespace {

enum class Part { kPreamble, kHeader, kText, kExpected };

/// The rest of `line` behind `prefix`, without blanks; nullopt if it does not begin so.
std::optional<std::string> after(std::string_view line, std::string_view prefix) {
  if (!line.starts_with(prefix)) return std::nullopt;
  line.remove_prefix(prefix.size());
  while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
  return std::string(line);
}

/// Reads a header line into the case; false if it is none, so that the text begins.
bool read_header(std::string_view line, TextCase& one) {
  if (auto value = after(line, "published:"))
    one.published = *std::move(value);
  else if (auto listed = after(line, "statements:"))
    one.statements = *listed == "yes";
  else if (auto skip = after(line, ":skip"))
    one.skip = *std::move(skip);
  else if (auto failure = after(line, ":known-failure"))
    one.known_failure = *std::move(failure);
  else
    return false;
  one.marks.emplace_back(line);
  return true;
}

}  // namespace

Result<CaseFile> parse_cases(std::string_view content, const std::string& file) {
  CaseFile out;
  Part part = Part::kPreamble;
  uint64_t number = 0;
  const auto fail = [&](std::string message) {
    return Error{
        .code = ErrorCode::kBadData, .message = std::move(message), .file = file, .line = number, .remedy = "see tests/cases/README.md"};
  };
  while (!content.empty()) {
    const size_t end = std::min(content.find('\n'), content.size());
    const std::string_view line = content.substr(0, end);
    content.remove_prefix(std::min(end + 1, content.size()));
    ++number;
    if (auto name = after(line, "===")) {
      if (name->empty()) return fail("a case without a name");
      if (part == Part::kText || part == Part::kHeader) return fail("the case before has no \"---\"");
      out.cases.push_back({.name = *std::move(name), .line = number});
      part = Part::kHeader;
      continue;
    }
    if (part == Part::kPreamble) {
      out.preamble.append(line) += '\n';
      continue;
    }
    TextCase& one = out.cases.back();
    if (part == Part::kHeader && read_header(line, one)) continue;
    if (part == Part::kHeader) part = Part::kText;
    if (part == Part::kText && line == "---")
      part = Part::kExpected;
    else if (part == Part::kText)
      one.text.append(line) += '\n';
    else if (!line.empty())
      one.expected.emplace_back(line);
  }
  if (part == Part::kText || part == Part::kHeader) return fail("the last case has no \"---\"");
  return out;
}

std::string format_cases(const CaseFile& file) {
  std::string out = file.preamble;
  for (const TextCase& one : file.cases) {
    out += "=== " + one.name + "\n";
    for (const std::string& mark : one.marks) out += mark + "\n";
    out += one.text + "---\n";
    for (const std::string& line : one.expected) out += line + "\n";
    out += "\n";
  }
  return out;
}

}  // namespace casus
