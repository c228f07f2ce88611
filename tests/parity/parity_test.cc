// Compares the language stage with what spaCy says about the same texts (docs/parity.md). A program of its own rather than a
// GoogleTest, because its result is a table.
//
//   parity_test FIXTURE [--random RECIPE] [--together N]
//
// The model is CASUS_MODEL, else vendor/model; with --random a package with random weights is built from it. With --together
// the documents are blocks of articles of N blocks, so that they share batches; the answers must not change. Two threads
// analyse. Without the model the test fails. Exit status: 0 equal within the bounds, 1 not, 2 wrong usage or something missing.

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <casus/article.h>
#include <casus/document.h>

#include "fixture.h"
#include "language/kernels.h"
#include "language/language.h"
#include "model_path.h"
#include "random_package.h"

namespace casus::parity {
namespace {

constexpr double kMinEqual = 0.999;         // of each layer but the tokens, which must all be equal
constexpr double kExplainingMargin = 1e-3;  // a decision of spaCy closer than this may fall either way
constexpr uint32_t kNeighbours = 3;         // tokens around a sentence whose decisions can move what is in it
constexpr uint64_t kMaxListed = 200;        // differences printed; all are counted

/// What is compared, in the order of the table. The names are those of the fixture's noise floor.
enum Layer : size_t { kTokens, kStarts, kTags, kPos, kMorph, kHeads, kLabels, kLemmas, kEntities, kLayers };
constexpr std::array<const char*, kLayers> kLayerNames = {"tokens", "sentence starts", "tags",   "pos",     "morph",
                                                          "heads",  "labels",          "lemmas", "entities"};

struct Counts {
  uint64_t all = 0;
  uint64_t equal = 0;
  uint64_t unexplained = 0;
};

/// The labels of one token as text, so that both sides are compared and printed the same way.
using TokenLabels = std::array<std::string, kLayers>;

std::string entity_label(bool begins, std::string_view type) { return type.empty() ? "" : (begins ? "B-" : "I-") + std::string(type); }

std::string span_label(ByteSpan span, bool space_after) {
  return std::to_string(span.begin) + ".." + std::to_string(span.end) + (space_after ? "_" : "");
}

std::vector<TokenLabels> labels_of(const FixtureDocument& expected) {
  std::vector<TokenLabels> all;
  all.reserve(expected.tokens.size());
  for (const FixtureToken& token : expected.tokens) {
    all.push_back({span_label(token.span, token.space_after), token.sentence_start ? "start" : "", token.tag, token.pos, token.morph,
                   std::to_string(token.head), token.dep, token.lemma, ""});
  }
  for (const FixtureEntity& entity : expected.entities) {
    for (uint32_t i = entity.begin; i < entity.end; ++i) all[i][kEntities] = entity_label(i == entity.begin, entity.type);
  }
  return all;
}

/// The tokens of each block of a document; offsets and heads count from the block's begin.
std::vector<std::vector<TokenLabels>> labels_by_block(const Document& document) {
  std::vector<std::vector<TokenLabels>> all(document.article().blocks().size());
  for (const Sentence& sentence : document.sentences()) {
    std::vector<TokenLabels>& block = all.at(sentence.block);
    const uint32_t byte = document.article().blocks()[sentence.block].span.begin;
    const auto first = sentence.begin - static_cast<uint32_t>(block.size());
    for (const Token& token : document.tokens(sentence)) {
      block.push_back({span_label({token.span.begin - byte, token.span.end - byte}, token.space_after), "",
                       std::string(document.tag(token)), std::string(pos_name(token.pos)), std::string(document.morph(token)),
                       std::to_string(token.head - first), std::string(document.dep(token)), std::string(token.lemma),
                       token.ent_iob == 2 ? "" : entity_label(token.ent_iob == 3, document.ent_type(token))});
    }
    block[sentence.begin - first][kStarts] = "start";
  }
  return all;
}

/// The list of entities and that of sentences must say what the tokens say.
bool lists_agree(const Document& document) {
  std::vector<std::string> listed(document.tokens().size());
  for (const Entity& entity : document.entities()) {
    for (uint32_t i = entity.begin; i < entity.end; ++i)
      listed.at(i) = entity_label(i == entity.begin, document.labels().name(entity.type));
  }
  uint32_t i = 0;
  for (uint32_t number = 0; number < document.sentences().size(); ++number) {
    const Sentence& sentence = document.sentences()[number];
    if (sentence.begin != i || sentence.end <= sentence.begin) return false;
    for (; i < sentence.end; ++i) {
      const Token& token = document.tokens()[i];
      const std::string own = token.ent_iob == 2 ? "" : entity_label(token.ent_iob == 3, document.ent_type(token));
      if (own != listed[i] || token.sentence != number) return false;
    }
  }
  return i == document.tokens().size();
}

/// The closest decision of spaCy that can have moved a label of `token` in this layer, if one was close at all.
std::optional<Margin> closest_decision(const FixtureDocument& expected, uint32_t token, Layer layer) {
  uint32_t begin = token;
  while (begin > 0 && !expected.tokens[begin].sentence_start) --begin;
  uint32_t end = token + 1;
  while (end < expected.tokens.size() && !expected.tokens[end].sentence_start) ++end;
  begin = begin > kNeighbours ? begin - kNeighbours : 0;
  end += kNeighbours;
  std::optional<Margin> closest;
  const auto look = [&](const std::vector<Margin>& margins) {
    for (const Margin& margin : margins) {
      if (margin.token >= begin && margin.token < end && (!closest || margin.margin < closest->margin)) closest = margin;
    }
  };
  // What follows from what: the ruler and the lemmas from tags and relations, entities from sentence starts.
  const bool from_tags = layer == kTags || layer == kPos || layer == kMorph || layer == kLemmas;
  if (from_tags) look(expected.tag_margins);
  if (layer != kTags && layer != kTokens) look(expected.parse_margins);
  if (layer == kEntities) look(expected.entity_margins);
  return closest;
}

class Comparison {
 public:
  void compare(const FixtureDocument& expected, const std::vector<TokenLabels>& have) {
    const std::vector<TokenLabels> want = labels_of(expected);
    const bool aligned = compare_tokens(expected, want, have);
    for (size_t layer = kStarts; layer < kLayers; ++layer) {
      counts_[layer].all += want.size();
      if (!aligned) continue;  // not comparable: none counts as equal
      for (uint32_t i = 0; i < want.size(); ++i) {
        if (want[i][layer] == have[i][layer]) {
          ++counts_[layer].equal;
        } else {
          report(expected, i, static_cast<Layer>(layer), want[i][layer], have[i][layer]);
        }
      }
    }
  }

