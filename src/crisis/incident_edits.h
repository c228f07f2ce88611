#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <casus/crisis.h>

namespace casus {

// What people say of incidents. The kinds reach the database: never rename.
inline constexpr std::string_view kJoinFix = "join";                 ///< two incidents are one act
inline constexpr std::string_view kSplitFix = "split";               ///< what an event tells of is an act of its own
inline constexpr std::string_view kHappenedFix = "happened";         ///< what was announced took place
inline constexpr std::string_view kNotHappenedFix = "not_happened";  ///< it did not

/// The groups with the joins and splits of Crisis::fixes, in their order; a group that loses its last mention goes.
/// `groups`: indices into Crisis::mentions, none twice.
[[nodiscard]] std::vector<std::vector<uint32_t>> edited_groups(std::vector<std::vector<uint32_t>> groups, const Crisis& crisis);

/// Tells the incidents which fixes act on them, and whether people say that they happened. That holds as long as no report tells them as
/// done: what is reported later counts for more than what somebody knew before.
void mark_fixed(const Crisis& crisis, std::vector<Incident>& incidents);

/// "joined by ann, marked as happened by bob"; "" where nobody corrected it.
[[nodiscard]] std::string corrections_text(const Incident& incident, const Crisis& crisis);

}  // namespace casus
