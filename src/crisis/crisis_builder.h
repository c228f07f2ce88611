#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

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

/// The number of the text group of each article, by article_id; articles of one group share their text.
using TextGroups = std::unordered_map<std::string, uint32_t>;

/// The crisis without incidents: articles, mentions and sayings in order. `text_groups`: as they were found before, null to find them.
[[nodiscard]] Crisis assemble_crisis(std::span<const Report> reports, const CrisisRules& rules, const Lexicon& lexicon,
                                     const CrisisOptions& options = {}, const TextGroups* text_groups = nullptr);

/// When an act takes place that has no date, as its status and the day of its report tell; nothing for an unknown day.
[[nodiscard]] DaySpan window_of(std::string_view status, std::optional<int32_t> day, const IncidentRule& rule);

/// An event as a mention; its article is still to be said. `day`: of the publication of `article`.
[[nodiscard]] Mention mention_of(const Event& event, const Article& article, std::optional<int32_t> day, const CrisisRules& rules,
                                 const Lexicon& lexicon);

/// The crisis that build_crisis makes of the same reports with these options and without the events below `min_confidence`, made of
/// `whole`, which it made of all of them: nothing is read again. The fixes of the whole act on it as far as they are about what it knows.
[[nodiscard]] Crisis crisis_as_of(const Crisis& whole, const CrisisOptions& options, double min_confidence, const CrisisRules& rules,
                                  const Lexicon& lexicon);

/// What the articles of the last days up to the as-of day tell, and those without a day: the same incidents, as far as these articles
/// report them. What the brief is made of.
[[nodiscard]] Crisis recent_part(const Crisis& whole, int32_t days, const CrisisRules& rules, const Lexicon& lexicon);

}  // namespace casus