  void note_broken(const std::string& name) {
    std::printf("%s: the lists of entities or sentences disagree with the tokens\n", name.c_str());
    broken_ = true;
  }

  /// Prints the table; whether all is within the bounds.
  bool finish(const Fixture& fixture) const {
    bool good = !broken_;
    std::printf("\n%-16s %9s %9s %9s %12s %12s\n", "layer", "all", "equal", "percent", "unexplained", "noise floor");
    for (size_t layer = 0; layer < kLayers; ++layer) {
      const Counts& counts = counts_[layer];
      const double share = counts.all == 0 ? 0 : static_cast<double>(counts.equal) / static_cast<double>(counts.all);
      const auto noise = fixture.noise_floor.find(kLayerNames[layer]);
      std::printf("%-16s %9llu %9llu %9.4f %12llu %12llu\n", kLayerNames[layer], static_cast<unsigned long long>(counts.all),
                  static_cast<unsigned long long>(counts.equal), 100 * share, static_cast<unsigned long long>(counts.unexplained),
                  static_cast<unsigned long long>(noise == fixture.noise_floor.end() ? 0 : noise->second));
      good = good && counts.all > 0 && share >= (layer == kTokens ? 1.0 : kMinEqual) && counts.unexplained == 0;
    }
    return good;
  }

 private:
  bool compare_tokens(const FixtureDocument& expected, const std::vector<TokenLabels>& want, const std::vector<TokenLabels>& have) {
    const size_t common = std::min(want.size(), have.size());
    counts_[kTokens].all += std::max(want.size(), have.size());
    size_t equal = 0;
    while (equal < common && want[equal][kTokens] == have[equal][kTokens]) ++equal;
    counts_[kTokens].equal += equal;
    if (equal == want.size() && equal == have.size()) return true;
    // Everything behind the first difference is shifted: name that one, count the rest.
    report(expected, static_cast<uint32_t>(equal), kTokens, equal < want.size() ? want[equal][kTokens] : "no token",
           equal < have.size() ? have[equal][kTokens] : "no token");
    return false;
  }

  void report(const FixtureDocument& expected, uint32_t token, Layer layer, const std::string& want, const std::string& have) {
    const std::optional<Margin> closest = token < expected.tokens.size() ? closest_decision(expected, token, layer) : std::nullopt;
    const bool explained = closest && closest->margin < kExplainingMargin;
    if (!explained) ++counts_[layer].unexplained;
    if (++listed_ > kMaxListed) return;
    const std::string word = token < expected.tokens.size() ? std::string(expected.tokens[token].span.in(expected.text)) : "";
    std::printf("%s token %u \"%s\": %s: spaCy \"%s\", casus \"%s\"; ", expected.name.c_str(), token, word.c_str(), kLayerNames[layer],
                want.c_str(), have.c_str());
    if (closest) {
      std::printf("spaCy's margin %.6f at token %u%s\n", closest->margin, closest->token, explained ? "" : ", not close enough");
    } else {
      std::printf("no close decision near it\n");
    }
  }

