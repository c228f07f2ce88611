#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <casus/span.h>

#include "reading/time_values.h"

namespace casus {

/// What a time is counted from.
enum class TimeAnchor : uint8_t {
  kNearest,      ///< nothing is said: the day of publication in news, the passage in histories
  kPublication,  ///< "ago", "last", "this"
  kPassage       ///< "later", "the following", "that"
};

enum class SaidKind : uint8_t { kDate, kShift, kDuration, kSet, kReference };

/// A time expression as it stands in the text, before anybody asks which day it means.
struct SaidTime {
  size_t begin = 0;  ///< pieces
  size_t end = 0;
  ByteSpan span = {};
  uint32_t token_begin = 0;
  uint32_t token_end = 0;
  SaidKind kind = SaidKind::kDate;
  Grain grain = Grain::kNone;  ///< of dates the finest part that is said, of shifts the unit
  std::optional<int> year = {};
  std::optional<int> part = {};     ///< month, quarter, half or season, by grain; of days the month
  std::optional<int> day = {};      ///< of the month
  std::optional<int> weekday = {};  ///< 1 Monday – 7 Sunday
  std::string clock = {};           ///< "T11:00", "TMO"
  TimeAnchor anchor = TimeAnchor::kNearest;
  std::optional<int> shift = {};  ///< of shifts in units; of dates "last March" -1, or the year's: "March of last year"
  bool shifts_year = false;       ///< `shift` of a date is its year's
  std::string value = {};         ///< of durations, sets and references: as in TIMEX3
  bool vague = false;             ///< a number of units that is not known: "a few days later"
  bool reaches_back = false;      ///< from so far back up to the anchor: "in the past month"
};

/// The longest of the readings of one place; of equal ones the first that was offered.
struct LongestTime {
  std::optional<SaidTime> best = {};

  void offer(std::optional<SaidTime> said) {
    if (said && (!best || said->end > best->end)) best = std::move(said);
  }
};

}  // namespace casus
