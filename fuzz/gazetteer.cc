// Any bytes as a gazetteer: refused, or searched without reading outside of them. The header's sums are made to fit, so that the fuzzer
// gets behind them.
#include <cstdint>
#include <cstring>
#include <string>

#include "base/hash.h"
#include "lexicon/gazetteer.h"
#include "lexicon/gazetteer_form.h"

using namespace casus;

namespace {

void put(std::string& bytes, size_t at, uint64_t value, size_t size) {
  for (size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<char>(value >> (8 * i) & 0xFF);
}

}  // namespace

/// The first two bytes say how many places and keys there are, the rest is the content.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace gazetteer_form;
  std::string raw(reinterpret_cast<const char*>(data), size);
  static_cast<void>(Gazetteer::of_bytes(raw, "fuzz").ok());
  if (size < 2) return 0;
  const size_t places = data[0] % 8, keys = data[1] % 16;
  std::string bytes = std::string(kMagic) + std::string(kHeaderBytes - kMagic.size(), '\0') + raw.substr(2);
  const size_t fixed = kHeaderBytes + places * kPlaceBytes + keys * kKeyBytes;
  if (bytes.size() < fixed) bytes.resize(fixed, '\0');
  put(bytes, kVersionAt, kVersion, 4);
  put(bytes, kPlaceCountAt, places, 4);
  put(bytes, kKeyCountAt, keys, 4);
  put(bytes, kTextBytesAt, bytes.size() - fixed, 4);
  put(bytes, kContentSumAt, hash64(std::string_view(bytes).substr(kHeaderBytes)), 8);
  put(bytes, kHeaderSumAt, hash64(std::string_view(bytes).substr(0, kHeaderSumAt)), 8);
  const auto gazetteer = Gazetteer::of_bytes(std::move(bytes), "fuzz");
  if (!gazetteer) return 0;
  for (const std::string_view name : {"Paris", "Pa", "A"}) {
    static_cast<void>((*gazetteer)->find(name));
    static_cast<void>((*gazetteer)->has_prefix(name));
  }
  return 0;
}
