#include "store/incident_fixes.h"

#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "crisis/incident_edits.h"
#include "store/event_mark.h"

namespace casus {
namespace {

/// An event that a fix names.
struct NamedEvent {
  std::string article_id{};
  std::string id{};
  EventMark mark{};
};

/// What a fix is about.
struct AboutEvents {
  NamedEvent event{};
  std::optional<NamedEvent> other{};  ///< of a join
};

using Json = simdjson::dom::element;

bool read_text(Json object, const char* key, std::string& value) {
  std::string_view text;
  if (object[key].get(text) != simdjson::SUCCESS) return false;
  value = text;
  return true;
}

std::optional<EventMark> read_mark(Json object) {
  EventMark mark;
  const bool has_texts =
      read_text(object, "type", mark.type) && read_text(object, "trigger", mark.trigger) && read_text(object, "sentence", mark.sentence);
  const bool has_place = object["begin"].get(mark.begin) == simdjson::SUCCESS && object["end"].get(mark.end) == simdjson::SUCCESS;
  return has_texts && has_place ? std::optional(std::move(mark)) : std::nullopt;
}

Result<AboutEvents> read_about(const Fix& fix, const std::string& file) {
  const Error broken{.code = ErrorCode::kBadDatabase,
                     .message = "the value of fix " + std::to_string(fix.fix) + " is broken",
                     .file = file,
                     .remedy = "casus fix --undo --fix " + std::to_string(fix.fix) + " --db " + file + " takes it away"};
  simdjson::dom::parser parser;
  const simdjson::padded_string padded(fix.value);
  Json json, object;
  if (parser.parse(padded).get(json) != simdjson::SUCCESS || !json.is_object() || json["event"].get(object) != simdjson::SUCCESS)
    return broken;
  std::optional<EventMark> mark = read_mark(object);
  if (!mark) return broken;
  AboutEvents about{.event = {.article_id = fix.article_id, .id = fix.target, .mark = *std::move(mark)}};
  if (fix.kind != kJoinFix) return about;
  NamedEvent other;
  if (json["other"].get(object) != simdjson::SUCCESS || !read_text(object, "id", other.id) ||
      !read_text(object, "article_id", other.article_id))
    return broken;
  mark = read_mark(object);
  if (!mark) return broken;
  other.mark = *std::move(mark);
  about.other = std::move(other);
  return about;
}

/// Finds mentions by the events that fixes name.
class MentionFinder {
 public:
  explicit MentionFinder(const Crisis& crisis) : crisis_(crisis) {
    for (uint32_t i = 0; i < crisis.mentions.size(); ++i) of_articles_[crisis.articles[crisis.mentions[i].article].article_id].push_back(i);
  }

  [[nodiscard]] std::optional<uint32_t> find(const NamedEvent& named) const {
    const auto found = of_articles_.find(named.article_id);
    if (found == of_articles_.end()) return std::nullopt;
    const std::vector<uint32_t>& mentions = found->second;
    const MarkedEvents events{.size = mentions.size(),
                              .event = [&](size_t i) -> const Event& { return crisis_.mentions[mentions[i]].event; },
                              .sentence = [&](size_t i) { return std::string_view(crisis_.mentions[mentions[i]].words); }};
    const std::optional<size_t> index = find_marked(events, named.id, named.mark, false);
    return index ? std::optional(mentions[*index]) : std::nullopt;
  }

