#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <casus/crisis.h>

#include "crisis/wording.h"

namespace casus {

// Incidents as tables of an export (cli/codebook.h says what each column means). Values of lists are joined by "|".

[[nodiscard]] std::vector<std::string_view> incident_row_columns();
[[nodiscard]] std::vector<std::string> incident_cells(const Incident& incident, const Crisis& crisis, const Wording& wording);

/// An event that tells of an incident. `mention`: an index into Crisis::mentions.
[[nodiscard]] std::vector<std::string_view> incident_mention_columns();
[[nodiscard]] std::vector<std::string> incident_mention_cells(const Incident& incident, uint32_t mention, const Crisis& crisis);

}  // namespace casus
