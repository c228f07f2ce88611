#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "crisis/actor_filter.h"

namespace casus {

/// What a listing of a database shows. The names are those of the options, and the same everywhere. Days are "YYYY-MM-DD"; what is empty
/// leaves nothing out. Of several values of a list one must fit; of several filters all.
struct Filters {
  std::vector<ActorFilter> actors{};
  std::optional<DyadFilter> dyad{};
  std::vector<std::string> types{};
  std::vector<std::string> statuses{};
  std::string since{};  ///< of the act: those whose days, as far as they are known, overlap with this one or later ones
  std::string until{};
  std::string published_since{};
  std::string published_until{};
  std::string as_of{};  ///< only what was published by then
  std::vector<std::string> outlets{};
  std::string place{};    ///< the name of a place, or the code of a country
  std::string article{};  ///< an article_id or a doc
  double min_confidence = 0;
  bool duplicates = false;  ///< those of duplicate articles too
};

/// A condition in SQL with the values of its parameters, each a text.
struct Condition {
  std::string sql{};
  std::vector<std::string> values{};
};

/// The events (alias e) of articles (alias a) that filters let through: "… AND …", never empty.
[[nodiscard]] Condition event_condition(const Filters& filters);
/// The same for statements (alias s) of articles (alias a). Types, statuses and places are those of the events that their words carry;
/// actors those who speak or are spoken to.
[[nodiscard]] Condition statement_condition(const Filters& filters);
/// The same for articles (alias a): filters of events ask for articles that have such an event.
[[nodiscard]] Condition article_condition(const Filters& filters);

enum class Listed : uint8_t { kArticles, kEvents, kStatements };

/// What follows ORDER BY for "date,-confidence": names with a minus for descending, unknown values last; then publication day, article and
/// place in the text, so that the order is whole. "" gives these alone. Errors: kBadOption for a name that is none, with those there are.
[[nodiscard]] Result<std::string> order_of(Listed listed, std::string_view sort);

}  // namespace casus
