#include "language/language.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "base/files.h"
#include "base/text.h"
#include "language/attribute_ruler.h"
#include "language/config.h"
#include "language/entities.h"
#include "language/kernels.h"
#include "language/lemmatizer.h"
#include "language/lexemes.h"
#include "language/parser.h"
#include "language/static_vectors.h"
#include "language/tagger.h"
#include "language/thinc_model.h"
#include "language/tok2vec.h"
#include "language/tokenizer.h"

namespace casus {
namespace {

constexpr uint64_t kMaxFileBytes = 512'000'000;
constexpr uint32_t kBatchTokens = 1024;  // the rows of a batch and their products stay in the caches

}  // namespace

struct LanguageModel::Parts {
  std::filesystem::path folder;
  PipelineConfig config;
  std::string name;
  std::shared_ptr<LabelTable> labels = std::make_shared<LabelTable>();
  std::shared_ptr<const LabelTable> shared_labels;
  std::vector<Dep> relations;  ///< by label number
  StaticVectors vectors;
  NormTable norms;
  std::unique_ptr<const Tokenizer> tokenizer;
  std::unique_ptr<const Tok2Vec> tok2vec;
  std::unique_ptr<const Tagger> tagger;
  std::unique_ptr<const DependencyParser> parser;
  std::unique_ptr<const AttributeRuler> ruler;
  std::unique_ptr<const Lemmatizer> lemmatizer;
  std::unique_ptr<const Tok2Vec> entity_tok2vec;
  std::unique_ptr<const EntityRecognizer> entities;

  [[nodiscard]] Result<void> read_words();
  [[nodiscard]] Result<void> read_syntax();
  [[nodiscard]] Result<void> read_rules();
  [[nodiscard]] Result<void> read_entities();

