#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "lexicon/gazetteer.h"

namespace casus {

/// Makes the gazetteer's file from places and their names.
class GazetteerBuilder {
 public:
  /// Adds a place under its own name and others. Left out among those are spellings that no English text has: other scripts, words without
  /// a capital, codes of capitals alone.
  /// Errors: kBadRecord for a place outside the earth, without a name, or with a country that is not three letters.
  [[nodiscard]] Result<void> add(const GazetteerPlace& place, const std::vector<std::string_view>& other_names);

  /// The file's bytes: the same for the same places in any order. Call once.
  [[nodiscard]] std::string finish();

 private:
  struct Row {
    std::string name = {};
    std::string country = {};
    std::string admin1 = {};
    std::vector<std::string> other_keys = {};  ///< folded
    GeoPoint point = {};
    uint32_t geonames_id = 0;
    uint32_t population = 0;
  };

  std::vector<Row> rows_ = {};
};

}  // namespace casus
