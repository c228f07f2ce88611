#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <casus/report.h>

#include "lexicon/lexicon.h"
#include "reading/syntax.h"

namespace casus {

/// The number that counts a noun, if one stands before it: "roughly 100,000 troops", "several thousand soldiers".
[[nodiscard]] std::optional<Quantity> quantity_of(const Syntax& syntax, const Lexicon& lexicon, uint32_t noun);

/// The numbers that count the nouns of an act: its objects, its subject, the words of its trigger.
[[nodiscard]] std::vector<Quantity> quantities_of(const Syntax& syntax, const Lexicon& lexicon, uint32_t trigger,
                                                  const std::vector<uint32_t>& words);

}  // namespace casus
