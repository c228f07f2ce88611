#include "lexicon/gazetteer.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "base/hash.h"
#include "lexicon/gazetteer_form.h"
#include "lexicon/name_fold.h"

namespace casus {
namespace {

using namespace gazetteer_form;

constexpr double kEarthRadiusKm = 6371.0088;  ///< the mean radius of the IUGG
constexpr const char* kRemedy = "build casus again, or name a good one with CASUS_GAZETTEER";

Error bad(const std::string& name, std::string message) {
  return {.code = ErrorCode::kBadData, .message = std::move(message), .file = name, .remedy = kRemedy};
}

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

}  // namespace

double distance_km(const GeoPoint& a, const GeoPoint& b) {
  const double south = std::sin((radians(b.lat) - radians(a.lat)) / 2);
  const double east = std::sin((radians(b.lon) - radians(a.lon)) / 2);
  const double h = south * south + std::cos(radians(a.lat)) * std::cos(radians(b.lat)) * east * east;
  return 2 * kEarthRadiusKm * std::asin(std::min(1.0, std::sqrt(h)));
}

Result<std::shared_ptr<const Gazetteer>> Gazetteer::open(const std::filesystem::path& path) {
  auto file = MappedFile::open(path, kMaxBytes);
  if (!file) return std::move(file).error();
  auto gazetteer = std::make_shared<Gazetteer>();
  gazetteer->file_ = *std::move(file);
  gazetteer->bytes_ = gazetteer->file_.bytes();
  if (auto fault = gazetteer->read_header(path.string())) return *std::move(fault);
  return std::shared_ptr<const Gazetteer>(std::move(gazetteer));
}

Result<std::shared_ptr<const Gazetteer>> Gazetteer::of_bytes(std::string bytes, const std::string& name) {
  auto gazetteer = std::make_shared<Gazetteer>();
  gazetteer->owned_ = std::move(bytes);
  gazetteer->bytes_ = gazetteer->owned_;
  if (auto fault = gazetteer->read_header(name)) return *std::move(fault);
  return std::shared_ptr<const Gazetteer>(std::move(gazetteer));
}

std::optional<Error> Gazetteer::read_header(const std::string& name) {
  if (!bytes_.starts_with(kMagic)) return bad(name, "is no gazetteer of casus");
  if (bytes_.size() < kHeaderBytes) return bad(name, "is cut short within its header");
  const auto version = read_number<uint32_t>(bytes_, kVersionAt);
  if (version != kVersion) {
    return bad(name, "is a gazetteer of version " + std::to_string(version) + ", this casus reads version " + std::to_string(kVersion));
  }
  if (read_number<uint64_t>(bytes_, kHeaderSumAt) != hash64(bytes_.substr(0, kHeaderSumAt))) return bad(name, "has a damaged header");
  const uint64_t places = read_number<uint32_t>(bytes_, kPlaceCountAt), keys = read_number<uint32_t>(bytes_, kKeyCountAt),
                 text = read_number<uint32_t>(bytes_, kTextBytesAt);
  const uint64_t size = kHeaderBytes + places * kPlaceBytes + keys * kKeyBytes + text;  // 32-bit counts: no overflow
  if (bytes_.size() != size) {
    return bad(name, "has " + std::to_string(bytes_.size()) + " bytes where its header tells of " + std::to_string(size));
  }
  place_count_ = places;
  key_count_ = keys;
  places_ = bytes_.substr(kHeaderBytes, places * kPlaceBytes);
  keys_ = bytes_.substr(kHeaderBytes + places_.size(), keys * kKeyBytes);
  text_ = bytes_.substr(kHeaderBytes + places_.size() + keys_.size());
  return std::nullopt;
}

Result<void> Gazetteer::verify() const {
  if (bytes_.empty()) return {};
  if (read_number<uint64_t>(bytes_, kContentSumAt) == hash64(bytes_.substr(kHeaderBytes))) return {};
  return Error{.code = ErrorCode::kBadData, .message = "the gazetteer's content is damaged", .remedy = kRemedy};
}

std::string_view Gazetteer::text(uint32_t offset, uint32_t size) const {
  if (offset > text_.size() || size > text_.size() - offset) return {};
  return text_.substr(offset, size);
}

std::string_view Gazetteer::key(size_t index) const {
  const size_t at = index * kKeyBytes;
  return text(read_number<uint32_t>(keys_, at + kKeyTextAt), read_number<uint16_t>(keys_, at + kKeyTextBytesAt));
}

std::optional<GazetteerPlace> Gazetteer::place(uint32_t index) const {
  if (index >= place_count_) return std::nullopt;
  const std::string_view record = places_.substr(index * kPlaceBytes, kPlaceBytes);
  const auto lat = static_cast<int32_t>(read_number<uint32_t>(record, kLatAt)),
             lon = static_cast<int32_t>(read_number<uint32_t>(record, kLonAt));
  const size_t admin1_bytes = static_cast<unsigned char>(record[kAdmin1BytesAt]);
  GazetteerPlace place;
  place.geonames_id = read_number<uint32_t>(record, kIdAt);
  place.name = text(read_number<uint32_t>(record, kNameAt), read_number<uint16_t>(record, kNameBytesAt));
  place.country = record.substr(kCountryAt, 3);
  place.admin1 = record.substr(kAdmin1At, std::min(admin1_bytes, kMaxAdmin1Bytes));
  place.point = {lat / kDegree, lon / kDegree};
  place.population = read_number<uint32_t>(record, kPopulationAt);
  if (std::abs(place.point.lat) > 90 || std::abs(place.point.lon) > 180 || place.name.empty()) return std::nullopt;
  return place;
}

size_t Gazetteer::first_not_before(std::string_view text) const {
  size_t begin = 0, end = key_count_;
  while (begin < end) {
    const size_t middle = begin + (end - begin) / 2;
    if (key(middle) < text) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

std::vector<GazetteerHit> Gazetteer::find(std::string_view name) const {
  std::vector<GazetteerHit> hits;
  if (empty()) return hits;
  const std::string folded = fold_name(name);
  if (folded.empty()) return hits;
  for (size_t i = first_not_before(folded); i < key_count_ && key(i) == folded && hits.size() < kMaxHits; ++i) {
    const auto found = place(read_number<uint32_t>(keys_, i * kKeyBytes + kKeyPlaceAt));
    const auto flags = read_number<uint16_t>(keys_, i * kKeyBytes + kKeyFlagsAt);
    if (found) hits.push_back({*found, (flags & kAlternate) != 0});
  }
  return hits;
}

bool Gazetteer::has_prefix(std::string_view phrase) const {
  if (empty()) return false;
  const std::string folded = folded_prefix(phrase);
  const size_t found = first_not_before(folded);
  return found < key_count_ && key(found).starts_with(folded);
}

}  // namespace casus
