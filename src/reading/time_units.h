#pragma once

#include <optional>
#include <string>

#include "reading/time_said.h"
#include "reading/time_words.h"

namespace casus {

/// Times counted in units: "last week", "six months ago", "for three years", "every Monday", "yesterday evening".
/// Ownership: refers to the words. Threads: immutable.
class TimeUnits {
 public:
  explicit TimeUnits(const TimeWords& words) : words_(words) {}

  /// The longest that begins at a piece.
  [[nodiscard]] std::optional<SaidTime> read(size_t at) const;
  /// "The year", "the day": a time only where something says which part of it.
  [[nodiscard]] std::optional<SaidTime> bare_unit(size_t at) const;
  /// "The first ten months of", "the last week of": up to the "of".
  [[nodiscard]] std::optional<SaidTime> first_or_last(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> shifted_unit(size_t at) const;

 private:
  struct Count {
    double value = 1;
    bool vague = false;
    bool said = false;  ///< false of "weeks" alone
    size_t end = 0;
  };
  [[nodiscard]] std::optional<SaidTime> distance(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> the_day_before(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> duration(size_t at) const;
  [[nodiscard]] bool is_set_word(size_t at, std::string_view kind) const;
  [[nodiscard]] std::optional<SaidTime> set(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> frequency(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> day_word(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> day_part(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> recent(size_t at) const;

  [[nodiscard]] std::optional<Count> count(size_t at) const;
  [[nodiscard]] size_t past_hedges(size_t at) const;
  [[nodiscard]] bool is_open(size_t at) const;
  [[nodiscard]] bool is_age(size_t at) const;

  const TimeWords& words_;
};

}  // namespace casus
