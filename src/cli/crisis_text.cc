#include "cli/crisis_text.h"

#include <algorithm>
#include <cstdio>

#include "cli/sides_text.h"
#include "cli/text_width.h"
#include "crisis/day_span.h"
#include "crisis/incident_edits.h"

namespace casus {
namespace {

constexpr size_t kDateWidth = 15;  // "2022-02-14/20" and room
constexpr size_t kOutcomeWidth = 15;
constexpr size_t kNumberWidth = 6;
constexpr size_t kKeyWidth = 22;

std::string date_cell(bool dated, DaySpan range) { return dated ? date_text(range_text(range)) : "–"; }

std::string sources_text(const std::vector<uint32_t>& articles, const Wording& wording) {
  return " [" + wording.sources_text(articles) + "]";
}

/// Who corrected it, after the sources.
std::string corrections_of(const Incident& incident, const Crisis& crisis) {
  const std::string corrections = corrections_text(incident, crisis);
  return corrections.empty() ? "" : " (" + corrections + ")";
}

void append_nothing(bool empty, const char* what, std::string& out) {
  if (empty) out += std::string("no ") + what + "\n";
}

/// A cell, then text in lines that begin where the text does.
void append_entry(const std::string& cell, size_t width, const std::string& text, const CrisisStyle& style, std::string& out) {
  append_padded(cell + " ", width, out);
  append_filled(text, width, style.columns, out);
}

std::string number_text(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

void append_right(const std::string& text, size_t width, std::string& out) {
  const size_t used = display_width(text);
  out.append(width > used ? width - used : 0, ' ');
  out += text;
}

}  // namespace

void append_incidents_text(const std::vector<uint32_t>& incidents, const Crisis& crisis, const Wording& wording, const CrisisStyle& style,
                           std::string& out) {
  append_nothing(incidents.empty(), "incidents", out);
  for (const uint32_t index : incidents) {
    const Incident& incident = crisis.incidents[index];
    std::string text = incident.type + (incident.mode.empty() ? "" : " " + incident.mode) + ", " + incident.status + ": ";
    text += wording.incident_text(incident) + sources_text(articles_of(incident, crisis), wording) + corrections_of(incident, crisis);
    text += " " + incident.id.substr(0, 8);
    append_entry(date_cell(incident.dated, incident.window), kDateWidth, text, style, out);
  }
}

void append_timeline_text(const std::vector<TimelineDay>& days, const Crisis& crisis, const Wording& wording, const CrisisStyle& style,
                          std::string& out) {
  append_nothing(days.empty(), "days", out);
  for (const TimelineDay& day : days) {
    out += day_text(day.day) + "\n";
    for (const uint32_t index : day.incidents) {
      const Incident& incident = crisis.incidents[index];
      std::string text = wording.incident_text(incident) + sources_text(articles_of(incident, crisis), wording);
      text += corrections_of(incident, crisis);
      if (!incident.dated) text += " (day of the report)";
      append_entry("  -", 4, text, style, out);
    }
  }
}

void append_calendar_text(const std::vector<CalendarEntry>& entries, const Crisis& crisis, const Wording& wording, const CrisisStyle& style,
                          std::string& out) {
  append_nothing(entries.empty(), "announced acts", out);
  for (const CalendarEntry& entry : entries) {
    const Incident& incident = crisis.incidents[entry.incident];
    std::string cell;
    append_padded(date_cell(entry.dated, entry.planned) + " ", kDateWidth, cell);
    append_padded(std::string(outcome_name(entry.outcome)), kOutcomeWidth, cell);
    std::string text = capitalised(wording.act_text(incident));
    if (entry.moved_to) text += ", now " + wording.range_words(crisis.incidents[*entry.moved_to].window);
    text += sources_text(articles_of(incident, crisis), wording) + corrections_of(incident, crisis);
    append_entry(cell, kDateWidth + kOutcomeWidth, text, style, out);
  }
}

void append_demands_text(const std::vector<Demand>& demands, const Crisis& crisis, const Wording& wording, const CrisisStyle& style,
                         std::string& out) {
  append_nothing(demands.empty(), "demands", out);
  for (const Demand& demand : demands) {
    const Incident& incident = crisis.incidents[demand.incident];
    const std::string asked = wording.side_text(incident.target);
    const std::string head = wording.side_text(incident.source) + (asked.empty() ? "" : " → " + asked);
    const std::string answer = demand.answer.empty() ? "no answer" : demand.answer;
    std::string text = capitalised(head) + ": “" + demand.words + "”" + sources_text(articles_of(incident, crisis), wording);
    append_entry(answer, kDateWidth, text + corrections_of(incident, crisis), style, out);
  }
}

void append_posture_text(const std::vector<PostureLine>& lines, const Wording& wording, const CrisisStyle& style, std::string& out) {
  append_nothing(lines.empty(), "forces with numbers", out);
  for (const PostureLine& line : lines) {
    std::string told;
    for (const std::string& text : line.texts) told += (told.empty() ? "" : " / ") + text;
    std::string where = line.place.empty() ? wording.country_text(line.country) : line.place;
    std::string text = where.empty() ? "" : where + ": ";
    text.append(line.about ? "about " : "").append(told).append(", ").append(line.movement).append(", ").append(line.status);
    append_entry(capitalised(wording.party_text(line.owner)), kKeyWidth, text + sources_text(line.articles, wording), style, out);
  }
}

void append_dyads_text(const std::vector<DyadDay>& days, const CrisisStyle& /*style*/, std::string& out) {
  append_nothing(days.empty(), "acts between two parties", out);
  if (days.empty()) return;
  append_padded("DAY", kDateWidth, out);
  append_padded("DYAD", kKeyWidth, out);
  for (const char* head : {"Q1", "Q2", "Q3", "Q4", "G", "G~", "ART"}) append_right(head, kNumberWidth, out);
  out += "\n";
  for (const DyadDay& day : days) {
    append_padded(day_text(day.day), kDateWidth, out);
    append_padded(fit(day.a + " – " + day.b, kKeyWidth - 1), kKeyWidth, out);
    for (const uint32_t quad : day.quads) append_right(std::to_string(quad), kNumberWidth, out);
    append_right(number_text(day.goldstein), kNumberWidth, out);
    append_right(number_text(day.smoothed), kNumberWidth, out);
    append_right(std::to_string(day.articles), kNumberWidth, out);
    out += day.change ? "  turn\n" : "\n";
  }
}

void append_actors_text(const std::vector<ActorLine>& lines, const Wording& wording, const CrisisStyle& style, std::string& out) {
  append_nothing(lines.empty(), "actors", out);
  for (const ActorLine& line : lines) {
    std::string text = std::to_string(line.acts) + " acts, " + std::to_string(line.suffered) + " as target, " +
                       std::to_string(line.articles) + (line.articles == 1 ? " article" : " articles");
    std::string persons;
    for (const ActorLine::Person& person : line.persons) persons += (persons.empty() ? "" : ", ") + person.name;
    if (!persons.empty()) text += ": " + persons;
    append_entry(fit(capitalised(wording.party_text(line.party)), kKeyWidth - 1), kKeyWidth, text, style, out);
  }
}

}  // namespace casus
