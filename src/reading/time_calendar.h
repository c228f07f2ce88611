#pragma once

#include <optional>

#include "reading/time_said.h"
#include "reading/time_words.h"

namespace casus {

/// Times named by the calendar: days, months, years, decades, centuries, seasons, quarters, weekdays, holidays, hours.
/// Ownership: refers to the words. Threads: immutable.
class TimeCalendar {
 public:
  explicit TimeCalendar(const TimeWords& words) : words_(words) {}

  /// The longest that begins at a piece. `previous`: the expression before, or null; "1990-94" is told by it.
  [[nodiscard]] std::optional<SaidTime> read(size_t at, const SaidTime* previous) const;
  /// An hour: "5:30 pm", "noon", "0900 GMT".
  [[nodiscard]] std::optional<SaidTime> clock(size_t at) const;
  /// A number behind which the era, or before which a cue, makes it a year.
  [[nodiscard]] std::optional<SaidTime> year(size_t at) const;
  /// A number of four digits where only a year can stand: behind "early", "the end of", "the year".
  [[nodiscard]] std::optional<SaidTime> year_unless_counted(size_t at) const;

 private:
  struct DayNumber {
    int day = 0;
    size_t end = 0;
    bool ordinal = false;
  };
  [[nodiscard]] std::optional<SaidTime> day_month(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> month_day(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> numeric(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> weekday(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> day_before_month(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> day_alone(size_t at, const SaidTime* previous) const;
  [[nodiscard]] std::optional<SaidTime> short_year(size_t at, const SaidTime* previous) const;
  [[nodiscard]] std::optional<SaidTime> year_before_era(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> decade(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> century(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> quarter(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> season(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> shifted_name(size_t at) const;
  [[nodiscard]] std::optional<SaidTime> holiday(size_t at) const;

  [[nodiscard]] std::optional<DayNumber> day_number(size_t at) const;
  [[nodiscard]] std::optional<int> month(size_t at) const;
  [[nodiscard]] bool is_year_number(size_t at) const;
  [[nodiscard]] bool has_year_cue(size_t at) const;
  [[nodiscard]] std::optional<size_t> era(size_t at, int& sign) const;
  void take_year(SaidTime& said) const;
  void take_shifted_year(SaidTime& said, size_t at) const;
  void take_day_part(SaidTime& said) const;

  const TimeWords& words_;
};

}  // namespace casus
