#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "article/html/html_tree.h"
#include "article/html/page_claims.h"
#include "article/html/page_fields.h"
#include "article/html/page_rules.h"
#include "article/page_words.h"
#include "base/calendar.h"

namespace casus {

/// The days of first publication and of the last change.
struct PublicationDays {
  std::optional<Day> published{};
  std::string from{};  ///< PageMetadata::published_from
  std::optional<Day> updated{};
  bool is_doubtful = false;
};

/// What else is known of a page whose days are to be chosen.
struct DaySetting {
  uint32_t headline = 0;                                ///< the node that shows the title; 0: none
  std::string_view title{};                             ///< of the article
  std::string_view url{};                               ///< where it is, or ""
  std::optional<std::chrono::sys_seconds> retrieved{};  ///< when it was fetched
  const PageRules* rules = nullptr;                     ///< what names of parts mean; null: nothing
};

/// Chooses the days of a page. Published: JSON-LD, meta tags, microdata, a date shown beside the headline, the address, dates of the whole
/// page, at last the day of the last change. A day in the future, of another age of the calendar or before 1990 is passed over for the next
/// source (and the last only kept where there is no other); that, and an address that gives another day, make it doubtful.
/// A stamp in UTC is moved to the outlet's own day where the page shows that. What the page shows counts near its headline only, and not in
/// parts with other stories or comments. Where the page tells the order of its figures, a bound for its dates without a year, or the
/// setting when it was fetched, such dates are read too.
[[nodiscard]] PublicationDays choose_days(const HtmlTree& tree, const PageClaims& claims, const DaySetting& setting,
                                          const PageFields& fields, const PageWords& words);

}  // namespace casus
