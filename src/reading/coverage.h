#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <casus/document.h>

#include "lexicon/lexicon.h"

namespace casus {

/// What the dictionaries say of a clause whose predicate joins two coded actors.
enum class Coverage : uint8_t {
  kFrame,  ///< a frame of a type fits
  kNone,   ///< a NONE frame fits: known, and no event
  kWords,  ///< its verb is one of data/reading: it reports words, does what its object says, or only tells how the act in its complement
           ///< stands
  kOpen    ///< it has no entry
};
inline constexpr size_t kCoverages = 4;

/// What kind of entry a text asks for.
enum class GapKind : uint8_t { kVerb, kNoun, kPerson, kOrganisation };

/// A word or name of a text that no dictionary covers.
struct Gap {
  GapKind kind = GapKind::kVerb;
  std::string word{};   ///< lemma, with its particle ("call off"), or the name
  std::string entry{};  ///< as it may be written: a pattern line, or a row of people.tsv or organisations.tsv with tabs
  ByteSpan sentence{};  ///< where it stands, in Article::text()
};

/// What the dictionaries leave open in one article.
struct CoverageReport {
  std::array<uint64_t, kCoverages> clauses{};  ///< that join two coded actors, by Coverage
  std::vector<Gap> gaps{};                     ///< in the order of the text, verbs and nouns before names
};

/// Reads an article for what its dictionaries lack: predicates and nouns that join two coded actors and have no entry, and named people
/// and bodies that no table of data/world has. An actor is coded if its country is known.
/// Threads: safe at once; `lexicon` is only read.
[[nodiscard]] CoverageReport read_coverage(const Document& doc, const Lexicon& lexicon);

}  // namespace casus
