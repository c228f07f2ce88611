#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lexicon/lexicon.h"

namespace casus {

/// A place of the world that a name may mean. Views point into the lexicon.
struct PlaceCandidate {
  std::string_view name = {};
  std::string_view country = {};  ///< "" where it lies in several or in none
  std::string_view admin1 = {};   ///< GeoNames' code of its first-level division, or of itself if it is one
  std::string_view kind = {};     ///< country, city, region, site, water, area
  std::optional<GeoPoint> point = {};
  std::optional<uint32_t> geonames_id = {};
  uint32_t population = 0;
  bool alternate = false;  ///< the name is another one than the place's own
  bool is_world = false;   ///< stands in data/world
  bool is_capital = false;
};

/// What stands beside a name and says where it lies: "Hama, Syria", "Paris, Texas".
struct PlaceBeside {
  std::string country = {};
  std::string admin1 = {};  ///< "" for all of the country
  friend auto operator<=>(const PlaceBeside&, const PlaceBeside&) = default;
};

/// A name as an article uses it, and what it means there.
struct PlaceName {
  std::vector<PlaceCandidate> candidates = {};
  std::vector<PlaceBeside> beside = {};
  bool only_divisions = true;  ///< "Putnam County" wherever it stands: an area that has the name, not the town
  bool is_tagged = false;      ///< the entity recogniser takes it for a place somewhere

  const PlaceCandidate* choice = nullptr;  ///< none of these: null
  std::string rule = {};                   ///< why
  std::string country = {};                ///< of the choice, or what stands beside the name; "" if unknown
  bool is_sure = false;                    ///< whether something in the article makes the country sure, beside the name itself
};

/// What an article speaks of, as far as it says where things are.
struct PlaceContext {
  std::map<std::string, double, std::less<>> countries = {};             ///< weight of mentions
  std::map<std::pair<std::string, std::string>, double> divisions = {};  ///< the same by country and first-level division
  double total = 0;                                                      ///< of countries
};

/// All that the lexicon knows under a name. `day` decides between states of one name.
[[nodiscard]] std::vector<PlaceCandidate> place_candidates(const Lexicon& lexicon, std::string_view text, DayNumber day);

/// Chooses for each name, all at once since they decide about each other. The same names in the same order give the same choices.
void choose_places(std::vector<PlaceName>& names, const PlaceContext& context);

}  // namespace casus
