// The names of parts of speech and relations, the label table, and the document's own functions.
#include <casus/document.h>

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace casus {
namespace {

TEST(Pos, every_name_leads_back_to_its_value) {
  for (int i = 0; i <= static_cast<int>(Pos::kSpace); ++i) EXPECT_EQ(pos_from_name(pos_name(static_cast<Pos>(i))), static_cast<Pos>(i));
  EXPECT_EQ(pos_name(Pos::kNoun), "NOUN");
  EXPECT_EQ(pos_name(Pos::kSpace), "SPACE");
  EXPECT_EQ(pos_name(Pos::kNone), "");
}

TEST(Pos, unknown_names_are_none) {
  for (const char* name : {"", "noun", "NOUNS", "NOU", "EOL"}) EXPECT_EQ(pos_from_name(name), Pos::kNone) << name;
}

TEST(Dep, the_relations_of_the_english_pipelines_are_known) {
  const char* const names[] = {"ROOT",   "acl",      "acomp",  "advcl",     "advmod", "agent",    "amod",      "appos", "attr",
                               "aux",    "auxpass",  "case",   "cc",        "ccomp",  "compound", "conj",      "csubj", "csubjpass",
                               "dative", "dep",      "det",    "dobj",      "expl",   "intj",     "mark",      "meta",  "neg",
                               "nmod",   "npadvmod", "nsubj",  "nsubjpass", "nummod", "oprd",     "parataxis", "pcomp", "pobj",
                               "poss",   "preconj",  "predet", "prep",      "prt",    "punct",    "quantmod",  "relcl", "xcomp"};
  std::set<Dep> seen;
  for (const char* name : names) {
    EXPECT_NE(dep_from_name(name), Dep::kOther) << name;
    seen.insert(dep_from_name(name));
  }
  EXPECT_EQ(seen.size(), static_cast<size_t>(Dep::kXcomp));
  EXPECT_EQ(dep_from_name("nsubj"), Dep::kNsubj);
  EXPECT_EQ(dep_from_name("quantmod"), Dep::kQuantmod);
  EXPECT_EQ(dep_from_name("xcomp"), Dep::kXcomp);
}

TEST(Dep, unknown_names_are_other) {
  for (const char* name : {"", "root", "NSUBJ", "nsub", "obl"}) EXPECT_EQ(dep_from_name(name), Dep::kOther) << name;
}

TEST(LabelTable, the_empty_label_is_number_zero) {
  LabelTable labels;
  EXPECT_EQ(labels.size(), 1U);
  EXPECT_EQ(labels.name(0), "");
  EXPECT_EQ(labels.add(""), 0);
}

TEST(LabelTable, equal_names_share_a_number) {
  LabelTable labels;
  const uint16_t noun = labels.add("NN");
  EXPECT_EQ(labels.add("NNS"), noun + 1);
  EXPECT_EQ(labels.add("NN"), noun);
  EXPECT_EQ(labels.name(noun), "NN");
  EXPECT_EQ(labels.size(), 3U);
}

TEST(LabelTable, a_full_table_gives_the_empty_label) {
  LabelTable labels;
  while (labels.size() < LabelTable::kMaxLabels) ASSERT_NE(labels.add("label" + std::to_string(labels.size())), 0);
  EXPECT_EQ(labels.add("one too many"), 0);
  EXPECT_EQ(labels.size(), LabelTable::kMaxLabels);
  EXPECT_NE(labels.add("label70"), 0);
}

struct DocumentTest : testing::Test {
  static constexpr std::string_view kText = " \n Talks failed. \n";
  const Article article{ArticleFields{}, std::string(kText), {}};
  Document doc{article, std::make_shared<const LabelTable>()};

  void add_token(uint32_t begin, uint32_t end) {
    Token token;
    token.span = {begin, end};
    doc.parts().tokens.push_back(token);
  }
};

TEST_F(DocumentTest, a_sentence_spans_its_words_without_white_space_at_the_ends) {
  add_token(0, 3);    // white space
  add_token(3, 8);    // Talks
  add_token(9, 15);   // failed
  add_token(15, 16);  // .
  add_token(17, 18);  // white space
  EXPECT_EQ(doc.span(Sentence{0, 5, 0}), (ByteSpan{3, 16}));
  EXPECT_EQ(doc.span(Sentence{1, 3, 0}), (ByteSpan{3, 15}));
}

TEST_F(DocumentTest, a_sentence_of_white_space_is_empty_where_it_begins) {
  add_token(0, 3);
  EXPECT_EQ(doc.span(Sentence{0, 1, 0}), (ByteSpan{0, 0}));
  add_token(17, 18);
  EXPECT_EQ(doc.span(Sentence{1, 2, 0}), (ByteSpan{17, 17}));
}

TEST_F(DocumentTest, a_sentence_without_tokens_is_empty) { EXPECT_TRUE(doc.span(Sentence{0, 0, 0}).empty()); }

TEST_F(DocumentTest, tokens_give_their_text_and_labels) {
  add_token(3, 8);
  EXPECT_EQ(doc.text(doc.tokens()[0]), "Talks");
  EXPECT_EQ(doc.tag(doc.tokens()[0]), "");
  EXPECT_EQ(doc.tokens(Sentence{0, 1, 0}).size(), 1U);
}

TEST_F(DocumentTest, usual_numbers_of_tokens_do_not_outgrow_the_reserve) {
  const std::string text(6'000, 'x');
  const Article news(ArticleFields{}, text, {});
  Document big(news, std::make_shared<const LabelTable>());
  const size_t capacity = big.parts().tokens.capacity();
  EXPECT_GE(capacity, 1'200U);  // news has a token for every five to six bytes
  EXPECT_LE(capacity * sizeof(Token), 15 * text.size());
}

}  // namespace
}  // namespace casus
