// Which place is that of an act, and why: sentences parsed by hand, with the shipped dictionaries and no gazetteer.
#include "reading/event_places.h"

#include <gtest/gtest.h>

#include <chrono>

#include "parsed_document.h"
#include "reading/reading.h"
#include "sanitized.h"
#include "shipped_lexicon.h"

namespace casus {
namespace {

/// The place of the first act: "country: rule", or "-".
std::string place_of_first(std::string_view lines) {
  const ParsedDocument parsed(lines, "2015-02-10");
  const Report report = read_document(parsed.article(), parsed.doc(), shipped_lexicon());
  if (report.events.empty()) return "no event";
  const auto& place = report.events[0].place;
  if (!place) return "-";
  EXPECT_EQ(parsed.article()->view(place->span), place->text);
  return place->country + ": " + place->rule;
}

TEST(event_places, goal_of_a_deployment) {
  EXPECT_EQ(place_of_first(
                "Russia Russia NNP PROPN nsubj 2 GPE\ndeployed deploy VBD VERB ROOT 0\ntroops troop NNS NOUN dobj 2\nto to IN ADP prep 2\n"
                "Belarus Belarus NNP PROPN pobj 4 GPE\n"),
            "BLR: goal");
}

TEST(event_places, object_of_a_visit) {
  EXPECT_EQ(
      place_of_first(
          "Rutte Rutte NNP PROPN compound 2 PERSON\nPutin Putin NNP PROPN nsubj 3 PERSON\nvisited visit VBD VERB ROOT 0\nKyiv Kyiv NNP "
          "PROPN dobj 3 GPE\n"),
      "UKR: object");
}

TEST(event_places, the_border_of_a_state_is_in_that_state) {
  EXPECT_EQ(place_of_first("Russia Russia NNP PROPN nsubj 2 GPE\ndeployed deploy VBD VERB ROOT 0\ntroops troop NNS NOUN dobj 2\nto to IN "
                           "ADP prep 2\nthe the DT "
                           "DET det 7\nUkraine Ukraine NNP PROPN compound 7 GPE\nborder border NN NOUN pobj 4\n"),
            "UKR: goal");
}

TEST(event_places, a_name_that_stands_for_a_government_is_no_place) {
  EXPECT_EQ(place_of_first("Iran Iran NNP PROPN nsubj 2 GPE\naccused accuse VBD VERB ROOT 0\nMoscow Moscow NNP PROPN dobj 2 GPE\n"), "-");
  EXPECT_EQ(place_of_first("Iran Iran NNP PROPN nsubj 2 GPE\ncriticized criticize VBD VERB ROOT 0\nattacks attack NNS NOUN dobj 2\nin in "
                           "IN ADP prep 3\nSyria "
                           "Syria NNP PROPN pobj 4 GPE\n"),
            "-");
}

TEST(event_places, where_refers_to_the_noun_before) {
  EXPECT_EQ(place_of_first("Belarus Belarus NNP PROPN ROOT 0 GPE\nwhere where WRB SCONJ advmod 4\nRussia Russia NNP PROPN nsubj 4 "
                           "GPE\ndeployed deploy VBD VERB "
                           "relcl 1\ntroops troop NNS NOUN dobj 4\n"),
            "BLR: where");
}

TEST(event_places, force_happens_in_the_land_it_is_used_on) {
  EXPECT_EQ(place_of_first("Iraq Iraq NNP PROPN nsubj 2 GPE\nbombed bomb VBD VERB ROOT 0\nKuwait Kuwait NNP PROPN dobj 2 GPE\n"),
            "KWT: object");
}

TEST(event_places, there_is_the_place_named_before) {
  EXPECT_EQ(
      place_of_first("Iran Iran NNP PROPN nsubj 2 GPE\nlies lie VBZ VERB ROOT 0\nnear near IN ADP prep 2\nOman Oman NNP PROPN pobj 3 "
                     "GPE\n\nRussia Russia "
                     "NNP PROPN nsubj 2 GPE\ndeployed deploy VBD VERB ROOT 0\ntroops troop NNS NOUN dobj 2\nthere there RB ADV advmod 2\n"),
      "OMN: there");
}

TEST(event_places, the_dateline_is_no_place) {
  EXPECT_EQ(place_of_first("Russia Russia NNP PROPN nsubj 2 GPE\ndeployed deploy VBD VERB ROOT 0\ntroops troop NNS NOUN dobj 2\n"), "-");
}

TEST(event_places, a_sentence_of_ten_thousand_places_is_read_in_bounded_time) {
  std::string lines = "Russia Russia NNP PROPN nsubj 2 GPE\nbombed bomb VBD VERB ROOT 0\nOman Oman NNP PROPN dobj 2 GPE\n";
  for (int i = 0; i < 10'000; ++i) lines += "Oman Oman NNP PROPN conj " + std::to_string(i + 3) + " GPE\n";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(place_of_first(lines), "OMN: object");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2) * kSlowness);
}

TEST(event_places, five_thousand_verbs_of_one_verb_are_read_in_bounded_time) {
  std::string lines = "Russia Russia NNP PROPN nsubj 2 GPE\nbombed bomb VBD VERB ROOT 0\nOman Oman NNP PROPN dobj 2 GPE\n";
  for (int i = 0; i < 5'000; ++i)
    lines += "visited visit VBD VERB conj 2\nOman Oman NNP PROPN dobj " + std::to_string(2 * i + 4) + " GPE\n";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(place_of_first(lines), "OMN: object");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(4) * kSlowness);
}

// ---- what explain and the layer of mentions tell

TEST(mentions, are_told_with_their_words_where_reading_is_traced) {
  const ParsedDocument parsed(
      "Iran Iran NNP PROPN nsubj 2 GPE\nsaid say VBD VERB ROOT 0\nit it PRP PRON nsubj 4\nattacked attack VBD VERB ccomp 2\nIraq Iraq NNP "
      "PROPN dobj 4 GPE\n");
  ReadingTrace trace;
  const Report report = read_document(parsed.article(), parsed.doc(), shipped_lexicon(), &trace);
  ASSERT_EQ(report.mentions.size(), 3u);
  EXPECT_EQ(report.mentions[0].actor.text, "Iran");
  EXPECT_EQ(report.mentions[0].rule, "name");
  EXPECT_EQ(report.mentions[1].actor.text, "it");
  EXPECT_EQ(report.mentions[1].actor.country, "IRN");
  EXPECT_EQ(report.mentions[1].rule, "pronoun");
  EXPECT_TRUE(read_document(parsed.article(), parsed.doc(), shipped_lexicon()).mentions.empty());
}

TEST(explain, names_the_origin_of_a_target_whose_land_is_told_by_the_place) {
  const ParsedDocument parsed(
      "Police police NNS NOUN nsubj 2\nshot shoot VBD VERB ROOT 0\nprotesters protester NNS NOUN dobj 2\nin in IN ADP prep 2\nSudan Sudan "
      "NNP PROPN pobj 4 "
      "GPE\n");
  ReadingTrace trace;
  const Report report = read_document(parsed.article(), parsed.doc(), shipped_lexicon(), &trace);
  ASSERT_EQ(report.events.size(), 1u);
  EXPECT_EQ(report.events[0].target.at(0).country, "SDN");
  const ActTrace& act = trace.acts.at(1);
  EXPECT_EQ(act.target_origin, TargetOrigin::kLand);
  ASSERT_TRUE(act.place);
  EXPECT_EQ(act.place->rule, kPlaceAtAct);
}

}  // namespace
}  // namespace casus
