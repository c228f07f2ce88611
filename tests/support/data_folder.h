#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <unistd.h>

namespace casus {

/// A folder in a scratch place. Removed at the end.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& kind)
      : path_(std::filesystem::path(::testing::TempDir()) / ("casus_" + kind + "_" + std::to_string(::getpid()) + "_" + name())) {
    std::filesystem::create_directories(path_);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  void write(const std::string& file, std::string_view content) const {
    std::filesystem::create_directories((path_ / file).parent_path());
    std::ofstream(path_ / file, std::ios::binary) << content;
  }
  void remove(const std::string& file) const { std::filesystem::remove(path_ / file); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  static std::string name() { return ::testing::UnitTest::GetInstance()->current_test_info()->name(); }

  std::filesystem::path path_;
};

/// A small, sound data folder, for tests that break one file of it.
class DataFolder : public ScratchFolder {
 public:
  DataFolder() : ScratchFolder("data") {
    write("ontology/types.tsv", "name\tquad\tscore\ttarget\nCONSULT\t1\t2.5\toptional\nAID\t2\t10\trequired\n");
    write("ontology/modes.tsv", "type\tmode\tscore\nCONSULT\tvisit\t4\nCONSULT\tmeet\t\n");
    write("ontology/contexts.tsv", "name\ndiplomatic\n");
    write("ontology/sectors.tsv", "code\tstate\tat_home\nGOV\texecutive\nMIL\texecutive\n");
    write("ontology/cameo.tsv", "code\tgoldstein\ttype\tcontexts\n040\t1\tCONSULT\tdiplomatic\n070\t7\tAID\t\n");
    write("world/countries.tsv",
          "iso3\tname\taliases\tdemonyms\tpeople\tcapital\tcapital_aliases\tvalid_from\tvalid_to\tambiguous\n"
          "FRA\tFrance\t\tFrench\tFrench\tParis\n"
          "SUN\tSoviet Union\tUSSR\tSoviet\tSoviets\tMoscow\t\t1922\t1991\n"
          "RUS\tRussia\t\tRussian\tRussians\tMoscow\t\t1992\t\n");
    write("world/seats.tsv", "name\taliases\tcountry\tsector\nKremlin\t\tRUS\tGOV\n");
    write("world/organisations.tsv", "name\taliases\tcountry\tsector\nNATO\tNato\tIGO\t\n");
    write("world/people.tsv",
          "name\taliases\tcountry\tsector\toffice\tvalid_from\tvalid_to\nJane Roe\tRoe\tFRA\tGOV\tpresident\t2010\t2012\n");
    write("world/places.tsv", "name\taliases\tadjectives\tcountry\tkind\tambiguous\nNice\t\t\tFRA\tcity\tNice\n");
    write("world/centres.tsv", "iso3\tgeonames_id\tlat\tlon\nFRA\t3017382\t46\t2\n");
    write("world/titles.tsv", "word\tsector\npresident\tGOV\nforeign minister\tGOV\n");
    write("world/groups.tsv", "word\tsector\ntroop\tMIL\n");
    write("reading/prepositions.tsv", "word\tclass\tvalue\nwith\tpreposition\nin\tpreposition\tplace\n");
    for (const std::string_view file : {"status", "speech", "time", "numbers", "reference", "places"})
      write("reading/" + std::string(file) + ".tsv", "word\tclass\tvalue\n");
    write("reading/units.tsv", "singular\tplural\tkind\tname\tcurrency\tcountry\nsoldier\tsoldiers\ttroops\n");
    write("reading/wrappers.tsv", "word\tkind\teffect\nplan\tverb\tplanned\n");
    write("reading/confidence.tsv", "feature\tvalue\tlog_odds\nbase\t\t0\n");
    write("reading/type_rules.tsv",
          "type\tsymmetric\tspeech\tcontent\tface_mode\tthird_place_mode\tmany_sides_mode\tnot_"
          "with\tplace\tanswers\tunwilling\nCONSULT\tyes\tno\tkept\tmeet\n");
    write("frames/consult.frames", "frame meet CONSULT meet 040\n  SOURCE meet (with) TARGET\n");
  }
};

}  // namespace casus
