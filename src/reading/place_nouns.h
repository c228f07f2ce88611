#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <casus/report.h>

#include "lexicon/lexicon.h"
#include "reading/actors.h"
#include "reading/syntax.h"

namespace casus {

/// Whether a code is that of a state or territory.
[[nodiscard]] bool is_state_code(const std::string& country);

/// The places that nouns name, by themselves or by whose they are. Each look goes a bounded number of steps.
/// Ownership: refers to all it is given. Threads: safe at once.
class PlaceNouns {
 public:
  PlaceNouns(const Syntax& syntax, const Actors& actors, const Lexicon& lexicon) : syntax_(syntax), actors_(actors), lexicon_(lexicon) {}

  /// The place that a noun names: "Kyiv", "the White House", "its border", "the town"; without a point where it is all of a country.
  [[nodiscard]] std::optional<Place> named(uint32_t noun) const;
  /// The last place before a word that something was said to be at, within two sentences; or null.
  [[nodiscard]] const PlaceMention* last_before(uint32_t token) const;

 private:
  [[nodiscard]] std::optional<Place> of_name(uint32_t noun) const;
  [[nodiscard]] std::optional<Place> owned(uint32_t noun) const;
  [[nodiscard]] std::string owner_before(uint32_t noun, uint32_t& begin) const;
  [[nodiscard]] std::optional<Place> spoken_of(uint32_t noun) const;
  [[nodiscard]] const std::string* kind_of(uint32_t noun) const {
    return lexicon_.words().find(WordClass::kPlaceNoun, syntax_.lemma(noun));
  }

  const Syntax& syntax_;
  const Actors& actors_;
  const Lexicon& lexicon_;
};

}  // namespace casus
