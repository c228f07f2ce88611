#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <casus/crisis.h>

#include "lexicon/lexicon.h"

namespace casus {

/// Parties of one side that count; an article that names five hundred is a list, and the rest of it decides nothing.
inline constexpr size_t kMaxParties = 12;
inline constexpr size_t kMaxPersons = 12;  ///< of one party

/// The parties behind a side of an event, in its order: actors of one state's executive are that state, those of its other branches and
/// of other sectors a party each, bodies and blocs go by their name. At most kMaxParties.
[[nodiscard]] std::vector<Party> parties_of(const std::vector<Actor>& actors, const Lexicon& lexicon);

/// What parties have in common that reports may name for one another: the state, of its organs and of those of its people who have no arms
/// and no quarrel with it; else the party's own key.
[[nodiscard]] std::string close_key(const Party& party, const Lexicon& lexicon);

/// Whether two full names are one person's: equal but for spelling, or the surname of one stands in the other.
[[nodiscard]] bool is_same_person(std::string_view a, std::string_view b);

/// Adds what `from` has and `into` lacks: parties, and persons of the same party. At most kMaxParties.
void unite_parties(const std::vector<Party>& from, std::vector<Party>& into);

[[nodiscard]] const Party* find_party(const std::vector<Party>& parties, std::string_view key);

}  // namespace casus
