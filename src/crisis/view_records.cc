#include "crisis/view_records.h"

#include <algorithm>

#include "crisis/day_span.h"

namespace casus {
namespace {

using Records = std::vector<Record>;
using Strings = std::vector<std::string>;

int64_t number(uint64_t value) { return static_cast<int64_t>(value); }

Record party_record(const Party& party) {
  Record record;
  record.add("key", party.key)
      .add("country", party.country)
      .add("sector", party.sector)
      .add("name", party.name)
      .add("persons", party.persons);
  return record;
}

Records party_records(const std::vector<Party>& parties) {
  Records records;
  for (const Party& party : parties) records.push_back(party_record(party));
  return records;
}

Strings keys_of(const std::vector<Party>& parties) {
  Strings keys;
  for (const Party& party : parties) keys.push_back(party.key);
  return keys;
}

RecordValue number_or_null(const std::optional<double>& value) { return value ? RecordValue(*value) : RecordValue(); }

Records source_records(const std::vector<uint32_t>& articles, const Crisis& crisis) {
  Records records;
  for (const uint32_t article : articles) records.push_back(source_record(crisis.articles[article]));
  return records;
}

Records history_records(const Incident& incident, const Crisis& crisis) {
  Records records;
  for (const StatusChange& change : incident.history) {
    const Mention& mention = crisis.mentions[change.mention];
    Record record;
    record.add("status", change.status).add("day", day_text(change.day)).add("event", mention.event.id);
    records.push_back(record.add("article_id", crisis.articles[mention.article].article_id));
  }
  return records;
}

/// What people said of it.
Records fix_records(const Incident& incident, const Crisis& crisis) {
  Records records;
  for (const uint32_t index : incident.fixes) {
    const IncidentFix& fix = crisis.fixes[index];
    Record record;
    record.add("fix", fix.fix).add("kind", fix.kind).add("author", fix.author).add("made_at", fix.made_at);
    records.push_back(std::move(record));
  }
  return records;
}

Records value_records(const Incident& incident, const Crisis& crisis) {
  Records records;
  for (const ReportedValue& value : incident.values) {
    Strings articles;
    for (const uint32_t mention : value.mentions) articles.push_back(crisis.articles[crisis.mentions[mention].article].article_id);
    articles.erase(std::unique(articles.begin(), articles.end()), articles.end());
    Record record;
    record.add("field", value.field).add("value", value.value).add("conflicting", value.conflicting);
    records.push_back(record.add("articles", std::move(articles)));
  }
  return records;
}

Records mention_records(const Incident& incident, const Crisis& crisis) {
  Records records;
  for (const uint32_t index : incident.mentions) {
    const Mention& mention = crisis.mentions[index];
    const CrisisArticle& article = crisis.articles[mention.article];
    Record record;
    record.add("event", mention.event.id).add("article_id", article.article_id).add("doc", article.doc).add("outlet", article.outlet);
    record.add("published", day_text(article.published)).add("status", mention.event.status).add("date", mention.event.date);
    record.add("attributed_to", mention.event.attributed_to).add("sentence", mention.words);
    records.push_back(std::move(record));
  }
  return records;
}

/// Name, country and point of a place, under the names that events have for them; null where there is none.
void add_place(const Place* place, Record& record) {
  const std::optional<Point> point = place == nullptr ? std::nullopt : point_of(*place);
  record.add("place", place == nullptr ? "" : place->name).add("place_country", place == nullptr ? "" : place->country);
  record.add("place_lat", point ? RecordValue(point->lat) : RecordValue())
      .add("place_lon", point ? RecordValue(point->lon) : RecordValue());
}

std::string date_of(const Incident& incident) { return incident.dated ? range_text(incident.window) : ""; }

/// A line of iCalendar: folded at 75 bytes between characters, special characters escaped.
void append_ics_line(std::string_view name, std::string_view value, std::string& out) {
  constexpr size_t kLineBytes = 75;
  std::string line(name);
  line += ':';
  for (const char c : value) {
    if (c == '\\' || c == ';' || c == ',') line += '\\';
    line += c == '\n' || c == '\r' ? ' ' : c;
  }
  for (bool first = true; !line.empty(); first = false) {
    const size_t room = first ? kLineBytes : kLineBytes - 1;
    size_t end = std::min(line.size(), room);
    while (end < line.size() && end > 1 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
    out += (first ? "" : " ") + line.substr(0, end) + "\r\n";
    line.erase(0, end);
  }
}

std::string ics_day(int32_t day) {
  std::string text = day_text(day);
  std::erase(text, '-');
  return text;
}

std::string_view ics_status(PlanOutcome outcome) {
  if (outcome == PlanOutcome::kTookPlace) return "CONFIRMED";
  return outcome == PlanOutcome::kCalledOff || outcome == PlanOutcome::kMoved ? "CANCELLED" : "TENTATIVE";
}

}  // namespace

Record source_record(const CrisisArticle& article) {
  Record record;
  record.add("article_id", article.article_id).add("doc", article.doc).add("outlet", article.outlet);
  return record.add("published", day_text(article.published)).add("url", article.url).add("title", article.title);
}

Record incident_record(const Incident& incident, const Crisis& crisis, const Wording& wording) {
  const Event& lead = crisis.mentions[incident.lead].event;
  Record record;
  record.add("record", "incident").add("id", incident.id).add("type", incident.type).add("mode", incident.mode);
  record.add("status", incident.status).add("date", date_of(incident)).add("day", day_text(incident.day()));
  record.add("source", party_records(incident.source)).add("target", party_records(incident.target));
  record.add("source_keys", keys_of(incident.source)).add("target_keys", keys_of(incident.target));
  add_place(place_of(incident, crisis), record);
  record.add("text", wording.incident_text(incident));
  record.add("articles", number(incident.articles)).add("outlets", number(incident.outlets)).add("sources", number(incident.sources));
  record.add("first_report", day_text(incident.first_report)).add("last_report", day_text(incident.last_report));
  record.add("cameo", lead.cameo).add("goldstein", lead.goldstein).add("quad", number(static_cast<uint64_t>(lead.quad)));
  record.add("confidence", incident.confidence).add("weight", incident.weight);
  record.add("history", history_records(incident, crisis)).add("values", value_records(incident, crisis));
  record.add("mentions", mention_records(incident, crisis));
  if (!incident.fixes.empty()) record.add("fixed", fix_records(incident, crisis));
  return record;
}

Record timeline_record(const TimelineDay& day, const Crisis& crisis, const Wording& wording) {
  Records incidents;
  for (const uint32_t index : day.incidents) {
    const Incident& incident = crisis.incidents[index];
    Record record;
    record.add("id", incident.id).add("text", wording.incident_text(incident)).add("status", incident.status);
    record.add("sources", number(incident.sources)).add("weight", incident.weight);
    record.add("articles", source_records(articles_of(incident, crisis), crisis));
    if (!incident.fixes.empty()) record.add("fixed", fix_records(incident, crisis));
    incidents.push_back(std::move(record));
  }
  Record record;
  record.add("record", "day").add("date", day_text(day.day)).add("weight", day.weight).add("articles", number(day.articles));
  return record.add("count", number(day.incidents.size())).add("incidents", std::move(incidents));
}

Record calendar_record(const CalendarEntry& entry, const Crisis& crisis, const Wording& wording) {
  const Incident& incident = crisis.incidents[entry.incident];
  Record record;
  record.add("record", "appointment").add("incident", incident.id).add("date", entry.dated ? range_text(entry.planned) : "");
  record.add("outcome", std::string(outcome_name(entry.outcome))).add("text", wording.act_text(incident));
  record.add("moved_to", entry.moved_to ? range_text(crisis.incidents[*entry.moved_to].window) : "");
  record.add("announced", day_text(entry.announced)).add("last_report", day_text(incident.last_report));
  record.add("source_keys", keys_of(incident.source)).add("target_keys", keys_of(incident.target));
  record.add("sources", number(incident.sources)).add("articles", source_records(articles_of(incident, crisis), crisis));
  if (!incident.fixes.empty()) record.add("fixed", fix_records(incident, crisis));
  return record;
}

Record demand_record(const Demand& demand, const Crisis& crisis, const Wording& wording) {
  const Incident& incident = crisis.incidents[demand.incident];
  Record record;
  record.add("record", "demand").add("incident", incident.id).add("asker", wording.side_text(incident.source));
  record.add("asked", wording.side_text(incident.target)).add("words", demand.words).add("answer", demand.answer);
  record.add("answered_by", demand.answered_by ? crisis.incidents[*demand.answered_by].id : "");
  record.add("answer_text", demand.answered_by ? wording.incident_text(crisis.incidents[*demand.answered_by]) : "");
  record.add("source_keys", keys_of(incident.source)).add("target_keys", keys_of(incident.target));
  record.add("date", date_of(incident))
      .add("first_report", day_text(incident.first_report))
      .add("last_report", day_text(incident.last_report));
  record.add("sources", number(incident.sources));
  return record.add("articles", source_records(articles_of(incident, crisis), crisis));
}

Record posture_record(const PostureLine& line, const Crisis& crisis, const Wording& wording) {
  Record record;
  record.add("record", "posture").add("owner", line.owner.key).add("owner_name", wording.party_text(line.owner));
  record.add("place", line.place).add("country", line.country);
  record.add("place_lat", line.point ? RecordValue(line.point->lat) : RecordValue());
  record.add("place_lon", line.point ? RecordValue(line.point->lon) : RecordValue());
  record.add("kind", line.kind).add("movement", line.movement);
  record.add("status", line.status).add("low", number_or_null(line.low)).add("high", number_or_null(line.high)).add("about", line.about);
  record.add("as_told", line.texts).add("first_report", day_text(line.first_report)).add("last_report", day_text(line.last_report));
  record.add("sources", number(line.sources));
  return record.add("articles", source_records(line.articles, crisis));
}

Record dyad_record(const DyadDay& day, const Crisis& crisis) {
  Strings incidents;
  for (const uint32_t incident : day.incidents) incidents.push_back(crisis.incidents[incident].id);
  Record record;
  record.add("record", "dyad").add("a", day.a).add("b", day.b).add("day", day_text(day.day));
  for (size_t quad = 0; quad < day.quads.size(); ++quad) record.add("quad" + std::to_string(quad + 1), number(day.quads[quad]));
  record.add("goldstein", day.goldstein).add("smoothed", day.smoothed).add("articles", number(day.articles)).add("change", day.change);
  return record.add("incidents", std::move(incidents));
}

Record actor_record(const ActorLine& line, const Wording& wording) {
  Records persons;
  Strings names, partners;
  for (const ActorLine::Person& person : line.persons) {
    Record record;
    record.add("name", person.name).add("incidents", number(person.incidents));
    persons.push_back(record.add("first_report", day_text(person.first)).add("last_report", day_text(person.last)));
    names.push_back(person.name);
  }
  for (const auto& [key, count] : line.partners) partners.push_back(key);
  Record record;
  record.add("record", "actor").add("key", line.party.key).add("name", wording.party_text(line.party)).add("country", line.party.country);
  record.add("acts", number(line.acts)).add("suffered", number(line.suffered)).add("articles", number(line.articles));
  return record.add("partners", std::move(partners)).add("names", std::move(names)).add("persons", std::move(persons));
}

void append_calendar_ics(const std::vector<CalendarEntry>& entries, const Crisis& crisis, const Wording& wording, std::string& out) {
  out += "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//casus//calendar//EN\r\n";
  for (const CalendarEntry& entry : entries) {
    if (!entry.dated) continue;
    const Incident& incident = crisis.incidents[entry.incident];
    out += "BEGIN:VEVENT\r\n";
    append_ics_line("UID", incident.id + "@casus", out);
    // The stamp is the last report's day, since the same reports must give the same bytes.
    append_ics_line("DTSTAMP", ics_day(incident.last_report.value_or(entry.planned.begin)) + "T000000Z", out);
    append_ics_line("DTSTART;VALUE=DATE", ics_day(entry.planned.begin), out);
    append_ics_line("DTEND;VALUE=DATE", ics_day(entry.planned.end), out);
    append_ics_line("STATUS", ics_status(entry.outcome), out);
    append_ics_line("SUMMARY", capitalised(wording.act_text(incident)), out);
    append_ics_line("DESCRIPTION",
                    std::string(outcome_name(entry.outcome)) + " (" + wording.sources_text(articles_of(incident, crisis)) + ")", out);
    out += "END:VEVENT\r\n";
  }
  out += "END:VCALENDAR\r\n";
}

}  // namespace casus
