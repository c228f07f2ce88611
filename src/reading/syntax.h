#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/document.h>

namespace casus {

/// Bound on every walk along a parse: deeper than this nothing is looked for.
inline constexpr int kMaxWalk = 32;

/// A document's parse as the reader asks for it: some usual faults of the parser repaired, children, extents, and who does what to
/// whom once passives, control, relative clauses and shared subjects are turned into the plain form.
/// Ownership: refers to the document. Threads: immutable once built.
class Syntax {
 public:
  explicit Syntax(const Document& doc);

  [[nodiscard]] const Document& doc() const { return doc_; }
  [[nodiscard]] uint32_t size() const { return static_cast<uint32_t>(lemmas_.size()); }
  [[nodiscard]] const Token& token(uint32_t index) const { return doc_.tokens()[index]; }
  [[nodiscard]] Dep dep(uint32_t index) const { return deps_[index]; }
  [[nodiscard]] Pos pos(uint32_t index) const { return token(index).pos; }
  [[nodiscard]] uint32_t head(uint32_t index) const { return heads_[index]; }
  [[nodiscard]] std::string_view tag(uint32_t index) const { return doc_.tag(token(index)); }
  [[nodiscard]] std::string_view text(uint32_t index) const { return doc_.text(token(index)); }
  [[nodiscard]] const std::string& lemma(uint32_t index) const { return lemmas_[index]; }  ///< lower case
  [[nodiscard]] const std::string& lower(uint32_t index) const { return lowers_[index]; }  ///< the word itself, lower case
  [[nodiscard]] const Sentence& sentence(uint32_t index) const { return doc_.sentences()[token(index).sentence]; }
  [[nodiscard]] ByteSpan bytes(uint32_t begin, uint32_t end) const { return {token(begin).span.begin, token(end - 1).span.end}; }

  [[nodiscard]] std::span<const uint32_t> children(uint32_t index) const {
    return std::span<const uint32_t>(child_list_).subspan(child_begin_[index], child_begin_[index + 1] - child_begin_[index]);
  }
  [[nodiscard]] std::optional<uint32_t> child(uint32_t index, Dep dep) const;
  /// First and one past last token of the subtree.
  [[nodiscard]] uint32_t left_edge(uint32_t index) const { return left_[index]; }
  [[nodiscard]] uint32_t right_edge(uint32_t index) const { return right_[index]; }
  [[nodiscard]] bool is_below(uint32_t index, uint32_t ancestor) const;

  [[nodiscard]] bool is_verbal(uint32_t index) const { return pos(index) == Pos::kVerb || pos(index) == Pos::kAux; }
  [[nodiscard]] bool is_nominal(uint32_t index) const;
  [[nodiscard]] bool is_passive(uint32_t verb) const;
  [[nodiscard]] bool is_infinitive(uint32_t verb) const;  ///< has "to"
  [[nodiscard]] bool is_finite(uint32_t verb) const;

  /// A noun and those coordinated with it.
  [[nodiscard]] std::vector<uint32_t> coordinated(uint32_t index) const;
  /// Head of the subject as it stands: of a passive, whom it is done to. Found through control and sharing.
  [[nodiscard]] std::optional<uint32_t> surface_subject(uint32_t verb) const;
  /// Head of who does it; nullopt if nobody is named.
  [[nodiscard]] std::optional<uint32_t> logical_subject(uint32_t verb) const;
  /// Heads of those who are said to do the same: "…, as did Kenya and Chile".
  [[nodiscard]] std::vector<uint32_t> subjects_who_did_so(uint32_t verb) const;
  /// Heads of whom or what it is done to, the nearest relation first.
  [[nodiscard]] std::vector<uint32_t> logical_objects(uint32_t verb) const;
  /// The nouns behind a preposition.
  [[nodiscard]] std::vector<uint32_t> preposition_objects(uint32_t preposition) const;
  /// The particle of a verb ("off"), as a token.
  [[nodiscard]] std::optional<uint32_t> particle(uint32_t verb) const;

 private:
  void repair();
  void repair_coordination(uint32_t verb);
  void repair_abbreviation(uint32_t verb);
  void repair_subject(uint32_t noun);
  void repair_juxtaposed(uint32_t verb);
  void repair_headless(uint32_t verb);
  [[nodiscard]] uint32_t top_of(uint32_t index) const;
  [[nodiscard]] bool is_behind_comma(uint32_t index) const;
  void repair_fronted(uint32_t verb);
  void repair_swallowed(uint32_t verb);
  [[nodiscard]] bool are_joined_closely(uint32_t verb, uint32_t other) const;
  void link_children();
  void find_edges();
  [[nodiscard]] std::optional<uint32_t> own_subject(uint32_t verb) const;
  [[nodiscard]] std::optional<uint32_t> inherited_from(uint32_t verb, bool& is_answer) const;

  const Document& doc_;
  std::vector<std::string> lemmas_;
  std::vector<std::string> lowers_;
  std::vector<uint32_t> heads_;
  std::vector<Dep> deps_;
  std::vector<uint32_t> child_begin_;
  std::vector<uint32_t> child_list_;
  std::vector<uint32_t> left_;
  std::vector<uint32_t> right_;
};

}  // namespace casus
