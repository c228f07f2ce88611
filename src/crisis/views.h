#pragma once

#include <array>
#include <cstdint>

#include <optional>
#include <string>
#include <vector>

#include <casus/crisis.h>

#include "crisis/crisis_filter.h"
#include "crisis/crisis_rules.h"
#include "lexicon/lexicon.h"

namespace casus {

/// The incidents that a filter keeps, as indices into Crisis::incidents, in that order.
[[nodiscard]] std::vector<uint32_t> kept_incidents(const Crisis& crisis, const CrisisFilter& filter);

/// A place on a map, in degrees of WGS 84.
struct Point {
  double lat = 0;
  double lon = 0;
};

/// Where the place is; nothing for one without a point, and for a country, whose middle is no place where anything happened.
[[nodiscard]] std::optional<Point> point_of(const Place& place);

/// The place of an incident: that of the mention that tells it best, else the first that has a point; null where no report names one.
[[nodiscard]] const Place* place_of(const Incident& incident, const Crisis& crisis);

/// Where it lies on a map.
[[nodiscard]] std::optional<Point> point_of_incident(const Incident& incident, const Crisis& crisis);

/// A day with what happened on it.
struct TimelineDay {
  int32_t day = 0;
  std::vector<uint32_t> incidents{};  ///< heaviest first
  uint32_t articles = 0;              ///< that tell of them
  double weight = 0;
};

/// The days, in order, of the incidents that a filter keeps. `top`: only so many, the heaviest; 0 for all. Denied acts and mere
/// possibilities happened on no day and are left out.
[[nodiscard]] std::vector<TimelineDay> timeline_of(const Crisis& crisis, const CrisisFilter& filter, size_t top);

/// What became of an announced act. The names (outcome_name) reach JSON: never rename.
enum class PlanOutcome : uint8_t {
  kAhead,      ///< its days are not over
  kTookPlace,  ///< a later report tells it as done
  kMoved,      ///< a later report gives other days for it
  kCalledOff,  ///< a later report denies it
  kNoWord,     ///< its days are over, and no report says what became of it
};
[[nodiscard]] std::string_view outcome_name(PlanOutcome outcome);

/// An announced act.
struct CalendarEntry {
  uint32_t incident = 0;
  PlanOutcome outcome = PlanOutcome::kAhead;
  std::optional<uint32_t> moved_to{};  ///< the incident with the other days
  DaySpan planned{};                   ///< the days that the announcement gives
  bool dated = false;
  std::optional<int32_t> announced{};  ///< day of the first report of the plan
};

/// By planned day, those without one at the end.
[[nodiscard]] std::vector<CalendarEntry> calendar_of(const Crisis& crisis, const CrisisFilter& filter, const CrisisRules& rules,
                                                     const Lexicon& lexicon);

/// What somebody asks of somebody.
struct Demand {
  uint32_t incident = 0;
  std::string words{};                    ///< of the report
  std::string answer{};                   ///< "accepted", "rejected", or "" for none
  std::optional<uint32_t> answered_by{};  ///< the incident that is the answer
};

/// The last asked first.
[[nodiscard]] std::vector<Demand> demands_of(const Crisis& crisis, const CrisisFilter& filter, const CrisisRules& rules,
                                             const Lexicon& lexicon);

/// Forces of one owner at one place.
struct PostureLine {
  Party owner{};
  std::string place{};               ///< as most reports name it
  std::string country{};             ///< where that is, or ""
  std::optional<Point> point{};      ///< of the place
  std::string kind{};                ///< troops, ship, …
  std::string movement{};            ///< arrival, withdrawal
  std::string status{};              ///< actual, planned
  std::optional<double> low{};       ///< the numbers of the reports, from
  std::optional<double> high{};      ///< to; nullopt where no report gives one ("several thousand")
  bool about = false;                ///< some report hedges it
  std::vector<std::string> texts{};  ///< as the reports say it, each wording once
  std::vector<uint32_t> articles{};
  uint32_t sources = 0;
  std::optional<int32_t> first_report{};
  std::optional<int32_t> last_report{};
};

/// By owner, place, movement, kind. Conditional and denied moves are no posture.
[[nodiscard]] std::vector<PostureLine> posture_of(const Crisis& crisis, const CrisisFilter& filter, const CrisisRules& rules);

/// What two parties did to one another on a day.
struct DyadDay {
  std::string a{};  ///< keys of the parties, in order
  std::string b{};
  int32_t day = 0;
  std::array<uint32_t, 4> quads{};  ///< incidents by quad class, 1 to 4
  double goldstein = 0;             ///< sum over the incidents
  double smoothed = 0;              ///< of Goldstein values a day, weighted by age with a half-life of kHalfLifeDays
  uint32_t articles = 0;            ///< published that day, on whatever: the denominator
  bool change = false;              ///< a turn: kTurn or more from what the days before made likely
  std::vector<uint32_t> incidents{};
};
inline constexpr double kHalfLifeDays = 7;
inline constexpr double kTurn = 5;  ///< on the Goldstein scale

/// By parties, then day. Only acts that happened count, each once however many report it.
[[nodiscard]] std::vector<DyadDay> dyads_of(const Crisis& crisis, const CrisisFilter& filter);

/// A party with its part in the crisis.
struct ActorLine {
  struct Person {
    std::string name{};
    std::optional<int32_t> first{};  ///< reports that name them
    std::optional<int32_t> last{};
    uint32_t incidents = 0;
  };
  Party party{};
  uint32_t acts = 0;      ///< incidents in which it acts
  uint32_t suffered = 0;  ///< in which it is acted upon
  uint32_t articles = 0;
  std::vector<Person> persons{};                             ///< most incidents first
  std::vector<std::pair<std::string, uint32_t>> partners{};  ///< keys of those it deals with, most first
};

/// By number of incidents.
[[nodiscard]] std::vector<ActorLine> actors_of(const Crisis& crisis, const CrisisFilter& filter);

}  // namespace casus
