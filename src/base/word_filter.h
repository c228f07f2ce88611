#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace casus {

/// Tells of most words that they are not in a table, for less than the table itself would take. Of 2^kBits bits each word sets one, by its
/// length, its first and its last bytes. Says yes for every word that was added, and for some others.
template <unsigned kBits>
class WordFilter {
 public:
  void add(std::string_view word) {
    const size_t place = place_of(word);
    bits_[place / kWordBits] |= uint64_t{1} << place % kWordBits;
  }
  [[nodiscard]] bool may_hold(std::string_view word) const {
    const size_t place = place_of(word);
    return (bits_[place / kWordBits] >> place % kWordBits & 1U) != 0;
  }

 private:
  static constexpr size_t kWordBits = 64;

  template <class Number>
  static uint64_t read(const char* from) {
    Number out{};
    std::memcpy(&out, from, sizeof out);
    return out;
  }
  static size_t place_of(std::string_view word) {
    const char *begin = word.data(), *end = begin + word.size();
    uint64_t first = 0, last = 0;
    if (word.size() >= sizeof(uint64_t)) {
      first = read<uint64_t>(begin);
      last = read<uint64_t>(end - sizeof(uint64_t));
    } else if (word.size() >= sizeof(uint32_t)) {
      first = read<uint32_t>(begin);
      last = read<uint32_t>(end - sizeof(uint32_t));
    } else if (!word.empty()) {
      first = read<uint8_t>(begin) | read<uint8_t>(begin + word.size() / 2) << 8U;
      last = read<uint8_t>(end - 1);
    }
    constexpr uint64_t kOdd = 0x9E3779B97F4A7C15U;
    return static_cast<size_t>((first * kOdd ^ std::rotl(last * kOdd, 29) ^ word.size()) * kOdd >> (kWordBits - kBits));
  }

  std::array<uint64_t, (size_t{1} << kBits) / kWordBits> bits_{};
};

}  // namespace casus
