#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/crisis.h>
#include <casus/result.h>

#include "store/fixes.h"

namespace casus {

// Corrections of incidents. Each is about an event of an article (Fix::target, Fix::article_id), which stands for the incident that it
// tells of: so it holds whatever else is read. A join is about a second one, too.

[[nodiscard]] bool is_incident_fix(std::string_view kind);

// What a person says of incidents of a crisis, as a fix to be entered. Errors: kBadOption where it would change nothing, with why.
/// Two incidents are one act. `into` and `other`: indices into Crisis::incidents.
[[nodiscard]] Result<Fix> join_fix(const Crisis& crisis, uint32_t into, uint32_t other);
/// What an event tells of is an act of its own. `mention`: index into Crisis::mentions.
[[nodiscard]] Result<Fix> split_fix(const Crisis& crisis, uint32_t mention);
/// What was announced happened, or did not.
[[nodiscard]] Result<Fix> outcome_fix(const Crisis& crisis, uint32_t incident, bool happened);

/// The fixes of incidents that act in a crisis that has its mentions, in their order. An event is found as by apply_fixes.
struct FoundFixes {
  std::vector<IncidentFix> fixes{};
  std::vector<Error> broken{};  ///< kBadDatabase: values that are none
};
/// Other kinds are passed over. `as_of`: what is to happen later is not yet known to have happened or not. `file`: for the errors.
[[nodiscard]] FoundFixes find_fixed(const Crisis& crisis, std::span<const Fix> fixes, std::optional<int32_t> as_of,
                                    const std::string& file);

/// What such a fix says, for people; "" for other kinds.
[[nodiscard]] std::string incident_fix_text(const Fix& fix);

/// Whether the value of such a fix can be read. Errors: kBadDatabase.
[[nodiscard]] Result<void> check_incident_fix(const Fix& fix, const std::string& file);

}  // namespace casus
