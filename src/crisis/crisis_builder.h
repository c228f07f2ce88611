#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include <casus/crisis.h>

#include "crisis/crisis_rules.h"
#include "lexicon/lexicon.h"

namespace casus {

struct CrisisOptions {
  std::optional<int32_t> as_of{};  ///< only articles published by that day count; nullopt: all, as of the last day of publication
};

/// What the reports tell together: sources, incidents.
/// The result depends on the reports alone, not on their order; of reports with the same article_id the earliest published counts.
/// Threads: safe at once; nothing is written but the result. Cost: near linear in articles and events, whatever they hold (docs/crisis.md).
[[nodiscard]] Crisis build_crisis(std::span<const Report> reports, const CrisisRules& rules, const Lexicon& lexicon,
                                  const CrisisOptions& options = {});

}  // namespace casus