  std::array<Counts, kLayers> counts_{};
  uint64_t listed_ = 0;
  bool broken_ = false;
};

int fail(const Error& error) {
  std::fprintf(stderr, "error: %s\n", error.to_string().c_str());
  return 2;
}

struct Options {
  std::filesystem::path fixture;
  std::filesystem::path recipe;  ///< of a random package, or empty
  size_t together = 1;           ///< documents of one article
};

/// Fixture documents as the blocks of one article, and what casus says about them.
struct Bundle {
  size_t first = 0;
  size_t count = 0;
  std::vector<std::vector<TokenLabels>> labels;
  bool agree = false;
};

/// spaCy knows no longest sentence, and random weights make long ones.
constexpr LanguageOptions kAsSpacy{.max_sentence_tokens = std::numeric_limits<uint32_t>::max()};

void analyse_bundle(const Fixture& fixture, const LanguageModel& model, Workspace& workspace, Bundle& bundle) {
  std::string text;
  std::vector<Block> blocks;
  for (size_t i = bundle.first; i < bundle.first + bundle.count; ++i) {
    const auto begin = static_cast<uint32_t>(text.size());
    text += fixture.documents[i].text;
    blocks.push_back({{begin, static_cast<uint32_t>(text.size())}, BlockKind::kParagraph, ""});
  }
  const Article article({}, std::move(text), std::move(blocks));
  const std::unique_ptr<Document> document = analyse(article, model, workspace, kAsSpacy);
  bundle.labels = labels_by_block(*document);
  bundle.agree = lists_agree(*document);
}

std::vector<Bundle> analyse_all(const Fixture& fixture, const LanguageModel& model, size_t together) {
  std::vector<Bundle> bundles;
  for (size_t first = 0; first < fixture.documents.size(); first += together) {
    bundles.push_back({first, std::min(together, fixture.documents.size() - first), {}, false});
  }
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    Workspace workspace(model);
    for (size_t i = next++; i < bundles.size(); i = next++) analyse_bundle(fixture, model, workspace, bundles[i]);
  };
  std::thread other(work);
  work();
  other.join();
  return bundles;
}

int run(const Options& options) {
  Result<Fixture> fixture = read_fixture(options.fixture);
  if (!fixture) return fail(fixture.error());
  Result<std::shared_ptr<const LanguageModel>> model = LanguageModel::load(model_path());
  if (!model) return fail(model.error());
  std::optional<TemporaryPackage> package;
  if (!options.recipe.empty()) {
    Result<TemporaryPackage> built = build_random_package(options.recipe, (*model)->folder());
    if (!built) return fail(built.error());
    package.emplace(std::move(*built));
    model = LanguageModel::load(package->folder());
    if (!model) return fail(model.error());
  }
  std::printf("%s, kernels %s, against %s\n", (*model)->name().c_str(), std::string(kernel_name()).c_str(), fixture->made_with.c_str());
  Comparison comparison;
  for (const Bundle& bundle : analyse_all(*fixture, **model, options.together)) {
    if (!bundle.agree) comparison.note_broken(fixture->documents[bundle.first].name);
    for (size_t i = 0; i < bundle.count; ++i) comparison.compare(fixture->documents[bundle.first + i], bundle.labels[i]);
  }
  std::printf("%zu documents\n", fixture->documents.size());
  return comparison.finish(*fixture) ? 0 : 1;
}

std::optional<Options> read_options(const std::vector<std::string>& words) {
  Options options;
  for (size_t i = 0; i < words.size(); ++i) {
    const bool has_value = i + 1 < words.size();
    if (words[i] == "--random" && has_value) {
      options.recipe = words[++i];
    } else if (words[i] == "--together" && has_value) {
      options.together = std::strtoul(words[++i].c_str(), nullptr, 10);
    } else if (options.fixture.empty()) {
      options.fixture = words[i];
    } else {
      return std::nullopt;
    }
  }
  return options.fixture.empty() || options.together == 0 ? std::nullopt : std::optional(options);
}

}  // namespace
}  // namespace casus::parity

int main(int argument_count, char** arguments) {
  const auto options = casus::parity::read_options({arguments + 1, arguments + argument_count});
  if (options) return casus::parity::run(*options);
  std::fprintf(stderr, "usage: parity_test FIXTURE [--random RECIPE] [--together N]\n");
  return 2;
}
