#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <casus/result.h>

namespace casus {

/// A spaCy config file: sections of keys whose values are JSON texts, or references to other keys.
class IniFile {
 public:
  struct Value {
    std::string text;   ///< the JSON text, references of the form ${a.b.c} or ${a.b:c} followed
    uint64_t line = 0;  ///< where the key stands; 0 if it is nowhere
  };

  /// Errors: kBadModel with the line: something that is no section, key, comment or continuation; keys given twice.
  [[nodiscard]] static Result<IniFile> parse(std::string_view text, std::string_view file_name);

  /// The value of a key, "" if there is none. A section may also stand as a JSON object in the section above it.
  /// A chain of more than ten references, or one to a missing key, is no value either.
  [[nodiscard]] Value find(std::string_view section, std::string_view key) const;

 private:
  using Keys = std::map<std::string, Value, std::less<>>;
  [[nodiscard]] const Value* find_written(std::string_view section, std::string_view key) const;

  std::map<std::string, Keys, std::less<>> sections_;
};

}  // namespace casus
