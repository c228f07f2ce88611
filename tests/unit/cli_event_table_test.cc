// The table of events: the words around the trigger, whatever the width.
#include <gtest/gtest.h>

#include "article/article_source.h"
#include "cli/event_table.h"
#include "cli/text_width.h"

namespace casus {
namespace {

ByteSpan find(const Article& article, std::string_view words) {
  const size_t at = article.text().find(words);
  return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())};
}

Report report_of(const std::string& text, std::string_view trigger) {
  ArticleFields fields;
  fields.id = "cuba-1";
  fields.title = "Kennedy orders quarantine";
  Report report;
  report.article = make_article(std::move(fields), text, {.as_is = true});
  Event event;
  event.type = "COERCE";
  event.status = "actual";
  event.sentence = {0, static_cast<uint32_t>(report.article->text().size())};
  event.trigger_span = find(*report.article, trigger);
  Actor actor;
  actor.text = "Kennedy";
  actor.country = "USA";
  actor.sector = "GOV";
  event.source.push_back(actor);
  report.events.push_back(event);
  return report;
}

std::string table_of(const Report& report, const TableStyle& style) {
  std::string out;
  append_event_table(report, style, out);
  return out;
}

TEST(EventTable, shows_codes_and_words_with_the_trigger_marked) {
  const std::string table = table_of(report_of("President Kennedy ordered a quarantine.", "ordered"), {.columns = 100});
  EXPECT_NE(table.find("cuba-1 · Kennedy orders quarantine\n"), std::string::npos);
  EXPECT_NE(table.find("USA/GOV Kennedy\n"), std::string::npos);
  EXPECT_NE(table.find("President Kennedy [ordered] a quarantine."), std::string::npos);
  EXPECT_EQ(table.find('\x1b'), std::string::npos);
}

TEST(EventTable, bold_takes_the_place_of_brackets) {
  const std::string table = table_of(report_of("President Kennedy ordered a quarantine.", "ordered"), {.columns = 100, .bold = true});
  EXPECT_NE(table.find("Kennedy \x1b[1mordered\x1b[0m a"), std::string::npos);
}

TEST(EventTable, every_line_fits_and_keeps_the_trigger) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "word ";
  text += "struck ";
  for (int i = 0; i < 40; ++i) text += "слово 基辅 ";
  const Report report = report_of(text + "end", "struck");
  for (size_t columns = 60; columns < 200; columns += 7) {
    const std::string table = table_of(report, {.columns = columns});
    EXPECT_NE(table.find("[struck]"), std::string::npos) << columns;
    for (size_t begin = 0; begin < table.size();) {
      const size_t end = table.find('\n', begin);
      EXPECT_LE(display_width(std::string_view(table).substr(begin, end - begin)), columns);
      begin = end + 1;
    }
  }
}

TEST(EventTable, trigger_in_another_sentence_leaves_the_sentence_whole) {
  Report report = report_of("They met. It was said again.", "said");
  report.events[0].sentence = find(*report.article, "They met.");
  EXPECT_NE(table_of(report, {.columns = 100}).find("  They met.\n"), std::string::npos);
}

TEST(EventTable, interval_says_once_what_its_days_share) {
  Report report = report_of("Rain fell.", "fell");
  const auto first_word = [&](const std::string& date) {
    report.events[0].date = date;
    const std::string table = table_of(report, {.columns = 100});
    const size_t begin = table.find("\n  ") + 3;
    return table.substr(begin, table.find(' ', begin) - begin);
  };
  EXPECT_EQ(first_word("1982-04-05/1982-04-06"), "1982-04-05/06");
  EXPECT_EQ(first_word("1982-04-05/1982-05-06"), "1982-04-05/05-06");
  EXPECT_EQ(first_word("1982-12-05/1983-01-06"), "1982-12-05/1983-01-06");
  EXPECT_EQ(first_word("1982/1983"), "1982/1983");
  EXPECT_EQ(first_word("1982-04"), "1982-04");
  EXPECT_EQ(first_word(""), "–");
}

TEST(EventTable, article_without_events_says_so) {
  Report report = report_of("Rain fell.", "fell");
  report.events.clear();
  EXPECT_NE(table_of(report, {.columns = 100}).find("no events"), std::string::npos);
}

TEST(EventTable, text_cannot_forge_the_screen) {
  const std::string table = table_of(report_of("He \x1b[2J said\nno\x07 more.", "said"), {.columns = 100});
  EXPECT_EQ(table.find('\x1b'), std::string::npos);
  EXPECT_EQ(table.find('\x07'), std::string::npos);
  EXPECT_NE(table.find("[said] no"), std::string::npos);
}

}  // namespace
}  // namespace casus
