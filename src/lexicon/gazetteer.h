#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "base/mapped_file.h"

namespace casus {

/// A point on the earth, in degrees; north and east are positive.
struct GeoPoint {
  double lat = 0;
  double lon = 0;
};

/// Along a great circle, in kilometres.
[[nodiscard]] double distance_km(const GeoPoint& a, const GeoPoint& b);

/// A populated place. Views point into the gazetteer.
struct GazetteerPlace {
  uint32_t geonames_id = 0;
  std::string_view name = {};     ///< as the place calls itself, with its letters' marks
  std::string_view country = {};  ///< ISO 3166-1 alpha-3
  std::string_view admin1 = {};   ///< GeoNames' code of its first-level division, "" if none
  GeoPoint point = {};
  uint32_t population = 0;
};

/// A place that a name may mean.
struct GazetteerHit {
  GazetteerPlace place = {};
  bool alternate = false;  ///< the name is another one than the place's own
};

/// Towns and cities of the world by name, in one file of casus's own form (docs/places.md) that is mapped, not read.
/// Ownership: owns the file or the bytes. Threads: immutable, safe at once.
class Gazetteer {
 public:
  static constexpr uint64_t kMaxBytes = 1u << 30;
  static constexpr size_t kMaxHits = 256;  ///< of one name; further ones are smaller places

  /// No places at all.
  Gazetteer() = default;

  /// Looks at the header alone, so it takes microseconds whatever the size.
  /// Errors: those of MappedFile::open; kBadData for what is no gazetteer, has another version or is cut short.
  [[nodiscard]] static Result<std::shared_ptr<const Gazetteer>> open(const std::filesystem::path& path);
  /// The same of bytes in memory; `name` is used in errors.
  [[nodiscard]] static Result<std::shared_ptr<const Gazetteer>> of_bytes(std::string bytes, const std::string& name);

  /// Reads it all. Errors: kBadData if the sum of the content is not the one that the header tells.
  [[nodiscard]] Result<void> verify() const;

  [[nodiscard]] size_t place_count() const { return place_count_; }
  [[nodiscard]] bool empty() const { return key_count_ == 0; }
  /// What a name may mean, spelling variants aside (fold_name), the most populous first. Damaged entries are left out.
  [[nodiscard]] std::vector<GazetteerHit> find(std::string_view name) const;
  /// Whether some name begins with `phrase`.
  [[nodiscard]] bool has_prefix(std::string_view phrase) const;

 private:
  [[nodiscard]] std::optional<Error> read_header(const std::string& name);
  [[nodiscard]] std::string_view key(size_t index) const;
  [[nodiscard]] size_t first_not_before(std::string_view key) const;
  [[nodiscard]] std::string_view text(uint32_t offset, uint32_t size) const;
  [[nodiscard]] std::optional<GazetteerPlace> place(uint32_t index) const;

  MappedFile file_ = {};
  std::string owned_ = {};
  std::string_view bytes_ = {};
  std::string_view places_ = {};
  std::string_view keys_ = {};
  std::string_view text_ = {};
  size_t place_count_ = 0;
  size_t key_count_ = 0;
};

}  // namespace casus
