#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <casus/crisis.h>
#include <casus/result.h>

#include "crisis/candidates.h"
#include "crisis/crisis_rules.h"
#include "lexicon/lexicon.h"

namespace casus {

/// A mention as it is kept from run to run.
struct KeptMention {
  int64_t number = 0;        ///< by which whoever keeps it knows it
  int64_t group = 0;         ///< the incident that it is in; 0 for none yet
  std::string article_id{};  ///< Mention::article is a number of that article, whatever it is
  int64_t position = 0;      ///< within its article
  std::optional<int32_t> published{};
  Mention mention{};
};

/// Where mentions are that may be compared with one another.
struct Neighbourhood {
  std::string family{};   ///< IncidentRule::family
  std::string country{};  ///< Party::country of one of its parties
  int32_t bin = 0;        ///< one of bins_of(Facts::reach)

  friend auto operator<=>(const Neighbourhood&, const Neighbourhood&) = default;
};

/// Gives the mentions that are kept.
class KeptMentions {
 public:
  KeptMentions() = default;
  KeptMentions(const KeptMentions&) = delete;
  KeptMentions& operator=(const KeptMentions&) = delete;
  virtual ~KeptMentions() = default;

  /// The mentions of a neighbourhood that are in a group, with all others of their groups, but for groups that it gave before. It may give
  /// more groups than that.
  [[nodiscard]] virtual Result<std::vector<KeptMention>> near(const Neighbourhood& neighbourhood) = 0;
};

/// What mentions that came or went change.
struct Regrouped {
  std::vector<std::vector<int64_t>> groups{};  ///< the incidents that are others now, by the numbers of their mentions
  std::vector<int64_t> gone{};                 ///< those that are no more, or are among `groups`
  bool is_crowded = false;                     ///< as of build_incidents
};

/// Finds what incidents become by mentions that are in none yet: with the rest as it was, the incidents that build_incidents makes of all
/// mentions. `kept` has the groups that it makes of the others, of which some may be missing whole: their mentions are among `fresh`.
/// Only what may be compared with the fresh ones is looked at, and what may be compared with what is another incident by that.
/// Where groups are missing, and mentions of theirs have gone for good, that holds only if build_incidents was not crowded.
/// Errors: those of `kept`. Threads: safe at once with different `kept`.
[[nodiscard]] Result<Regrouped> regroup(std::vector<KeptMention> fresh, KeptMentions& kept, const CrisisRules& rules,
                                        const Lexicon& lexicon);

}  // namespace casus
