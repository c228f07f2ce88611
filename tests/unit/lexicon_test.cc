// The compiled lexicon: look-ups, and that each fault of a data folder is reported with file, line, reason and remedy.
#include "lexicon/lexicon.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "data_folder.h"

namespace casus {
namespace {

/// Loads a folder in which one file was replaced, and expects the fault at this line of that file.
void expect_fault(const std::string& file, std::string_view content, uint64_t line, std::string_view reason) {
  const DataFolder folder;
  folder.write(file, content);
  const auto lexicon = Lexicon::load(folder.path());
  ASSERT_FALSE(lexicon.ok()) << file;
  const Error& error = lexicon.error();
  EXPECT_TRUE(error.file.ends_with(file)) << error.to_string();
  EXPECT_EQ(error.line, line) << error.to_string();
  EXPECT_NE(error.message.find(reason), std::string::npos) << error.to_string();
  EXPECT_FALSE(error.remedy.empty()) << error.to_string();
}

TEST(lexicon, a_sound_folder_loads) {
  const DataFolder folder;
  const auto lexicon = Lexicon::load(folder.path());
  ASSERT_TRUE(lexicon.ok()) << lexicon.error().to_string();
  EXPECT_EQ((*lexicon)->frames().size(), 1u);
  EXPECT_EQ((*lexicon)->patterns_of(PatternKind::kVerb, "meet").size(), 1u);
  EXPECT_TRUE((*lexicon)->patterns_of(PatternKind::kNoun, "meet").empty());
}

TEST(lexicon, the_shipped_data_load) {
  const auto lexicon = Lexicon::load(CASUS_SOURCE_DIR "/data");
  ASSERT_TRUE(lexicon.ok()) << lexicon.error().to_string();
  EXPECT_GE((*lexicon)->patterns().size(), 250u);
  for (const EventType& type : (*lexicon)->ontology().types()) {
    const auto of_type = [&](const Frame& frame) { return frame.type == type.name; };
    EXPECT_TRUE(std::any_of((*lexicon)->frames().begin(), (*lexicon)->frames().end(), of_type)) << type.name << " has no frame";
  }
}

TEST(lexicon, a_name_of_two_states_goes_by_the_year) {
  const DataFolder folder;
  const auto lexicon = Lexicon::load(folder.path());
  ASSERT_TRUE(lexicon.ok());
  const auto moscow = (*lexicon)->names().find("Moscow");
  EXPECT_EQ(NameTable::pick(moscow, day_number(1962, 10, 22))->country, "SUN");
  EXPECT_EQ(NameTable::pick(moscow, day_number(2022, 2, 24))->country, "RUS");
  EXPECT_EQ(NameTable::pick((*lexicon)->names().find("Atlantis"), day_number(2022)), nullptr);
}

TEST(lexicon, names_are_matched_case_and_all) {
  const DataFolder folder;
  const auto lexicon = Lexicon::load(folder.path());
  ASSERT_TRUE(lexicon.ok());
  EXPECT_FALSE((*lexicon)->names().find("Nato").empty());
  EXPECT_TRUE((*lexicon)->names().find("nato").empty());
  EXPECT_TRUE((*lexicon)->names().has_prefix("Soviet U"));
  EXPECT_FALSE((*lexicon)->names().has_prefix("Sovjet"));
}

const char* const kPeopleColumns = "name\taliases\tcountry\tsector\toffice\tvalid_from\tvalid_to\tambiguous\n";

std::shared_ptr<const Lexicon> with_people(const DataFolder& folder, std::string_view rows) {
  folder.write("world/people.tsv", kPeopleColumns + std::string(rows));
  auto lexicon = Lexicon::load(folder.path());
  EXPECT_TRUE(lexicon.ok()) << lexicon.error().to_string();
  return lexicon.ok() ? *lexicon : nullptr;
}

TEST(lexicon, terms_of_one_person_in_one_year_stand_side_by_side) {
  const DataFolder folder;
  const auto lexicon = with_people(folder,
                                   "Jane Roe\tRoe\tFRA\tGOV\tminister\t2024-01-02\t2024-11-05\n"
                                   "Jane Roe\tRoe\tFRA\tMIL\tgeneral\t2024-11-05\t\n"
                                   "Jane Roe\tRoe\tFRA\tGOV\tpresident\t2024-11-05\t\n");
  ASSERT_TRUE(lexicon);
  const auto entries = lexicon->names().find("Jane Roe");
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(NameTable::pick(entries, day_number(2024, 3, 1))->line, 2u);
  EXPECT_EQ(NameTable::pick(entries, day_number(2025, 3, 1))->line, 3u);
  EXPECT_EQ(NameTable::pick(entries, day_number(2001, 3, 1))->line, 2u) << "the nearest in time";
  EXPECT_EQ(NameTable::pick(entries, 0)->line, 3u) << "on an unknown day the term that runs";
}

TEST(lexicon, dates_count_to_the_day_the_month_or_the_year) {
  const DataFolder folder;
  const auto lexicon = with_people(folder,
                                   "Jane Roe\t\tFRA\tGOV\tminister\t2020-05-14\t2021-02\n"
                                   "John Doe\t\tFRA\tGOV\tminister\t2020\t2021\n");
  ASSERT_TRUE(lexicon);
  const NameEntry& roe = lexicon->names().find("Jane Roe")[0];
  EXPECT_FALSE(roe.holds_on(day_number(2020, 5, 13)));
  EXPECT_TRUE(roe.holds_on(day_number(2020, 5, 14)));
  EXPECT_TRUE(roe.holds_on(day_number(2021, 2, 28)));
  EXPECT_FALSE(roe.holds_on(day_number(2021, 3, 1)));
  const NameEntry& doe = lexicon->names().find("John Doe")[0];
  EXPECT_FALSE(doe.holds_on(day_number(2019, 12, 31)));
  EXPECT_TRUE(doe.holds_on(day_number(2020, 1, 1)));
  EXPECT_TRUE(doe.holds_on(day_number(2021, 12, 31)));
  EXPECT_FALSE(doe.holds_on(day_number(2022, 1, 1)));
}

TEST(lexicon, dates_that_are_none_are_refused) {
  for (const std::string_view date :
       {"2021-13", "2021-00", "2021-02-40", "21-02-03", "2021-2-3", "2021/02/03", "2021-02-03T00", "20210203"}) {
    expect_fault("world/people.tsv", kPeopleColumns + ("Jane Roe\t\tFRA\tGOV\tminister\t" + std::string(date) + "\n"), 2, "no date");
  }
}

TEST(lexicon, a_surname_is_known_but_doubtful) {
  const DataFolder folder;
  const auto lexicon = with_people(folder, "Ahmed al-Doe\t\tFRA\tGOV\tminister\t2020\t\nJane Roe\tRoe\tFRA\tGOV\tminister\t2020\t\n");
  ASSERT_TRUE(lexicon);
  for (const std::string_view surname : {"Doe", "al-Doe", "Al-Doe"}) {
    ASSERT_EQ(lexicon->names().find(surname).size(), 1u) << surname;
    EXPECT_TRUE(lexicon->names().find(surname)[0].ambiguous) << surname;
  }
  EXPECT_FALSE(lexicon->names().find("Roe")[0].ambiguous) << "an alias says that nobody else is meant";
}

TEST(lexicon, modes_without_a_score_have_that_of_their_type) {
  const DataFolder folder;
  const auto lexicon = Lexicon::load(folder.path());
  ASSERT_TRUE(lexicon.ok());
  const EventType* consult = (*lexicon)->ontology().type("CONSULT");
  EXPECT_EQ(consult->mode("meet")->score, 2.5);
  EXPECT_EQ(consult->mode("visit")->score, 4);
  EXPECT_EQ(consult->mode("phone"), nullptr);
}

TEST(lexicon, places_beyond_the_earth_are_reported) {
  const std::string columns = "name\taliases\tadjectives\tcountry\tkind\tambiguous\tadmin1\tlat\tlon\n";
  expect_fault("world/places.tsv", columns + "Nice\t\t\tFRA\tcity\t\t\t91\t7\n", 2, "no point");
  expect_fault("world/places.tsv", columns + "Nice\t\t\tFRA\tcity\t\t\t43.7\n", 2, "no point");
  expect_fault("world/places.tsv", columns + "Nice\t\t\tFRA\tcity\t\t\tx\t7\n", 2, "no point");
  expect_fault("world/centres.tsv", "iso3\tgeonames_id\tlat\tlon\nFRA\t3017382\t\t\n", 2, "without a point");
  expect_fault("world/centres.tsv", "iso3\tgeonames_id\tlat\tlon\nFRA\tx\t46\t2\n", 2, "no number of GeoNames");
}

TEST(lexicon, regions_and_countries_have_their_middles) {
  const auto lexicon = Lexicon::load(CASUS_SOURCE_DIR "/data");
  ASSERT_TRUE(lexicon.ok());
  const auto borno = (*lexicon)->names().find("Borno");
  ASSERT_EQ(borno.size(), 1u);
  EXPECT_EQ(borno[0].country, "NGA");
  EXPECT_EQ(borno[0].admin1, "27");
  ASSERT_TRUE(borno[0].point.has_value());
  EXPECT_NEAR(borno[0].point->lat, 11.5, 1);
  EXPECT_EQ((*lexicon)->names().find("Iraq")[0].geonames_id, 99237u);
}

TEST(lexicon, a_missing_folder_is_reported) { EXPECT_EQ(Lexicon::load("/nowhere").error().code, ErrorCode::kNotFound); }

TEST(lexicon, a_missing_file_is_reported_by_name) {
  const DataFolder folder;
  folder.remove("world/seats.tsv");
  const auto lexicon = Lexicon::load(folder.path());
  ASSERT_FALSE(lexicon.ok());
  EXPECT_EQ(lexicon.error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(lexicon.error().file.ends_with("seats.tsv"));
}

TEST(lexicon, a_frame_of_an_unknown_type_is_refused) { expect_fault("frames/consult.frames", "frame f DANCE - 040\n", 1, "unknown type"); }
TEST(lexicon, a_frame_of_an_unknown_mode_is_refused) {
  expect_fault("frames/consult.frames", "\nframe f CONSULT dance 040\n", 2, "no mode");
}
TEST(lexicon, a_frame_with_an_unknown_code_is_refused) { expect_fault("frames/consult.frames", "frame f CONSULT meet 999\n", 1, "CAMEO"); }
TEST(lexicon, a_frame_with_an_unknown_context_is_refused) {
  expect_fault("frames/consult.frames", "frame f CONSULT meet 040 contexts=gardening\n", 1, "context");
}
TEST(lexicon, a_frame_name_that_stands_twice_is_refused) {
  expect_fault("frames/consult.frames", "frame f CONSULT meet 040\nframe f CONSULT meet 040\n", 2, "already");
}
TEST(lexicon, a_pattern_that_is_none_is_refused) {
  expect_fault("frames/consult.frames", "frame f CONSULT meet 040\n  SOURCE (\n", 2, "parentheses");
}
TEST(lexicon, a_mode_of_an_unknown_type_is_refused) {
  expect_fault("ontology/modes.tsv", "type\tmode\tscore\nDANCE\twaltz\t\n", 2, "unknown type");
}
TEST(lexicon, a_score_that_is_no_number_is_refused) {
  expect_fault("ontology/types.tsv", "name\tquad\tscore\ttarget\nCONSULT\t1\tmuch\toptional\n", 2, "no number");
}
TEST(lexicon, a_type_that_stands_twice_is_refused) {
  expect_fault("ontology/types.tsv", "name\tquad\tscore\ttarget\nCONSULT\t1\t2\toptional\nCONSULT\t1\t2\toptional\n", 3, "twice");
}
TEST(lexicon, a_code_of_an_unknown_type_is_refused) {
  expect_fault("ontology/cameo.tsv", "code\tgoldstein\ttype\tcontexts\n040\t1\tDANCE\t\n", 2, "unknown type");
}
TEST(lexicon, a_country_code_that_is_none_is_refused) {
  expect_fault("world/countries.tsv", "iso3\tname\taliases\tdemonyms\tpeople\tcapital\nFr\tFrance\n", 2, "no country code");
}
TEST(lexicon, a_year_that_is_none_is_refused) {
  expect_fault("world/countries.tsv", "iso3\tname\taliases\tdemonyms\tpeople\tcapital\tvalid_from\nFRA\tFrance\t\t\t\t\tlong ago\n", 2,
               "no date");
}
TEST(lexicon, years_that_run_backwards_are_refused) {
  expect_fault("world/countries.tsv",
               "iso3\tname\taliases\tdemonyms\tpeople\tcapital\tvalid_from\tvalid_to\nFRA\tFrance\t\t\t\t\t1990\t1980\n", 2, "ends before");
}
TEST(lexicon, an_alias_that_stands_twice_for_one_thing_is_refused) {
  expect_fault("world/organisations.tsv", "name\taliases\tcountry\tsector\nNATO\tNATO\tIGO\t\n", 2, "already");
}
TEST(lexicon, an_unknown_sector_is_refused) {
  expect_fault("world/seats.tsv", "name\taliases\tcountry\tsector\nKremlin\t\tRUS\tTSAR\n", 2, "unknown sector");
}
TEST(lexicon, a_term_that_stands_twice_is_refused) { expect_fault("world/groups.tsv", "word\tsector\npresident\tGOV\n", 2, "twice"); }
TEST(lexicon, an_unknown_word_class_is_refused) {
  expect_fault("reading/time.tsv", "word\tclass\tvalue\nsoon\tadverb\t\n", 2, "unknown class");
}
TEST(lexicon, a_word_that_stands_twice_in_its_class_is_refused) {
  expect_fault("reading/status.tsv", "word\tclass\tvalue\nnot\tnegator\nnot\tnegator\n", 3, "twice");
}
TEST(lexicon, a_unit_is_found_by_singular_plural_and_state) {
  const auto loaded = Lexicon::load(CASUS_SOURCE_DIR "/data");
  ASSERT_TRUE(loaded.ok()) << loaded.error().to_string();
  const UnitTable& units = (*loaded)->units();
  ASSERT_TRUE(units.find("Soldier"));
  EXPECT_EQ(units.find("soldiers")->name, "soldiers");
  EXPECT_EQ(units.find("shilling")->currency, "");
  EXPECT_EQ(units.find("shillings", "KEN")->currency, "KES");
  EXPECT_EQ(units.find("dollars", "FRA")->currency, "USD");
  EXPECT_EQ(units.find("ALL")->currency, "ALL");
  EXPECT_FALSE(units.find("all"));
  EXPECT_FALSE(units.find("sides"));
}

TEST(lexicon, a_unit_that_stands_twice_or_has_no_kind_is_refused) {
  const std::string columns = "singular\tplural\tkind\tname\tcurrency\tcountry\n";
  expect_fault("reading/units.tsv", columns + "ton\ttons\tmass\nTons\t\tmass\n", 3, "twice");
  expect_fault("reading/units.tsv", columns + "ton\ttons\n", 2, "kind");
}

TEST(lexicon, an_unknown_effect_is_refused) {
  expect_fault("reading/wrappers.tsv", "word\tkind\teffect\nplan\tverb\tmaybe\n", 2, "unknown effect");
}
TEST(lexicon, an_unknown_kind_of_wrapper_is_refused) {
  expect_fault("reading/wrappers.tsv", "word\tkind\teffect\nplan\tpreposition\tplanned\n", 2, "unknown kind");
}
TEST(lexicon, a_rule_with_an_unknown_mode_is_refused) {
  expect_fault("reading/type_rules.tsv",
               "type\tsymmetric\tspeech\tcontent\tface_mode\tthird_place_mode\tmany_sides_mode\tnot_"
               "with\tplace\tanswers\tunwilling\nCONSULT\tyes\tno\tkept\tdance\n",
               2, "unknown mode");
}
TEST(lexicon, a_lacking_column_is_refused) { expect_fault("world/groups.tsv", "noun\tsector\ntroop\tMIL\n", 0, "column"); }

}  // namespace
}  // namespace casus
