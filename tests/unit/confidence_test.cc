// How sure an event is: the table of weights, the features of an event, their sum, and events left out for being doubtful.
#include "reading/confidence.h"

#include <gtest/gtest.h>

#include <string>

#include "parsed_document.h"
#include "reading/reading.h"
#include "shipped_lexicon.h"

namespace casus {
namespace {

Result<void> add(ConfidenceTable& table, const std::string& rows) {
  auto parsed = Table::parse("feature\tvalue\tlog_odds\n" + rows, "confidence.tsv", {"feature", "value", "log_odds"});
  EXPECT_TRUE(parsed.ok());
  return table.add(*parsed);
}

TEST(confidence, weights_are_found_by_feature_and_value) {
  ConfidenceTable table;
  ASSERT_TRUE(add(table, "base\t\t-0.5\nword\tverb\t1.25\n").ok());
  EXPECT_EQ(table.log_odds("base", ""), -0.5);
  EXPECT_EQ(table.log_odds("word", "verb"), 1.25);
  EXPECT_EQ(table.log_odds("word", "noun"), 0);
  EXPECT_EQ(table.log_odds("mood", "verb"), 0);
}

TEST(confidence, rows_that_cannot_be_are_refused_with_their_line) {
  for (const std::string row : {"word\tverb\t", "word\tverb\tmuch", "word\tverb\tnan", "word\tverb\t1e9", "word\tverb\t-11",
                                "word\tverb\t1x", "\tverb\t1", "base\t\t2"}) {
    ConfidenceTable table;
    const auto added = add(table, "base\t\t1\n" + row + "\n");
    ASSERT_FALSE(added.ok()) << row;
    EXPECT_EQ(added.error().code, ErrorCode::kBadData) << row;
    EXPECT_EQ(added.error().line, 3U) << row;
    EXPECT_FALSE(added.error().remedy.empty()) << row;
  }
}

TEST(confidence, terms_add_up_on_the_scale_of_log_odds) {
  EXPECT_DOUBLE_EQ(confidence_of({}), 0.5);
  EXPECT_DOUBLE_EQ(confidence_of({{"a", "", 1}, {"b", "", -1}}), 0.5);
  EXPECT_GT(confidence_of({{"a", "", 2}}), confidence_of({{"a", "", 1}}));
  EXPECT_NEAR(with_term(confidence_of({{"a", "", 1}}), {"b", "", 0.5}), confidence_of({{"a", "", 1.5}}), 0.001);
  EXPECT_EQ(confidence_of({{"a", "", 100}}), 1);
  EXPECT_EQ(with_term(1, {"b", "", -10}), 1) << "what is beyond thousandths stays there";
  EXPECT_EQ(with_term(0, {"b", "", 10}), 0);
}

constexpr std::string_view kInvadedAndSaid =
    "Russia Russia NNP PROPN nsubj 2 GPE\ninvaded invade VBD VERB ROOT 0\nUkraine Ukraine NNP PROPN dobj 2 GPE\n. . . PUNCT punct 2\n\n"
    "Officials official NNS NOUN nsubj 2\nsaid say VBD VERB ROOT 0\nRussia Russia NNP PROPN nsubj 5 GPE\nhad have VBD AUX aux 5\n"
    "invaded invade VBN VERB ccomp 2\nUkraine Ukraine NNP PROPN dobj 5 GPE\n. . . PUNCT punct 2\n";

TEST(confidence, the_terms_of_an_event_give_its_confidence) {
  const ParsedDocument parsed(kInvadedAndSaid, "2022-02-25");
  ReadingTrace trace;
  const Report report = read_document(parsed.article(), parsed.doc(), shipped_lexicon(), &trace);
  ASSERT_EQ(report.events.size(), 1U);
  const Event& event = report.events[0];
  size_t told = 0;
  for (const auto& [token, act] : trace.acts) {
    if (act.event_id != event.id) continue;
    ASSERT_FALSE(act.confidence.empty());
    EXPECT_EQ(act.confidence.back().feature, "told");
    EXPECT_EQ(act.confidence.back().value, "again");
    ++told;
    if (act.fate != ActFate::kEvent) continue;
    EXPECT_NEAR(confidence_of(act.confidence), event.confidence, 0.002);
  }
  EXPECT_EQ(told, 2U);
}

TEST(confidence, doubtful_events_leave_the_report_and_its_statements) {
  const ParsedDocument parsed(kInvadedAndSaid, "2022-02-25");
  Report report = read_document(parsed.article(), parsed.doc(), shipped_lexicon());
  ASSERT_EQ(report.events.size(), 1U);
  ASSERT_EQ(report.statements.size(), 1U);
  report.statements[0].events = {report.events[0].id};
  drop_doubtful_events(report.events[0].confidence, report);
  EXPECT_EQ(report.events.size(), 1U);
  drop_doubtful_events(report.events[0].confidence + 0.001, report);
  EXPECT_TRUE(report.events.empty());
  EXPECT_TRUE(report.statements[0].events.empty());
}

}  // namespace
}  // namespace casus
