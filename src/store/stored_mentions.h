#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <casus/crisis.h>
#include <casus/result.h>

#include "crisis/crisis_rules.h"
#include "crisis/regroup.h"
#include "lexicon/lexicon.h"
#include "store/store.h"

namespace casus {

/// The mentions of the articles of a database, with the incidents that they are stored in. Reads only what is asked for, and the days of
/// the events around it. Use it within one Snapshot.
/// Threads: those of the store. Errors: those of Store::load_article and read_events.
class StoredMentions : public KeptMentions {
 public:
  StoredMentions(Store& store, const CrisisRules& rules, const Lexicon& lexicon)
      : store_(store), rules_(rules), lexicon_(lexicon), widest_(rules.widest()) {}

  /// The mentions of articles that are in no incident, of those that await it (ungrouped.h).
  [[nodiscard]] Result<std::vector<KeptMention>> fresh();
  [[nodiscard]] Result<std::vector<KeptMention>> near(const Neighbourhood& neighbourhood) override;

 private:
  /// An article with what it tells.
  struct Told {
    ArticlePtr article{};
    std::optional<int32_t> published{};
    uint32_t number = 0;  ///< of the article, as Mention::article
    std::vector<Event> events{};
    std::unordered_map<int64_t, size_t> places{};  ///< of rows of events, in `events`
  };
  /// An event whose article is not read yet.
  struct Seen {
    int64_t event = 0;
    DaySpan reach{};
    std::optional<std::set<std::string>> countries{};  ///< of its actors, once they are asked for
  };

  [[nodiscard]] Result<const Told*> told(int64_t article);
  [[nodiscard]] Result<KeptMention> mention(int64_t article, int64_t event, int64_t group);
  [[nodiscard]] Result<void> see_around(DaySpan days);
  [[nodiscard]] Result<void> see(const std::string& sql, const std::string& first, const std::string& end);
  void take_seen(const Query& row);
  [[nodiscard]] Result<bool> names(const std::string& country, Seen& seen);
  [[nodiscard]] Result<int64_t> incident_of(int64_t event);
  [[nodiscard]] Result<void> add_incident(int64_t incident, std::vector<KeptMention>& mentions);

  Store& store_;
  const CrisisRules& rules_;
  const Lexicon& lexicon_;
  const IncidentRule widest_;
  std::unordered_map<int64_t, Told> told_{};
  std::map<std::string, std::map<int32_t, std::vector<size_t>>, std::less<>> by_family_{};  ///< then by bin: indices of seen_
  std::vector<Seen> seen_{};
  std::unordered_set<int64_t> seen_events_{};
  std::set<int32_t> bins_published_{};     ///< whose publications were seen
  std::set<int32_t> bins_dated_{};         ///< in which dated events begin that were seen
  std::set<int32_t> bins_of_many_days_{};  ///< in which such as last several days end
  bool has_seen_undated_ = false;          ///< articles that were published on no known day
  std::unordered_set<int64_t> given_{};    ///< incidents
};

}  // namespace casus
