#include "crisis/views.h"

namespace casus {

std::optional<Point> point_of(const Place& place) {
  if (!place.lat || !place.lon || place.precision == "country") return std::nullopt;
  return Point{.lat = *place.lat, .lon = *place.lon};
}

const Place* place_of(const Incident& incident, const Crisis& crisis) {
  const std::optional<Place>& told_best = crisis.mentions[incident.lead].event.place;
  if (told_best) return &*told_best;
  for (const uint32_t mention : incident.mentions) {
    const std::optional<Place>& place = crisis.mentions[mention].event.place;
    if (place && point_of(*place)) return &*place;
  }
  return nullptr;
}

std::optional<Point> point_of_incident(const Incident& incident, const Crisis& crisis) {
  const Place* const place = place_of(incident, crisis);
  return place == nullptr ? std::nullopt : point_of(*place);
}

}  // namespace casus