 private:
  const Crisis& crisis_;
  std::unordered_map<std::string_view, std::vector<uint32_t>> of_articles_{};
};

Error nothing_to_do(std::string why) { return {.code = ErrorCode::kBadOption, .message = std::move(why)}; }

bool is_told_as(const Incident& incident, std::string_view status) {
  return std::ranges::find(incident.history, status, &StatusChange::status) != incident.history.end();
}

/// A fix about the event of a mention.
Fix fix_about(const Crisis& crisis, uint32_t mention, std::string_view kind, std::optional<uint32_t> other = std::nullopt) {
  const auto article_of = [&](uint32_t index) { return std::string_view(crisis.articles[crisis.mentions[index].article].article_id); };
  const Mention& about = crisis.mentions[mention];
  Fix fix{.kind = std::string(kind), .article_id = std::string(article_of(mention)), .target = about.event.id};
  JsonWriter json(fix.value);
  json.begin_object();
  mark_json(json, "event", about.event, about.words);
  if (other)
    mark_json(json, "other", crisis.mentions[*other].event, crisis.mentions[*other].words, crisis.mentions[*other].event.id,
              article_of(*other));
  json.end_object();
  return fix;
}

}  // namespace

bool is_incident_fix(std::string_view kind) {
  return kind == kJoinFix || kind == kSplitFix || kind == kHappenedFix || kind == kNotHappenedFix;
}

Result<Fix> join_fix(const Crisis& crisis, uint32_t into, uint32_t other) {
  if (into == other) return nothing_to_do("these are one incident already: " + crisis.incidents[into].id);
  return fix_about(crisis, crisis.incidents[into].mentions.front(), kJoinFix, crisis.incidents[other].mentions.front());
}

Result<Fix> split_fix(const Crisis& crisis, uint32_t mention) {
  for (const Incident& incident : crisis.incidents) {
    if (!std::ranges::binary_search(incident.mentions, mention)) continue;
    if (incident.mentions.size() == 1) return nothing_to_do("the event is the only one that tells of its incident: " + incident.id);
    break;
  }
  return fix_about(crisis, mention, kSplitFix);
}

Result<Fix> outcome_fix(const Crisis& crisis, uint32_t index, bool happened) {
  const Incident& incident = crisis.incidents[index];
  if (!is_told_as(incident, "planned")) return nothing_to_do("no report announces the incident: " + incident.id);
  if (is_told_as(incident, "actual")) return nothing_to_do("a report tells already that it happened: " + incident.id);
  return fix_about(crisis, incident.mentions.front(), happened ? kHappenedFix : kNotHappenedFix);
}

FoundFixes find_fixed(const Crisis& crisis, std::span<const Fix> fixes, std::optional<int32_t> as_of, const std::string& file) {
  FoundFixes found;
  std::optional<MentionFinder> finder;
  for (const Fix& fix : fixes) {
    if (!is_incident_fix(fix.kind)) continue;
    const Result<AboutEvents> about = read_about(fix, file);
    if (!about) {
      found.broken.push_back(about.error());
      continue;
    }
    if (!finder) finder.emplace(crisis);
    const std::optional<uint32_t> mention = finder->find(about->event);
    const std::optional<NamedEvent>& second = about->other;
    const std::optional<uint32_t> other = second ? finder->find(*second) : std::nullopt;
    if (!mention || second.has_value() != other.has_value()) continue;
    const bool is_outcome = fix.kind == kHappenedFix || fix.kind == kNotHappenedFix;
    if (is_outcome && as_of && crisis.mentions[*mention].window.begin > *as_of) continue;
    found.fixes.push_back(
        {.fix = fix.fix, .kind = fix.kind, .mention = *mention, .other = other, .author = fix.author, .made_at = fix.made_at});
  }
  return found;
}

std::string incident_fix_text(const Fix& fix) {
  if (!is_incident_fix(fix.kind)) return "";
  const Result<AboutEvents> about = read_about(fix, "");
  if (!about) return "";
  const std::string words = "\"" + about->event.mark.trigger + "\"";
  if (fix.kind == kSplitFix) return words + " is an act of its own";
  if (fix.kind == kHappenedFix) return words + " happened";
  if (fix.kind == kNotHappenedFix) return words + " did not happen";
  const NamedEvent other = about->other.value_or(NamedEvent{});
  return words + " and \"" + other.mark.trigger + "\" of " + other.article_id + " are one act";
}

Result<void> check_incident_fix(const Fix& fix, const std::string& file) {
  if (!is_incident_fix(fix.kind)) return {};
  const Result<AboutEvents> about = read_about(fix, file);
  if (!about) return about.error();
  return {};
}

}  // namespace casus
