// Compares the language stage with what spaCy says about the same texts (docs/parity.md). A program of its own rather than a
// GoogleTest, because its result is a table.
//
//   parity_test FIXTURE [--random RECIPE]
//
// The model is CASUS_MODEL, else vendor/model; with --random a package with random weights is built from it. Without the
// model the test fails. Exit status: 0 equal within the bounds, 1 not, 2 wrong usage or something missing.

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>
#include <casus/document.h>

#include "fixture.h"
#include "language/language.h"
#include "random_package.h"

namespace casus::parity {
namespace {

constexpr double kMinEqual = 0.999;          // of each layer but the tokens, which must all be equal
constexpr double kExplainingMargin = 1e-3;   // a decision of spaCy closer than this may fall either way
constexpr uint32_t kNeighbours = 3;          // tokens around a sentence whose decisions can move what is in it
constexpr uint64_t kMaxListed = 200;         // differences printed; all are counted

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

std::string entity_label(bool begins, std::string_view type) {
  return type.empty() ? "" : (begins ? "B-" : "I-") + std::string(type);
}

std::string span_label(ByteSpan span, bool space_after) {
  return std::to_string(span.begin) + ".." + std::to_string(span.end) + (space_after ? "_" : "");
}

std::vector<TokenLabels> labels_of(const FixtureDocument& expected) {
  std::vector<TokenLabels> all;
  for (const FixtureToken& token : expected.tokens) {
    all.push_back({span_label(token.span, token.space_after), token.sentence_start ? "start" : "", token.tag, token.pos, token.morph,
                   std::to_string(token.head), token.dep, token.lemma, ""});
  }
  for (const FixtureEntity& entity : expected.entities) {
    for (uint32_t i = entity.begin; i < entity.end; ++i) all[i][kEntities] = entity_label(i == entity.begin, entity.type);
  }
  return all;
}

std::vector<TokenLabels> labels_of(const Document& document) {
  std::vector<TokenLabels> all;
  for (const Token& token : document.tokens()) {
    all.push_back({span_label(token.span, token.space_after), "", std::string(document.tag(token)), std::string(pos_name(token.pos)),
                   std::string(document.morph(token)), std::to_string(token.head), std::string(document.dep(token)),
                   std::string(token.lemma), token.ent_iob == 2 ? "" : entity_label(token.ent_iob == 3, document.ent_type(token))});
  }
  for (const Sentence& sentence : document.sentences()) all.at(sentence.begin)[kStarts] = "start";
  return all;
}

/// Both lists of entities must say what the tokens say.
bool entities_agree(const Document& document, const std::vector<TokenLabels>& labels) {
  std::vector<std::string> listed(labels.size());
  for (const Entity& entity : document.entities()) {
    for (uint32_t i = entity.begin; i < entity.end; ++i) listed.at(i) = entity_label(i == entity.begin, document.labels().name(entity.type));
  }
  for (size_t i = 0; i < labels.size(); ++i) {
    if (labels[i][kEntities] != listed[i]) return false;
  }
  return true;
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
  void compare(const FixtureDocument& expected, const Document& document) {
    const std::vector<TokenLabels> want = labels_of(expected);
    const std::vector<TokenLabels> have = labels_of(document);
    if (!entities_agree(document, have)) {
      std::printf("%s: the list of entities and the tokens disagree\n", expected.name.c_str());
      broken_ = true;
    }
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

std::filesystem::path model_path() {
  const char* chosen = std::getenv("CASUS_MODEL");
  return chosen != nullptr && *chosen != '\0' ? chosen : std::filesystem::path(CASUS_SOURCE_DIR) / "vendor/model";
}

int fail(const Error& error) {
  std::fprintf(stderr, "error: %s\n", error.to_string().c_str());
  return 2;
}

int run(const std::filesystem::path& fixture_path, const std::filesystem::path& recipe) {
  Result<Fixture> fixture = read_fixture(fixture_path);
  if (!fixture) return fail(fixture.error());
  Result<std::shared_ptr<const LanguageModel>> model = LanguageModel::load(model_path());
  if (!model) return fail(model.error());
  std::optional<TemporaryPackage> package;
  if (!recipe.empty()) {
    Result<TemporaryPackage> built = build_random_package(recipe, (*model)->folder());
    if (!built) return fail(built.error());
    package.emplace(std::move(*built));
    model = LanguageModel::load(package->folder());
    if (!model) return fail(model.error());
  }
  std::printf("%s, against %s\n", (*model)->name().c_str(), fixture->made_with.c_str());
  Workspace workspace(**model);
  Comparison comparison;
  for (const FixtureDocument& expected : fixture->documents) {
    const Block whole{{0, static_cast<uint32_t>(expected.text.size())}, BlockKind::kParagraph, ""};
    const Article article({}, expected.text, {whole});
    comparison.compare(expected, *analyse(article, **model, workspace));
  }
  std::printf("%zu documents\n", fixture->documents.size());
  return comparison.finish(*fixture) ? 0 : 1;
}

}  // namespace
}  // namespace casus::parity

int main(int argument_count, char** arguments) {
  const std::vector<std::string_view> words(arguments + 1, arguments + argument_count);
  if (words.size() == 1) return casus::parity::run(words[0], {});
  if (words.size() == 3 && words[1] == "--random") return casus::parity::run(words[0], words[2]);
  std::fprintf(stderr, "usage: parity_test FIXTURE [--random RECIPE]\n");
  return 2;
}
