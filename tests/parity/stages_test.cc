// Each stage of the language pipeline by itself, fed with what spaCy's stage before it gave, so that a fault is found where
// it is. The figures are those of tools/make_parity_fixture.py (docs/parity.md). Fails without the model.

#include <gtest/gtest.h>
#include <simdjson.h>

#include <cmath>
#include <filesystem>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "language/attribute_ruler.h"
#include "language/entities.h"
#include "language/language.h"
#include "language/lemmatizer.h"
#include "language/lexemes.h"
#include "language/parser.h"
#include "language/static_vectors.h"
#include "language/tagger.h"
#include "language/thinc_model.h"
#include "language/tok2vec.h"
#include "language/tokenizer.h"
#include "model_path.h"

namespace casus::parity {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;

constexpr uint64_t kMaxBytes = 512'000'000;
constexpr uint32_t kWords = 65'536;       // more than the documents have
constexpr float kRowTolerance = 5e-5F;    // rows of the networks; their root mean square is near 1
constexpr float kScoreTolerance = 5e-4F;  // scores go up to 20 and are written with five decimals

using Matrix = std::vector<std::vector<float>>;

Matrix matrix_of(const element& rows) {
  Matrix matrix;
  for (const element& row : array(rows)) {
    matrix.emplace_back();
    for (const element& value : array(row)) matrix.back().push_back(static_cast<float>(double(value)));
  }
  return matrix;
}

std::vector<std::string> strings_of(const element& list) {
  std::vector<std::string> strings;
  for (const element& each : array(list)) strings.emplace_back(std::string_view(each));
  return strings;
}

std::vector<uint32_t> numbers_of(const element& list) {
  std::vector<uint32_t> numbers;
  for (const element& each : array(list)) numbers.push_back(static_cast<uint32_t>(uint64_t(each)));
  return numbers;
}

std::vector<std::string> names_of(const std::vector<uint16_t>& numbers, const LabelTable& labels) {
  std::vector<std::string> names;
  names.reserve(numbers.size());
  for (const uint16_t number : numbers) names.emplace_back(labels.name(number));
  return names;
}

/// Rows one behind the other, as the networks take them.
AlignedFloats flat(const Matrix& matrix) {
  AlignedFloats floats;
  for (const std::vector<float>& row : matrix) floats.insert(floats.end(), row.begin(), row.end());
  return floats;
}

void expect_near(const float* have, const std::vector<float>& want, float tolerance, const std::string& what) {
  float worst = 0;
  for (size_t i = 0; i < want.size(); ++i) worst = std::max(worst, std::abs(have[i] - want[i]));
  EXPECT_LE(worst, tolerance) << what;
}

/// One step of a transition system as spaCy took it.
struct Step {
  std::vector<int64_t> feature_ids;
  uint32_t chosen = 0;
  float score = 0;
  double sum = 0;
};

std::vector<Step> steps_of(const element& list) {
  std::vector<Step> steps;
  for (const element& each : array(list)) {
    Step step;
    for (const element& id : array(each.at(0))) step.feature_ids.push_back(int64_t(id));
    step.chosen = static_cast<uint32_t>(uint64_t(each.at(1)));
    step.score = static_cast<float>(double(each.at(2)));
    step.sum = double(each.at(4));
    steps.push_back(std::move(step));
  }
  return steps;
}

class Stages : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    Result<std::string> content = read_file(std::filesystem::path(CASUS_SOURCE_DIR) / "tests/parity/stages.jsonl", kMaxBytes);
    ASSERT_TRUE(content) << content.error().to_string();
    std::string_view rest = *content;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      parsers().push_back(std::make_unique<simdjson::dom::parser>());
      records().push_back(parsers().back()->parse(line.data(), line.size()));
    }
    auto loaded = LanguageModel::load(model_path());
    ASSERT_TRUE(loaded) << loaded.error().to_string();
    folder() = (*loaded)->folder();
  }
  static void TearDownTestSuite() {
    records().clear();
    parsers().clear();
  }
  void SetUp() override { ASSERT_FALSE(folder().empty()) << "the model could not be loaded"; }

  static std::vector<std::unique_ptr<simdjson::dom::parser>>& parsers() {
    static std::vector<std::unique_ptr<simdjson::dom::parser>> all;
    return all;
  }
  /// The header, then a record a document.
  static std::vector<element>& records() {
    static std::vector<element> all;
    return all;
  }
  static std::filesystem::path& folder() {
    static std::filesystem::path path;
    return path;
  }
  static element header() { return records().front(); }
  static std::vector<element> documents() { return {records().begin() + 1, records().end()}; }
  static std::string text_of(const element& document) { return std::string(std::string_view(document["text"])); }

  static std::string bytes(const char* relative) {
    Result<std::string> content = read_file(folder() / relative, kMaxBytes);
    EXPECT_TRUE(content) << content.error().to_string();
    return content ? *content : "";
  }
  static ThincModel network(const char* relative) {
    Result<ThincModel> model = read_thinc_model(folder() / relative);
    EXPECT_TRUE(model) << model.error().to_string();
    return model ? *model : ThincModel();
  }
  static std::unique_ptr<const Tok2Vec> encoder(const char* relative) {
    static const StaticVectors none;
    auto built = Tok2Vec::build(network(relative), relative, &none);
    EXPECT_TRUE(built) << built.error().to_string();
    return built ? std::move(*built) : nullptr;
  }
  static std::unique_ptr<const Tokenizer> tokenizer() {
    auto loaded = Tokenizer::load(bytes("tokenizer"), "tokenizer");
    EXPECT_TRUE(loaded) << loaded.error().to_string();
    return loaded ? std::move(*loaded) : nullptr;
  }

  /// The tokens of a document with their lexeme numbers in `cache`.
  static std::vector<uint32_t> look_up(const element& document, const Tokenizer& cutter, LexemeCache& cache) {
    const std::string text = text_of(document);
    Tokenizer::Workspace workspace;
    std::vector<RawToken> raw;
    cutter.tokenize(text, workspace, raw);
    std::vector<uint32_t> entries;
    entries.reserve(raw.size());
    for (const RawToken& token : raw) {
      entries.push_back(
          cache.intern(std::string_view(text).substr(token.begin, token.end - token.begin), token.orth, token.norm, token.space_after));
    }
    return entries;
  }

  /// What the document's tokens are as spaCy sees them before the ruler: spans, tags, heads, relations.
  static std::vector<Token> tokens_of(const element& document, LabelTable& labels) {
    std::vector<Token> tokens;
    const std::string_view spaces = document["space"];
    const std::vector<std::string> tags = strings_of(document["tagger_tags"]), relations = strings_of(document["parser_deps"]);
    const std::vector<uint32_t> heads = numbers_of(document["heads"]);
    uint32_t at = 0;
    for (const uint32_t length : numbers_of(document["len"])) {
      const size_t i = tokens.size();
      Token token;
      token.span = {at, at + length};
      token.space_after = spaces[i] == '1';
      token.tag = labels.add(tags[i]);
      token.dep_label = labels.add(relations[i]);
      token.head = heads[i];
      at = token.span.end + (token.space_after ? 1 : 0);
      tokens.push_back(token);
    }
    return tokens;
  }

  static std::vector<uint8_t> white_space_flags(const element& document) {
    std::vector<uint8_t> flags;
    for (const element& features : array(document["features"])) flags.push_back(std::string_view(features.at(5)) == "1" ? 1 : 0);
    return flags;
  }

  /// Scores of each of spaCy's steps, from spaCy's rows and feature tokens, against spaCy's scores.
  static void expect_step_scores(const TransitionModel& model, const Matrix& rows, const std::vector<Step>& steps,
                                 const std::string& text) {
    if (rows.empty()) return;
    AlignedFloats reduced, precomputed, scores(model.padded_classes());
    const AlignedFloats input = flat(rows);
    model.precompute(input.data(), rows.size(), reduced, precomputed);
    for (size_t number = 0; number < steps.size(); ++number) {
      std::vector<const float*> slots;
      slots.reserve(steps[number].feature_ids.size());
      for (size_t slot = 0; slot < steps[number].feature_ids.size(); ++slot) {
        const int64_t token = steps[number].feature_ids[slot];
        slots.push_back(model.slot(token < 0 ? nullptr : precomputed.data() + static_cast<size_t>(token) * model.row_floats(), slot));
      }
      model.score(slots.data(), scores.data());
      double sum = 0;
      for (size_t i = 0; i < model.classes().size(); ++i) sum += static_cast<double>(scores[i]);
      EXPECT_NEAR(scores[steps[number].chosen], steps[number].score, kScoreTolerance) << text << ": step " << number;
      EXPECT_NEAR(sum, steps[number].sum, 100 * static_cast<double>(kScoreTolerance)) << text << ": step " << number;
    }
  }

  static void expect_classes(const TransitionModel& model, const element& names, std::string_view letters) {
    const std::vector<std::string> want = strings_of(names);
    ASSERT_EQ(model.classes().size(), want.size());
    for (size_t i = 0; i < want.size(); ++i) {
      const TransitionClass& each = model.classes()[i];
      std::string have(1, letters.at(each.action));
      if (!each.label.empty() || want[i].size() > 1) have += "-" + each.label;
      EXPECT_EQ(have, want[i]) << "class " << i;
    }
  }
};

