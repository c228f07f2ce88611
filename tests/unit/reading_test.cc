// Records from documents written by hand, with the shipped dictionaries and without a model: sides, status, spans, ids, JSON.
#include "reading/reading.h"

#include <gtest/gtest.h>

#include "parsed_document.h"
#include "reading/people.h"
#include "shipped_lexicon.h"

namespace casus {
namespace {

Report read(const ParsedDocument& parsed) { return read_document(parsed.article(), parsed.doc(), shipped_lexicon()); }

constexpr std::string_view kAccused =
    "Iran Iran NNP PROPN nsubj 2 GPE\naccused accuse VBD VERB ROOT 0\nIraq Iraq NNP PROPN dobj 2 GPE\non on IN ADP prep 2\n"
    "Tuesday Tuesday NNP PROPN pobj 4 DATE\n";

TEST(reading, a_name_with_a_hyphen_is_written_as_in_the_text) {
  Person person;
  person.names = {"Adel", "al", "-", "Jubeir"};
  EXPECT_EQ(person.full_name(), "Adel al-Jubeir");
}

TEST(reading, a_clause_becomes_a_record_with_sides_date_and_rule) {
  const ParsedDocument parsed(kAccused, "2022-02-10");
  const Report report = read(parsed);
  ASSERT_EQ(report.events.size(), 1u);
  const Event& event = report.events[0];
  EXPECT_EQ(event.type, "ACCUSE");
  EXPECT_EQ(event.status, "actual");
  EXPECT_EQ(event.source.at(0).country, "IRN");
  EXPECT_EQ(event.target.at(0).country, "IRQ");
  EXPECT_EQ(event.date, "2022-02-08");
  EXPECT_EQ(event.date_precision, "day");
  EXPECT_EQ(event.quad, 3);
  EXPECT_TRUE(event.rule.starts_with("accuse/")) << event.rule;
}

TEST(reading, fields_are_the_words_of_their_spans) {
  const ParsedDocument parsed(kAccused, "2022-02-10");
  const Report report = read(parsed);
  ASSERT_EQ(report.events.size(), 1u);
  const Event& event = report.events[0];
  EXPECT_EQ(parsed.article()->view(event.trigger_span), event.trigger);
  EXPECT_EQ(parsed.article()->view(event.source.at(0).span), event.source.at(0).text);
  EXPECT_EQ(parsed.article()->view(*event.date_span), "Tuesday");
}

TEST(reading, a_pronoun_is_named_by_the_words_of_its_sentence_that_it_stands_for) {
  const ParsedDocument parsed(
      "Iran Iran NNP PROPN nsubj 2 GPE\nsaid say VBD VERB ROOT 0\nit it PRP PRON nsubj 4\nattacked attack VBD VERB ccomp 2\n"
      "Iraq Iraq NNP PROPN dobj 4 GPE\n");
  const Report report = read(parsed);
  ASSERT_EQ(report.events.size(), 1u);
  EXPECT_EQ(report.events[0].source.at(0).text, "Iran");
}

TEST(reading, a_weekday_without_a_day_of_publication_gives_no_date) {
  const ParsedDocument parsed(kAccused);
  const Report report = read(parsed);
  ASSERT_EQ(report.events.size(), 1u);
  EXPECT_EQ(report.events[0].date, "");
}

TEST(reading, ids_are_stable_and_depend_on_the_place) {
  const ParsedDocument parsed(kAccused, "2022-02-10");
  const ParsedDocument other(
      "Then then RB ADV advmod 3\nIran Iran NNP PROPN nsubj 3 GPE\naccused accuse VBD VERB ROOT 0\nIraq Iraq NNP PROPN dobj 3 GPE\n");
  const std::string id = read(parsed).events.at(0).id;
  EXPECT_EQ(id.size(), 16u);
  EXPECT_EQ(read(parsed).events.at(0).id, id);
  EXPECT_NE(read(other).events.at(0).id, id);
}

TEST(reading, a_negated_act_is_denied) {
  const ParsedDocument parsed(
      "Iran Iran NNP PROPN nsubj 4 GPE\ndid do VBD AUX aux 4\nnot not RB PART neg 4\naccuse accuse VB VERB ROOT 0\nIraq Iraq NNP PROPN "
      "dobj 4 GPE\n");
  const Report report = read(parsed);
  ASSERT_EQ(report.events.size(), 1u);
  EXPECT_EQ(report.events[0].status, "denied");
}

TEST(reading, a_refusal_is_an_act_and_its_content_none) {
  const ParsedDocument parsed(
      "Iran Iran NNP PROPN nsubj 2 GPE\nrefused refuse VBD VERB ROOT 0\nto to TO PART aux 4\nattack attack VB VERB xcomp 2\nIraq Iraq NNP "
      "PROPN dobj 4 GPE\n");
  const Report report = read(parsed);
  ASSERT_EQ(report.events.size(), 1u);
  EXPECT_EQ(report.events[0].type, "REJECT");
}

TEST(reading, a_reported_act_rests_on_its_speaker) {
  const ParsedDocument parsed(
      "Oman Oman NNP PROPN nsubj 2 GPE\nsaid say VBD VERB ROOT 0\nIran Iran NNP PROPN nsubj 4 GPE\nattacked attack VBD VERB ccomp 2\nIraq "
      "Iraq NNP PROPN dobj 4 GPE\n");
  const Report report = read(parsed);
  ASSERT_EQ(report.events.size(), 1u);
  EXPECT_EQ(report.events[0].attributed_to, "Oman");
  ASSERT_EQ(report.statements.size(), 1u);
  EXPECT_EQ(report.statements[0].speaker.country, "OMN");
  EXPECT_EQ(report.statements[0].text, "Iran attacked Iraq");
  EXPECT_EQ(report.statements[0].events, std::vector<std::string>{report.events[0].id});
}

TEST(reading, words_without_an_act_give_no_record) {
  const ParsedDocument parsed(
      "Iran Iran NNP PROPN nsubj 2 GPE\nlies lie VBZ VERB ROOT 0\nin in IN ADP prep 2\nAsia Asia NNP PROPN pobj 3 LOC\n");
  EXPECT_TRUE(read(parsed).events.empty());
}

TEST(reading, an_empty_document_gives_an_empty_report) {
  const ParsedDocument parsed("");
  const Report report = read(parsed);
  EXPECT_TRUE(report.events.empty());
  EXPECT_TRUE(report.statements.empty());
}

TEST(reading, a_very_long_sentence_is_read_in_bounded_time) {
  std::string lines = "Iran Iran NNP PROPN nsubj 2 GPE\naccused accuse VBD VERB ROOT 0\nIraq Iraq NNP PROPN dobj 2 GPE\n";
  for (int i = 3; i < 20000; ++i) lines += "Oman Oman NNP PROPN conj " + std::to_string(i) + " GPE\n";
  const ParsedDocument parsed(lines);
  EXPECT_EQ(read(parsed).events.size(), 1u);
}

TEST(record_json, records_are_lines_with_the_fields_of_the_format) {
  const ParsedDocument parsed(kAccused, "2022-02-10");
  std::string out;
  append_records_json(read(parsed), {}, out);
  EXPECT_TRUE(out.starts_with("{\"record\":\"event\",\"id\":\""));
  EXPECT_TRUE(out.ends_with("}\n"));
  for (const std::string_view field :
       {"\"doc\":\"by-hand\"", "\"published\":\"2022-02-10\"", "\"type\":\"ACCUSE\"", "\"date\":\"2022-02-08\"", "\"place\":null",
        "\"quantity\":[]", "\"trigger\":\"accused\"", "\"sentence\":\"Iran accused Iraq on Tuesday\"",
        "\"spans\":{\"trigger\":[5,12],\"source\":[[0,4]],\"target\":[[13,17]]"}) {
    EXPECT_NE(out.find(field), std::string::npos) << field << "\nin " << out;
  }
}

TEST(record_json, an_empty_report_writes_nothing) {
  const ParsedDocument parsed("");
  std::string out;
  append_records_json(read(parsed), {}, out);
  EXPECT_EQ(out, "");
}

}  // namespace
}  // namespace casus
