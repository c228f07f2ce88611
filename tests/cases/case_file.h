#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

namespace casus {

/// One case of a case file: a text and the records that it should give.
struct TextCase {
  std::string name = {};
  uint64_t line = 0;                    ///< of its "===" line, 1-based
  std::string published = {};           ///< "published: YYYY-MM-DD", or ""
  bool statements = false;              ///< "statements: yes": statements are listed too
  std::string skip = {};                ///< reason of ":skip", or ""
  std::string known_failure = {};       ///< reason of ":known-failure", or ""
  std::vector<std::string> marks = {};  ///< header lines as they stand, to write them back
  std::string text = {};
  std::vector<std::string> expected = {};  ///< one record a line
};

/// A case file: comments before the first case, then the cases.
struct CaseFile {
  std::string preamble = {};
  std::vector<TextCase> cases = {};
};

/// Parses a case file (tests/cases/README.md). Errors: kBadData with the line.
[[nodiscard]] Result<CaseFile> parse_cases(std::string_view content, const std::string& file);

/// The file as text again, with whatever `expected` the cases now have.
[[nodiscard]] std::string format_cases(const CaseFile& file);

}  // namespace casus