TEST_F(Stages, tokenizer_cuts_where_spacy_cuts) {
  const auto cutter = tokenizer();
  ASSERT_NE(cutter, nullptr);
  for (const element& document : documents()) {
    const std::string text = text_of(document);
    Tokenizer::Workspace workspace;
    std::vector<RawToken> raw;
    cutter->tokenize(text, workspace, raw);
    std::vector<uint32_t> lengths;
    std::string spaces;
    for (const RawToken& token : raw) {
      lengths.push_back(token.end - token.begin);
      spaces += token.space_after ? '1' : '0';
    }
    EXPECT_EQ(lengths, numbers_of(document["len"])) << text;
    EXPECT_EQ(spaces, std::string_view(document["space"])) << text;
  }
}

TEST_F(Stages, features_are_the_same_numbers) {
  const auto cutter = tokenizer();
  const auto shared = encoder("tok2vec/model"), entities = encoder("ner/model");
  auto norms = read_norm_table(bytes("vocab/lookups.bin"), "vocab/lookups.bin");
  ASSERT_TRUE(norms);
  EXPECT_EQ(shared->attributes(), strings_of(header()["columns"]["shared"]));
  EXPECT_EQ(entities->attributes(), strings_of(header()["columns"]["ner"]));
  LexemeCache cache(*shared, *entities, *norms, kWords);
  for (const element& document : documents()) {
    const std::vector<uint32_t> entries = look_up(document, *cutter, cache);
    size_t i = 0;
    for (const element& want : array(document["features"])) {
      ASSERT_LT(i, entries.size());
      const WordFeatures& have = cache.features(entries[i]);
      const std::vector<std::string> numbers = {std::to_string(have.norm),  std::to_string(have.prefix), std::to_string(have.suffix),
                                                std::to_string(have.shape), std::to_string(have.spacy),  std::to_string(have.is_space)};
      EXPECT_EQ(numbers, strings_of(want)) << text_of(document) << ": token " << i;
      ++i;
    }
  }
}

