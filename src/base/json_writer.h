#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace casus {

/// Writes JSON into a string: compact, keys in the order given, non-ASCII as it is, numbers in their shortest form.
/// The caller keeps keys and nesting right; commas are the writer's business.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view value);
  JsonWriter& number(double value);  ///< NaN and infinities, which JSON lacks, become null
  JsonWriter& number(uint64_t value);
  JsonWriter& number(int64_t value);
  JsonWriter& number(uint32_t value) { return number(static_cast<uint64_t>(value)); }
  JsonWriter& number(int value) { return number(static_cast<int64_t>(value)); }
  JsonWriter& boolean(bool value);
  JsonWriter& null();

  /// key(name).string(value), the commonest pair.
  JsonWriter& field(std::string_view name, std::string_view value) { return key(name).string(value); }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();

  std::string& out_;
  bool need_comma_ = false;
};

/// A list of texts as JSON: ["a","b"].
[[nodiscard]] std::string json_list(std::span<const std::string> texts);

}  // namespace casus
