#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

/// Byte offsets of a text as browsers count: in units of UTF-16. Threads: immutable.
class Utf16Offsets {
 public:
  /// `text` is valid UTF-8 and outlives this.
  explicit Utf16Offsets(std::string_view text);

  /// The same place; of one within a character its beginning, of one behind the text the end.
  [[nodiscard]] uint64_t at(uint64_t byte) const;

  /// The record, a JSON object, with "spans16" beside its "spans", and "begin16" and "end16" beside its "begin" and "end".
  [[nodiscard]] std::string with_offsets(std::string_view record) const;

 private:
  std::string_view text_;
  std::vector<uint64_t> marks_{};  ///< units before every kStride-th byte
};

}  // namespace casus
