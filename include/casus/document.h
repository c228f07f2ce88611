#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>
#include <casus/span.h>

namespace casus {

/// Universal part of speech, as the attribute ruler sets it.
enum class Pos : uint8_t {
  kNone,
  kAdj,
  kAdp,
  kAdv,
  kAux,
  kCconj,
  kConj,
  kDet,
  kIntj,
  kNoun,
  kNum,
  kPart,
  kPron,
  kPropn,
  kPunct,
  kSconj,
  kSym,
  kVerb,
  kX,
  kSpace
};
[[nodiscard]] std::string_view pos_name(Pos pos);        ///< "NOUN"; "" for kNone
[[nodiscard]] Pos pos_from_name(std::string_view name);  ///< kNone if unknown

/// Dependency relations of the English pipelines (ClearNLP's set). A model may have others: they are kOther here,
/// and keep their name in Token::dep_label.
enum class Dep : uint8_t {
  kOther,
  kRoot,
  kAcl,
  kAcomp,
  kAdvcl,
  kAdvmod,
  kAgent,
  kAmod,
  kAppos,
  kAttr,
  kAux,
  kAuxpass,
  kCase,
  kCc,
  kCcomp,
  kCompound,
  kConj,
  kCsubj,
  kCsubjpass,
  kDative,
  kDep,
  kDet,
  kDobj,
  kExpl,
  kIntj,
  kMark,
  kMeta,
  kNeg,
  kNmod,
  kNpadvmod,
  kNsubj,
  kNsubjpass,
  kNummod,
  kOprd,
  kParataxis,
  kPcomp,
  kPobj,
  kPoss,
  kPreconj,
  kPredet,
  kPrep,
  kPrt,
  kPunct,
  kQuantmod,
  kRelcl,
  kXcomp
};
[[nodiscard]] Dep dep_from_name(std::string_view name);  ///< kOther if unknown

/// The strings behind the small label numbers of a token. Immutable, owned by the model, shared by its documents.
class LabelTable {
 public:
  static constexpr size_t kMaxLabels = 65'535;  ///< numbers are 16 bits wide; the English pipelines have about 250

  LabelTable() { static_cast<void>(add("")); }
  /// Number of a label, added if new; 0, the empty label, once kMaxLabels are reached (whoever reads labels from a file
  /// compares size() with it). Not for use after the model is loaded.
  uint16_t add(std::string_view name);
  [[nodiscard]] std::string_view name(uint16_t label) const { return names_[label]; }
  [[nodiscard]] size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
  std::map<std::string, uint16_t, std::less<>> numbers_;
};

/// One token. Labels are numbers of the document's LabelTable; heads and sentences are indices into the document.
struct Token {
  ByteSpan span;           ///< in Article::text()
  std::string_view lemma;  ///< lives in the document's arena, the model or the article
  uint32_t head = 0;       ///< index of the head; its own index for a root
  uint32_t sentence = 0;   ///< index of its sentence
  uint16_t tag = 0;        ///< fine part of speech ("VBD")
  uint16_t morph = 0;      ///< morphological features ("Tense=Past|VerbForm=Fin")
  uint16_t dep_label = 0;  ///< name of the relation to the head
  uint16_t ent_type = 0;   ///< entity type ("GPE"), 0 outside entities
  Pos pos = Pos::kNone;
  Dep dep = Dep::kOther;
  uint8_t ent_iob = 2;       ///< 3 begins an entity, 1 inside one, 2 outside
  bool space_after = false;  ///< one U+0020 follows
};

/// A sentence: tokens [begin, end) of one block.
struct Sentence {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t block = 0;  ///< index into Article::blocks()
};

/// A named entity: tokens [begin, end) inside one sentence.
struct Entity {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint16_t type = 0;  ///< label number
};

/// The linguistic analysis of one article. Noise blocks have no tokens.
/// Ownership: points into `article`, which must outlive it, and shares the model's labels; one arena, freed at once.
/// Threads:   immutable once built.
class Document {
 public:
  Document(const Article& article, std::shared_ptr<const LabelTable> labels);
  Document(Article&&, std::shared_ptr<const LabelTable>) = delete;  // would dangle
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  [[nodiscard]] const Article& article() const { return article_; }
  [[nodiscard]] std::span<const Token> tokens() const { return tokens_; }
  [[nodiscard]] std::span<const Sentence> sentences() const { return sentences_; }
  [[nodiscard]] std::span<const Entity> entities() const { return entities_; }
  [[nodiscard]] const LabelTable& labels() const { return *labels_; }

  [[nodiscard]] std::string_view text(const Token& token) const { return token.span.in(article_.text()); }
  [[nodiscard]] std::string_view tag(const Token& token) const { return labels_->name(token.tag); }
  [[nodiscard]] std::string_view morph(const Token& token) const { return labels_->name(token.morph); }
  [[nodiscard]] std::string_view dep(const Token& token) const { return labels_->name(token.dep_label); }
  [[nodiscard]] std::string_view ent_type(const Token& token) const { return labels_->name(token.ent_type); }
  [[nodiscard]] std::span<const Token> tokens(const Sentence& sentence) const {
    return std::span<const Token>(tokens_).subspan(sentence.begin, sentence.end - sentence.begin);
  }
  /// From the first byte of its first token to the last byte of its last, whitespace tokens at the ends left out.
  [[nodiscard]] ByteSpan span(const Sentence& sentence) const;

  /// For the builder of the document (stage language, and tests that build one by hand).
  struct Parts {
    std::pmr::vector<Token>& tokens;
    std::pmr::vector<Sentence>& sentences;
    std::pmr::vector<Entity>& entities;
    std::pmr::memory_resource& arena;
  };
  [[nodiscard]] Parts parts() { return {tokens_, sentences_, entities_, arena_}; }

 private:
  const Article& article_;
  std::shared_ptr<const LabelTable> labels_;
  std::pmr::monotonic_buffer_resource arena_;
  std::pmr::vector<Token> tokens_;
  std::pmr::vector<Sentence> sentences_;
  std::pmr::vector<Entity> entities_;
};

}  // namespace casus
