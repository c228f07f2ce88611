#pragma once

#include <casus/crisis.h>

#include "crisis/record.h"
#include "crisis/views.h"
#include "crisis/wording.h"

namespace casus {

// The rows of the views as data (docs/crisis.md has their fields).
[[nodiscard]] Record incident_record(const Incident& incident, const Crisis& crisis, const Wording& wording);
[[nodiscard]] Record timeline_record(const TimelineDay& day, const Crisis& crisis, const Wording& wording);
[[nodiscard]] Record calendar_record(const CalendarEntry& entry, const Crisis& crisis, const Wording& wording);
[[nodiscard]] Record demand_record(const Demand& demand, const Crisis& crisis, const Wording& wording);
[[nodiscard]] Record posture_record(const PostureLine& line, const Crisis& crisis, const Wording& wording);
[[nodiscard]] Record dyad_record(const DyadDay& day, const Crisis& crisis);
[[nodiscard]] Record actor_record(const ActorLine& line, const Wording& wording);

/// An article as a source: article_id, doc, outlet, published, url, title.
[[nodiscard]] Record source_record(const CrisisArticle& article);

/// An iCalendar of the entries: all-day events with stable UIDs; plans are TENTATIVE, what took place CONFIRMED, what was called off or
/// moved CANCELLED. Undated plans have no day and are left out.
void append_calendar_ics(const std::vector<CalendarEntry>& entries, const Crisis& crisis, const Wording& wording, std::string& out);

}  // namespace casus