TEST_F(Stages, mixed_embeddings_are_close) {
  const auto cutter = tokenizer();
  const auto shared = encoder("tok2vec/model"), entities = encoder("ner/model");
  auto norms = read_norm_table(bytes("vocab/lookups.bin"), "vocab/lookups.bin");
  ASSERT_TRUE(norms);
  LexemeCache cache(*shared, *entities, *norms, kWords);
  Tok2Vec::Buffers buffers;
  for (const element& document : documents()) {
    const std::vector<uint32_t> entries = look_up(document, *cutter, cache);
    cache.embed_new(buffers);
    const Matrix want_shared = matrix_of(document["layers"]["shared.mix"]["first_and_last"]);
    const Matrix want_entities = matrix_of(document["layers"]["ner.mix"]["first_and_last"]);
    expect_near(cache.shared_row(entries.front()), want_shared.front(), kRowTolerance, text_of(document));
    expect_near(cache.shared_row(entries.back()), want_shared.back(), kRowTolerance, text_of(document));
    expect_near(cache.entity_row(entries.front()), want_entities.front(), kRowTolerance, text_of(document));
    expect_near(cache.entity_row(entries.back()), want_entities.back(), kRowTolerance, text_of(document));
  }
}

TEST_F(Stages, encoded_rows_are_close) {
  const auto cutter = tokenizer();
  const auto shared = encoder("tok2vec/model"), entities = encoder("ner/model");
  auto norms = read_norm_table(bytes("vocab/lookups.bin"), "vocab/lookups.bin");
  ASSERT_TRUE(norms);
  LexemeCache cache(*shared, *entities, *norms, kWords);
  Tok2Vec::Buffers buffers;
  for (const element& document : documents()) {
    const std::vector<uint32_t> entries = look_up(document, *cutter, cache);
    cache.embed_new(buffers);
    for (const bool is_shared : {true, false}) {
      const Tok2Vec& network = is_shared ? *shared : *entities;
      const Matrix want = matrix_of(document["layers"][is_shared ? "shared.output" : "ner.output"]["values"]);
      const size_t width = network.width(), count = entries.size() + 2 * network.padding(), first = 1 + network.padding();
      AlignedFloats rows((count + 2) * width, 0.0F);
      for (size_t i = 0; i < entries.size(); ++i) {
        const float* row = is_shared ? cache.shared_row(entries[i]) : cache.entity_row(entries[i]);
        std::copy(row, row + width, rows.begin() + static_cast<ptrdiff_t>((first + i) * width));
      }
      AlignedFloats parts(entries.size() * network.spread_floats());
      network.spread(rows.data() + first * width, entries.size(), parts.data());
      std::vector<const float*> spreads(count + 2, nullptr);
      for (size_t i = 0; i < entries.size(); ++i) spreads[first + i] = parts.data() + i * network.spread_floats();
      network.encode(rows, count, spreads, buffers);
      ASSERT_EQ(want.size(), entries.size());
      for (size_t i = 0; i < want.size(); ++i) {
        expect_near(rows.data() + (first + i) * width, want[i], kRowTolerance, text_of(document) + ": token " + std::to_string(i));
      }
    }
  }
}

