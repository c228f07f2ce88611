#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casus/crisis.h>
#include <casus/result.h>

#include "crisis/actor_filter.h"
#include "lexicon/lexicon.h"

namespace casus {

/// Which incidents a view shows: the common filters. Of several values of a list one must fit; of several filters all. Who, where and who
/// reports it is asked of the incident's mentions, one of which must have it all; the rest of the incident itself.
struct CrisisFilter {
  std::vector<ActorFilter> actors{};  ///< as find_actor gives them
  std::optional<DyadFilter> dyad{};
  std::vector<std::string> types{};
  std::vector<std::string> statuses{};
  std::optional<int32_t> since{};  ///< the act's days reach that day or a later one; of an undated act the day of its first report
  std::optional<int32_t> until{};  ///< or that or an earlier one
  std::optional<int32_t> published_since{};
  std::optional<int32_t> published_until{};
  std::vector<std::string> outlets{};  ///< letter case aside
  std::string place{};                 ///< part of the name of a place, or the code of a country
  /// The incidents that all this leaves, ascending, where somebody knows them already; null to ask each.
  std::shared_ptr<const std::vector<uint32_t>> known{};

  [[nodiscard]] bool keeps(const Incident& incident, const Crisis& crisis) const;
  /// Whether what these two have with one another is asked for: the actors' part of the filter.
  [[nodiscard]] bool keeps_pair(const Party& a, const Party& b) const;
  /// The same for what somebody said.
  [[nodiscard]] bool keeps_speaker(const std::vector<Party>& speaker) const;
  [[nodiscard]] bool keeps_article(const CrisisArticle& article) const;
  [[nodiscard]] bool keeps_days(DaySpan days) const;
  /// Whether an incident's mentions decide, and not it alone.
  [[nodiscard]] bool asks_for_mentions() const;

 private:
  [[nodiscard]] bool keeps_mention(const Mention& mention, const CrisisArticle& article) const;
  [[nodiscard]] bool keeps_dyad(const Mention& mention) const;
};

/// Whom the user means by an actor, given as "Russia", "RUS", "RUS/MIL", "Moscow", "NATO", "Lavrov". Errors: kBadOption for what no
/// dictionary and no article knows, with those that there are.
[[nodiscard]] Result<ActorFilter> find_actor(std::string_view text, const Crisis& crisis, const Lexicon& lexicon);

/// The same for both sides of "A,B" (both ways) or "A>B".
[[nodiscard]] Result<DyadFilter> find_dyad(std::string_view text, const Crisis& crisis, const Lexicon& lexicon);

}  // namespace casus