  [[nodiscard]] Result<std::string> bytes(const char* relative) const { return read_file(folder / relative, kMaxFileBytes); }
  [[nodiscard]] std::string path(const char* relative) const { return (folder / relative).string(); }
};

namespace {

/// Moves a loaded value into its place, or hands on the error.
template <class T>
Result<void> keep(Result<T> loaded, T& place) {
  if (!loaded) return std::move(loaded).error();
  place = std::move(loaded).value();
  return {};
}

#define CASUS_TRY(expression) \
  if (auto tried = (expression); !tried) return std::move(tried).error()

bool is_package(const std::filesystem::path& folder) {
  std::error_code ignored;
  return std::filesystem::exists(folder / "config.cfg", ignored) && std::filesystem::exists(folder / "meta.json", ignored);
}

/// The package folder at or up to two levels below a folder, as wheels nest it.
Result<std::filesystem::path> find_package(const std::filesystem::path& folder) {
  std::error_code failure;
  if (!std::filesystem::is_directory(folder, failure)) {
    return Error{.code = ErrorCode::kNotFound,
                 .message = "no such model folder",
                 .file = folder.string(),
                 .remedy = "./run fetches the model; or name a spaCy package folder with --model or CASUS_MODEL"};
  }
  if (is_package(folder)) return folder;
  std::vector<std::filesystem::path> found;
  constexpr int kMaxDepth = 1;
  auto entry = std::filesystem::recursive_directory_iterator(folder, std::filesystem::directory_options::skip_permission_denied, failure);
  for (; !failure && entry != std::filesystem::end(entry); entry.increment(failure)) {
    if (entry.depth() > kMaxDepth) entry.disable_recursion_pending();
    if (entry.depth() <= kMaxDepth && is_package(entry->path())) found.push_back(entry->path());
  }
  if (found.size() == 1) return found.front();
  return Error{.code = ErrorCode::kNotFound,
               .message = found.empty() ? "holds no spaCy package (config.cfg and meta.json)" : "holds more than one spaCy package",
               .file = folder.string(),
               .remedy = found.empty() ? "./run fetches the model" : "name one of the folders inside"};
}

}  // namespace

Result<void> LanguageModel::Parts::read_words() {
  if (config.static_vectors) CASUS_TRY(keep(read_static_vectors(folder / "vocab"), vectors));
  auto norm_bytes = bytes("vocab/lookups.bin");
  CASUS_TRY(norm_bytes);
  CASUS_TRY(keep(read_norm_table(*norm_bytes, path("vocab/lookups.bin")), norms));
  auto tokenizer_bytes = bytes("tokenizer");
  CASUS_TRY(tokenizer_bytes);
  return keep(Tokenizer::load(*tokenizer_bytes, path("tokenizer")), tokenizer);
}

Result<void> LanguageModel::Parts::read_syntax() {
  auto tok2vec_model = read_thinc_model(path("tok2vec/model"));
  CASUS_TRY(tok2vec_model);
  CASUS_TRY(keep(Tok2Vec::build(*tok2vec_model, path("tok2vec/model"), &vectors), tok2vec));
  auto tagger_model = read_thinc_model(path("tagger/model"));
  auto tagger_config = bytes("tagger/cfg");
  CASUS_TRY(tagger_model);
  CASUS_TRY(tagger_config);
  CASUS_TRY(
      keep(Tagger::build(*tagger_model, path("tagger/model"), *tagger_config, path("tagger/cfg"), tok2vec->width(), *labels), tagger));
  auto parser_model = read_thinc_model(path("parser/model"));
  auto moves = bytes("parser/moves");
  CASUS_TRY(parser_model);
  CASUS_TRY(moves);
  return keep(DependencyParser::build(*parser_model, path("parser/model"), *moves, path("parser/moves"), *labels), parser);
}

Result<void> LanguageModel::Parts::read_rules() {
  auto patterns = bytes("attribute_ruler/patterns");
  CASUS_TRY(patterns);
  CASUS_TRY(keep(AttributeRuler::load(*patterns, path("attribute_ruler/patterns"), *labels), ruler));
  auto lookups = bytes("lemmatizer/lookups/lookups.bin");
  CASUS_TRY(lookups);
  return keep(Lemmatizer::load(*lookups, path("lemmatizer/lookups/lookups.bin")), lemmatizer);
}

Result<void> LanguageModel::Parts::read_entities() {
  auto model = read_thinc_model(path("ner/model"));
  auto moves = bytes("ner/moves");
  CASUS_TRY(model);
  CASUS_TRY(moves);
  CASUS_TRY(keep(Tok2Vec::build(*model, path("ner/model"), &vectors), entity_tok2vec));
  return keep(EntityRecognizer::build(*model, path("ner/model"), *moves, path("ner/moves"), *labels), entities);
}

Result<std::shared_ptr<const LanguageModel>> LanguageModel::load(const std::filesystem::path& folder) {
  auto package = find_package(folder);
  if (!package) return package.error();
  auto parts = std::make_unique<Parts>();
  parts->folder = *package;
  CASUS_TRY(keep(read_pipeline_config(*package), parts->config));
  CASUS_TRY(parts->read_words());
  CASUS_TRY(parts->read_syntax());
  CASUS_TRY(parts->read_rules());
  CASUS_TRY(parts->read_entities());
  if (parts->parser->network().input_width() != parts->tok2vec->width() ||
      parts->entities->network().input_width() != parts->entity_tok2vec->width()) {
    return Error{
        .code = ErrorCode::kBadModel, .message = "its parser or entity recogniser does not fit its tok2vec", .file = package->string()};
  }
  parts->name = parts->config.name + " " + parts->config.version;
  parts->shared_labels = parts->labels;
  for (size_t i = 0; i < parts->labels->size(); ++i)
    parts->relations.push_back(dep_from_name(parts->labels->name(static_cast<uint16_t>(i))));
  return std::shared_ptr<const LanguageModel>(new LanguageModel(std::move(parts)));
}

LanguageModel::LanguageModel(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
LanguageModel::~LanguageModel() = default;
const std::string& LanguageModel::name() const { return parts_->name; }
const std::filesystem::path& LanguageModel::folder() const { return parts_->folder; }
const std::shared_ptr<const LabelTable>& LanguageModel::labels() const { return parts_->shared_labels; }

// --- one batch of texts

namespace {

/// One text of a batch: a block of the article, or a piece of a very long one.
struct Text {
  uint32_t block = 0;
  uint32_t first = 0;  ///< its first token in the batch
  uint32_t count = 0;
};

}  // namespace

struct Workspace::Impl {
  Impl(const LanguageModel::Parts& parts, uint32_t max_words) : lexemes(*parts.tok2vec, *parts.entity_tok2vec, parts.norms, max_words) {}

  Tokenizer::Workspace tokenizer;
  LexemeCache lexemes;
  Tok2Vec::Buffers buffers;
  std::vector<RawToken> block;    ///< tokens of a block
  std::vector<RawToken> raw;      ///< tokens of the batch; offsets count from their block
  std::vector<uint32_t> entries;  ///< lexeme of each token of the batch
  std::vector<uint8_t> is_space, sentence_start;
  std::vector<Text> texts;
  AlignedFloats rows, reduced, precomputed, scores;
  std::vector<const float*> spreads;  ///< of each row, what it adds to the first layer
  std::vector<size_t> unkept;         ///< rows whose word keeps no such sums
  AlignedFloats unkept_rows, unkept_spreads;
  std::vector<uint16_t> tags;
  std::unique_ptr<DependencyParser::Buffers, void (*)(DependencyParser::Buffers*)> parser = DependencyParser::make_buffers();
  Tree tree;
  std::vector<Entity> found;
};

Workspace::Workspace(const LanguageModel& model, uint32_t max_words) : impl_(std::make_unique<Impl>(model.parts(), max_words)) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;

namespace {

/// Runs the pipeline over batches of an article's blocks and fills its document.
class Analysis {
 public:
  Analysis(const LanguageModel::Parts& model, Workspace::Impl& work, const LanguageOptions& options, Document& doc)
      : model_(model), work_(work), options_(options), doc_(doc), parts_(doc.parts()) {}

  void run() {
    const std::vector<Block>& blocks = doc_.article().blocks();
    start_batch();
    for (uint32_t i = 0; i < blocks.size(); ++i) {
      if (blocks[i].kind == BlockKind::kNoise || blocks[i].kind == BlockKind::kDateline) continue;
      add_block(i);
    }
    finish_batch();
  }

 private:
  [[nodiscard]] std::string_view block_text(uint32_t block) const { return doc_.article().blocks()[block].span.in(doc_.article().text()); }

  void start_batch() {
    work_.raw.clear();
    work_.texts.clear();
    work_.lexemes.make_room();
  }

  void add_block(uint32_t block) {
    work_.block.clear();
    model_.tokenizer->tokenize(block_text(block), work_.tokenizer, work_.block);
    for (std::span<const RawToken> rest(work_.block); !rest.empty();) {
      const std::span<const RawToken> piece = rest.first(std::min<size_t>(options_.max_block_tokens, rest.size()));
      rest = rest.subspan(piece.size());
      work_.texts.push_back({block, static_cast<uint32_t>(work_.raw.size()), static_cast<uint32_t>(piece.size())});
      work_.raw.insert(work_.raw.end(), piece.begin(), piece.end());
      if (work_.raw.size() >= kBatchTokens) finish_batch();
    }
  }

  void finish_batch() {
    if (!work_.raw.empty()) {
      look_up_words();
      const size_t first = append_tokens();
      const std::span<Token> tokens(parts_.tokens.data() + first, work_.raw.size());
      encode(*model_.tok2vec, &LexemeCache::shared_row, &LexemeCache::shared_spread);
      tag(tokens);
      parse(tokens, first);
      apply_rules(tokens);
      encode(*model_.entity_tok2vec, &LexemeCache::entity_row, &LexemeCache::entity_spread);
      find_entities(tokens, first);
    }
    start_batch();
  }

  void look_up_words() {
    work_.entries.clear();
    work_.is_space.clear();
    for (const Text& text : work_.texts) {
      const std::string_view bytes = block_text(text.block);
      for (uint32_t i = text.first; i < text.first + text.count; ++i) {
        const RawToken& raw = work_.raw[i];
        const uint32_t entry = work_.lexemes.intern(bytes.substr(raw.begin, raw.end - raw.begin), raw.orth, raw.norm, raw.space_after);
        work_.entries.push_back(entry);
        work_.is_space.push_back(static_cast<uint8_t>(work_.lexemes.features(entry).is_space));
      }
    }
    work_.lexemes.embed_new(work_.buffers);
  }

  /// Appends the batch's tokens to the document, with what the tokenizer knows of them; gives the index of the first.
  size_t append_tokens() {
    const size_t first = parts_.tokens.size();
    parts_.tokens.resize(first + work_.raw.size());
    for (const Text& text : work_.texts) {
      const uint32_t offset = doc_.article().blocks()[text.block].span.begin;
      for (uint32_t i = text.first; i < text.first + text.count; ++i) {
        const RawToken& raw = work_.raw[i];
        Token& token = parts_.tokens[first + i];
        token.span = {offset + raw.begin, offset + raw.end};
        token.space_after = raw.space_after;
      }
    }
    return first;
  }

  /// The row of the first token of a text: every text before it adds its padding.
  [[nodiscard]] static size_t first_row(const Tok2Vec& network, const Text& text, size_t index) {
    return 1 + text.first + network.padding() * (index + 1);
  }

  using RowOfEntry = const float* (LexemeCache::*)(uint32_t) const;

  void encode(const Tok2Vec& network, RowOfEntry row_of, RowOfEntry spread_of) {
    const size_t width = network.width();
    const size_t count = work_.raw.size() + network.padding() * (work_.texts.size() + 1);
    work_.rows.assign((count + 2) * width, 0.0F);
    work_.spreads.assign(count + 2, nullptr);
    work_.unkept.clear();
    for (size_t t = 0; t < work_.texts.size(); ++t) {
      const Text& text = work_.texts[t];
      size_t row = first_row(network, text, t);
      for (uint32_t i = text.first; i < text.first + text.count; ++i, ++row) {
        std::memcpy(work_.rows.data() + row * width, (work_.lexemes.*row_of)(work_.entries[i]), width * sizeof(float));
        work_.spreads[row] = (work_.lexemes.*spread_of)(work_.entries[i]);
        if (work_.spreads[row] == nullptr) work_.unkept.push_back(row);
      }
    }
    spread_unkept(network);
    network.encode(work_.rows, count, work_.spreads, work_.buffers);
    compact(network);
  }

  /// Computes what rarer words add to the first layer, all in one product.
  void spread_unkept(const Tok2Vec& network) {
    const size_t width = network.width(), floats = network.spread_floats();
    ensure_size(work_.unkept_rows, work_.unkept.size() * width);
    ensure_size(work_.unkept_spreads, work_.unkept.size() * floats);
    for (size_t i = 0; i < work_.unkept.size(); ++i) {
      std::memcpy(work_.unkept_rows.data() + i * width, work_.rows.data() + work_.unkept[i] * width, width * sizeof(float));
      work_.spreads[work_.unkept[i]] = work_.unkept_spreads.data() + i * floats;
    }
    network.spread(work_.unkept_rows.data(), work_.unkept.size(), work_.unkept_spreads.data());
  }

  /// Closes the gaps that the padding left, so that row i is token i of the batch.
  void compact(const Tok2Vec& network) {
    for (size_t t = 0; t < work_.texts.size(); ++t) {
      const Text& text = work_.texts[t];
      std::memmove(work_.rows.data() + text.first * network.width(), work_.rows.data() + first_row(network, text, t) * network.width(),
                   text.count * network.width() * sizeof(float));
    }
  }

  void tag(std::span<Token> tokens) {
    model_.tagger->tag(work_.rows.data(), tokens.size(), work_.scores, work_.tags);
    for (size_t i = 0; i < tokens.size(); ++i) tokens[i].tag = work_.tags[i];
  }

  void parse(std::span<Token> tokens, size_t first) {
    const TransitionModel& network = model_.parser->network();
    network.precompute(work_.rows.data(), tokens.size(), work_.reduced, work_.precomputed);
    work_.sentence_start.clear();
    for (const Text& text : work_.texts) {
      const std::span<const uint8_t> is_space = std::span(work_.is_space).subspan(text.first, text.count);
      model_.parser->parse(work_.precomputed.data() + text.first * network.row_floats(), is_space, *work_.parser, work_.tree);
      model_.parser->limit_sentences(options_.max_sentence_tokens, work_.tree);
      const auto base = static_cast<uint32_t>(first + text.first);
      for (uint32_t i = 0; i < text.count; ++i) {
        Token& token = tokens[text.first + i];
        token.head = base + work_.tree.heads[i];
        token.dep_label = work_.tree.labels[i];
        const bool starts = i == 0 || work_.tree.sentence_start[i] != 0;
        if (starts) parts_.sentences.push_back({base + i, base + i, text.block});
        parts_.sentences.back().end = base + i + 1;
        token.sentence = static_cast<uint32_t>(parts_.sentences.size() - 1);
      }
      work_.sentence_start.insert(work_.sentence_start.end(), work_.tree.sentence_start.begin(), work_.tree.sentence_start.end());
    }
  }

  void apply_rules(std::span<Token> tokens) {
    const std::string_view text = doc_.article().text();
    for (const Text& each : work_.texts) model_.ruler->apply(text, tokens.subspan(each.first, each.count));
    for (Token& token : tokens) {
      token.dep = model_.relations[token.dep_label];
      if (token.lemma.data() == nullptr) {
        token.lemma = model_.lemmatizer->lemma(token.span.in(text), token.pos, doc_.labels().name(token.morph), parts_.arena);
      }
    }
  }

  void find_entities(std::span<Token> tokens, size_t first) {
    const TransitionModel& network = model_.entities->network();
    network.precompute(work_.rows.data(), tokens.size(), work_.reduced, work_.precomputed);
    for (const Text& text : work_.texts) {
      work_.found.clear();
      model_.entities->find(work_.precomputed.data() + text.first * network.row_floats(),
                            std::span(work_.is_space).subspan(text.first, text.count),
                            std::span(work_.sentence_start).subspan(text.first, text.count), work_.scores, work_.found);
      const auto base = static_cast<uint32_t>(first + text.first);
      for (const Entity& entity : work_.found) {
        parts_.entities.push_back({base + entity.begin, base + entity.end, entity.type});
        for (uint32_t i = entity.begin; i < entity.end; ++i) {
          Token& token = tokens[text.first + i];
          token.ent_iob = i == entity.begin ? 3 : 1;
          token.ent_type = entity.type;
        }
      }
    }
  }

  const LanguageModel::Parts& model_;
  Workspace::Impl& work_;
  const LanguageOptions& options_;
  Document& doc_;
  Document::Parts parts_;
};

}  // namespace

std::unique_ptr<Document> analyse(const Article& article, const LanguageModel& model, Workspace& workspace,
                                  const LanguageOptions& options) {
  auto doc = std::make_unique<Document>(article, model.labels());
  Analysis(model.parts(), workspace.impl(), options, *doc).run();
  return doc;
}

std::string lemma_of_verb(const LanguageModel& model, std::string_view word) {
  std::pmr::monotonic_buffer_resource arena;
  return ascii_lowered(model.parts().lemmatizer->lemma(word, Pos::kVerb, "", arena));
}

}  // namespace casus
