#pragma once

#include <cstdint>
#include <deque>
#include <memory>
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

/// The text between two tokens as dictionaries spell it: plain apostrophes, single blanks.
[[nodiscard]] std::string spelled(const Syntax& syntax, uint32_t begin, uint32_t end);

/// Where the lexicon's names and terms stand in a document, longest first, never overlapping their own kind.
/// Ownership: refers to the lexicon; shares the entries of places that were added. Threads: immutable once built.
class Markup {
 public:
  Markup(const Syntax& syntax, const Lexicon& lexicon);

  /// The name or term that covers a token, or null.
  [[nodiscard]] const NameHit* name_at(uint32_t token) const { return name_index_[token] == 0 ? nullptr : &names_[name_index_[token] - 1]; }
  /// Makes tokens the name of a place whose country the article makes sure; what stood there as a name stands there no more.
  void add_place(uint32_t begin, uint32_t end, NameEntry entry);
  /// The entries of places that were added; they are rows of no table, and their line is 0.
  [[nodiscard]] std::shared_ptr<const std::deque<NameEntry>> places() const { return places_; }
  [[nodiscard]] const TermHit* term_at(uint32_t token) const { return term_index_[token] == 0 ? nullptr : &terms_[term_index_[token] - 1]; }

 private:
  void mark_names(const Syntax& syntax, const Lexicon& lexicon, DayNumber day);
  void mark_terms(const Syntax& syntax, const Lexicon& lexicon);

  std::vector<NameHit> names_;
  std::vector<TermHit> terms_;
  std::shared_ptr<std::deque<NameEntry>> places_ = std::make_shared<std::deque<NameEntry>>();
  std::vector<uint32_t> name_index_;  ///< by token: 1 + index, 0 for none
  std::vector<uint32_t> term_index_;
};

}  // namespace casus
