// Parts of the server that need no connection: who is let in, what is kept, offsets, cursors, feeds, problems, the description.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "lexicon/lexicon.h"
#include "server/answer_cache.h"
#include "server/answer_writer.h"
#include "server/atom.h"
#include "server/gate.h"
#include "server/openapi.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/utf16.h"
#include "server/web_files.h"
#include "store/listing_cursor.h"

namespace casus {
namespace {

HttpRequest asked(HttpHeaders headers, const std::string& method = "GET") {
  return {.method = method, .target = "/", .headers = std::move(headers)};
}

TEST(Gate, LetsInWhoeverNamesThisMachine) {
  const Gate gate({"desk.example"}, "");
  for (const char* host : {"localhost", "LOCALHOST:8765", "127.0.0.1:8765", "[::1]:8765", "10.0.0.7", "desk.example:80", "Desk.Example"})
    EXPECT_FALSE(gate.check(asked({{"Host", host}}))) << host;
  for (const char* host :
       {"", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "desk.example.evil", "[::1", "0x7f000001"})
    EXPECT_EQ(gate.check(asked({{"Host", host}}))->status, 421) << host;
}

TEST(Gate, KeepsPagesOfOthersOut) {
  const Gate gate({}, "");
  EXPECT_FALSE(gate.check(asked({{"Host", "localhost:80"}, {"Origin", "http://localhost:80"}}, "POST")));
  for (const char* origin : {"http://evil.example", "null", "http://localhost:81", "http://localhost"})
    EXPECT_EQ(gate.check(asked({{"Host", "localhost:80"}, {"Origin", origin}}, "POST"))->status, 403) << origin;
  EXPECT_EQ(gate.check(asked({{"Host", "localhost"}, {"Sec-Fetch-Site", "cross-site"}}, "POST"))->status, 403);
}

TEST(Gate, TokenIsComparedWhole) {
  const Gate gate({}, "a secret of some length");
  EXPECT_FALSE(gate.check_token(asked({{"Authorization", "Bearer a secret of some length"}})));
  EXPECT_FALSE(gate.check_token(asked({{"authorization", "bearer  a secret of some length "}})));
  for (const char* given :
       {"", "Bearer", "Bearer ", "Bearer a secret of some lengt", "Bearer a secret of some length!", "Basic a secret of some length"})
    EXPECT_EQ(gate.check_token(asked({{"Authorization", given}}))->status, 401) << given;
  EXPECT_EQ(Gate({}, "").check_token(asked({{"Authorization", "Bearer "}}))->status, 403);
}

TEST(AnswerCache, ForgetsWhatWasAskedLongestAgo) {
  AnswerCache cache(40'000);
  const auto answer = std::make_shared<const KeptAnswer>(std::string(5'000, 'x'), "");
  for (int i = 0; i < 100; ++i) {
    cache.put(std::to_string(i), answer);
    ASSERT_NE(cache.find("0"), nullptr) << i;  // asked for all the time
  }
  EXPECT_LE(cache.bytes(), 40'000U);
  EXPECT_EQ(cache.find("1"), nullptr);
  cache.put("large", std::make_shared<const KeptAnswer>(std::string(30'000, 'y'), ""));
  EXPECT_EQ(cache.find("large"), nullptr);
  cache.clear();
  EXPECT_EQ(cache.bytes(), 0U);
  EXPECT_EQ(cache.find("0"), nullptr);
}

TEST(KeptAnswer, SameBodyHasSameName) {
  EXPECT_EQ(KeptAnswer("a", "").etag(), KeptAnswer("a", "").etag());
  EXPECT_NE(KeptAnswer("a", "").etag(), KeptAnswer("b", "").etag());
  EXPECT_EQ(KeptAnswer("short", "").gzip(), nullptr);
  const KeptAnswer large(std::string(100'000, 'x'), "");
  EXPECT_LT(large.gzip()->size(), 2'000U);
  EXPECT_EQ(large.gzip(), large.gzip());
}

TEST(Utf16Offsets, CountAsBrowsersDo) {
  const std::string text = "a\xC3\xA9\U0001F600z" + std::string(1000, 'x') + "\U0001F600";
  const Utf16Offsets offsets(text);
  EXPECT_EQ(offsets.at(0), 0U);
  EXPECT_EQ(offsets.at(1), 1U);
  EXPECT_EQ(offsets.at(2), 1U);  // within a character: its beginning
  EXPECT_EQ(offsets.at(3), 2U);
  EXPECT_EQ(offsets.at(7), 4U);
  EXPECT_EQ(offsets.at(8), 5U);
  EXPECT_EQ(offsets.at(1008), 1005U);
  EXPECT_EQ(offsets.at(text.size()), 1007U);
  EXPECT_EQ(offsets.at(text.size() + 99), 1007U);
  EXPECT_EQ(offsets.with_offsets(R"({"begin":3,"end":7,"spans":{"trigger":[0,3],"source":[[3,7]],"date":null}})"),
            R"({"begin":3,"end":7,"spans":{"trigger":[0,3],"source":[[3,7]],"date":null},)"
            R"("spans16":{"trigger":[0,2],"source":[[2,4]],"date":null},"begin16":2,"end16":4})");
}

TEST(Cursor, ComesBackAndFitsOneListOnly) {
  const std::vector<std::string> values = {"t2022-02-04 \xC3\xA9", "n", "i4"};
  const std::string cursor = write_cursor("events", values);
  EXPECT_EQ(*read_cursor("events", cursor), values);
  EXPECT_FALSE(read_cursor("statements", cursor).ok());
  for (const char* wrong : {"", "!", "AAAA", "AAAAAAAAAAAAAAAA"}) EXPECT_FALSE(read_cursor("events", wrong).ok()) << wrong;
}

TEST(ListingCursor, ConditionsOfAllOrders) {
  const std::string order = *order_of(Listed::kEvents, "date,-confidence");
  EXPECT_TRUE(condition_behind(order, {"i0", "t2022-02-04", "r0.5", "t2022-02-04 x", "i3"}).ok());
  EXPECT_TRUE(condition_behind(order, {"i1", "n", "n", "t2022-02-04 x", "i3"}).ok());
  EXPECT_FALSE(condition_behind(order, {"i0", "t2022-02-04"}).ok());
  EXPECT_FALSE(condition_behind(order, {"i0", "x", "r0.5", "t", "i3"}).ok());
  EXPECT_FALSE(condition_behind(order, {"i0;DROP", "t", "r0.5", "t", "i3"}).ok());
}

TEST(Problem, ErrorsOfOptionsNameTheirParameter) {
  const Problem problem =
      problem_of({.code = ErrorCode::kBadOption, .message = "--sort: no such column: x (there are: date type)", .remedy = "another"});
  EXPECT_EQ(problem.status, 400);
  EXPECT_EQ(problem.field, "sort");
  EXPECT_EQ(problem.allowed, (std::vector<std::string>{"date", "type"}));
  EXPECT_EQ(problem.detail, "no such column: x (another)");
  EXPECT_EQ(problem_of({.code = ErrorCode::kBusy, .message = "busy"}).status, 503);
  EXPECT_EQ(problem_of({.code = ErrorCode::kBadDatabase, .message = "damaged"}).status, 500);
}

TEST(Atom, EverythingIsEscaped) { EXPECT_EQ(xml_escaped("<a href=\"x\">&\x01\n"), "&lt;a href=&quot;x&quot;&gt;&amp;\xEF\xBF\xBD\n"); }

TEST(WebFiles, ThePageIsThereAndIsSentAsItIsTaken) {
  const WebFiles files;
  const WebFile* const page = files.find("");
  ASSERT_NE(page, nullptr);
  EXPECT_EQ(files.find("../index.html"), nullptr);
  EXPECT_TRUE(accepts_coding("gzip, br;q=0.5", "br"));
  EXPECT_FALSE(accepts_coding("gzip, br;q=0", "br"));
  EXPECT_FALSE(accepts_coding("", "gzip"));
  EXPECT_EQ(WebFiles::response(*page, asked({{"If-None-Match", page->etag}})).status, 304);
}

TEST(Routes, ParametersOfAllAreKnown) {
  const auto lexicon = Lexicon::load(CASUS_SOURCE_DIR "/data");
  ASSERT_TRUE(lexicon.ok());
  const ParameterSpecs specs = parameter_specs((*lexicon)->ontology());
  for (const Route& route : routes()) {
    EXPECT_FALSE(route.formats.empty()) << route.path;
    EXPECT_NE(route.answer, nullptr) << route.path;
    for (const std::string_view name : route.parameters) EXPECT_TRUE(specs.contains(name)) << route.path << " " << name;
  }
  const std::vector<std::string> path = {"articles", "0123"};
  EXPECT_EQ(match_routes(path).id, "0123");
  EXPECT_NE(openapi_json(specs, "0").find("/articles/{id}"), std::string::npos);
}

}  // namespace
}  // namespace casus
