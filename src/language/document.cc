#include <casus/document.h>

#include <array>

#include "language/strings.h"

namespace casus {
namespace {

// In the order of the enums.
constexpr std::array<std::string_view, 20> kPosNames = {"",    "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "CONJ", "DET",  "INTJ", "NOUN",
                                                        "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",  "VERB", "X",    "SPACE"};
static_assert(kPosNames.size() == static_cast<size_t>(Pos::kSpace) + 1);

constexpr std::array<std::string_view, 46> kDepNames = {
    "",     "ROOT", "acl",     "acomp",    "advcl", "advmod",   "agent",     "amod",      "appos",  "attr", "aux",       "auxpass",
    "case", "cc",   "ccomp",   "compound", "conj",  "csubj",    "csubjpass", "dative",    "dep",    "det",  "dobj",      "expl",
    "intj", "mark", "meta",    "neg",      "nmod",  "npadvmod", "nsubj",     "nsubjpass", "nummod", "oprd", "parataxis", "pcomp",
    "pobj", "poss", "preconj", "predet",   "prep",  "prt",      "punct",     "quantmod",  "relcl",  "xcomp"};
static_assert(kDepNames.size() == static_cast<size_t>(Dep::kXcomp) + 1);

// Bytes of text for one token, sentence and entity, on the low side of what news has, so that the vectors rarely grow:
// in the arena an outgrown vector stays behind as waste.
constexpr size_t kBytesPerToken = 5;
constexpr size_t kBytesPerSentence = 60;
constexpr size_t kBytesPerEntity = 40;

size_t first_block_size(size_t text_bytes) {
  const size_t lemmas = text_bytes / 8;
  return 1024 + lemmas + (text_bytes / kBytesPerToken + 16) * sizeof(Token) + (text_bytes / kBytesPerSentence + 8) * sizeof(Sentence) +
         (text_bytes / kBytesPerEntity + 8) * sizeof(Entity);
}

template <class Enum, size_t kCount>
Enum by_name(const std::array<std::string_view, kCount>& names, std::string_view name) {
  for (size_t i = 1; i < kCount; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return static_cast<Enum>(0);
}

}  // namespace

std::string_view pos_name(Pos pos) { return kPosNames[static_cast<size_t>(pos)]; }
Pos pos_from_name(std::string_view name) { return by_name<Pos>(kPosNames, name); }
Dep dep_from_name(std::string_view name) { return by_name<Dep>(kDepNames, name); }

uint16_t LabelTable::add(std::string_view name) {
  if (const auto known = numbers_.find(name); known != numbers_.end()) return known->second;
  if (names_.size() >= kMaxLabels) return 0;
  const auto number = static_cast<uint16_t>(names_.size());
  names_.emplace_back(name);
  numbers_.emplace(name, number);
  return number;
}

Document::Document(const Article& article, std::shared_ptr<const LabelTable> labels)
    : article_(article),
      labels_(std::move(labels)),
      arena_(first_block_size(article.text().size())),
      tokens_(&arena_),
      sentences_(&arena_),
      entities_(&arena_) {
  const size_t bytes = article.text().size();
  tokens_.reserve(bytes / kBytesPerToken + 16);
  sentences_.reserve(bytes / kBytesPerSentence + 8);
  entities_.reserve(bytes / kBytesPerEntity + 8);
}

ByteSpan Document::span(const Sentence& sentence) const {
  std::span<const Token> inside = tokens(sentence);
  if (inside.empty()) return {};
  const uint32_t start = inside.front().span.begin;
  while (!inside.empty() && is_space_word(text(inside.back()))) inside = inside.first(inside.size() - 1);
  while (!inside.empty() && is_space_word(text(inside.front()))) inside = inside.subspan(1);
  if (inside.empty()) return {start, start};
  return {inside.front().span.begin, inside.back().span.end};
}

}  // namespace casus
