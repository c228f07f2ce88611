#pragma once

#include <casus/crisis.h>

#include "crisis/incident_match.h"

namespace casus {

/// The incident of a finished draft: who, when, on how many sources, what agrees and what does not.
[[nodiscard]] Incident summarise(const Draft& draft, const Crisis& crisis);

}  // namespace casus
