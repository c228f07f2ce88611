#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lexicon/lexicon.h"
#include "reading/syntax.h"

namespace casus {

/// A known name in the text: tokens [begin, end).
struct NameHit {
  uint32_t begin = 0;
  uint32_t end = 0;
  const NameEntry* entry = nullptr;
  bool fused = false;  ///< part of a hyphenated word that is not about it: "Russian-backed", "pro-Russian"
};

/// A known common noun for actors in the text: tokens [begin, end).
struct TermHit {
  uint32_t begin = 0;
  uint32_t end = 0;
  const Term* term = nullptr;
};

/// Where the lexicon's names and terms stand in a document, longest first, never overlapping their own kind.
/// Ownership: refers to the lexicon. Threads: immutable once built.
class Markup {
 public:
  Markup(const Syntax& syntax, const Lexicon& lexicon);

  /// The name or term that covers a token, or null.
  [[nodiscard]] const NameHit* name_at(uint32_t token) const { return name_index_[token] == 0 ? nullptr : &names_[name_index_[token] - 1]; }
  [[nodiscard]] const TermHit* term_at(uint32_t token) const { return term_index_[token] == 0 ? nullptr : &terms_[term_index_[token] - 1]; }

 private:
  void mark_names(const Syntax& syntax, const Lexicon& lexicon, DayNumber day);
  void mark_terms(const Syntax& syntax, const Lexicon& lexicon);

  std::vector<NameHit> names_;
  std::vector<TermHit> terms_;
  std::vector<uint32_t> name_index_;  ///< by token: 1 + index, 0 for none
  std::vector<uint32_t> term_index_;
};

}  // namespace casus
