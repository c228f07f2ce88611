#include "store/event_mark.h"

namespace casus {
namespace {

template <class Fits>
std::optional<size_t> only_one(const MarkedEvents& events, Fits fits) {
  std::optional<size_t> found;
  for (size_t i = 0; i < events.size; ++i) {
    if (!fits(i)) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

}  // namespace

void mark_json(JsonWriter& json, const char* key, const Event& event, std::string_view sentence, std::string_view id,
               std::string_view article_id) {
  json.key(key).begin_object();
  if (!id.empty()) json.field("id", id).field("article_id", article_id);
  json.field("type", event.type).field("trigger", event.trigger).field("sentence", sentence);
  json.key("begin").number(event.trigger_span.begin).key("end").number(event.trigger_span.end).end_object();
}

std::optional<size_t> find_marked(const MarkedEvents& events, std::string_view id, const EventMark& mark, bool same_type) {
  for (size_t i = 0; i < events.size; ++i) {
    if (events.event(i).id == id) return i;
  }
  const auto fits = [&](const Event& event) { return event.trigger == mark.trigger && (!same_type || event.type == mark.type); };
  const auto by_place = only_one(events, [&](size_t i) {
    const Event& event = events.event(i);
    return event.trigger_span.begin == mark.begin && event.trigger_span.end == mark.end && fits(event);
  });
  if (by_place) return by_place;
  return only_one(events, [&](size_t i) { return events.sentence(i) == mark.sentence && fits(events.event(i)); });
}

}  // namespace casus
