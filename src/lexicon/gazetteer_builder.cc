#include "lexicon/gazetteer_builder.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "lexicon/gazetteer_form.h"
#include "lexicon/name_fold.h"

namespace casus {
namespace {

using namespace gazetteer_form;

constexpr size_t kMaxNameBytes = 200;
constexpr size_t kMinKeyBytes = 3;   ///< shorter names are codes or words of every kind
constexpr size_t kMaxCodeBytes = 4;  ///< capitals alone up to here are the code of an airport or a port

Error bad(const GazetteerPlace& place, const std::string& message) {
  return {.code = ErrorCode::kBadRecord, .message = "place " + std::to_string(place.geonames_id) + " " + message};
}

/// Whether an English text may have the name: it begins with a capital, or its second word does ("al-Bab"), in Latin letters.
bool is_usable(std::string_view name, std::string_view folded) {
  if (folded.size() < kMinKeyBytes || name.size() > kMaxNameBytes) return false;
  if (std::any_of(folded.begin(), folded.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80 || c == '\t'; })) return false;
  const bool capital = std::any_of(folded.begin(), folded.end(), is_ascii_upper) && !is_ascii_digit(folded[0]);
  const bool code = folded.size() <= kMaxCodeBytes && std::all_of(folded.begin(), folded.end(), is_ascii_upper);
  return capital && !code;
}

void put(uint64_t value, size_t bytes, std::string& out) {
  for (size_t i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

uint32_t in_units(double degrees) { return static_cast<uint32_t>(static_cast<int32_t>(std::lround(degrees * kDegree))); }

/// The text of names and keys, each once.
class TextPool {
 public:
  uint32_t offset(std::string_view text) {
    const auto [found, is_new] = offsets_.try_emplace(std::string(text), static_cast<uint32_t>(bytes_.size()));
    if (is_new) bytes_ += text;
    return found->second;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::map<std::string, uint32_t> offsets_ = {};
  std::string bytes_ = {};
};

struct Key {
  std::string_view text = {};
  uint32_t place = 0;
  bool alternate = false;
};

}  // namespace

Result<void> GazetteerBuilder::add(const GazetteerPlace& place, const std::vector<std::string_view>& other_names) {
  if (place.name.empty() || place.name.size() > kMaxNameBytes) return bad(place, "has no name, or a very long one");
  if (!(std::abs(place.point.lat) <= 90 && std::abs(place.point.lon) <= 180)) return bad(place, "lies nowhere on the earth");
  if (place.country.size() != 3 || !std::all_of(place.country.begin(), place.country.end(), is_ascii_upper))
    return bad(place, "has a country that is not three capital letters");
  if (place.admin1.size() > kMaxAdmin1Bytes) return bad(place, "has a very long code of its division");
  Row row{.name = std::string(place.name),
          .country = std::string(place.country),
          .admin1 = std::string(place.admin1),
          .point = place.point,
          .geonames_id = place.geonames_id,
          .population = place.population};
  const std::string own = fold_name(place.name);
  for (const std::string_view name : other_names) {
    std::string folded = fold_name(name);
    if (folded != own && is_usable(name, folded)) row.other_keys.push_back(std::move(folded));
  }
  std::sort(row.other_keys.begin(), row.other_keys.end());
  row.other_keys.erase(std::unique(row.other_keys.begin(), row.other_keys.end()), row.other_keys.end());
  rows_.push_back(std::move(row));
  return {};
}

std::string GazetteerBuilder::finish() {
  std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
    return std::tie(b.population, a.geonames_id, a.name) < std::tie(a.population, b.geonames_id, b.name);
  });
  std::vector<std::string> own_keys;
  own_keys.reserve(rows_.size());
  for (const Row& row : rows_) own_keys.push_back(fold_name(row.name));
  std::vector<Key> keys;
  for (uint32_t i = 0; i < rows_.size(); ++i) {
    if (is_usable(rows_[i].name, own_keys[i])) keys.push_back({own_keys[i], i, false});
    for (const std::string& other : rows_[i].other_keys) keys.push_back({other, i, true});
  }
  std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) { return std::tie(a.text, a.place) < std::tie(b.text, b.place); });

  TextPool text;
  std::string content;
  for (const Row& row : rows_) {
    put(row.geonames_id, 4, content);
    put(in_units(row.point.lat), 4, content);
    put(in_units(row.point.lon), 4, content);
    put(row.population, 4, content);
    put(text.offset(row.name), 4, content);
    put(row.name.size(), 2, content);
    put(row.admin1.size(), 1, content);
    content += row.country;
    content += row.admin1;
    content.append(kMaxAdmin1Bytes - row.admin1.size(), '\0');
  }
  for (const Key& key : keys) {
    put(text.offset(key.text), 4, content);
    put(key.place, 4, content);
    put(key.text.size(), 2, content);
    put(key.alternate ? kAlternate : 0, 2, content);
  }
  content += text.bytes();

  std::string file(kMagic);
  put(kVersion, 4, file);
  put(rows_.size(), 4, file);
  put(keys.size(), 4, file);
  put(text.bytes().size(), 4, file);
  put(hash64(content), 8, file);
  put(hash64(file), 8, file);
  return file + content;
}

}  // namespace casus
