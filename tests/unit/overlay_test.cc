// Folders of dictionaries over the data folder: what they add, replace and switch off, and that their faults carry their file and line.
#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "data_folder.h"
#include "lexicon/data_folders.h"
#include "lexicon/lexicon.h"

namespace casus {
namespace {

/// A data folder with one folder over it.
struct Folders {
  DataFolder below{};
  ScratchFolder above{"overlay"};

  [[nodiscard]] Result<std::shared_ptr<const Lexicon>> load() const {
    const std::array<std::filesystem::path, 1> overlays{above.path()};
    return Lexicon::load(below.path(), overlays);
  }
  [[nodiscard]] std::shared_ptr<const Lexicon> loaded() const {
    auto lexicon = load();
    EXPECT_TRUE(lexicon.ok()) << lexicon.error().to_string();
    return lexicon.ok() ? *lexicon : nullptr;
  }
};

/// Writes one file of the overlay, and expects the fault at this line of it.
void expect_fault(const std::string& file, std::string_view content, uint64_t line, std::string_view reason) {
  const Folders folders;
  folders.above.write(file, content);
  const auto lexicon = folders.load();
  ASSERT_FALSE(lexicon.ok()) << content;
  EXPECT_EQ(lexicon.error().file, (folders.above.path() / file).string());
  EXPECT_EQ(lexicon.error().line, line) << lexicon.error().to_string();
  EXPECT_NE(lexicon.error().message.find(reason), std::string::npos) << lexicon.error().to_string();
  EXPECT_FALSE(lexicon.error().remedy.empty());
}

constexpr const char* kNamed = "name\taliases\tcountry\tsector\n";
constexpr const char* kPeople = "name\taliases\tcountry\tsector\toffice\tvalid_from\tvalid_to\n";

TEST(overlay, rows_are_added) {
  const Folders folders;
  folders.above.write("world/organisations.tsv", kNamed + std::string("Nordic Guard\tNG\tFRA\tMIL\n"));
  const auto lexicon = folders.loaded();
  ASSERT_TRUE(lexicon);
  ASSERT_EQ(lexicon->names().find("NG").size(), 1u);
  EXPECT_EQ(lexicon->names().file_of(lexicon->names().find("NG")[0]), (folders.above.path() / "world/organisations.tsv").string());
  EXPECT_FALSE(lexicon->names().find("NATO").empty());
}

TEST(overlay, a_row_with_the_same_key_stands_in_its_place) {
  const Folders folders;
  folders.above.write("world/organisations.tsv", "sector\tcountry\taliases\tname\nMIL\tFRA\tOtan\tNATO\n");
  const auto lexicon = folders.loaded();
  ASSERT_TRUE(lexicon);
  EXPECT_EQ(lexicon->names().find("NATO").size(), 1u);
  EXPECT_EQ(lexicon->names().find("NATO")[0].country, "FRA");
  EXPECT_TRUE(lexicon->names().find("Nato").empty()) << "aliases are those of the new row";
}

TEST(overlay, a_term_in_office_is_added_or_corrected_by_its_key) {
  const Folders folders;
  folders.above.write("world/people.tsv", kPeople + std::string("Jane Roe\t\tFRA\tGOV\tpresident\t2010\t2014\n"
                                                                "Jane Roe\t\tFRA\tMIL\tgeneral\t2020\t\n"));
  const auto lexicon = folders.loaded();
  ASSERT_TRUE(lexicon);
  const auto terms = lexicon->names().find("Jane Roe");
  ASSERT_EQ(terms.size(), 2u);
  EXPECT_EQ(NameTable::pick(terms, day_number(2013))->sector, "GOV");
  EXPECT_EQ(NameTable::pick(terms, day_number(2021))->sector, "MIL");
}

TEST(overlay, a_minus_switches_a_row_off) {
  const Folders folders;
  folders.above.write("world/organisations.tsv", kNamed + std::string("-NATO\n"));
  folders.above.write("world/people.tsv", kPeople + std::string("-Jane Roe\n"));
  folders.above.write("world/titles.tsv", "word\tsector\n-foreign minister\n");
  const auto lexicon = folders.loaded();
  ASSERT_TRUE(lexicon);
  EXPECT_TRUE(lexicon->names().find("NATO").empty());
  EXPECT_TRUE(lexicon->names().find("Roe").empty());
  EXPECT_EQ(lexicon->find_term("foreign minister"), nullptr);
  EXPECT_NE(lexicon->find_term("president"), nullptr);
}

TEST(overlay, a_minus_with_more_of_the_key_takes_that_term_only) {
  const Folders folders;
  folders.below.write("world/people.tsv", kPeople + std::string("Jane Roe\t\tFRA\tGOV\tpresident\t2010\t2012\n"
                                                                "Jane Roe\t\tFRA\tMIL\tgeneral\t2020\t\n"));
  folders.above.write("world/people.tsv", kPeople + std::string("-Jane Roe\t\tFRA\t\tgeneral\t2020\n"));
  const auto lexicon = folders.loaded();
  ASSERT_TRUE(lexicon);
  ASSERT_EQ(lexicon->names().find("Jane Roe").size(), 1u);
  EXPECT_EQ(lexicon->names().find("Jane Roe")[0].sector, "GOV");
}

TEST(overlay, of_a_spelling_for_two_bodies_the_overlay_s_comes_first) {
  const Folders folders;
  folders.above.write("world/organisations.tsv", kNamed + std::string("Alliance of Nice\tNATO\tFRA\tMIL\n"));
  const auto lexicon = folders.loaded();
  ASSERT_TRUE(lexicon);
  EXPECT_EQ(NameTable::pick(lexicon->names().find("NATO"), 0)->country, "FRA");
}

TEST(overlay, frames_are_added_before_those_below) {
  const Folders folders;
  folders.above.write("frames/mine.frames", "frame mine AID - 070\n  SOURCE meet TARGET\n");
  const auto lexicon = folders.loaded();
  ASSERT_TRUE(lexicon);
  const auto found = lexicon->patterns_of(PatternKind::kVerb, "meet");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(lexicon->frames()[lexicon->patterns()[found[0]].frame].name, "mine");
}

TEST(overlay, a_frame_of_the_same_name_stands_in_its_place) {
  const Folders folders;
  folders.above.write("frames/mine.frames", "frame meet CONSULT visit 040\n  SOURCE tour TARGET\n");
  const auto lexicon = folders.loaded();
  ASSERT_TRUE(lexicon);
  EXPECT_EQ(lexicon->frames().size(), 1u);
  EXPECT_TRUE(lexicon->patterns_of(PatternKind::kVerb, "meet").empty());
  EXPECT_EQ(lexicon->patterns_of(PatternKind::kVerb, "tour").size(), 1u);
}

TEST(overlay, frames_and_patterns_are_switched_off) {
  const Folders folders;
  folders.below.write("frames/consult.frames",
                      "frame meet CONSULT meet 040\n  SOURCE meet (with) TARGET\n  SOURCE see TARGET\nframe tour CONSULT visit 040\n"
                      "  SOURCE tour TARGET\n");
  folders.above.write("frames/off.frames", "off tour\noff meet: SOURCE see TARGET\n");
  const auto lexicon = folders.loaded();
  ASSERT_TRUE(lexicon);
  EXPECT_EQ(lexicon->frames().size(), 1u);
  EXPECT_EQ(lexicon->patterns().size(), 1u);
  EXPECT_EQ(lexicon->patterns_of(PatternKind::kVerb, "meet").size(), 1u);
}

TEST(overlay, word_lists_reach_the_frames_below) {
  const Folders folders;
  folders.below.write("frames/lists.tsv", "list\twords\nsee\tmeet|see\n");
  folders.below.write("frames/consult.frames", "frame meet CONSULT meet 040\n  SOURCE @see TARGET\n");
  folders.above.write("frames/lists.tsv", "list\twords\nsee\t@see|glimpse\n");
  const auto lexicon = folders.loaded();
  ASSERT_TRUE(lexicon);
  for (const std::string_view verb : {"meet", "see", "glimpse"})
    EXPECT_EQ(lexicon->patterns_of(PatternKind::kVerb, verb).size(), 1u) << verb;
}

TEST(overlay, words_of_reading_are_added_and_switched_off) {
  const Folders folders;
  folders.above.write("reading/wrappers.tsv", "word\tkind\teffect\n-plan\tverb\nmull\tverb\tconditional\n");
  const auto lexicon = folders.loaded();
  ASSERT_TRUE(lexicon);
  EXPECT_FALSE(lexicon->wrappers().find(WrapperKind::kVerb, "plan"));
  EXPECT_TRUE(lexicon->wrappers().find(WrapperKind::kVerb, "mull"));
}

TEST(overlay, later_folders_lie_over_earlier_ones) {
  const DataFolder below;
  const ScratchFolder first("first"), second("second");
  first.write("world/organisations.tsv", kNamed + std::string("Guard\t\tFRA\tMIL\n"));
  second.write("world/organisations.tsv", kNamed + std::string("-Guard\n"));
  first.write("frames/a.frames", "frame mine AID - 070\n  SOURCE help TARGET\n");
  second.write("frames/a.frames", "off mine\n");
  const std::array<std::filesystem::path, 2> overlays{first.path(), second.path()};
  const auto lexicon = Lexicon::load(below.path(), overlays);
  ASSERT_TRUE(lexicon.ok()) << lexicon.error().to_string();
  EXPECT_TRUE((*lexicon)->names().find("Guard").empty());
  EXPECT_TRUE((*lexicon)->patterns_of(PatternKind::kVerb, "help").empty());
  const std::array<std::filesystem::path, 2> reversed{second.path(), first.path()};
  EXPECT_FALSE(Lexicon::load(below.path(), reversed).ok()) << "what comes later cannot be switched off";
}

TEST(overlay, the_fingerprint_tells_what_was_loaded) {
  const Folders folders;
  const auto plain = Lexicon::load(folders.below.path());
  ASSERT_TRUE(plain.ok());
  folders.above.write("frames/mine.frames", "frame mine AID - 070\n  SOURCE help TARGET\n");
  const auto one = folders.loaded();
  folders.above.write("frames/mine.frames", "frame mine AID - 070\n  SOURCE aid TARGET\n");
  const auto other = folders.loaded();
  ASSERT_TRUE(one && other);
  EXPECT_EQ(one->fingerprint().size(), 16u);
  EXPECT_NE((*plain)->fingerprint(), one->fingerprint());
  EXPECT_NE(one->fingerprint(), other->fingerprint());
  EXPECT_EQ(folders.loaded()->fingerprint(), other->fingerprint());
}

TEST(overlay, switching_off_what_is_not_there_is_refused) {
  expect_fault("world/organisations.tsv", kNamed + std::string("Guard\t\tFRA\tMIL\n-Guard\n"), 3, "no \"Guard\"");
  expect_fault("world/people.tsv", kPeople + std::string("-Jane Roe\t\tFRA\t\tpresident\t1999\n"), 2, "no \"Jane Roe\"");
  expect_fault("frames/x.frames", "\noff dance\n", 2, "no frame");
  expect_fault("frames/x.frames", "off meet: SOURCE meet TARGET\n", 1, "no such pattern");
}

TEST(overlay, faults_carry_its_file_and_line) {
  expect_fault("world/seats.tsv", kNamed + std::string("Louvre\t\tFRA\tKING\n"), 2, "unknown sector");
  expect_fault("world/organisations.tsv", kNamed + std::string("Guard\t\tfra\t\n"), 2, "no country code");
  expect_fault("world/organisations.tsv", "name\tcountry\nGuard\tFRA\n", 0, "no column");
  expect_fault("world/titles.tsv", "word\tsector\ntsar\tGOV\ntsar\tGOV\n", 3, "twice");
  expect_fault("frames/x.frames", "frame f DANCE - 040\n", 1, "unknown type");
  expect_fault("frames/lists.tsv", "list\twords\na\t@b\nb\t@a\n", 3, "name each other");
  expect_fault("ontology/modes.tsv", "type\tmode\tscore\nDANCE\twaltz\t\n", 2, "unknown type");
  expect_fault("world/places.tsv", "name\taliases\tcountry\tkind\nN\xFF\t\tFRA\tcity\n", 2, "UTF-8");
}

TEST(overlay, a_file_that_nothing_reads_is_refused) {
  expect_fault("world/person.tsv", "name\n", 0, "no file of this name");
  expect_fault("frames/meet.tsv", "name\n", 0, "no file of this name");
}

TEST(overlay, a_folder_that_is_none_or_holds_nothing_is_refused) {
  const Folders folders;
  EXPECT_EQ(folders.load().error().code, ErrorCode::kBadData);
  folders.above.write("README.md", "mine");
  EXPECT_NE(folders.load().error().message.find("no dictionary"), std::string::npos);
  folders.above.write("article/noise.tsv", "x\n");
  EXPECT_NE(folders.load().error().message.find("cannot be overlaid"), std::string::npos);
  const std::array<std::filesystem::path, 1> nowhere{"/nowhere"};
  EXPECT_EQ(Lexicon::load(folders.below.path(), nowhere).error().code, ErrorCode::kNotFound);
  const std::vector<std::filesystem::path> many(kMaxOverlays + 1, folders.below.path());
  EXPECT_EQ(Lexicon::load(folders.below.path(), many).error().code, ErrorCode::kTooLarge);
}

TEST(overlay, patterns_switched_off_are_bounded) {
  std::string below = "frame meet CONSULT meet 040\n", above;
  for (int i = 0; i < 1100; ++i) {
    const std::string pattern = "SOURCE see a" + std::string(1, static_cast<char>('a' + i % 26)) + static_cast<char>('a' + i / 26 % 26) +
                                static_cast<char>('a' + i / 676) + " with TARGET\n";
    below += pattern;
    above += "off meet: " + pattern;
  }
  const Folders folders;
  folders.below.write("frames/consult.frames", below);
  folders.above.write("frames/off.frames", above);
  const auto lexicon = folders.load();
  ASSERT_FALSE(lexicon.ok());
  EXPECT_EQ(lexicon.error().code, ErrorCode::kTooLarge);
  EXPECT_EQ(lexicon.error().line, 1001u);
}

}  // namespace
}  // namespace casus
