#pragma once

#include <casus/crisis.h>

#include "crisis/incident_match.h"

namespace casus {

/// The incident of a finished draft: who, when, on how many sources, what agrees and what does not.
[[nodiscard]] Incident summarise(const Draft& draft, const Crisis& crisis);

/// For ranking, of an incident that has the rest.
[[nodiscard]] double weight_of(const Incident& incident, const Crisis& crisis);

}  // namespace casus
