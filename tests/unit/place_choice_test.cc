// Which of the places of one name is meant, by what stands beside it, what the article names, size and distance.
#include "reading/place_choice.h"

#include <gtest/gtest.h>

namespace casus {
namespace {

PlaceCandidate town(std::string_view country, std::string_view admin1, GeoPoint point, uint32_t population) {
  return {.name = "Town", .country = country, .admin1 = admin1, .kind = "city", .point = point, .population = population};
}

PlaceName paris() {
  PlaceName name;
  name.is_tagged = true;
  name.only_divisions = false;
  name.candidates = {town("FRA", "11", {48.85, 2.35}, 2'100'000), town("USA", "TX", {33.66, -95.56}, 25'000)};
  return name;
}

std::string_view country_of(const PlaceName& name) { return name.choice ? name.choice->country : std::string_view("none"); }

TEST(place_choice, the_largest_is_meant_where_nothing_else_speaks) {
  std::vector<PlaceName> names{paris()};
  choose_places(names, {});
  EXPECT_EQ(country_of(names[0]), "FRA");
  EXPECT_EQ(names[0].rule, "largest");
  EXPECT_FALSE(names[0].is_sure);
}

TEST(place_choice, what_stands_beside_a_name_decides_alone) {
  std::vector<PlaceName> names{paris()};
  names[0].beside = {{"USA", "TX"}};
  PlaceContext context{.countries = {{"FRA", 20}}, .divisions = {}, .total = 20};
  choose_places(names, context);
  EXPECT_EQ(country_of(names[0]), "USA");
  EXPECT_EQ(names[0].rule, "beside");
  EXPECT_TRUE(names[0].is_sure);
}

TEST(place_choice, none_is_meant_where_no_candidate_lies_as_the_text_says) {
  std::vector<PlaceName> names{paris()};
  names[0].beside = {{"SYR", ""}};
  choose_places(names, {});
  EXPECT_EQ(names[0].choice, nullptr);
  EXPECT_EQ(names[0].country, "SYR");
}

TEST(place_choice, the_divisions_that_an_article_names_outweigh_size) {
  std::vector<PlaceName> names{paris()};
  const PlaceContext context{.countries = {{"USA", 4}}, .divisions = {{{"USA", "TX"}, 4}}, .total = 4};
  choose_places(names, context);
  EXPECT_EQ(country_of(names[0]), "USA");
  EXPECT_TRUE(names[0].is_sure);
}

TEST(place_choice, small_towns_without_support_are_not_meant_by_words_that_are_not_tagged) {
  std::vector<PlaceName> names(1);
  names[0].only_divisions = false;
  names[0].candidates = {town("GBR", "ENG", {51, 0}, 900)};
  choose_places(names, {});
  EXPECT_EQ(names[0].choice, nullptr);
  EXPECT_EQ(names[0].country, "");
}

TEST(place_choice, the_order_of_names_does_not_change_a_choice) {
  std::vector<PlaceName> one{paris(), paris()}, two;
  one[1].candidates = {town("USA", "TX", {33.1, -95.6}, 16'000)};
  two = {one[1], one[0]};
  choose_places(one, {});
  choose_places(two, {});
  EXPECT_EQ(country_of(one[0]), country_of(two[1]));
  EXPECT_EQ(country_of(one[1]), country_of(two[0]));
}

}  // namespace
}  // namespace casus
