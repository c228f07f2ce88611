#pragma once

#include <string>
#include <vector>

#include <casus/crisis.h>

#include "crisis/views.h"
#include "crisis/wording.h"

namespace casus {

/// How the views of a crisis are shown to people.
struct CrisisStyle {
  size_t columns = 100;
};

// Each appends a view for reading: a line or two an entry, its sources in brackets; says so where there is nothing.
void append_incidents_text(const std::vector<uint32_t>& incidents, const Crisis& crisis, const Wording& wording, const CrisisStyle& style,
                           std::string& out);
void append_timeline_text(const std::vector<TimelineDay>& days, const Crisis& crisis, const Wording& wording, const CrisisStyle& style,
                          std::string& out);
void append_calendar_text(const std::vector<CalendarEntry>& entries, const Crisis& crisis, const Wording& wording, const CrisisStyle& style,
                          std::string& out);
void append_demands_text(const std::vector<Demand>& demands, const Crisis& crisis, const Wording& wording, const CrisisStyle& style,
                         std::string& out);
void append_posture_text(const std::vector<PostureLine>& lines, const Wording& wording, const CrisisStyle& style, std::string& out);
void append_dyads_text(const std::vector<DyadDay>& days, const CrisisStyle& style, std::string& out);
void append_actors_text(const std::vector<ActorLine>& lines, const Wording& wording, const CrisisStyle& style, std::string& out);

}  // namespace casus
