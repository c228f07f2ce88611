// Who does what to whom, from parses written by hand: passives, control, sharing, relative clauses; and long or odd parses.
#include "reading/syntax.h"

#include <gtest/gtest.h>

#include "parsed_document.h"

namespace casus {
namespace {

TEST(syntax, subject_and_object_of_a_plain_clause) {
  const ParsedDocument parsed("Iran Iran NNP PROPN nsubj 2\ncriticised criticise VBD VERB ROOT 0\nIraq Iraq NNP PROPN dobj 2\n");
  const Syntax syntax(parsed.doc());
  EXPECT_EQ(syntax.logical_subject(1), 0u);
  EXPECT_EQ(syntax.logical_objects(1), std::vector<uint32_t>{2});
  EXPECT_FALSE(syntax.is_passive(1));
}

TEST(syntax, a_passive_is_turned_round) {
  const ParsedDocument parsed(
      "Iraq Iraq NNP PROPN nsubjpass 3\nwas be VBD AUX auxpass 3\naccused accuse VBN VERB ROOT 0\nby by IN ADP agent 3\nIran Iran NNP "
      "PROPN pobj 4\n");
  const Syntax syntax(parsed.doc());
  EXPECT_EQ(syntax.logical_subject(2), 4u);
  EXPECT_EQ(syntax.surface_subject(2), 0u);
  EXPECT_EQ(syntax.logical_objects(2), std::vector<uint32_t>{0});
}

TEST(syntax, a_passive_without_an_agent_has_no_doer) {
  const ParsedDocument parsed("Iraq Iraq NNP PROPN nsubjpass 3\nwas be VBD AUX auxpass 3\nattacked attack VBN VERB ROOT 0\n");
  EXPECT_EQ(Syntax(parsed.doc()).logical_subject(2), std::nullopt);
}

TEST(syntax, a_controlled_verb_takes_the_subject_above) {
  const ParsedDocument parsed(
      "Iran Iran NNP PROPN nsubj 2\nrefused refuse VBD VERB ROOT 0\nto to TO PART aux 4\nleave leave VB VERB xcomp 2\n");
  EXPECT_EQ(Syntax(parsed.doc()).logical_subject(3), 0u);
}

TEST(syntax, a_controlled_verb_takes_the_object_above_if_there_is_one) {
  const ParsedDocument parsed(
      "Iran Iran NNP PROPN nsubj 2\nordered order VBD VERB ROOT 0\ntroops troop NNS NOUN dobj 2\nto to TO PART aux 5\nleave leave VB VERB "
      "xcomp 2\n");
  EXPECT_EQ(Syntax(parsed.doc()).logical_subject(4), 2u);
}

TEST(syntax, the_accused_does_what_the_accuser_says) {
  const ParsedDocument parsed(
      "Iran Iran NNP PROPN nsubj 2\naccused accuse VBD VERB ROOT 0\nIraq Iraq NNP PROPN dobj 2\nof of IN ADP prep 2\nspying spy VBG VERB "
      "pcomp 4\n");
  EXPECT_EQ(Syntax(parsed.doc()).logical_subject(4), 2u);
}

TEST(syntax, coordinated_verbs_share_their_subject) {
  const ParsedDocument parsed(
      "Iran Iran NNP PROPN nsubj 2\nattacked attack VBD VERB ROOT 0\nand and CC CCONJ cc 2\noccupied occupy VBD VERB conj 2\nIraq Iraq NNP "
      "PROPN dobj 4\n");
  const Syntax syntax(parsed.doc());
  EXPECT_EQ(syntax.logical_subject(3), 0u);
  EXPECT_EQ(syntax.logical_objects(1), std::vector<uint32_t>{4});
}

TEST(syntax, a_relative_clause_speaks_of_its_noun) {
  const ParsedDocument parsed(
      "envoy envoy NN NOUN nsubj 5\nwho who WP PRON nsubj 3\nmet meet VBD VERB relcl 1\nIraq Iraq NNP PROPN dobj 3\nleft leave VBD VERB "
      "ROOT 0\n");
  EXPECT_EQ(Syntax(parsed.doc()).logical_subject(2), 0u);
}

TEST(syntax, lists_are_coordinated_in_order) {
  const ParsedDocument parsed(
      "Iran Iran NNP PROPN nsubj 6\n, , , PUNCT punct 1\nIraq Iraq NNP PROPN conj 1\nand and CC CCONJ cc 3\nOman Oman NNP PROPN conj "
      "3\nmet meet VBD VERB ROOT 0\n");
  EXPECT_EQ(Syntax(parsed.doc()).coordinated(0), (std::vector<uint32_t>{0, 2, 4}));
}

TEST(syntax, edges_span_the_subtree) {
  const ParsedDocument parsed("the the DT DET det 3\nold old JJ ADJ amod 3\nking king NN NOUN nsubj 4\nleft leave VBD VERB ROOT 0\n");
  const Syntax syntax(parsed.doc());
  EXPECT_EQ(syntax.left_edge(2), 0u);
  EXPECT_EQ(syntax.right_edge(2), 3u);
  EXPECT_EQ(syntax.right_edge(3), 4u);
}

TEST(syntax, a_long_chain_of_verbs_ends) {
  std::string lines = "Iran Iran NNP PROPN nsubj 2\nsaid say VBD VERB ROOT 0\n";
  for (int i = 2; i < 5000; ++i) lines += "say say VB VERB xcomp " + std::to_string(i) + "\n";
  const ParsedDocument parsed(lines);
  const Syntax syntax(parsed.doc());
  EXPECT_EQ(syntax.logical_subject(4999), std::nullopt);
  EXPECT_EQ(syntax.logical_subject(10), 0u);
  EXPECT_EQ(syntax.right_edge(1), 5000u);
}

TEST(syntax, an_empty_document_has_no_tokens) { EXPECT_EQ(Syntax(ParsedDocument("").doc()).size(), 0u); }

}  // namespace
}  // namespace casus
