// What reading notes of its decisions where somebody asks: mentions, frames tried, words that change the status, what became of it.
// Documents written by hand, with the shipped dictionaries.
#include "reading/trace.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "parsed_document.h"
#include "reading/reading.h"
#include "shipped_lexicon.h"

namespace casus {
namespace {

std::string records(const ParsedDocument& parsed, ReadingTrace* trace) {
  std::string out;
  append_records_json(read_document(parsed.article(), parsed.doc(), shipped_lexicon(), trace), {}, out);
  return out;
}

ReadingTrace trace_of(const ParsedDocument& parsed) {
  ReadingTrace trace;
  static_cast<void>(records(parsed, &trace));
  return trace;
}

const FrameTrial* trial(const ActTrace& act, std::string_view frame, uint32_t number) {
  const auto found = std::find_if(act.trials.begin(), act.trials.end(),
                                  [&](const FrameTrial& one) { return one.frame->name == frame && one.pattern->number == number; });
  return found == act.trials.end() ? nullptr : &*found;
}

constexpr std::string_view kMayInvade =
    "Russia Russia NNP PROPN nsubj 3 GPE\nmay may MD AUX aux 3\ninvade invade VB VERB ccomp 7\nUkraine Ukraine NNP PROPN dobj 3 GPE\n"
    ", , , PUNCT punct 7\nofficials official NNS NOUN nsubj 7\nsaid say VBD VERB ROOT 0\n";
constexpr std::string_view kInvadedAndDenied =
    "Russia Russia NNP PROPN nsubj 2 GPE\ninvaded invade VBD VERB ROOT 0\nUkraine Ukraine NNP PROPN dobj 2 GPE\n. . . PUNCT punct 2\n\n"
    "It it PRP PRON nsubj 2\nbombed bomb VBD VERB ROOT 0\nKyiv Kyiv NNP PROPN dobj 2 GPE\n. . . PUNCT punct 2\n";

TEST(trace, the_report_is_the_same_with_and_without) {
  for (const std::string_view lines : {kMayInvade, kInvadedAndDenied}) {
    const ParsedDocument parsed(lines, "2022-02-10");
    ReadingTrace trace;
    const std::string without = records(parsed, nullptr);
    EXPECT_FALSE(without.empty());
    EXPECT_EQ(records(parsed, &trace), without);
    EXPECT_FALSE(trace.acts.empty());
  }
}

TEST(trace, a_modal_is_named_with_what_it_does) {
  const ReadingTrace trace = trace_of(ParsedDocument(kMayInvade));
  const ActTrace& act = trace.acts.at(2);
  ASSERT_EQ(act.steps.size(), 1u);
  EXPECT_EQ(act.steps[0].word, 1u);
  EXPECT_EQ(act.steps[0].cause, StatusCause::kModal);
  EXPECT_EQ(act.steps[0].effect, WrapperEffect::kConditional);
  EXPECT_TRUE(act.steps[0].counts);
  EXPECT_EQ(act.effect, WrapperEffect::kConditional);
  EXPECT_EQ(act.cue, 6u);
  EXPECT_EQ(act.attributed_to, "officials");
}

TEST(trace, an_event_is_found_by_its_id) {
  const ParsedDocument parsed(kMayInvade);
  ReadingTrace trace;
  const Report report = read_document(parsed.article(), parsed.doc(), shipped_lexicon(), &trace);
  ASSERT_EQ(report.events.size(), 1u);
  EXPECT_EQ(trace.acts.at(2).event_id, report.events[0].id);
  EXPECT_EQ(trace.acts.at(2).fate, ActFate::kEvent);
}

TEST(trace, the_pattern_that_fires_is_the_one_of_the_rule) {
  const ParsedDocument parsed(kMayInvade);
  ReadingTrace trace;
  const Report report = read_document(parsed.article(), parsed.doc(), shipped_lexicon(), &trace);
  const ActTrace& act = trace.acts.at(2);
  ASSERT_TRUE(act.best.has_value());
  const FrameTrial& best = act.trials.at(*act.best);
  EXPECT_EQ(best.frame->name + "/" + std::to_string(best.pattern->number), report.events.at(0).rule);
  EXPECT_EQ(best.outcome, TrialOutcome::kFired);
  EXPECT_EQ(best.target.at(0).country, "UKR");
  EXPECT_NE(best.pattern->text.find("TARGET"), std::string::npos);
}

TEST(trace, names_lead_to_their_rows) {
  const ReadingTrace trace = trace_of(ParsedDocument(kMayInvade));
  const MentionTrace& russia = trace.mentions.at(0);
  EXPECT_EQ(russia.rule, MentionRule::kName);
  ASSERT_NE(russia.name, nullptr);
  EXPECT_EQ(russia.name->country, "RUS");
  EXPECT_NE(shipped_lexicon().names().file_of(*russia.name).find("countries.tsv"), std::string::npos);
  EXPECT_EQ(trace.mentions.at(5).rule, MentionRule::kTerm);
  EXPECT_EQ(trace.mentions.at(5).term->words, "official");
}

TEST(trace, a_pronoun_leads_to_what_it_stands_for) {
  const ReadingTrace trace = trace_of(ParsedDocument(kInvadedAndDenied));
  const MentionTrace& it = trace.mentions.at(4);
  EXPECT_EQ(it.rule, MentionRule::kPronoun);
  EXPECT_EQ(it.from, 0u);
  EXPECT_EQ(it.actors.at(0).country, "RUS");
}

TEST(trace, a_person_has_office_and_the_place_where_it_is_told) {
  const ReadingTrace trace = trace_of(
      ParsedDocument("Kenyan kenyan JJ ADJ amod 2 NORP\nminister minister NN NOUN compound 4\nJane Jane NNP PROPN compound 4 PERSON\n"
                     "Doe Doe NNP PROPN nsubj 5 PERSON\nleft leave VBD VERB ROOT 0\n. . . PUNCT punct 5\n"));
  const MentionTrace& doe = trace.mentions.at(3);
  EXPECT_EQ(doe.rule, MentionRule::kPerson);
  const PersonTrace& person = trace.persons.at(doe.person.value());
  EXPECT_EQ(person.country, "KEN");
  EXPECT_EQ(person.told_at, 3u);
  ASSERT_FALSE(person.titles.empty());
  EXPECT_EQ(person.titles[0], "minister");
  EXPECT_EQ(person.entry, nullptr);
}

TEST(trace, a_pattern_that_fails_names_its_part_and_what_stands_there) {
  const ReadingTrace trace = trace_of(ParsedDocument(
      "Iran Iran NNP PROPN nsubj 2 GPE\naccused accuse VBD VERB ROOT 0\nbutterflies butterfly NNS NOUN dobj 2\n. . . PUNCT punct 2\n"));
  const ActTrace& act = trace.acts.at(1);
  EXPECT_EQ(act.fate, ActFate::kNoFrame);
  const FrameTrial* first = trial(act, "accuse", 1);
  ASSERT_NE(first, nullptr);
  ASSERT_NE(first->part, nullptr);
  EXPECT_EQ(first->part->role, FrameRole::kTarget);
  EXPECT_EQ(first->fault, PartFault::kNoActor);
  EXPECT_EQ(first->seen, std::vector<uint32_t>{2});
}

TEST(trace, what_is_absent_is_told_from_what_does_not_fit) {
  const ReadingTrace trace =
      trace_of(ParsedDocument("Iran Iran NNP PROPN nsubj 2 GPE\naccused accuse VBD VERB ROOT 0\n. . . PUNCT punct 2\n"));
  const FrameTrial* first = trial(trace.acts.at(1), "accuse", 1);
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->outcome, TrialOutcome::kPartMissing);
  EXPECT_EQ(first->fault, PartFault::kAbsent);
  EXPECT_TRUE(first->seen.empty());
}

TEST(trace, content_of_another_act_is_dropped_by_that_act) {
  const ReadingTrace trace = trace_of(ParsedDocument(
      "Iran Iran NNP PROPN nsubj 2 GPE\nthreatened threaten VBD VERB ROOT 0\nto to TO PART aux 4\ninvade invade VB VERB xcomp 2\n"
      "Iraq Iraq NNP PROPN dobj 4 GPE\n. . . PUNCT punct 2\n"));
  const ActTrace& act = trace.acts.at(3);
  EXPECT_EQ(act.fate, ActFate::kNoAct);
  ASSERT_FALSE(act.steps.empty());
  EXPECT_EQ(act.steps.back().cause, StatusCause::kContent);
  EXPECT_EQ(act.steps.back().word, 1u);
  EXPECT_EQ(act.steps.back().effect, WrapperEffect::kDropped);
}

TEST(trace, a_second_mention_leads_to_the_event_that_it_became_part_of) {
  const ParsedDocument parsed(
      "Russia Russia NNP PROPN nsubj 2 GPE\ninvaded invade VBD VERB ROOT 0\nUkraine Ukraine NNP PROPN dobj 2 GPE\n. . . PUNCT punct 2\n\n"
      "Russia Russia NNP PROPN nsubj 2 GPE\ninvaded invade VBD VERB ROOT 0\nUkraine Ukraine NNP PROPN dobj 2 GPE\n. . . PUNCT punct 2\n");
  ReadingTrace trace;
  const Report report = read_document(parsed.article(), parsed.doc(), shipped_lexicon(), &trace);
  ASSERT_EQ(report.events.size(), 1u);
  const ActTrace& second = trace.acts.at(5);
  EXPECT_EQ(second.fate, ActFate::kMerged);
  EXPECT_EQ(second.other, 1u);
  EXPECT_EQ(second.event_id, report.events[0].id);
}

TEST(trace, sides_without_a_country_are_no_event) {
  const ReadingTrace trace =
      trace_of(ParsedDocument("Acme Acme NNP PROPN nsubj 2 ORG\naccused accuse VBD VERB ROOT 0\nBolt Bolt NNP PROPN dobj 2 ORG\n"));
  EXPECT_EQ(trace.acts.at(1).fate, ActFate::kNoSide);
}

}  // namespace
}  // namespace casus
