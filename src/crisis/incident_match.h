#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include <casus/crisis.h>

#include "crisis/content_words.h"
#include "crisis/crisis_rules.h"
#include "lexicon/lexicon.h"

namespace casus {

/// The parties of a side as hashes, ascending, each once.
struct SideKeys {
  std::vector<uint64_t> keys{};
  std::vector<uint64_t> close{};  ///< of what reports may name for one another (close_key)

  void add(const SideKeys& other);
  [[nodiscard]] bool empty() const { return keys.empty(); }
};

/// What decides whether two mentions are one act, worked out once a mention. Points into crisis and rules.
struct Facts {
  const Mention* mention = nullptr;
  const IncidentRule* rule = nullptr;
  bool symmetric = false;
  std::string_view mode_group{};
  SideKeys source{};
  SideKeys target{};
  SideKeys both{};                     ///< of both sides
  DaySpan reach{};                     ///< the window, and as long as the act goes on being told
  std::optional<int32_t> published{};  ///< of its article
  TextStems stems{};                   ///< of its words, without the names of its actors
  int detail = 0;                      ///< how much it says
};
/// The days in which other mentions of an act may lie that has this window.
[[nodiscard]] DaySpan reach_of(DaySpan window, std::string_view status, const IncidentRule& rule);
/// `published`: the day of its article.
[[nodiscard]] Facts facts_of(const Mention& mention, std::optional<int32_t> published, const CrisisRules& rules, const Lexicon& lexicon);

/// An incident in the making. Its first mention says most, and what it says decides what else belongs to it.
struct Draft {
  static constexpr size_t kMaxTexts = 8;  ///< whose words are compared

  const Facts* first = nullptr;
  std::vector<uint32_t> mentions{};
  std::vector<const Facts*> texts{};  ///< the first mention of each article, at most kMaxTexts
  std::vector<Party> source{};
  std::vector<Party> target{};
  SideKeys source_keys{};
  SideKeys target_keys{};
  SideKeys both_keys{};
  std::string mode_group{};
  DaySpan reach{};
  bool dated = false;
  bool has_actual = false;
  bool has_planned = false;
  int32_t first_actual = std::numeric_limits<int32_t>::max();  ///< publication of the earliest report that it happened
  int32_t last_planned = std::numeric_limits<int32_t>::min();  ///< publication of the latest that it will
  std::unordered_set<uint32_t> articles{};
  std::unordered_set<uint32_t> articles_actual{};
  std::unordered_set<uint32_t> articles_planned{};
};
[[nodiscard]] Draft begin_draft(const Facts& facts, uint32_t mention);
void join(const Facts& facts, uint32_t mention, Draft& draft);

/// How much speaks for the mention telling of the draft's act, in points; nullopt where something excludes it: other modes, other days,
/// other people, another place, a status that does not go with those of the draft.
[[nodiscard]] std::optional<double> match(const Facts& facts, const Draft& draft);

}  // namespace casus
