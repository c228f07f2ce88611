// Statements from documents written by hand: cues of all kinds, whose words they are and how far these go.
#include "reading/statements.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "parsed_document.h"
#include "reading/attribution.h"
#include "reading/reading.h"
#include "shipped_lexicon.h"

namespace casus {
namespace {

Report read(std::string_view lines) {
  const ParsedDocument parsed(lines, "2022-02-10");
  return read_document(parsed.article(), parsed.doc(), shipped_lexicon());
}

/// "speaker | cue | kind | text" of each statement.
std::vector<std::string> said(std::string_view lines) {
  std::vector<std::string> out;
  for (const Statement& s : read(lines).statements) out.push_back(s.speaker.text + " | " + s.cue + " | " + s.kind + " | " + s.text);
  return out;
}

using Said = std::vector<std::string>;

TEST(statements, a_clause_behind_a_verb_of_speech_is_indirect) {
  EXPECT_EQ(said("Iran Iran NNP PROPN nsubj 2 GPE\nsaid say VBD VERB ROOT 0\nthat that IN SCONJ mark 5\nIraq Iraq NNP PROPN nsubj 5 GPE\n"
                 "left leave VBD VERB ccomp 2\n"),
            (Said{"Iran | said | indirect | Iraq left"}));
}

TEST(statements, words_in_marks_are_direct_and_lose_the_marks) {
  EXPECT_EQ(said("\" \" `` PUNCT punct 7\nIraq Iraq NNP PROPN nsubj 3 GPE\nleft leave VBD VERB ccomp 7\n, , , PUNCT punct 7\n\" \" '' "
                 "PUNCT punct 7\n"
                 "Iran Iran NNP PROPN nsubj 7 GPE\nsaid say VBD VERB ROOT 0\n"),
            (Said{"Iran | said | direct | Iraq left ,"}));
}

TEST(statements, a_quotation_behind_he_said_is_a_piece_of_the_same_statement) {
  EXPECT_EQ(
      said("\" \" `` PUNCT punct 3\nIraq Iraq NNP PROPN nsubj 3 GPE\nleft leave VBD VERB ccomp 7\n, , , PUNCT punct 7\n\" \" '' PUNCT "
           "punct 7\n"
           "Iran Iran NNP PROPN nsubj 7 GPE\nsaid say VBD VERB ROOT 0\n. . . PUNCT punct 7\n\n"
           "\" \" `` PUNCT punct 5\nNobody nobody NN PRON nsubj 5\nof of IN ADP prep 2\nus we PRP PRON pobj 3\nsaw see VBD VERB ROOT 0\n"
           "it it PRP PRON dobj 5\n. . . PUNCT punct 5\n\" \" '' PUNCT punct 5\n"),
      (Said{"Iran | said | direct | Iraq left , Nobody of us saw it ."}));
}

TEST(statements, a_cue_within_a_clause_splits_it) {
  EXPECT_EQ(said("The the DT DET det 2\nplan plan NN NOUN nsubj 7\n, , , PUNCT punct 7\nIran Iran NNP PROPN nsubj 5 GPE\nsaid say VBD VERB "
                 "parataxis 7\n"
                 ", , , PUNCT punct 7\nis be VBZ AUX ROOT 0\ndead dead JJ ADJ acomp 7\n. . . PUNCT punct 7\n"),
            (Said{"Iran | said | indirect | The plan is dead"}));
}

TEST(statements, a_source_beside_a_clause_is_its_speaker) {
  EXPECT_EQ(said("Iraq Iraq NNP PROPN nsubj 2 GPE\nleft leave VBD VERB ROOT 0\n, , , PUNCT punct 2\naccording accord VBG VERB prep 2\nto "
                 "to IN ADP prep 4\n"
                 "Iran Iran NNP PROPN pobj 5 GPE\n. . . PUNCT punct 2\n"),
            (Said{"Iran | according to | indirect | Iraq left"}));
}

TEST(statements, a_noun_of_speech_tells_the_words_of_its_owner) {
  EXPECT_EQ(said("Iran Iran NNP PROPN poss 3 GPE\n's 's POS PART case 1\nclaim claim NN NOUN nsubj 7\nthat that IN SCONJ mark 6\n"
                 "Iraq Iraq NNP PROPN nsubj 6 GPE\nattacked attack VBD VERB acl 3\nspread spread VBD VERB ROOT 0\n"),
            (Said{"Iran 's | claim | indirect | Iraq attacked"}));
}

TEST(statements, a_belief_has_a_holder) {
  EXPECT_EQ(said("Iran Iran NNP PROPN nsubj 2 GPE\nis be VBZ AUX ROOT 0\nconfident confident JJ ADJ acomp 2\nthat that IN SCONJ mark 6\n"
                 "Iraq Iraq NNP PROPN nsubj 6 GPE\nleft leave VBD VERB ccomp 3\n"),
            (Said{"Iran | confident | indirect | Iraq left"}));
}

TEST(statements, a_report_within_a_report_is_one_of_its_own) {
  EXPECT_EQ(
      said("Iran Iran NNP PROPN nsubj 2 GPE\nsaid say VBD VERB ROOT 0\nIraq Iraq NNP PROPN nsubj 4 GPE\ndenied deny VBD VERB ccomp 2\n"
           "that that IN SCONJ mark 7\nChile Chile NNP PROPN nsubj 7 GPE\nleft leave VBD VERB ccomp 4\n"),
      (Said{"Iran | said | indirect | Iraq denied that Chile left", "Iraq | denied | indirect | Chile left"}));
}

TEST(statements, nobody_named_as_the_source_leaves_the_speaker_empty) {
  EXPECT_EQ(said("Iraq Iraq NNP PROPN nsubjpass 3 GPE\nis be VBZ AUX auxpass 3\nsaid say VBN VERB ROOT 0\nto to TO PART aux 6\nhave have "
                 "VB AUX aux 6\n"
                 "left leave VBN VERB xcomp 3\n"),
            (Said{" | said | indirect | Iraq to have left"}));
}

TEST(statements, a_verb_that_reports_nothing_gives_none) {
  EXPECT_EQ(said("Iran Iran NNP PROPN nsubj 2 GPE\nsaid say VBD VERB ROOT 0\nlittle little JJ ADJ dobj 2\n"), Said{});
  EXPECT_EQ(said("Iran Iran NNP PROPN nsubj 2 GPE\nbuilt build VBD VERB ROOT 0\n\" \" `` PUNCT punct 4\npeace peace NN NOUN dobj 2\n\" \" "
                 "'' PUNCT punct 4\n"),
            Said{});
}

TEST(statements, an_act_told_within_a_quotation_rests_on_whoever_is_quoted) {
  const Report report = read(
      "\" \" `` PUNCT punct 3\nIraq Iraq NNP PROPN nsubj 3 GPE\nattacked attack VBD VERB ccomp 8\nChile Chile NNP PROPN dobj 3 GPE\n, , , "
      "PUNCT punct 8\n"
      "\" \" '' PUNCT punct 8\nIran Iran NNP PROPN nsubj 8 GPE\nsaid say VBD VERB ROOT 0\n. . . PUNCT punct 8\n\n"
      "\" \" `` PUNCT punct 3\nIt it PRP PRON nsubj 3\nattacked attack VBD VERB ROOT 0\nPeru Peru NNP PROPN dobj 3 GPE\n. . . PUNCT punct "
      "3\n"
      "\" \" '' PUNCT punct 3\n");
  ASSERT_EQ(report.events.size(), 2u);
  EXPECT_EQ(report.events[0].attributed_to, "Iran");
  EXPECT_EQ(report.events[1].attributed_to, "Iran");  // no verb above it says so
  ASSERT_EQ(report.statements.size(), 1u);
  EXPECT_EQ(report.statements[0].events, (std::vector<std::string>{report.events[0].id, report.events[1].id}));
}

TEST(statements, a_hedge_is_kept_where_nobody_is_named) {
  const Report report = read(
      "Iraq Iraq NNP PROPN nsubj 3 GPE\nreportedly reportedly RB ADV advmod 3\nattacked attack VBD VERB ROOT 0\nChile Chile NNP PROPN dobj "
      "3 GPE\n");
  ASSERT_EQ(report.events.size(), 1u);
  EXPECT_EQ(report.events[0].attributed_to, "reportedly");
}

/// "Iran said Iran said …": each report holds all that follow.
std::string nested(int depth) {
  std::string lines;
  for (int i = 0; i < depth; ++i) {
    const std::string verb = std::to_string(2 * i + 2);
    lines +=
        "Iran Iran NNP PROPN nsubj " + verb + " GPE\nsaid say VBD VERB " + (i == 0 ? "ROOT 0" : "ccomp " + std::to_string(2 * i)) + "\n";
  }
  return lines + "left leave VBD VERB ccomp " + std::to_string(2 * depth) + "\n";
}

TEST(statements, reports_in_reports_are_read_to_a_depth) {
  EXPECT_EQ(said(nested(3)).size(), 3u);
  EXPECT_EQ(said(nested(200)).size(), kMaxStatementDepth);
}

TEST(statements, ten_thousand_quotations_in_a_paragraph_take_little_time) {
  std::string lines = "Iran Iran NNP PROPN nsubj 2 GPE\nsaid say VBD VERB ROOT 0\n";
  for (int i = 0; i < 10'000; ++i) lines += "\" \" `` PUNCT punct 2\nno no UH INTJ dep 2\n\" \" '' PUNCT punct 2\n";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_LE(said(lines).size(), 1u);
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), 10.0);
}

TEST(statements, a_name_loses_its_article) {
  EXPECT_EQ(without_article("the Kremlin"), "Kremlin");
  EXPECT_EQ(without_article("A readout"), "readout");
  EXPECT_EQ(without_article("Thebes"), "Thebes");
}

}  // namespace
}  // namespace casus
