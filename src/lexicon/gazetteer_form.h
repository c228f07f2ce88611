#pragma once

#include <cstdint>
#include <string_view>

/// The form of the gazetteer file (docs/places.md), shared by what writes and what reads it. All numbers are little-endian.
namespace casus::gazetteer_form {

inline constexpr std::string_view kMagic = "CASUSGAZ";
inline constexpr uint32_t kVersion = 1;

// Offsets in the header.
inline constexpr size_t kVersionAt = 8;
inline constexpr size_t kPlaceCountAt = 12;
inline constexpr size_t kKeyCountAt = 16;
inline constexpr size_t kTextBytesAt = 20;
inline constexpr size_t kContentSumAt = 24;  ///< hash64 of all behind the header
inline constexpr size_t kHeaderSumAt = 32;   ///< hash64 of the header up to here
inline constexpr size_t kHeaderBytes = 40;

// Offsets in the record of a place.
inline constexpr size_t kIdAt = 0;
inline constexpr size_t kLatAt = 4;  ///< in units of kDegree
inline constexpr size_t kLonAt = 8;
inline constexpr size_t kPopulationAt = 12;
inline constexpr size_t kNameAt = 16;         ///< offset in the text
inline constexpr size_t kNameBytesAt = 20;    ///< 2 bytes
inline constexpr size_t kAdmin1BytesAt = 22;  ///< 1 byte
inline constexpr size_t kCountryAt = 23;      ///< 3 letters
inline constexpr size_t kAdmin1At = 26;
inline constexpr size_t kMaxAdmin1Bytes = 8;
inline constexpr size_t kPlaceBytes = 34;

// Offsets in the record of a key. Keys are sorted by their text, then by their place, and places by falling population.
inline constexpr size_t kKeyTextAt = 0;
inline constexpr size_t kKeyPlaceAt = 4;
inline constexpr size_t kKeyTextBytesAt = 8;  ///< 2 bytes
inline constexpr size_t kKeyFlagsAt = 10;     ///< 2 bytes
inline constexpr size_t kKeyBytes = 12;
inline constexpr uint16_t kAlternate = 1;

inline constexpr double kDegree = 1e5;

template <class T>
[[nodiscard]] T read_number(std::string_view bytes, size_t at) {
  T value = 0;
  for (size_t i = 0; i < sizeof(T); ++i) value |= static_cast<T>(static_cast<T>(static_cast<unsigned char>(bytes[at + i])) << (8 * i));
  return value;
}

}  // namespace casus::gazetteer_form
