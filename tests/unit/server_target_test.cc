// Addresses of requests taken apart, and their parameters checked.
#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "lexicon/lexicon.h"
#include "server/parameters.h"
#include "server/target.h"

namespace casus {
namespace {

using Strings = std::vector<std::string>;

TEST(Target, PathsAndQueries) {
  const Result<Target> target = parse_target("/api/v1/articles/a%20b.txt?q=grain+deal&actor=RUS%2FMIL&actor=&flag");
  ASSERT_TRUE(target.ok());
  EXPECT_EQ(target->path, (Strings{"api", "v1", "articles", "a b.txt"}));
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"q", "grain deal"}, {"actor", "RUS/MIL"}, {"actor", ""}, {"flag", ""}};
  EXPECT_EQ(target->parameters, expected);
  EXPECT_TRUE(parse_target("/")->path.empty());
  EXPECT_EQ(parse_target("/timeline/")->path, (Strings{"timeline"}));
  EXPECT_EQ(parse_target("/?q=%F0%9F%98%80")->parameters.front().second, "\U0001F600");
}

TEST(Target, WhatIsNoAddress) {
  for (const char* text : {"",        "events",  "http://host/events",
                           "/a//b",   "/..",     "/%2e%2e/etc",
                           "/./a",    "/a%2Fb",  "/a%5cb",
                           "/a\\b",   "/%00",    "/%ff",
                           "/%0a",    "/a#b",    "/?q=%",
                           "/?q=%4",  "/?q=%zz", "/?q=%c3%28",
                           "/?q=%00", "/?q=%01", "/?%ff=1"}) {
    EXPECT_FALSE(parse_target(text).ok()) << text;
  }
}

TEST(Target, NoMorePartsAndParametersThanBounds) {
  std::string path, query = "/?";
  for (size_t i = 0; i < kMostPathParts; ++i) path += "/a";
  for (size_t i = 0; i < kMostParameters; ++i) query += "a=1&";
  EXPECT_TRUE(parse_target(path).ok());
  EXPECT_FALSE(parse_target(path + "/a").ok());
  EXPECT_TRUE(parse_target(query).ok());
  EXPECT_FALSE(parse_target(query + "a=1").ok());
}

TEST(Target, EscapesComeBack) {
  for (const char* text : {"", "a b", "Russia, Ukraine", "100 %", "\xC3\xA9\U0001F600", "a+b&c=d#e", "~-._"}) {
    EXPECT_EQ(*decode_escapes(encode_escapes(text), true), text);
  }
}

class ParametersTest : public testing::Test {
 protected:
  static const ParameterSpecs& specs() {
    static const ParameterSpecs kSpecs = parameter_specs((*Lexicon::load(CASUS_SOURCE_DIR "/data"))->ontology());
    return kSpecs;
  }
  static std::variant<Parameters, Problem> read(const std::string& query) {
    constexpr std::string_view kAccepted[] = {"actor", "type", "since", "limit", "min-confidence", "place", "unit"};
    return Parameters::read(*parse_target("/?" + query), kAccepted, specs());
  }
  static Parameters good(const std::string& query) { return std::get<Parameters>(read(query)); }
  static Problem bad(const std::string& query) { return std::get<Problem>(read(query)); }
};

TEST_F(ParametersTest, ListsByCommasOrAgain) {
  EXPECT_EQ(good("type=consult,ASSAULT&type=Aid").list("type"), (Strings{"CONSULT", "ASSAULT", "AID"}));
  EXPECT_EQ(good("actor=Smith, John&actor=RUS").list("actor"), (Strings{"Smith, John", "RUS"}));
}

TEST_F(ParametersTest, WhatIsEmptyLeavesNothingOut) {
  EXPECT_FALSE(good("since=&type=,&place=+").has("since"));
  EXPECT_EQ(good("since=&type=,&place=+").canonical(), "");
}

TEST_F(ParametersTest, TheSameQuestionInAnyOrder) {
  EXPECT_EQ(good("limit=5&type=aid&actor=b&actor=a").canonical(), good("actor=b&actor=a&type=AID&limit=5").canonical());
  EXPECT_NE(good("limit=5").canonical(), good("limit=6").canonical());
}

TEST_F(ParametersTest, ProblemsNameTheFieldAndWhatIsAllowed) {
  EXPECT_EQ(bad("nonsense=1").field, "nonsense");
  EXPECT_EQ(bad("nonsense=1").allowed.front(), "actor");
  EXPECT_EQ(bad("type=WAR").field, "type");
  EXPECT_EQ(bad("type=WAR").allowed.size(), 16U);
  for (const char* query :
       {"since=2022-02-31", "since=2022", "since=2022-02-04T10:00", "since=2022-02-04&since=2022-02-05", "limit=0", "limit=-1", "limit=1e3",
        "limit=99999999999999999999", "min-confidence=1.5", "min-confidence=nan", "min-confidence=x", "unit=house"}) {
    EXPECT_FALSE(bad(query).field.empty()) << query;
  }
  EXPECT_EQ(bad("place=" + std::string(kMostParameterBytes + 1, 'x')).field, "place");
  std::string many;
  for (size_t i = 0; i <= kMostValues; ++i) many += "AID,";
  EXPECT_EQ(bad("type=" + many).field, "type");
}

}  // namespace
}  // namespace casus
