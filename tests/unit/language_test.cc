// The whole pipeline on the real model: what must hold whatever the text. Equality with spaCy is the parity test's business.
#include "language/language.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/test_model.h"

namespace casus {
namespace {

/// An article whose lines are its blocks.
std::unique_ptr<Article> article_of(std::string text) {
  std::vector<Block> blocks;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) blocks.push_back({{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, BlockKind::kParagraph, {}});
    begin = end + 1;
  }
  return std::make_unique<Article>(ArticleFields{}, std::move(text), std::move(blocks));
}

/// All that the analysis says, one token a line.
std::string dump(const Document& doc) {
  std::string out;
  for (const Token& token : doc.tokens()) {
    out += std::string(doc.text(token)) + '\t' + std::string(token.lemma) + '\t' + std::string(doc.tag(token)) + '\t' +
           std::string(doc.dep(token)) + '\t' + std::to_string(token.head) + '\t' + std::string(doc.ent_type(token)) + '\t' +
           std::to_string(token.sentence) + '\n';
  }
  return out;
}

const char* const kNews =
    "Canada's foreign minister flew to Ankara on Tuesday. She met her Turkish counterpart there, officials said.\n"
    "Talks to go on\n"
    "“We will not sign,” the Turkish delegation told reporters; the two sides had agreed to meet again in Geneva on June 3.\n";

TEST(language, a_plain_sentence_is_analysed) {
  const auto model = test_model();
  Workspace workspace(*model);
  const auto article = article_of("Canada's foreign minister flew to Ankara on Tuesday.");
  const auto doc = analyse(*article, *model, workspace);
  ASSERT_EQ(doc->tokens().size(), 10U);
  const Token& flew = doc->tokens()[4];
  EXPECT_EQ(flew.lemma, "fly");
  EXPECT_EQ(doc->tag(flew), "VBD");
  EXPECT_EQ(flew.pos, Pos::kVerb);
  EXPECT_EQ(flew.dep, Dep::kRoot);
  const Token& minister = doc->tokens()[3];
  EXPECT_EQ(minister.dep, Dep::kNsubj);
  EXPECT_EQ(minister.head, 4U);
  ASSERT_GE(doc->entities().size(), 2U);
  EXPECT_EQ(doc->labels().name(doc->entities()[0].type), "GPE");
}

TEST(language, blocks_never_join) {
  const auto model = test_model();
  Workspace workspace(*model);
  const auto article = article_of(kNews);
  const auto doc = analyse(*article, *model, workspace);
  ASSERT_GE(doc->sentences().size(), 4U);
  for (const Sentence& sentence : doc->sentences()) {
    const ByteSpan block = article->blocks()[sentence.block].span;
    for (const Token& token : doc->tokens(sentence)) {
      EXPECT_TRUE(block.contains(token.span));
      EXPECT_GE(token.head, sentence.begin);
      EXPECT_LT(token.head, sentence.end);
    }
  }
}

TEST(language, tokens_and_spaces_rebuild_the_blocks) {
  const auto model = test_model();
  Workspace workspace(*model);
  const auto article =
      article_of(std::string(kNews) + "  odd   spacing \t here\u00a0and\u2003there  \nhttps://a.example/b?c=d, 3–4 % … don't!\n");
  const auto doc = analyse(*article, *model, workspace);
  std::string rebuilt, blocks;
  for (const Token& token : doc->tokens()) rebuilt += std::string(doc->text(token)) + (token.space_after ? " " : "");
  for (const Block& block : article->blocks()) blocks += article->view(block.span);
  EXPECT_EQ(rebuilt, blocks);
}

TEST(language, noise_and_datelines_have_no_tokens) {
  const auto model = test_model();
  Workspace workspace(*model);
  const Article article(
      {}, "READ MORE: this\nPARIS - \nIt rained.",
      {{{0, 15}, BlockKind::kNoise, "read-more"}, {{16, 23}, BlockKind::kDateline, {}}, {{25, 35}, BlockKind::kParagraph, {}}});
  const auto doc = analyse(article, *model, workspace);
  ASSERT_EQ(doc->tokens().size(), 3U);
  EXPECT_EQ(doc->text(doc->tokens()[0]), "It");
  EXPECT_EQ(doc->sentences()[0].block, 2U);
}

TEST(language, an_empty_article_is_an_empty_document) {
  const auto model = test_model();
  Workspace workspace(*model);
  const Article article({}, "", {});
  EXPECT_TRUE(analyse(article, *model, workspace)->tokens().empty());
}

TEST(language, a_used_workspace_changes_nothing) {
  const auto model = test_model();
  Workspace used(*model), fresh(*model);
  const auto article = article_of(kNews), other = article_of("Something else entirely, 40 times over. The Canada that flew.");
  static_cast<void>(analyse(*other, *model, used));
  EXPECT_EQ(dump(*analyse(*article, *model, used)), dump(*analyse(*article, *model, fresh)));
}

TEST(language, a_block_reads_alike_alone_and_among_others) {
  const auto model = test_model();
  Workspace workspace(*model);
  std::string many;
  for (int i = 0; i < 120; ++i) many += "Filler number " + std::to_string(i) + " stands before it, as fillers do.\n";
  const std::string line = "The Turkish delegation told reporters that the two sides had agreed to meet again.";
  const auto alone = article_of(line), among = article_of(many + line);
  const auto doc = analyse(*alone, *model, workspace), all = analyse(*among, *model, workspace);
  const auto last = all->tokens(all->sentences().back());
  ASSERT_EQ(last.size(), doc->tokens().size());
  for (size_t i = 0; i < last.size(); ++i) {
    EXPECT_EQ(last[i].tag, doc->tokens()[i].tag);
    EXPECT_EQ(last[i].head - all->sentences().back().begin, doc->tokens()[i].head);
    EXPECT_EQ(last[i].lemma, doc->tokens()[i].lemma);
    EXPECT_EQ(last[i].ent_type, doc->tokens()[i].ent_type);
  }
}

TEST(language, a_block_over_the_limit_is_read_in_pieces) {
  const auto model = test_model();
  Workspace workspace(*model);
  std::string text;
  for (int i = 0; i < 300; ++i) text += "word ";
  const auto article = article_of(text);
  const auto doc = analyse(*article, *model, workspace, {.max_block_tokens = 100});
  EXPECT_GE(doc->tokens().size(), 300U);
  EXPECT_GE(doc->sentences().size(), 3U);
}

TEST(language, a_sentence_over_the_limit_is_cut) {
  const auto model = test_model();
  Workspace workspace(*model);
  std::string text;
  for (int i = 0; i < 300; ++i) text += "Russia said that ";
  const auto article = article_of(text);
  const auto doc = analyse(*article, *model, workspace, {.max_sentence_tokens = 50});
  for (const Sentence& sentence : doc->sentences()) {
    EXPECT_LE(sentence.end - sentence.begin, 50U);
    for (const Token& token : doc->tokens(sentence)) {
      EXPECT_GE(token.head, sentence.begin);
      EXPECT_LT(token.head, sentence.end);
    }
  }
}

TEST(language, a_missing_model_says_how_to_get_it) {
  const auto model = LanguageModel::load("/nowhere/at/all");
  ASSERT_FALSE(model.ok());
  EXPECT_EQ(model.error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(model.error().remedy.empty());
}

TEST(language, a_folder_without_a_package_is_refused) {
  const auto model = LanguageModel::load(CASUS_SOURCE_DIR "/docs");
  ASSERT_FALSE(model.ok());
  EXPECT_EQ(model.error().code, ErrorCode::kNotFound);
}

/// A copy of the model with one file cut off or changed.
class BrokenModelTest : public testing::TestWithParam<const char*> {};

TEST_P(BrokenModelTest, a_cut_file_is_named) {
  namespace fs = std::filesystem;
  const fs::path copy = fs::path(testing::TempDir()) / ("casus_broken_" + std::to_string(std::hash<std::string>{}(GetParam())));
  fs::remove_all(copy);
  fs::copy(test_model()->folder(), copy, fs::copy_options::recursive);
  const fs::path victim = copy / GetParam();
  fs::resize_file(victim, fs::file_size(victim) / 2);
  const auto model = LanguageModel::load(copy);
  fs::remove_all(copy);
  ASSERT_FALSE(model.ok());
  EXPECT_EQ(model.error().code, ErrorCode::kBadModel);
  EXPECT_NE(model.error().to_string().find(GetParam()), std::string::npos) << model.error().to_string();
}

INSTANTIATE_TEST_SUITE_P(files, BrokenModelTest,
                         testing::Values("config.cfg", "meta.json", "tokenizer", "vocab/lookups.bin", "tok2vec/model", "tagger/model",
                                         "tagger/cfg", "parser/model", "parser/moves", "attribute_ruler/patterns",
                                         "lemmatizer/lookups/lookups.bin", "ner/model", "ner/moves"));

}  // namespace
}  // namespace casus
