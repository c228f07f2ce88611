// The gazetteer's file: what is found in it, and that damaged, cut and foreign files are refused or harmless.
#include "lexicon/gazetteer.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "lexicon/gazetteer_builder.h"

namespace casus {
namespace {

GazetteerPlace place(uint32_t id, std::string_view name, std::string_view country, uint32_t population, std::string_view admin1 = "") {
  return {.geonames_id = id, .name = name, .country = country, .admin1 = admin1, .point = {36.7 - id, -67.1}, .population = population};
}

void add(GazetteerBuilder& builder, const GazetteerPlace& one, const std::vector<std::string_view>& others = {}) {
  const auto added = builder.add(one, others);
  ASSERT_TRUE(added.ok()) << added.error().to_string();
}

std::string small_file() {
  GazetteerBuilder builder;
  add(builder, place(1, "Mazār-e Sharīf", "AFG", 500'000, "30"), {"Mazar-i-Sharif", "Мазари-Шариф", "mazarisharifu", "MZR"});
  add(builder, place(2, "Paris", "USA", 25'000, "TX"));
  add(builder, place(3, "Paris", "FRA", 2'100'000), {"Lutetia"});
  add(builder, place(4, "Sana'a", "YEM", 1'900'000));
  return builder.finish();
}

std::shared_ptr<const Gazetteer> open_bytes(std::string bytes) {
  auto gazetteer = Gazetteer::of_bytes(std::move(bytes), "test.bin");
  EXPECT_TRUE(gazetteer.ok()) << gazetteer.error().to_string();
  return gazetteer.ok() ? *gazetteer : std::make_shared<const Gazetteer>();
}

TEST(gazetteer, the_most_populous_place_of_a_name_comes_first) {
  const auto gazetteer = open_bytes(small_file());  // hits refer to it
  const auto hits = gazetteer->find("Paris");
  ASSERT_EQ(hits.size(), 2u);
  EXPECT_EQ(hits[0].place.country, "FRA");
  EXPECT_EQ(hits[1].place.country, "USA");
  EXPECT_EQ(hits[1].place.admin1, "TX");
  EXPECT_EQ(hits[1].place.geonames_id, 2u);
  EXPECT_NEAR(hits[1].place.point.lat, 34.7, 1e-5);
  EXPECT_NEAR(hits[1].place.point.lon, -67.1, 1e-5);
}

TEST(gazetteer, spellings_and_other_names_find_a_place) {
  const auto gazetteer = open_bytes(small_file());
  for (const std::string_view spelling : {"Mazar-e Sharif", "Mazar-e-Sharif", "Mazar-i-Sharif", "Mazar-i Sharif"}) {
    ASSERT_EQ(gazetteer->find(spelling).size(), 1u) << spelling;
    EXPECT_EQ(gazetteer->find(spelling)[0].place.name, "Mazār-e Sharīf");
  }
  EXPECT_FALSE(gazetteer->find("Mazar-e Sharif")[0].alternate);
  EXPECT_TRUE(gazetteer->find("Mazar-i-Sharif")[0].alternate);
  EXPECT_EQ(gazetteer->find("Sanaa").size(), 1u);
}

TEST(gazetteer, what_no_english_text_has_is_no_name) {
  const auto gazetteer = open_bytes(small_file());
  for (const std::string_view name : {"MZR", "mazarisharifu", "Мазари-Шариф", "paris", "Par", ""})
    EXPECT_TRUE(gazetteer->find(name).empty()) << name;
}

TEST(gazetteer, prefixes_lead_to_longer_names) {
  const auto gazetteer = open_bytes(small_file());
  EXPECT_TRUE(gazetteer->has_prefix("Mazar-e"));
  EXPECT_TRUE(gazetteer->has_prefix("Sana'"));
  EXPECT_FALSE(gazetteer->has_prefix("Mazar-u"));
  EXPECT_FALSE(Gazetteer().has_prefix(""));
}

TEST(gazetteer, the_order_of_places_does_not_matter) {
  GazetteerBuilder one, two;
  add(one, place(1, "Aden", "YEM", 5));
  add(one, place(2, "Bath", "GBR", 5));
  add(two, place(2, "Bath", "GBR", 5));
  add(two, place(1, "Aden", "YEM", 5));
  EXPECT_EQ(one.finish(), two.finish());
}

TEST(gazetteer, places_that_cannot_be_are_refused) {
  GazetteerBuilder builder;
  GazetteerPlace beyond = place(1, "Aden", "YEM", 5);
  beyond.point.lat = 91;
  for (const GazetteerPlace& wrong :
       {beyond, place(1, "", "YEM", 5), place(1, "Aden", "ye", 5), place(1, "Aden", "yem", 5), place(1, "Aden", "YEM", 5, "123456789")}) {
    const auto added = builder.add(wrong, {});
    ASSERT_FALSE(added.ok());
    EXPECT_EQ(added.error().code, ErrorCode::kBadRecord);
  }
}

void expect_refused(std::string bytes, std::string_view reason) {
  const auto gazetteer = Gazetteer::of_bytes(std::move(bytes), "test.bin");
  ASSERT_FALSE(gazetteer.ok()) << reason;
  EXPECT_EQ(gazetteer.error().code, ErrorCode::kBadData);
  EXPECT_EQ(gazetteer.error().file, "test.bin");
  EXPECT_NE(gazetteer.error().message.find(reason), std::string::npos) << gazetteer.error().to_string();
  EXPECT_FALSE(gazetteer.error().remedy.empty());
}

TEST(gazetteer, foreign_and_cut_files_are_refused) {
  const std::string good = small_file();
  expect_refused("", "no gazetteer");
  expect_refused("{\"a\":1}", "no gazetteer");
  expect_refused(good.substr(0, 20), "cut short");
  expect_refused(good.substr(0, good.size() - 1), "bytes where its header tells");
  expect_refused(good + "x", "bytes where its header tells");
  std::string other = good;
  other[8] = 9;
  expect_refused(other, "version 9");
  other = good;
  other[12] = 77;
  expect_refused(other, "damaged header");
}

TEST(gazetteer, damage_behind_the_header_is_found_by_the_sum_and_harmless_before) {
  const std::string good = small_file();
  EXPECT_TRUE(open_bytes(good)->verify().ok());
  for (size_t at = 40; at < good.size(); ++at) {
    std::string damaged = good;
    damaged[at] = static_cast<char>(damaged[at] ^ 0xFF);
    const auto gazetteer = open_bytes(damaged);
    EXPECT_FALSE(gazetteer->verify().ok()) << at;
    for (const GazetteerHit& hit : gazetteer->find("Paris")) EXPECT_FALSE(hit.place.name.empty()) << at;
    static_cast<void>(gazetteer->has_prefix("Maz"));
  }
}

TEST(gazetteer, a_file_is_mapped_and_a_folder_or_nothing_is_told) {
  const std::filesystem::path path = std::filesystem::path(::testing::TempDir()) / "casus_gazetteer_test.bin";
  std::ofstream(path, std::ios::binary) << small_file();
  const auto gazetteer = Gazetteer::open(path);
  ASSERT_TRUE(gazetteer.ok()) << gazetteer.error().to_string();
  EXPECT_EQ((*gazetteer)->find("Lutetia").size(), 1u);
  EXPECT_EQ((*gazetteer)->place_count(), 4u);
  std::filesystem::remove(path);
  EXPECT_EQ(Gazetteer::open(path).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Gazetteer::open(path.parent_path()).error().code, ErrorCode::kUnreadable);
}

TEST(gazetteer, distances_are_those_of_great_circles) {
  EXPECT_NEAR(distance_km({50.45, 30.52}, {55.75, 37.62}), 756, 3);  // Kyiv to Moscow
  EXPECT_NEAR(distance_km({0, 179.5}, {0, -179.5}), 111.2, 0.1);
  EXPECT_EQ(distance_km({10, 20}, {10, 20}), 0);
}

}  // namespace
}  // namespace casus
