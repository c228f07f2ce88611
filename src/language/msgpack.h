#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <casus/result.h>

namespace casus {

/// A decoded MessagePack value. Strings and binaries are views into the buffer that was decoded, which must outlive it.
struct MsgpackValue {
  struct Nil {};
  using Array = std::vector<MsgpackValue>;
  struct Member;                    ///< {first: the key, second: its value}
  using Map = std::vector<Member>;  ///< in file order; keys may be of any kind
  struct Binary {
    std::string_view bytes;
  };
  std::variant<Nil, bool, int64_t, uint64_t, double, std::string_view, Binary, Array, Map> value;

  [[nodiscard]] const Map* map() const;
  [[nodiscard]] const Array* array() const;
  [[nodiscard]] bool is_nil() const;
  /// Text of a string or of a binary (thinc writes some keys as binaries); nullopt-like: nullptr data if neither.
  [[nodiscard]] std::string_view text() const;
  /// The value as an unsigned or signed integer, if it is one and fits.
  [[nodiscard]] bool to_uint64(uint64_t& out) const;
  [[nodiscard]] bool to_int64(int64_t& out) const;
  /// The member of a map with this string or binary key, the last if there are several; or nullptr.
  [[nodiscard]] const MsgpackValue* find(std::string_view key) const;
};

// Not a std::pair, whose traits would ask for the complete value type while that is still being defined.
struct MsgpackValue::Member {
  MsgpackValue first;
  MsgpackValue second;
};

inline const MsgpackValue::Map* MsgpackValue::map() const { return std::get_if<Map>(&value); }
inline const MsgpackValue::Array* MsgpackValue::array() const { return std::get_if<Array>(&value); }
inline bool MsgpackValue::is_nil() const { return std::holds_alternative<Nil>(value); }

/// Bounds on what a file may make the decoder build.
struct MsgpackLimits {
  uint32_t max_depth = 32;
  uint64_t max_values = 20'000'000;
};

/// Decodes one whole buffer. Memory is at most about 64 times its size, whatever lengths it claims.
/// Errors: kBadModel with the byte offset (the caller names the file): cut off, too deep, too many values, trailing bytes,
/// text that is not UTF-8, extension types (none occur in spaCy packages).
[[nodiscard]] Result<MsgpackValue> decode_msgpack(std::string_view bytes, const MsgpackLimits& limits = {});

}  // namespace casus
