#include "cli/incident_export.h"

#include <optional>
#include <set>

#include "base/json_writer.h"
#include "crisis/day_span.h"
#include "crisis/incidents.h"
#include "crisis/views.h"

namespace casus {
namespace {

void append_value(std::string_view value, std::string& cell) {
  if (!cell.empty()) cell += '|';
  cell += value;
}

std::string keys_of(const std::vector<Party>& parties) {
  std::string cell;
  for (const Party& party : parties) append_value(party.key, cell);
  return cell;
}

std::string persons_of(const std::vector<Party>& parties) {
  std::string cell;
  for (const Party& party : parties) {
    for (const std::string& person : party.persons) append_value(person, cell);
  }
  return cell;
}

std::string number_text(double value) {
  std::string text;
  JsonWriter(text).number(value);
  return text;
}

/// What the reports cannot all be right about.
std::string conflicts_of(const Incident& incident) {
  std::set<std::string_view> fields;
  for (const ReportedValue& value : incident.values) {
    if (value.conflicting) fields.insert(value.field);
  }
  std::string cell;
  for (const std::string_view field : fields) append_value(field, cell);
  return cell;
}

/// As the fixed fields of events are told: "join, by ann at 2022-02-04T16:30:00Z".
std::string fixes_of(const Incident& incident, const Crisis& crisis) {
  std::string cell;
  for (const uint32_t index : incident.fixes) {
    const IncidentFix& fix = crisis.fixes[index];
    append_value(fix.kind + ", by " + fix.author + " at " + fix.made_at, cell);
  }
  return cell;
}

}  // namespace

std::vector<std::string_view> incident_row_columns() {
  return {"id",
          "type",
          "mode",
          "status",
          "date",
          "first_day",
          "last_day",
          "source_keys",
          "source_persons",
          "target_keys",
          "target_persons",
          "place_name",
          "place_country",
          "place_lat",
          "place_lon",
          "place_precision",
          "articles",
          "outlets",
          "sources",
          "first_report",
          "last_report",
          "cameo",
          "goldstein",
          "quad",
          "confidence",
          "weight",
          "conflicts",
          "lead",
          "fixed",
          "text"};
}

std::vector<std::string> incident_cells(const Incident& incident, const Crisis& crisis, const Wording& wording) {
  const Event& lead = crisis.mentions[incident.lead].event;
  const Place* const placed = place_of(incident, crisis);
  const Place place = placed == nullptr ? Place{} : *placed;
  const std::optional<Point> point = point_of(place);
  const DaySpan days = incident.window;
  return {incident.id,
          incident.type,
          incident.mode,
          incident.status,
          incident.dated ? range_text(days) : "",
          incident.dated ? day_text(days.begin) : "",
          incident.dated ? day_text(days.end - 1) : "",
          keys_of(incident.source),
          persons_of(incident.source),
          keys_of(incident.target),
          persons_of(incident.target),
          place.name,
          place.country,
          point ? number_text(point->lat) : "",
          point ? number_text(point->lon) : "",
          place.precision,
          std::to_string(incident.articles),
          std::to_string(incident.outlets),
          std::to_string(incident.sources),
          day_text(incident.first_report),
          day_text(incident.last_report),
          lead.cameo,
          number_text(lead.goldstein),
          std::to_string(lead.quad),
          number_text(incident.confidence),
          number_text(incident.weight),
          conflicts_of(incident),
          lead.id,
          fixes_of(incident, crisis),
          wording.incident_text(incident)};
}

std::vector<std::string_view> incident_mention_columns() {
  return {"incident", "event", "article_id", "published", "status", "date", "id"};
}

std::vector<std::string> incident_mention_cells(const Incident& incident, uint32_t mention, const Crisis& crisis) {
  const Mention& told = crisis.mentions[mention];
  const CrisisArticle& article = crisis.articles[told.article];
  return {incident.id,       told.event.id,   article.article_id,     day_text(article.published),
          told.event.status, told.event.date, incident_id(told.event)};
}

}  // namespace casus