TEST_F(Stages, tagger_gives_the_same_tags_and_close_scores) {
  LabelTable labels;
  const auto shared = encoder("tok2vec/model");
  auto tagger = Tagger::build(network("tagger/model"), "tagger/model", bytes("tagger/cfg"), "tagger/cfg", shared->width(), labels);
  ASSERT_TRUE(tagger) << tagger.error().to_string();
  std::vector<uint16_t> tags;
  for (const element& document : documents()) {
    const Matrix rows = matrix_of(document["layers"]["shared.output"]["values"]), want = matrix_of(document["tagger_scores"]);
    AlignedFloats scores;  // new each time, so that its size tells the padded number of tags
    (*tagger)->tag(flat(rows).data(), rows.size(), scores, tags);
    EXPECT_EQ(names_of(tags, labels), strings_of(document["tagger_tags"])) << text_of(document);
    ASSERT_EQ(want.size(), rows.size());
    for (size_t i = 0; i < want.size(); ++i) {
      expect_near(scores.data() + i * (scores.size() / rows.size()), want[i], kScoreTolerance, text_of(document));
    }
  }
}

TEST_F(Stages, parser_has_the_same_classes_scores_and_trees) {
  LabelTable labels;
  auto parser = DependencyParser::build(network("parser/model"), "parser/model", bytes("parser/moves"), "parser/moves", labels);
  ASSERT_TRUE(parser) << parser.error().to_string();
  const TransitionModel& model = (*parser)->network();
  expect_classes(model, header()["parser_classes"], "SDLRB");
  auto buffers = DependencyParser::make_buffers();
  for (const element& document : documents()) {
    const Matrix rows = matrix_of(document["layers"]["shared.output"]["values"]);
    expect_step_scores(model, rows, steps_of(document["parser_steps"]), text_of(document));
    AlignedFloats reduced, precomputed;
    model.precompute(flat(rows).data(), rows.size(), reduced, precomputed);
    Tree tree;
    (*parser)->parse(precomputed.data(), white_space_flags(document), *buffers, tree);
    const std::vector<uint32_t> starts(tree.sentence_start.begin(), tree.sentence_start.end());
    EXPECT_EQ(tree.heads, numbers_of(document["heads"])) << text_of(document);
    EXPECT_EQ(names_of(tree.labels, labels), strings_of(document["parser_deps"])) << text_of(document);
    EXPECT_EQ(starts, numbers_of(document["sentence_starts"])) << text_of(document);
  }
}

