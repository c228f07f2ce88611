#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <casus/crisis.h>

#include "crisis/crisis_filter.h"
#include "crisis/crisis_rules.h"
#include "crisis/wording.h"
#include "lexicon/lexicon.h"

namespace casus {

/// A line of the brief and what it rests on.
struct BriefLine {
  std::string text{};                    ///< whole sentences
  std::string words{};                   ///< of a report, to be quoted after them; "" for none
  std::vector<uint32_t> articles{};      ///< its sources, as indices into Crisis::articles
  std::vector<std::string> incidents{};  ///< ids
  bool one_outlet = false;               ///< no independent outlet besides
};

struct BriefSection {
  std::string title{};
  std::vector<BriefLine> lines{};
  size_t more = 0;  ///< lines that were left out
};

/// The situation report of a day.
struct Brief {
  std::string title{};
  std::string basis{};  ///< what it rests on: articles, outlets, days
  std::vector<BriefSection> sections{};
};

struct BriefOptions {
  std::optional<int32_t> since{};  ///< what is first reported from that day on is new; nullopt: kNewDays before the as-of day
  size_t most_lines = 10;          ///< of a section; the rest is counted
};
inline constexpr int32_t kNewDays = 7;

/// Composes the brief from the crisis' records alone: state of the relations, what is new, what is coming, demands, forces, what is
/// disputed, what was said. `filter` chooses acts; its days of acts are not used. The same crisis gives the same brief.
[[nodiscard]] Brief brief_of(const Crisis& crisis, const CrisisFilter& filter, const CrisisRules& rules, const Lexicon& lexicon,
                             const BriefOptions& options = {});

/// As plain text in lines of at most `columns` bytes or so, as Markdown, as HTML (a whole page, everything of the reports escaped), as one
/// JSON object.
void append_brief_text(const Brief& brief, const Wording& wording, size_t columns, std::string& out);
void append_brief_markdown(const Brief& brief, const Wording& wording, std::string& out);
void append_brief_html(const Brief& brief, const Wording& wording, std::string& out);
void append_brief_json(const Brief& brief, const Crisis& crisis, std::string& out);

}  // namespace casus
