#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "reading/syntax.h"
#include "reading/time_anchor.h"
#include "reading/time_said.h"

namespace casus {

/// The first children of a word, as many as its auxiliaries can be among: a sentence may have a verb with thousands.
[[nodiscard]] inline std::span<const uint32_t> first_children(const Syntax& syntax, uint32_t token) {
  constexpr size_t kMostChildren = 64;
  const std::span<const uint32_t> all = syntax.children(token);
  return all.first(std::min(all.size(), kMostChildren));
}

/// A time expression, with what it means where it stands.
struct TimeMention {
  SaidTime said = {};
  TimeMeaning meaning = {};
  std::optional<TimePoint> passage = {};  ///< the time at which the text stood before it
  bool joins_next = false;                ///< the next one is the other end of its stretch: "from May to June"
  bool looks_ahead = false;               ///< its verb speaks of what is to come
  bool bounds = false;                    ///< only the end of a stretch: "since", "until"
};

}  // namespace casus