TEST_F(Stages, ruler_sets_the_same_attributes) {
  LabelTable labels;
  auto ruler = AttributeRuler::load(bytes("attribute_ruler/patterns"), "attribute_ruler/patterns", labels);
  ASSERT_TRUE(ruler) << ruler.error().to_string();
  for (const element& document : documents()) {
    const std::string text = text_of(document);
    std::vector<Token> tokens = tokens_of(document, labels);
    (*ruler)->apply(text, tokens);
    std::vector<std::string> tags, pos, morph, relations, lemmas;
    for (const Token& token : tokens) {
      tags.emplace_back(labels.name(token.tag));
      pos.emplace_back(pos_name(token.pos));
      morph.emplace_back(labels.name(token.morph));
      relations.emplace_back(labels.name(token.dep_label));
      lemmas.emplace_back(token.lemma);
    }
    EXPECT_EQ(tags, strings_of(document["tags"])) << text;
    EXPECT_EQ(pos, strings_of(document["pos"])) << text;
    EXPECT_EQ(morph, strings_of(document["morph"])) << text;
    EXPECT_EQ(relations, strings_of(document["deps"])) << text;
    EXPECT_EQ(lemmas, strings_of(document["ruler_lemmas"])) << text;
  }
}

TEST_F(Stages, lemmatizer_fills_in_the_same_lemmas) {
  auto lemmatizer = Lemmatizer::load(bytes("lemmatizer/lookups/lookups.bin"), "lemmatizer/lookups/lookups.bin");
  ASSERT_TRUE(lemmatizer) << lemmatizer.error().to_string();
  std::pmr::monotonic_buffer_resource arena;
  LabelTable labels;
  for (const element& document : documents()) {
    const std::string text = text_of(document);
    const std::vector<Token> tokens = tokens_of(document, labels);
    const std::vector<std::string> pos = strings_of(document["pos"]), morph = strings_of(document["morph"]);
    const std::vector<std::string> want = strings_of(document["lemmas"]), of_ruler = strings_of(document["ruler_lemmas"]);
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (!of_ruler[i].empty()) continue;
      EXPECT_EQ((*lemmatizer)->lemma(tokens[i].span.in(text), pos_from_name(pos[i]), morph[i], arena), want[i]) << text << ": token " << i;
    }
  }
}

TEST_F(Stages, recogniser_has_the_same_classes_scores_and_entities) {
  LabelTable labels;
  auto recogniser = EntityRecognizer::build(network("ner/model"), "ner/model", bytes("ner/moves"), "ner/moves", labels);
  ASSERT_TRUE(recogniser) << recogniser.error().to_string();
  const TransitionModel& model = (*recogniser)->network();
  expect_classes(model, header()["ner_classes"], "MBILUO");
  for (const element& document : documents()) {
    const Matrix rows = matrix_of(document["layers"]["ner.output"]["values"]);
    expect_step_scores(model, rows, steps_of(document["ner_steps"]), text_of(document));
    AlignedFloats reduced, precomputed, scores;
    model.precompute(flat(rows).data(), rows.size(), reduced, precomputed);
    const std::vector<uint32_t> start_numbers = numbers_of(document["sentence_starts"]);
    const std::vector<uint8_t> starts(start_numbers.begin(), start_numbers.end());
    std::vector<Entity> found;
    (*recogniser)->find(precomputed.data(), white_space_flags(document), starts, scores, found);
    std::vector<std::string> have, want;
    for (const Entity& entity : found) {
      have.push_back(std::to_string(entity.begin) + "-" + std::to_string(entity.end) + " " + std::string(labels.name(entity.type)));
    }
    for (const element& entity : array(document["entities"])) {
      want.push_back(std::to_string(uint64_t(entity.at(0))) + "-" + std::to_string(uint64_t(entity.at(1))) + " " +
                     std::string(std::string_view(entity.at(2))));
    }
    EXPECT_EQ(have, want) << text_of(document);
  }
}

}  // namespace
}  // namespace casus::parity
